"""The pages of a site from a real store: all are there, and every link leads to something."""

import csv
import io
import json
import re
from collections.abc import Mapping
from xml.etree.ElementTree import fromstring

import pytest

from linter.rules.catalogue import ALL_RULES
from linter.site.entry import GUIDELINES
from tests.support.site_history import PICTURE, history, write
from tests.support.site_walk import assert_feed, assert_strict, doubles, links, lost, page, pages
from tests.support.sites import build, tree

Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("site")
    write(str(folder / "scans.db"), *history())
    written = build(str(folder / "scans.db"), folder / "out")
    assert (written.products, written.made, written.day) == (9, 9, "2026-06-03")
    return tree(folder / "out")


def text(site: Files, name: str) -> str:
    return " ".join(page(site[name]).text_content().split())


def test_all_pages_are_there(site: Files) -> None:
    names = {name for name in site if name.endswith((".html", ".atom"))}
    products = {
        name.removeprefix("product/").removesuffix("/index.html") for name in names if name.startswith("product/")
    }
    bigs = {name for name in products if re.fullmatch("[Gg]roup-big-[0-9a-f]{16}", name)}
    assert products - bigs == {"shop", "shop/~/libs/pay", "plain", "gone", "unread", "old", "new"}
    assert len(bigs) == 2
    assert {name for name in names if not name.startswith("product/")} == {
        *("index.html", "products/index.html", "teams/index.html", "rules/index.html", "downloads/index.html"),
        *(f"team/{name}/{file}" for name in ("blue", "red", "~none") for file in ("index.html", "feed.atom")),
        *(f"rule/{rule.code}.html" for rule in ALL_RULES),
    }
    badges = {"badge.svg", *(f"badge-{name}.svg" for name in GUIDELINES)}
    assert badges <= {name.removeprefix("product/shop/~/libs/pay/") for name in site}
    assert not any(name.startswith("product/plain/badge") for name in site)


def test_every_link_leads_to_something(site: Files) -> None:
    assert lost(site) == []
    assert doubles(site) == []


def test_every_page_is_as_the_standard_says(site: Files) -> None:
    rules = sorted(name for name in site if name.startswith("rule/"))
    for name in pages(site):
        if name not in rules[3:]:
            assert_strict(site[name])


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs_in_a_page(site: Files) -> None:
    for root in pages(site).values():
        policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert len(policy) == 1
        assert policy[0].startswith("default-src 'none';")
        assert not root.xpath("//script[not(@src)] | //style | //*[@style] | //iframe | //base | //object")
        assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
        assert not root.xpath(
            "//script[contains(@src, '//')] | //link[contains(@href, '//')] | //img[contains(@src, '//')]"
        )
    assert not [url for _, url in links(site) if re.match(r"(?i)\s*(javascript|data|vbscript):", url)]


def test_feeds_are_as_their_standard_says(site: Files) -> None:
    titles = assert_feed(site["team/blue/feed.atom"])
    assert len(titles) == 3
    assert all(title.startswith("New complexity in pay REVIEW.yaml") for title in titles)
    assert assert_feed(site["team/red/feed.atom"]) == []


def test_badges_say_how_it_stands(site: Files) -> None:
    for name, data in site.items():
        if "/badge" in name:
            assert fromstring(data).attrib["aria-label"]
    assert fromstring(site["product/shop/badge.svg"]).attrib["aria-label"] == "design review: 4 open"
    assert fromstring(site["product/unread/badge-clarity.svg"]).attrib["aria-label"] == "clarity: unknown"


def test_tables_say_what_pages_say(site: Files) -> None:
    for name in [name for name in site if name.endswith(".csv")]:
        as_json = json.loads(site[name.replace(".csv", ".json")])
        as_csv = list(csv.DictReader(io.StringIO(site[name].decode(), newline="")))
        assert [list(row.values()) for row in as_csv] == [
            ["" if value is None else str(value) for value in row.values()] for row in as_json
        ]
    rows = json.loads(site["data/products.json"])
    assert {row["page"] for row in rows} == {
        name for name in site if name.startswith("product/") and name.endswith(".html")
    }
    assert [row["open"] for row in rows if row["repository"] == "shop"] == [0, 4]
    assert len(json.loads(site["product/shop/findings.json"])) == 4
    script = site["data/products.js"].decode()
    rows = json.loads(script.removeprefix('siteData("products", ').removesuffix(");\n"))["rows"]
    assert {(row[0], row[2]) for row in rows} == {
        (row["product"], row["team"]) for row in json.loads(site["data/products.json"])
    }


def test_products_say_what_is_known(site: Files) -> None:
    shop = text(site, "product/shop/index.html")
    assert "43.2 minutes of outage a month" in shop
    assert "The architecture diagram" not in text(site, "product/shop/~/libs/pay/index.html")
    assert b'<img src="diagram.svg"' in site["product/shop/~/libs/pay/index.html"]
    assert fromstring(site["product/shop/~/libs/pay/diagram.svg"])[0].attrib == fromstring(PICTURE)[0].attrib
    assert b'href="https://github.com/acme/shop/blob/c18/g.py#L3"' in site["product/shop/index.html"]
    assert "shop/index.html" in " ".join(page(site["product/shop/~/libs/pay/index.html"]).xpath("//main//@href"))
    for name, words in {
        "plain": "Nobody has written a review of this yet.",
        "gone": "The last scan could not judge this repository: the server is silent",
        "unread": "What the review says is not known here.",
        "old": "What the review says is not known here.",
    }.items():
        assert words in text(site, f"product/{name}/index.html")
        assert words not in shop


def test_the_overview_says_what_changed(site: Files) -> None:
    overview = text(site, "index.html")
    for words in ("2 new", "since 2026-06-02", "Waivers that end within 30 days", "buy"):
        assert words in overview
    assert "h.py" in site["team/blue/feed.atom"].decode()
