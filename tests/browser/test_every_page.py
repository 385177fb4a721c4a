"""Every type of page of a site, in which foreign text is hostile: whole, accessible, and nothing but text."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from linter.model.finding import Severity
from linter.model.page import Badge, Section, Tone
from linter.model.review import SECTIONS
from linter.model.sheet import Diagram
from linter.site.product_files import Options
from linter.store.store import open_store
from tests.support.browser import Visitor, served, violations, visitor, width_of
from tests.support.scans import finding, judged, unjudged
from tests.support.site_screens import take
from tests.support.sites import build, reviewed, sheet

HARM = "<script>document.title=1</script><img src=x onerror=document.title=1>\"'>&{{ 7*7 }}"
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="document.title=1">
<script>document.title=1</script><image href="http://example.org/x.png"/><rect width="9" height="9"/></svg>"""
DIGEST = hashlib.sha256(SVG).hexdigest()

DAYS = ("2026-05-18", "2026-05-25", "2026-06-01")

PAGES = {
    "overview": "index.html",
    "products": "products/index.html",
    "a product": "product/shop/index.html",
    "a product without a review": "product/plain/index.html",
    "a product that was not judged": "product/silent/index.html",
    "rules": "rules/index.html",
    "a rule": "rule/RL801.html",
    "teams": "teams/index.html",
    "a team": "team/crew/index.html",
    "downloads": "downloads/index.html",
}
"""A page of each type."""

SHOWN = "all => all.every(each => each.naturalWidth || each.loading === 'lazy')"
"""Whether pictures are there."""

PHONE = {"width": 375, "height": 800}
PAPER = {"width": 720, "height": 1000}
"""A4 less its margins."""


def write_scan(store_at: Path, number: int) -> None:
    """A scan that finds a little more than the one before."""
    hostile = sheet(text=HARM)
    plain = sheet(text="a picture", diagram=Diagram("docs/diagram.svg", "svg", digest=DIGEST))
    sections = [Section(f"{name} title", name, Badge("adopted", Tone.GOOD), ()) for name in SECTIONS]
    pictured = plain._replace(sections=tuple(sections))
    found = [finding(f"{HARM}{place}") for place in range(number + 1)]
    shop = judged("shop", *found, finding("told", "RL102", Severity.WARNING), team="crew", revision=f"a{number}")
    reports = (
        reviewed("shop", pictured)._replace(
            report=shop.report, status=shop.status, repository=shop.repository, pictures=((DIGEST, SVG),)
        ),
        reviewed(HARM, hostile, hostile._replace(path="inner/REVIEW.yaml")),
        judged("plain", *found, team=HARM, revision=f"b{number}"),
        unjudged("silent", team="crew"),
    )
    with open_store(str(store_at)) as store:
        scan = store.begin("all", "terms", DAYS[number], [report.repository.name for report in reports])
        store.add(scan, *reports)
        store.finish(scan)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for number in range(len(DAYS)):
        write_scan(folder / "scans.db", number)
    build(str(folder / "scans.db"), folder / "site", Options("Design reviews", "https://reviews.example.org/"))
    return folder / "site"


@pytest.fixture
def tab(browser: Browser, site: Path) -> Iterator[Page]:
    with visitor(browser, site.as_uri()) as person:
        yield person.visit(PAGES["overview"])


def look_at_all(person: Visitor) -> Iterator[tuple[str, Page]]:
    """Each page in turn, by its name; it has a title and a heading, and its pictures are there."""
    tab = person.context.new_page()
    for name, page in PAGES.items():
        person.visit(page, tab)
        expect(tab.get_by_role("heading", level=1)).to_have_count(1)
        assert tab.title().endswith(" · Design reviews"), name
        assert tab.locator("main img").evaluate_all(SHOWN), name
        yield name, tab


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(browser: Browser, site: Path, scheme: str) -> None:
    # Axe reads style sheets in a way that browsers allow on web servers only.
    with served(site) as address, visitor(browser, address, bypass_csp=True, color_scheme=scheme) as person:
        assert {name: violations(tab) for name, tab in look_at_all(person)} == {name: [] for name in PAGES}


