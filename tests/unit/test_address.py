"""Which addresses git is given, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.errors import InventoryError
from linter.model.inventory import TRANSPORTS
from linter.scan.address import Address, read_address

MORE = (*TRANSPORTS, "http", "git")


def refusal(url: str) -> str:
    with pytest.raises(InventoryError) as caught:
        read_address(url, TRANSPORTS)
    assert caught.value.hint or "option" in str(caught.value) or "too long" in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(("url", "address"), [
    ("https://git.example.org/acme/shop.git", Address("https", "", "git.example.org", "/acme/shop.git")),
    ("HTTPS://git.example.org:8443/shop", Address("https", "", "git.example.org:8443", "/shop")),
    ("https://[::1]:8443/shop", Address("https", "", "[::1]:8443", "/shop")),
    ("ssh://git@git.example.org:2222/shop", Address("ssh", "git", "git.example.org:2222", "/shop")),
    ("ssh://git.example.org/~ada/shop", Address("ssh", "", "git.example.org", "/~ada/shop")),
    ("git@git.example.org:acme/shop.git", Address("ssh", "git", "git.example.org", "acme/shop.git")),
    ("git.example.org:shop", Address("ssh", "", "git.example.org", "shop")),
    ("file:///srv/git/shop.git", Address("file", "", "", "/srv/git/shop.git")),
])  # fmt: skip
def test_what_is_an_address(url: str, address: Address) -> None:
    assert read_address(url, TRANSPORTS) == address


@pytest.mark.parametrize(("url", "words"), [
    ("http://git.example.org/shop", "would be fetched by http, not by https, ssh or file"),
    ("git://git.example.org/shop", "would be fetched by git"),
    ("ftp://git.example.org/shop", "would be fetched by ftp"),
    ("ext::sh", "would be fetched by the helper ext"),
    ("::shop", "would be fetched by the helper"),
    ("https::https://git.example.org/shop", "would be fetched by the helper https"),
    ("https://ada:secret@git.example.org/shop", "holds a name or a password"),
    ("https://secret@git.example.org/shop", "holds a name or a password"),
    ("ssh://ada:secret@git.example.org/shop", "holds a name or a password"),
    ("file://host/shop", "names a host"),
    ("https:///shop", "names no host"),
    ("https://git.example.org/", "is no address"),
    ("https://git.example.org", "is no address"),
    ("shop", "is no address"),
    ("/srv/git/shop", "is no address"),
    ("", "is no address"),
    ("ssh://-oProxyCommand=evil/shop", "is no address"),
    ("-oProxyCommand=evil:shop", "is no address"),
    ("ssh://-oEvil@git.example.org/shop", "could be taken for an option"),
    ("git.example.org:-oEvil", "could be taken for an option"),
    ("https://git.example.org/a b", "holds a space"),
    ("https://git.example.org/a\nb", "what cannot be seen"),
    ("https://git.example.org/" + "a" * 3000, "too long"),
])  # fmt: skip
def test_what_is_none(url: str, words: str) -> None:
    message = refusal(url)
    assert words in message
    assert "secret" not in message
    assert len(message) < 200


def test_other_transports_can_be_allowed() -> None:
    assert read_address("http://127.0.0.1:8080/shop", MORE).transport == "http"
    assert read_address("git://127.0.0.1/shop", MORE).transport == "git"


@given(st.text(alphabet=st.sampled_from("https:/@-.a[]~ssh:f\\\n1"), max_size=30) | st.text(max_size=40))
def test_whatever_is_written_is_an_address_or_refused(url: str) -> None:
    try:
        address = read_address(url, TRANSPORTS)
    except InventoryError as error:
        assert "\n" not in str(error)
    else:
        assert address.transport in TRANSPORTS
        assert not address.host.startswith("-")
        assert not address.path.startswith("-")
