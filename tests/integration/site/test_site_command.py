"""review-lint site as its users run it: after a real scan, and with whatever they may type."""

import json
import os
from pathlib import Path

import pytest

from linter.store.store import open_store
from tests.support.cli import Ran, review_lint
from tests.support.organisation import DAY, STATES, organisation
from tests.support.scans import judged
from tests.support.site_history import write
from tests.support.site_walk import assert_strict, doubles, lost, pages
from tests.support.sites import tree


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory, isolated_home: Path) -> Path:
    """A folder in which an organisation was scanned."""
    os.environ["GIT_CONFIG_GLOBAL"] = str(isolated_home / ".gitconfig")
    folder = tmp_path_factory.mktemp("acme")
    organisation(folder / "acme")
    assert review_lint(folder, "scan", "acme", "--store", "scans.db", "--today", DAY).code == 1
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a store of one repository."""
    write(str(tmp_path / "scans.db"), [judged("shop")])
    return tmp_path


def site(folder: Path, *arguments: str) -> Ran:
    return review_lint(folder, "site", "--store", "scans.db", *arguments)


def assert_refused(ran: Ran, *words: str) -> None:
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1 or "usage: " in ran.err
    for word in words:
        assert word in ran.err
    assert "Traceback" not in ran.err


def test_a_real_scan_makes_a_site(acme: Path) -> None:
    ran = site(acme, "--out", "out/", "--title", "Acme & <sons>", "--url", "https://acme.example.org/reviews")
    assert ran == Ran(0, f"{len(STATES)} products as of {DAY}, {len(STATES)} written anew; open out/index.html\n", "")
    files = tree(acme / "out")
    assert (lost(files), doubles(files)) == ([], [])
    for name in pages(files):
        if not name.startswith("rule/"):
            assert_strict(files[name])
    rows = json.loads(files["data/products.json"])
    assert {row["repository"]: row["state"] for row in rows} == {
        name: {"plain": "no review", "young": "skipped"}.get(name, state if state in ("passed", "failed") else "error")
        for name, state in STATES.items()
    }
    assert b"Acme &amp; &lt;sons&gt;" in files["index.html"]
    assert b"https://acme.example.org/reviews/product/shop/api/badge.svg" in files["product/shop/api/index.html"]
    assert b"Lets two people draw on the same page at once." in files["product/shop/api/index.html"]
    assert str(acme).encode() not in b"".join(files.values())
    again = site(acme, "--out", "out", "--title", "Acme & <sons>", "--url", "https://acme.example.org/reviews/")
    assert again.out == f"{len(STATES)} products as of {DAY}, 0 written anew; open out/index.html\n"


def test_a_site_has_to_go_somewhere(small: Path) -> None:
    assert_refused(site(small), "--out")
    (small / "file").touch()
    (small / "thesis").mkdir()
    (small / "thesis" / "thesis.tex").touch()
    assert_refused(site(small, "--out", ""), "cannot write into ", "--out")
    assert_refused(site(small, "--out", "file"), "cannot write into file: ", "--out")
    assert_refused(site(small, "--out", "file/out"), "cannot write into file/out: ", "--out")
    assert_refused(site(small, "--out", "thesis"), "thesis holds something else: thesis.tex", "--out")
    assert_refused(site(small, "--out", "."), ". holds something else: ")
    assert {path.name for path in small.iterdir()} == {"scans.db", "scans.db.lock", "file", "thesis"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(small: Path) -> None:
    (small / "locked").mkdir(mode=0o500)
    for name in ("locked", "locked/out"):
        assert_refused(site(small, "--out", name), "Permission denied")


@pytest.mark.parametrize("url", [
    "", "reviews.example.org", "//reviews.example.org", "ftp://reviews.example.org", "javascript:alert(1)", "https://",
    "https://[::1", "https://ada:secret@example.org/", "https://example.org/?a=b", "https://example.org/#a",
    "https://example.org/?", "https://example.org/#", "https://example.org:port/", "https://exa mple.org/",
    "https://example.org/a b", "https://example.org/\n", "https://example.org/\udcff", "https://ada@example.org/",
])  # fmt: skip
def test_an_address_that_is_none_is_refused(small: Path, url: str) -> None:
    ran = site(small, "--out", "out", "--url", url)
    assert_refused(ran, "--url")
    assert "secret" not in ran.err
    assert not (small / "out").exists()


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1.5", ""])
def test_some_process_has_to_write(small: Path, jobs: str) -> None:
    assert_refused(site(small, "--out", "out", "--jobs", jobs), "--jobs")


def test_there_has_to_be_a_scan(tmp_path: Path) -> None:
    assert_refused(site(tmp_path, "--out", "out"), "there is no store ", "scans.db")
    with open_store(str(tmp_path / "scans.db")) as store:
        store.begin("all", "terms", DAY, ["shop"])
    assert_refused(site(tmp_path, "--out", "out"), "no scan has been finished in this store", "review-lint scan")
    assert not (tmp_path / "out").exists()


def test_a_site_is_called_something(small: Path) -> None:
    for title in ("", " "):
        assert_refused(site(small, "--out", "out", "--title", title), "--title")


@pytest.mark.parametrize("title", ["\udcff", "</title><script>", "x" * 5000])
def test_any_title_is_text(small: Path, title: str) -> None:
    assert site(small, "--out", "out", "--title", title).code == 0
    for name in ("index.html", "product/shop/index.html", "team/~none/index.html"):
        assert_strict((small / "out" / name).read_bytes())
