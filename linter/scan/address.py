"""Where repositories come from: which addresses git is given."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from linter.errors import InventoryError
from linter.model.quote import listed, quoted

_LONGEST = 2000
_HOST = r"\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_][A-Za-z0-9._-]*"
_URL = re.compile(
    rf"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?P<user>[^/@]*)@)?(?P<host>(?:{_HOST})?(?::[0-9]+)?)/(?P<path>.+)"
)
_SCP = re.compile(rf"(?:(?P<user>[^/@:]+)@)?(?P<host>{_HOST}):(?!:)(?P<path>.+)")
_SECRET = re.compile(r"//[^/@]*@")


class Address(NamedTuple):
    """The parts of an address; `host` includes the port, if there is one."""

    transport: str
    user: str
    host: str
    path: str


def read_address(url: str, transports: Sequence[str]) -> Address:
    """What an address consists of: a URL of one of the transports, or `user@host:path` for ssh.

    Raises InventoryError for any other, for one that holds a password, and for what git could take for an option.
    """
    if len(url) > _LONGEST or not url.isprintable() or " " in url:
        raise InventoryError(f"{_harmless(url)} is no address: it is too long, or holds a space or what cannot be seen")
    address = _parse(url)
    if address is None:
        raise InventoryError(f"{_harmless(url)} is no address of a repository", f"write {_examples(transports)}")
    if address.transport not in transports:
        allowed = listed(list(transports), "or")
        raise InventoryError(f"{_harmless(url)} would be fetched by {address.transport}, not by {allowed}", _INSTEAD)
    _check(address, url)
    return address


_INSTEAD = "write the https or ssh address"
_EXAMPLES = {
    "https": "https://git.example.org/shop.git",
    "ssh": "git@git.example.org:shop.git",
    "file": "file:///srv/git/shop.git",
}


def _examples(transports: Sequence[str]) -> str:
    return listed([_EXAMPLES[name] for name in transports if name in _EXAMPLES], "or")


def _parse(url: str) -> Address | None:
    found = _URL.fullmatch(url)
    if found:
        return Address(found["scheme"].lower(), found["user"] or "", found["host"], "/" + found["path"])
    helper, mark, _ = url.partition("::")
    if mark and "/" not in helper:
        return Address(f"the helper {helper}".rstrip(), "", "", "")
    found = None if "://" in url else _SCP.fullmatch(url)
    return found and Address("ssh", found["user"] or "", found["host"], found["path"])


def _check(address: Address, url: str) -> None:
    if ":" in address.user or (address.user and address.transport != "ssh"):
        hint = "take it out of the address, and let a credential helper of git know it"
        raise InventoryError(f"{_harmless(url)} holds a name or a password", hint)
    if address.transport == "file" and address.host:
        raise InventoryError(f"{_harmless(url)} names a host", f"write {_EXAMPLES['file']}, with three slashes")
    if address.transport != "file" and not address.host:
        raise InventoryError(f"{_harmless(url)} names no host", f"write {_examples([address.transport])}")
    if address.user.startswith("-") or address.path.lstrip("/").startswith("-"):
        raise InventoryError(f"{_harmless(url)} could be taken for an option of a program")


def _harmless(url: str) -> str:
    """The address as messages show it: a password could stand in it."""
    return quoted(_SECRET.sub("//…@", url))
