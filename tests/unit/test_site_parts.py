"""The small parts of the site: links to forges, tables to take away, feeds, badges, budgets, words."""

import csv
import io
import json
import re
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine.page.guide import title
from linter.model.inventory import Repository
from linter.model.overview import News, Scan
from linter.model.page import Code, Facts, Heading, Link, Paragraph
from linter.model.page import Table as Grid
from linter.output.printable import printable
from linter.site.address import Addresses
from linter.site.badge import badges
from linter.site.entry import GUIDELINES, STANDINGS, STATES
from linter.site.feed import LONGEST, feeds, identity
from linter.site.neighbourhood import Neighbourhood
from linter.site.placing import Places, placed
from linter.site.product_page import budget
from linter.site.source import Source, source_of
from linter.site.table import Table, as_csv, as_json, as_script, texts
from linter.site.templating import Templates, lines, share, shown, words
from tests.support import scans
from tests.support.sites import OPTIONS, entry

HARM = "</script><script>x</script><img src=x onerror=x>\"'><svg onload=x>&{{ 7*7 }}"
NO_SOURCE = Source("", "", "")
GITHUB = source_of(Repository("shop", "https://github.com/acme/shop.git"), "ab12")


@pytest.mark.parametrize(("url", "base"), [
    ("https://github.com/acme/shop.git", "https://github.com/acme/shop/blob/ab12/"),
    ("https://GitHub.com/acme/shop", "https://GitHub.com/acme/shop/blob/ab12/"),
    ("https://github.com/acme/shop/", "https://github.com/acme/shop/blob/ab12/"),
    ("https://github.example.org:8443/acme/shop", "https://github.example.org:8443/acme/shop/blob/ab12/"),
    ("https://gitlab.com/a/b/c.git", "https://gitlab.com/a/b/c/-/blob/ab12/"),
    ("https://ada:secret@gitlab.example.org/a/b", "https://gitlab.example.org/a/b/-/blob/ab12/"),
    ("https://oauth2:a%40b@gitlab.example.org/a/b", "https://gitlab.example.org/a/b/-/blob/ab12/"),
    ('https://github.com/a"><script>/b c', "https://github.com/a%22%3E%3Cscript%3E/b%20c/blob/ab12/"),
    ("https://github.com/a%20b/c", "https://github.com/a%20b/c/blob/ab12/"),
    ("https://code.example.org/acme/shop", ""),
    ("http://github.com/acme/shop", ""),
    ("ssh://git@github.com/acme/shop", ""),
    ("git@github.com:acme/shop.git", ""),
    ("javascript:alert(1)//github", ""),
    ("https://[github", ""),
    ("https://github:port/a", ""),
    ("", ""),
])  # fmt: skip
def test_a_file_is_read_where_its_host_shows_it(url: str, base: str) -> None:
    source = source_of(Repository("shop", url), "ab12")
    assert source.url("a b/\udcff#?%.py", 7) == (f"{base}a%20b/%FF%23%3F%25.py#L7" if base else "")
    assert source.url("a.py") == (f"{base}a.py" if base else "")


def test_a_repository_without_a_commit_has_no_files() -> None:
    assert source_of(Repository("shop", "https://github.com/acme/shop"), "") == NO_SOURCE


@given(scans.texts, scans.texts, scans.texts)
def test_an_address_is_one_whatever_is_in_it(host: str, path: str, revision: str) -> None:
    found = source_of(Repository("shop", f"https://github.com{host}/{path}"), revision).url(path)
    assert re.fullmatch(r"(https://[A-Za-z0-9.:%_~\[\]@-]+/[A-Za-z0-9/%._~-]*)?", found), found


NEEDS = title("/planning/dependencies")


