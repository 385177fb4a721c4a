"""The documentation site: it is built without a complaint, holds every page, and leads nowhere that is not there."""

import os
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from tests.support.repository import PROJECT

DOCS = PROJECT / "docs"
ADDRESS = "https://code.example.org/review-lint/blob/main"


def build(target: Path, source: Path = DOCS, **env: str) -> "subprocess.CompletedProcess[str]":
    """`make docs`, into another folder."""
    command = ["-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "-d", f"{target}-trees"]
    return subprocess.run(
        [sys.executable, *command, str(source), str(target)],
        cwd=PROJECT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "html"
    built = build(target)
    assert (built.returncode, built.stderr) == (0, "")
    return target


def pages(site: Path) -> dict[Path, lxml.html.HtmlElement]:
    return {path: lxml.html.parse(path).getroot() for path in site.rglob("*.html")}


def test_it_holds_every_page(site: Path) -> None:
    made = {path.relative_to(site).with_suffix("") for path in site.rglob("*.html")}
    assert {path.relative_to(DOCS).with_suffix("") for path in DOCS.rglob("*.md")} <= made


def test_its_links_lead_somewhere(site: Path) -> None:
    found = pages(site)
    anchors = {path: set(root.xpath("//@id")) for path, root in found.items()}
    count = 0
    for path, root in found.items():
        for link in root.xpath("//a/@href | //img/@src | //link/@href | //script/@src"):
            if link.startswith(("https://", "mailto:", "data:")):
                continue
            place, _, anchor = link.partition("#")
            target = (path.parent / place.partition("?")[0]).resolve() if place else path
            assert target.exists(), f"{path}: {link}"
            assert not anchor or target.suffix != ".html" or anchor in anchors[target] or anchor == "", (
                f"{path}: {link}"
            )
            count += 1
    assert count > 1000


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for path, root in pages(site).items():
        for address in root.xpath("//img/@src | //script/@src | //link[@rel='stylesheet']/@href | //iframe/@src"):
            assert "//" not in address, f"{path}: {address}"
    for style in site.rglob("*.css"):
        assert "url(http" not in style.read_text(encoding="utf-8")


def test_no_page_tells_of_the_machine_that_built_it(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert str(PROJECT) not in path.read_text(encoding="utf-8"), path


def test_links_out_of_the_pages_lead_into_the_repository(tmp_path: Path) -> None:
    built = build(tmp_path / "html", REVIEW_LINT_REPOSITORY=f"{ADDRESS}/")
    assert built.returncode == 0, built.stderr
    hrefs = {link for root in pages(tmp_path / "html").values() for link in root.xpath("//a/@href")}
    led = {link.removeprefix(f"{ADDRESS}/") for link in hrefs if link.startswith(ADDRESS)}
    assert {"schemas/review.schema.json", "README.md"} <= led
    assert all((PROJECT / path).exists() for path in led)


@pytest.mark.parametrize("target", ["gone.md", "../gone.txt", "ratchet.md#gone"])
def test_a_broken_link_is_an_error(tmp_path: Path, target: str) -> None:
    source = tmp_path / "docs"
    source.mkdir()
    (source / "conf.py").write_text((DOCS / "conf.py").read_text(encoding="utf-8"), encoding="utf-8")
    (source / "index.md").write_text(f"# Start\n\n```{{toctree}}\nratchet\n```\n\nSee [this]({target}).\n")
    (source / "ratchet.md").write_text("# The ratchet\n")
    built = build(tmp_path / "html", source)
    assert built.returncode != 0
    assert "gone" in built.stderr
