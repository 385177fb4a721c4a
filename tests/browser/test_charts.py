"""Charts are drawn of the tables that stand behind them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support import site_pages
from tests.support.browser import Visitor, visitor, wait_for_frame, width_of

DAYS = [f"2025-{month:02}-{day:02}" for month in range(10, 13) for day in (1, 8, 15, 22)] + ["2026-01-02", "2026-01-05"]

INK = """canvas => {
  // Browsers warn of a canvas that is read again and again, unless it says that it will be.
  const copy = document.createElement("canvas");
  Object.assign(copy, { width: canvas.width, height: canvas.height });
  const pen = copy.getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  const pixels = pen.getImageData(0, 0, copy.width, copy.height).data;
  const colours = new Map();
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] === 255) {
      const colour = pixels.slice(i, i + 3).join();
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
  }
  return Object.fromEntries(colours);
}"""
"""Opaque pixels of a canvas by colour."""

ROOM = "element => element.clientWidth"

LIGHT = {"0,0,204": "the first series", "170,51,0": "the second", "85,85,85": "what stands beside the axes"}
DARK = {"153,204,255": "the first series", "255,170,136": "the second"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    many = {"with a review": [*range(40, 54)], "passing": [value % 5 * 7 for value in range(14)]}
    figures = [
        site_pages.chart(DAYS, many, "data-from-zero"),
        site_pages.chart(DAYS[:2], {"open": [3, 5], "waived": [None, 4]}),
        site_pages.chart(DAYS[:1], {"open": [0]}, "data-steps"),
        site_pages.chart(
            DAYS[-2:][::-1], {"share of products": [45.5, 61.25], "b": [1, 1], "c": [1, 1], "d": [2, None]}
        ),
    ]
    site_pages.charts(tmp_path, "charts.html", *figures)
    return tmp_path


@pytest.fixture
def person(browser: Browser, folder: Path) -> Iterator[Visitor]:
    with visitor(browser, folder.as_uri(), viewport={"width": 900, "height": 700}) as someone:
        yield someone


def ink(tab: Page, chart: int = 0) -> dict[str, int]:
    found: dict[str, int] = tab.locator("canvas").nth(chart).evaluate(INK)
    return found


def becomes(tab: Page, colours: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the first chart gets all these colours and none of the others within some frames."""
    for _ in range(60):
        wait_for_frame(tab)
        found = ink(tab)
        if all(colour in found for colour in colours) and not any(colour in found for colour in others):
            return True
    return False


def test_each_has_a_line_in_the_colours_of_the_page(person: Visitor) -> None:
    tab = person.visit("charts.html")
    assert tab.locator(".plot canvas").count() == 4
    assert {name: ink(tab).get(name, 0) > 30 for name in LIGHT} == dict.fromkeys(LIGHT, True)
    assert ink(tab, 1).keys() >= LIGHT.keys()


def test_one_point_is_a_mark_and_a_day(person: Visitor) -> None:
    tab = person.visit("charts.html")
    found = ink(tab, 2)
    assert 10 < found["0,0,204"] < 200
    assert "85,85,85" in found


def test_they_change_their_colours_with_the_page(person: Visitor) -> None:
    tab = person.visit("charts.html")
    assert becomes(tab, LIGHT, DARK)
    tab.emulate_media(color_scheme="dark")
    assert becomes(tab, DARK, LIGHT)
    tab.emulate_media(color_scheme="light", media="print")
    assert becomes(tab, LIGHT, DARK)


def test_they_are_as_wide_as_there_is_room(person: Visitor) -> None:
    tab = person.visit("charts.html")
    for width in (375, 1200):
        tab.set_viewport_size({"width": width, "height": 700})
        tab.wait_for_function(
            "() => document.querySelector('.uplot').clientWidth === document.querySelector('.plot').clientWidth"
        )
        assert width_of(tab) == width
        assert tab.locator(".plot canvas").count() == 4


def test_without_scripts_there_is_the_table(browser: Browser, folder: Path) -> None:
    with visitor(browser, folder.as_uri(), java_script_enabled=False) as person:
        tab = person.visit("charts.html")
        assert tab.locator("canvas").count() == 0
        tab.get_by_text("As a table").first.click()
        assert tab.get_by_role("rowheader", name="2025-10-08").first.is_visible()
