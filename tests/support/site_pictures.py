"""The pictures of docs/site.md: `python -m tests.support.site_pictures SITE`, of a site that was written from what
`python -m benchmarks.organisation` scans.
"""

import argparse
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from tests.support.browser import chromium

IMAGES = Path(__file__).parents[2] / "docs" / "images"

PRODUCT = "product/pallets/jinja/index.html"


class Shot(NamedTuple):
    """A picture: which part of which page, seen how."""

    name: str
    page: str
    width: int = 1280
    height: int = 960
    scheme: str = "light"


SHOTS = (
    Shot("overview", "index.html", height=1080),
    Shot("products", "products/index.html#guideline=simplicity&is=open"),
    Shot("product", PRODUCT),
    Shot("rule", "rule/RL801.html", height=1250),
    Shot("team", "team/acme/shop/index.html"),
    Shot("downloads", "downloads/index.html", height=860),
    Shot("phone", "index.html", width=390, height=844),
    Shot("dark", PRODUCT, width=780, height=844, scheme="dark"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    site = parser.parse_args().site.resolve()
    with chromium() as browser:
        for shot in SHOTS:
            take(shot, site, browser)


def take(shot: Shot, site: Path, browser: Browser) -> None:
    size = {"width": shot.width, "height": shot.height}
    with browser.new_context(viewport=size, color_scheme=shot.scheme) as context:
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{shot.page}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / f"site-{shot.name}.png", animations="disabled")


if __name__ == "__main__":
    main()
