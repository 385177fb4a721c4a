"""Every type of page of a site, to be looked at: `python -m tests.support.site_screens SITE [PRODUCT]` takes pictures
of them, wide and on a phone, by day and by night, and puts them into build/screenshots.
"""

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from tests.support.browser import chromium, visitor
from tests.support.repository import PROJECT

TARGET = PROJECT / "build" / "screenshots"
WIDTHS = (1280, 375)
SCHEMES = ("light", "dark")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("product", nargs="?", help="the folder of a product below product/")
    arguments = parser.parse_args()
    with chromium() as browser:
        take(browser, arguments.site.resolve(), arguments.product)


def take(browser: Browser, site: Path, chosen: str | None = None) -> list[Path]:
    """The pictures, of one product by its folder, or of the first."""
    TARGET.mkdir(parents=True, exist_ok=True)
    pictures = []
    for width, scheme in product(WIDTHS, SCHEMES):
        size = {"width": width, "height": 900}
        with visitor(browser, site.as_uri(), viewport=size, color_scheme=scheme) as person:
            for name, page in pages(site, chosen):
                pictures.append(TARGET / f"{name}-{width}-{scheme}.png")
                person.visit(page).screenshot(path=pictures[-1], full_page=True, animations="disabled")
    return pictures


def pages(site: Path, chosen: str | None) -> Iterator[tuple[str, str]]:
    """A page of each type, the first of its kind where there are many."""
    yield "overview", "index.html"
    for name in ("products", "rules", "teams", "downloads"):
        yield name, f"{name}/index.html"
    yield "product", f"product/{chosen}/index.html" if chosen else first(site, "product/**/index.html")
    yield "rule", first(site, "rule/*.html")
    yield "team", first(site, "team/**/index.html")


def first(site: Path, pattern: str) -> str:
    return min(str(path.relative_to(site)) for path in site.glob(pattern))


if __name__ == "__main__":
    main()
