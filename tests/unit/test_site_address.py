"""Whatever a repository, a folder or a team is called, it has a folder of its own, inside the site, that any disk and
any page host takes.
"""

import posixpath
import re
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linter.site.address import MOST_PARTS, Addresses, link
from linter.site.badge import badges
from linter.site.diagram import diagram_name
from linter.site.entry import parts_of
from linter.site.templating import Templates
from tests.support.scans import judged

ODD = (
    *("..", "a/../b", ".", "./a", "a//b", "/a", "a/", "/", "", " ", "a b", "a\0b", "a\nb", "a\\b", "C:\\a"),
    *(
        "\udcff",
        "\ud800",
        "naïve",
        "字",
        "😀",
        "\u202eevil",
        "x" * 300,
        "x/" * 40 + "x",
        "y" * 300,
        ("z" * 200 + "/") * 9,
    ),
    *("index.html", "Index.HTML", "a/index.html", "badge.svg", "feed.atom", "diagram.png", "a/diagram.jpeg"),
    *("~none", "none", "~", "a/~/b", ".git", ".review-lint-site", "a.", "a.b", "-a", "_a", "CON", "aux.txt", "a/nul"),
    *("Shop", "shop", "SHOP", "a/B", "A/b", "@shop", "@Shop", "@", "@@shop", "\u017fhop", "STRASSE", "straße"),
    *("%2e%2e", "a?b", "a#b", "a:b", "<script>", '"><svg onload=x>', "a&b", "a'b"),
)
FORBIDDEN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""What Windows keeps for devices, whatever follows."""

names = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=()), max_size=8) | st.from_regex(r"[aAbB./@-]+")
folders = names.map(lambda name: f"{name.strip('/')}/REVIEW.yaml".lstrip("/"))


def assert_safe(folder: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._~/-]+", folder)
    parts = folder.split("/")
    assert len(parts) <= 2 + 2 * MOST_PARTS
    for part in parts:
        assert part, folder
        assert part.strip(".") == part, folder
        assert len(part) <= 100
        assert not FORBIDDEN.match(part), folder


def addresses(repositories: set[str], paths: set[str], teams: set[str]) -> list[str]:
    found = Addresses([(name, path) for name in repositories for path in paths], teams)
    return [
        *(found.product(name, path) for name in repositories for path in paths),
        *(found.team(name) for name in teams),
    ]


def test_odd_names_have_folders_of_their_own() -> None:
    paths = {"REVIEW.yaml", *(f"{name}/REVIEW.yaml" for name in ODD if name.strip("/"))}
    found = addresses(set(ODD), paths, set(ODD))
    assert len({folder.lower() for folder in found}) == len(found)
    for folder in found:
        assert_safe(folder)


@given(st.sets(names, max_size=4), st.sets(folders, min_size=1, max_size=3), st.sets(names, max_size=4))
@example({"a b", "a-b", "a/b"}, {"REVIEW.yaml", "b/REVIEW.yaml"}, {"a b", "@a b"})
def test_different_names_never_share_a_folder(repositories: set[str], paths: set[str], teams: set[str]) -> None:
    """Also on disks that do not tell cases apart; and none is that of a file of the site."""
    found = addresses(repositories, paths, teams)
    assert len({folder.lower() for folder in found}) == len(found)
    for folder in found:
        assert_safe(folder)


@given(names)
def test_what_an_address_looks_like_is_nobody_elses_address(name: str) -> None:
    """Who may name repositories could otherwise take the page of another one."""
    address = Addresses([(name, "")], []).product(name, "").removeprefix("product/")
    if address != name:
        both = Addresses([(name, ""), (address, "")], [])
        assert both.product(address, "") != both.product(name, "")


@pytest.mark.parametrize("name", ["shop", "group/shop", "a/b/c/d/e/f/g/h", "0.1", "a_b", "x" * 80, "CONTROL"])
def test_plain_names_are_addresses(name: str) -> None:
    found = Addresses([(name, "REVIEW.yaml"), (name, "libs/pay/REVIEW.yaml")], [name, "@other"])
    assert found.product(name, "REVIEW.yaml") == found.product(name, "") == f"product/{name}"
    assert found.product(name, "libs/pay/REVIEW.yaml") == f"product/{name}/~/libs/pay"
    assert found.team(name) == f"team/{name}"
    assert found.team("@other") == "team/other"
    assert found.team("") == "team/~none"


def test_a_name_keeps_its_address_whatever_others_are_called() -> None:
    alone = Addresses([("shop", "")], ["blue"])
    among = Addresses([("shop", ""), ("shopping", ""), ("blue", ""), ("shop/api", "")], ["shop", "red", "blue"])
    assert alone.product("shop", "") == among.product("shop", "")
    assert alone.team("blue") == among.team("blue")


def test_files_of_a_product_are_no_folders_of_others() -> None:
    (part,) = parts_of(judged("shop"))
    files = ["index.html", "findings.json", "findings.csv", *badges(part.entry, Templates())]
    files += [diagram_name(kind) for kind in ("svg", "png", "jpeg", "gif", "webp")]
    for name in files:
        other = f"shop/{name}"
        assert Addresses([("shop", ""), (other, "")], []).product(other, "") != f"product/{other}"


@given(names, names)
def test_a_link_leads_there(one: str, other: str) -> None:
    found = Addresses([(one, ""), (other, "")], [other])
    page = f"{found.product(one, '')}/index.html"
    for target in (f"{found.product(other, '')}/index.html", f"{found.team(other)}/feed.atom", "index.html", page):
        url = link(target, page)
        assert re.fullmatch(r"[A-Za-z0-9._~/-]+", url)
        assert posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(url))) == target
    assert link("a/index.html", "index.html") == "a/index.html"
