"""A real Chromium that looks at pages, and remembers everything that it did not like about them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

INSTALL = "apt-get install chromium"
"""The command that installs what these tests need."""

AXE = Path(__file__).parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"
INSTALL_AXE = "npm ci --prefix tests/browser"

ASKED_OF_EVERY_SITE = "/favicon.ico"
"""What browsers look for on their own."""


def missing(command: str) -> None:
    """Skip for want of something; where nothing may be skipped, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"not installed: {command}")
    pytest.skip(f"needs {command}")


@contextmanager
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        missing(INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a browser, who looks at the pages of a folder and nothing else.

    `complaints` holds what must not happen: messages of the console, errors of scripts, requests to anywhere else or
    for what is not there. Options are those of Playwright's contexts.
    """

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(**options)
        # The machine may be busy with other tests.
        self.context.set_default_timeout(20_000)
        self.context.on("console", lambda said: self._heard(said.type, f"{said.text} {said.location['url']}"))
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("request", lambda request: self._asked(request.url))
        self.context.on("requestfailed", lambda request: self._failed(request.failure, request.url))
        self.context.on("response", lambda response: self._answered(response.status, response.url))

    def visit(self, page: str, tab: Page | None = None) -> Page:
        """Open a page of the site by its path, in a new tab if none is given; it has drawn all when this returns."""
        tab = tab or self.context.new_page()
        tab.goto(f"{self.address}/{page}")
        return tab

    def close(self) -> None:
        self.context.close()
        assert not self.complaints, "\n".join(self.complaints)

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning", "assert") and not text.endswith(ASKED_OF_EVERY_SITE):
            self.complaints.append(f"{kind}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "about:")):
            self.complaints.append(f"asked for {url}")

    def _failed(self, why: str | None, url: str) -> None:
        # What is still under way when a page is left is given up.
        if why != "net::ERR_ABORTED":
            self.complaints.append(f"{why}: {url}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 400 and not url.endswith(ASKED_OF_EVERY_SITE):
            self.complaints.append(f"{status}: {url}")


@contextmanager
def visitor(browser: Browser, address: str, **options: Any) -> Iterator[Visitor]:
    """A visitor, for as long as the context is open, who has nothing to complain about in the end."""
    person = Visitor(browser, address, **options)
    yield person
    person.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on an HTTP server of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def violations(tab: Page) -> list[str]:
    """What axe finds wrong with a page of a web server, whose context has to bypass the Content-Security-Policy."""
    if not AXE.exists():
        missing(INSTALL_AXE)
    tab.evaluate(AXE.read_text())
    found = tab.evaluate("axe.run().then(({ violations }) => violations)")
    return [f"{each['id']}: {node['html']}\n{node['failureSummary']}" for each in found for node in each["nodes"]]


def wait_for_frame(tab: Page) -> None:
    """Wait until the page was drawn once more; a browser that has nothing to draw, or no time, may never do that."""
    tab.evaluate("new Promise(done => { requestAnimationFrame(done); setTimeout(done, 500); })")


def width_of(tab: Page) -> int:
    """CSS pixels that the document takes, which may be more than the window has."""
    width: int = tab.evaluate("document.documentElement.scrollWidth")
    return width


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """The tests' own output is enough."""