def test_links_lead_to_where_files_are_read() -> None:
    places = Places(GITHUB, {"api": "../../product/api/index.html"})
    blocks = [
        Heading("Needs", 3),
        Paragraph(("see ", Link("the runbook", "docs/run%20book.md#start"), Link("us", "https://example.org/"))),
        Facts((("Diagram", ((Link("it", "a.svg"),), (Code("x"),))),)),
        Grid(NEEDS, ("Name", "Why"), ((((Code("api"),),), (("calls it",),)), (((("mail"),),), ((Link("a", "#a"),),)))),
        Grid("Others", ("Name",), (((("api",),),),)),
    ]
    base = "https://github.com/acme/shop/blob/ab12"
    assert placed(blocks, places) == [
        Heading("Needs", 3),
        Paragraph(
            ("see ", Link("the runbook", f"{base}/docs/run%20book.md#start"), Link("us", "https://example.org/"))
        ),
        Facts((("Diagram", ((Link("it", f"{base}/a.svg"),), (Code("x"),))),)),
        Grid(
            NEEDS,
            ("Name", "Why"),
            (
                (((Link("api", "../../product/api/index.html"),),), (("calls it",),)),
                (((("mail"),),), ((Link("a", "#a"),),)),
            ),
        ),
        Grid("Others", ("Name",), (((("api",),),),)),
    ]


@pytest.mark.parametrize(
    "target", ["docs/a.md", "javascript:alert(1)", "//evil.example/a", "data:text/html,x", "\\a", ""]
)
def test_links_that_lead_nowhere_are_no_links(target: str) -> None:
    for source in (NO_SOURCE, GITHUB):
        ((piece,),) = [block.line for block in placed([Paragraph((Link("it", target),))], Places(source, {}))]  # type: ignore[union-attr]
        if isinstance(piece, Link):
            assert source is GITHUB
            assert piece.target.startswith("https://github.com/acme/shop/blob/ab12/")
        else:
            assert piece == Code("it")


@given(st.lists(scans.blocks, max_size=3))
def test_any_page_is_placed(blocks: list[object]) -> None:
    found = placed(blocks, Places(GITHUB, {"": "../index.html"}))  # type: ignore[arg-type]
    assert list(map(type, found)) == list(map(type, blocks))


def test_neighbours_know_each_other() -> None:
    shop = entry("shop", dependencies=("api", "mail"))
    api, fork = entry("api", dependencies=("api",)), entry("fork")._replace(name="api")
    bare = entry("mail", "")
    found = Neighbourhood(
        [shop, fork, api, bare], Addresses([(one.repository, one.path) for one in (shop, api, fork)], [])
    )
    assert [tuple(one) for one in found.around(shop).needs] == [("api", "../../product/api/index.html"), ("mail", "")]
    assert [tuple(one) for one in found.around(api).needed_by] == [("shop", "../../product/shop/index.html")]
    assert found.around(fork).needed_by == ()
    assert found.around(shop).needed_by == ()


values = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | scans.texts


@given(st.lists(st.tuples(values, values), max_size=4))
def test_a_table_says_the_same_in_json_and_in_csv(rows: list[tuple[object, object]]) -> None:
    table = Table("t", "A row", ("one", "other"), rows)  # type: ignore[arg-type]
    from_json = json.loads(as_json(table))
    from_csv = list(csv.DictReader(io.StringIO(as_csv(table), newline="")))
    assert len(from_json) == len(from_csv) == len(rows)
    for one, other in zip(from_json, from_csv, strict=True):
        assert list(one) == list(other) == ["one", "other"]
        for key, value in one.items():
            text = "" if value is None else printable(value) if isinstance(value, str) else str(value)
            assert other[key] in (text, f"'{text}")
            assert not other[key].startswith("=")


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+cmd|x", "-1+cmd|x", "@SUM(1)", "\t=1", "\r=1"])
def test_a_spreadsheet_takes_no_text_for_a_formula(text: str) -> None:
    table = Table("t", "", ("one",), [(text,)])
    ((cell,),) = list(csv.reader(io.StringIO(as_csv(table))))[1:]
    assert cell[0] not in "=+-@\t\r"
    assert json.loads(as_json(table)) == [{"one": text}]


@given(scans.texts)
def test_a_script_holds_nothing_but_data(text: str) -> None:
    script = as_script("products", {"rows": [(text, HARM)]})
    assert script.isascii()
    assert "\n" not in script[:-1]
    start, end = 'siteData("products", ', ");\n"
    assert script.startswith(start)
    assert script.endswith(end)
    # Two halves of a character become one, as in any JSON.
    same = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(script.removeprefix(start).removesuffix(end)) == {"rows": [[same, HARM]]}