def test_they_fit_on_a_phone(browser: Browser, site: Path) -> None:
    with visitor(browser, site.as_uri(), viewport=PHONE) as person:
        widths = {name: width_of(tab) for name, tab in look_at_all(person)}
    assert widths == dict.fromkeys(PAGES, PHONE["width"])


def test_they_can_be_printed(browser: Browser, site: Path) -> None:
    with visitor(browser, site.as_uri(), viewport=PAPER) as person:
        for name, tab in look_at_all(person):
            tab.emulate_media(media="print")
            assert tab.get_by_role("heading", level=1).is_visible(), name
            assert tab.locator(".bar").is_hidden(), name
            heads = tab.locator("main section > .scroll thead th, #products thead th")
            assert all(head.inner_text().strip() for head in heads.all()), name
            tab.emulate_media(media="screen")


def test_they_are_the_same_on_a_web_server(browser: Browser, site: Path) -> None:
    with served(site) as address, visitor(browser, address) as person:
        charts = {name: tab.locator("canvas").count() for name, tab in look_at_all(person)}
    assert {name for name, count in charts.items() if count} >= {"overview", "a product", "a rule", "a team"}


def test_all_of_it_can_be_read_without_scripts(browser: Browser, site: Path) -> None:
    with visitor(browser, site.as_uri(), java_script_enabled=False) as person:
        for name, page in PAGES.items():
            tab = person.visit(page)
            assert tab.get_by_role("heading", level=1).is_visible(), name
            assert tab.locator("form:visible, button:visible").count() == 0, name
        tab = person.visit(PAGES["products"])
        assert len(tab.get_by_role("rowheader").all_inner_texts()) == 5


def test_foreign_text_stays_text(tab: Page) -> None:
    tab.get_by_role("link", name="Products", exact=True).click()
    links = tab.locator("#products tbody a")
    expect(links).to_have_count(8)
    told = 0
    for address in {link.evaluate("link => link.href") for link in links.all()}:
        tab.goto(address)
        told += tab.locator("main").inner_text().count(HARM)
        assert tab.title().endswith(" · Design reviews")
        assert tab.locator("img[src=x], script:not([src]), [onerror]").count() == 0
    assert told > 50


def test_the_way_from_the_overview_to_what_is_wrong(tab: Page) -> None:
    tab.get_by_role("link", name="Products", exact=True).click()
    expect(tab.get_by_role("status")).to_have_text("5 products")
    tab.get_by_label("Team").select_option("crew")
    expect(tab.get_by_role("status")).to_have_text("2 of 5 products")
    tab.get_by_role("link", name="shop REVIEW.yaml").click()
    tab.get_by_role("link", name="some-rule").or_(tab.locator("a[href*='rule/RL801']")).first.click()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    tab.go_back()
    tab.go_back()
    expect(tab.get_by_role("status")).to_have_text("2 of 5 products")


def test_cells_of_the_overview_lead_to_products(tab: Page) -> None:
    links = {link.evaluate("link => link.href") for link in tab.locator("table.heat td a").all()}
    assert any("is=not+met" in link for link in links)
    for link in links:
        tab.goto(link)
        expect(tab.get_by_role("status")).to_have_text(re.compile("^[1-5] "))


def test_the_first_stop_leads_past_the_menu(tab: Page) -> None:
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to content")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('main') !== null")


def test_the_header_finds_products(tab: Page) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("plain")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_have_text("1 of 5 products")


def test_a_badge_is_copied(browser: Browser, site: Path) -> None:
    with visitor(browser, site.as_uri(), permissions=["clipboard-read", "clipboard-write"]) as person:
        tab = person.visit(PAGES["a product"])
        tab.get_by_role("button", name="Copy").click()
        expect(tab.get_by_role("status")).to_have_text("Copied")
        assert tab.evaluate("navigator.clipboard.readText()") == tab.locator("#badge-markdown").inner_text()


@pytest.mark.slow
def test_there_are_pictures_of_every_type_of_page_to_look_at(browser: Browser, site: Path) -> None:
    pictures = take(browser, site)
    assert len(pictures) == len({path.read_bytes() for path in pictures})
