"""What the pages of a site weigh, and how fast they are in Chromium: `python -m benchmarks.site_pages SITE`.

Each page is served over HTTP without compression, into an empty cache. `ready` is when everything is there and scripts
have run; for the table of products also how long it takes from a key to the frame that shows the changed table.
"""

import argparse
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.support.browser import chromium, served

ROUNDS = 5

KEYED = """
letter => new Promise(done => {
  const field = document.querySelector("#filters [name=q]");
  const begun = performance.now();
  field.value += letter;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})
"""


class Weight(NamedTuple):
    """Bytes, how many requests they took, and milliseconds."""

    size: int
    requests: int
    ready: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    folder: Path = parser.parse_args().site.resolve()
    with served(folder) as address, chromium() as browser:
        print("| page | kB | files | ready after ms |\n|---|--:|--:|--:|")
        for title, name in pages(folder):
            found = [weight(browser, f"{address}/{name}") for _ in range(ROUNDS)]
            ready = statistics.median(one.ready for one in found)
            print(f"| {title} | {found[0].size / 1000:.0f} | {found[0].requests} | {ready:.0f} |")
        times = keys(browser, f"{address}/products/index.html")
        print(f"\nfrom a key to the changed table: {times[0]:.0f} ms for the first one, {max(times):.0f} ms at most")


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """One page of each type: of products and teams the largest of the first hundred."""
    yield "overview", "index.html"
    yield "products", "products/index.html"
    yield "a product", _largest(folder, "product")
    yield "a rule", _largest(folder, "rule")
    yield "a team", _largest(folder, "team")
    for name in ("teams", "rules", "downloads"):
        yield name, f"{name}/index.html"


def _largest(folder: Path, kind: str) -> str:
    found = sorted((folder / kind).rglob("*.html"))[:100]
    return max(found, key=lambda path: path.stat().st_size).relative_to(folder).as_posix()


def weight(browser: Browser, url: str) -> Weight:
    with browser.new_context() as context:
        tab = context.new_page()
        sizes: list[int] = []
        tab.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
        tab.goto(url)
        tab.wait_for_load_state("networkidle")
        return Weight(sum(sizes), len(sizes), _ready(tab))


def _ready(tab: Page) -> float:
    ready: float = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    return ready


def keys(browser: Browser, url: str) -> list[float]:
    """Milliseconds for each key of a word."""
    with browser.new_context() as context:
        tab = context.new_page()
        tab.goto(url)
        tab.wait_for_selector("#filters:not([hidden])")
        return [tab.evaluate(KEYED, letter) for letter in "pay"]


if __name__ == "__main__":
    main()