def test_what_reorders_text_is_shown() -> None:
    assert texts(["a\u202eb", 3, None]) == ["a\\u202eb", 3, None]
    assert shown("a\u202eb\nc") == "a\\u202eb c"
    assert lines("a\n<b>\u202e") == "a\n&lt;b&gt;\\u202e"
    assert words("`<b>` and <i>") == "<code>&lt;b&gt;</code> and &lt;i&gt;"


def news(number: int, repository: str = "shop", day: str = "2026-06-01") -> News:
    return News(repository, "RL801", "error", "a.py", "f", f"{number:016x}", Scan(1, day))


def test_a_feed_has_what_is_new_for_a_team() -> None:
    shop, libs = entry("shop", team="blue"), entry("shop", "libs/REVIEW.yaml", team="red")
    places = Addresses([("shop", "REVIEW.yaml"), ("shop", "libs/REVIEW.yaml")], ["blue", "red"])
    told = [news(1), news(2)._replace(path="libs/b.py", place=""), news(3, "gone")]
    found = feeds(told, {"shop": [shop, libs]}, places, "")
    assert {team: [item.url for item in items] for team, items in found.items()} == {
        "blue": ["../../product/shop/index.html#f-0000000000000001"],
        "red": ["../../product/shop/~/libs/index.html#f-0000000000000002"],
    }
    assert [item.summary for items in found.values() for item in items] == [
        "error RL801 in a.py, f",
        "error RL801 in libs/b.py",
    ]
    (item, *_) = feeds(told, {"shop": [shop]}, places, "https://example.org/r/")["blue"]
    assert item.url == "https://example.org/r/product/shop/index.html#f-0000000000000001"
    assert item.updated == "2026-06-01T00:00:00Z"


def test_a_feed_ends() -> None:
    found = feeds(map(news, range(LONGEST + 9)), {"shop": [entry(team="blue")]}, Addresses([], []), "")["blue"]
    assert [item.id for item in found] == [identity(f"shop/{number:016x}") for number in range(LONGEST)]
    assert len({item.id for item in found}) == LONGEST


@pytest.mark.parametrize("state", STANDINGS)
def test_badges_are_pictures_with_words(state: str) -> None:
    one = entry(state=state, states=(*STATES, STATES[0])[:8])
    found = badges(one, Templates(site=OPTIONS))
    assert list(found) == ["badge.svg", *(f"badge-{name}.svg" for name in GUIDELINES)]
    for name, text in found.items():
        root = fromstring(text)
        label = root.attrib["aria-label"]
        assert root.findtext("{http://www.w3.org/2000/svg}title") == label
        said = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
        assert ": ".join(map(str, said)) == label
        if name == "badge.svg":
            assert label == f"design review: {'0 open' if state == 'failed' else state}"
    assert [fromstring(found[f"badge-{name}.svg"]).attrib["aria-label"] for name in GUIDELINES] == [
        f"{name.replace('-', ' ')}: {word}" for name, word in zip(GUIDELINES, one.states, strict=True)
    ]


@pytest.mark.parametrize(("availability", "words"), [
    (None, ""), (-1, ""), (101, ""),
    (99.9, "43.2 minutes of outage a month"), (99.99, "4.3 minutes of outage a month"),
    (99.999, "0.4 minutes of outage a month"), (99.5, "216 minutes of outage a month (3.6 hours)"),
    (0, "43,200 minutes of outage a month (720 hours)"), (100, "no outage at all"), (99.9999999, "no outage at all"),
])  # fmt: skip
def test_a_promise_leaves_a_budget(availability: float | None, words: str) -> None:
    assert budget(availability) == words


@pytest.mark.parametrize(("value", "whole", "words"), [
    (0, 0, "\u2013"), (0, 9, "0 %"), (1, 3, "33 %"), (999, 1000, "99 %"), (9, 9, "100 %"), (1, 100000, "0 %"),
])  # fmt: skip
def test_what_is_not_all_is_never_all(value: int, whole: int, words: str) -> None:
    assert share(value, whole) == words
