"""The folder of a site: files appear as a whole, what is the same is left alone, and nothing else is touched."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.errors import UsageError
from linter.site.folder import Folder, SiteError
from linter.site.known import FILE, Kept, Known, Page, decoded, encoded, terms_of
from tests.support.sites import entry

NEW = ".review-lint-new"


def prepared(path: Path) -> Folder:
    folder = Folder(str(path))
    folder.prepare(FILE)
    folder.write(FILE, b"")
    return folder


def names(path: Path) -> set[str]:
    return {str(one.relative_to(path)) for one in path.rglob("*")} - {FILE}


def test_a_folder_is_made(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "a" / "b")
    folder.write("product/shop/index.html", "naïve \udcff\ud800")
    assert (tmp_path / "a/b/product/shop/index.html").read_bytes() == "naïve \\udcff\\ud800".encode()
    assert folder.read("product/shop/index.html") == "naïve \\udcff\\ud800".encode()
    assert folder.read("nothing") is folder.read("product") is folder.read(f"{FILE}/x") is None
    prepared(tmp_path / "a" / "b")


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    (tmp_path / "zebra").mkdir()
    with pytest.raises(UsageError, match=r"holds something else: thesis\.tex$"):
        Folder(str(tmp_path)).prepare(FILE)
    assert names(tmp_path) == {"thesis.tex", "zebra"}


@pytest.mark.parametrize("name", ["file", "file/below", "", "x" * 300, "no/" + "y" * 300])
def test_what_is_no_folder_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot write into "):
        Folder(str(tmp_path / name) if name else "").prepare(FILE)


def test_what_is_the_same_is_left_alone(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    folder.write("a/b.html", "same")
    before = (tmp_path / "a/b.html").stat()
    folder.write("a/b.html", b"same")
    assert (tmp_path / "a/b.html").stat() == before
    folder.write("a/b.html", "other")
    assert (tmp_path / "a/b.html").stat().st_ino != before.st_ino


def test_files_are_removed_with_the_folders_that_are_empty_then(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    for name in ("a/b/c/index.html", "a/b/index.html", "d/index.html"):
        folder.write(name, "text")
    (tmp_path / "d" / "mine.txt").touch()
    folder.remove(["a/b/c/index.html", "d/index.html", "not/there.html"])
    assert names(tmp_path) == {"a", "a/b", "a/b/index.html", "d", "d/mine.txt"}
    folder.remove(["a/b/index.html"])
    assert names(tmp_path) == {"d", "d/mine.txt"}


@pytest.mark.parametrize("name", ["../mine.txt", "a/../../mine.txt", "/{}", "a/link/mine.txt", "link/mine.txt", ""])
def test_nothing_outside_of_the_folder_is_removed(tmp_path: Path, name: str) -> None:
    """What is to be removed stands in a file of the folder, which somebody else may have written."""
    mine = tmp_path / "mine.txt"
    mine.touch()
    folder = prepared(tmp_path / "site")
    folder.write("a/index.html", "text")
    (tmp_path / "site" / "link").symlink_to(tmp_path)
    (tmp_path / "site" / "a" / "link").symlink_to("../..")
    folder.remove([name.format(mine)])
    assert mine.exists()
    assert (tmp_path / "site" / "a" / "index.html").exists()


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "site")
    mine = tmp_path / "mine.html"
    mine.write_text("mine")
    (tmp_path / "site" / "index.html").symlink_to(mine)
    (tmp_path / "site" / f"other.html{NEW}").symlink_to(mine)
    for name in ("index.html", "other.html"):
        folder.write(name, "the site's")
        assert (tmp_path / "site" / name).read_text() == "the site's"
        assert not (tmp_path / "site" / name).is_symlink()
    assert mine.read_text() == "mine"
    (tmp_path / "site" / "index.html").unlink()
    (tmp_path / "site" / "index.html").symlink_to(mine)
    folder.write("index.html", "mine")
    folder.remove(["index.html"])
    assert mine.exists()
    (tmp_path / "site" / "product").symlink_to(tmp_path)
    with pytest.raises(SiteError, match="leads out of"):
        folder.write("product/mine.html", "the site's")
    assert mine.read_text() == "mine"


def test_a_site_may_be_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    folder = prepared(tmp_path / "link")
    folder.write("a/index.html", "text")
    assert names(tmp_path / "real") == {"a", "a/index.html"}
    folder.remove(["a/index.html"])
    assert names(tmp_path / "real") == set()


def test_what_the_system_refuses_is_told(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    (tmp_path / "index.html").mkdir()
    (tmp_path / "product").touch()
    for name in ("index.html", "product/index.html", "x" * 250, f"{'y' * 250}/{'z' * 250}"):
        with pytest.raises(SiteError, match="cannot write ") as caught:
            folder.write(name, "text")
        assert caught.value.hint
    assert names(tmp_path) - {"y" * 250} == {"index.html", "product"}


def failing(error: BaseException) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = prepared(tmp_path)
    folder.write("index.html", "old")
    with monkeypatch.context() as patch, pytest.raises((KeyboardInterrupt, SiteError)):
        patch.setattr(os, "replace", failing(error))
        folder.write("index.html", "new")
    assert folder.read("index.html") == b"old"
    assert names(tmp_path) == {"index.html"}


def test_a_first_write_that_was_killed_is_no_strangers_file(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}{NEW}").write_bytes(b"half")
    prepared(tmp_path)
    assert {one.name for one in tmp_path.iterdir()} == {FILE}


KNOWN = Known(
    "terms",
    (Kept("shop", "digest", (entry(), entry("shop", "libs/\udcff/REVIEW.yaml"))),),
    (Page("product/shop", "key", ("index.html",)),),
    ("index.html",),
)


def test_what_is_known_comes_back() -> None:
    assert decoded(encoded(KNOWN)) == KNOWN
    assert KNOWN.distrusted == KNOWN._replace(pages=(Page("product/shop", "", ("index.html",)),))


@given(st.integers(0, 2000), st.binary(max_size=9))
def test_what_is_damaged_is_not_known(place: int, noise: bytes) -> None:
    data = encoded(KNOWN)
    for damaged in (noise, data[:place], data[:place] + noise + data[place + len(noise) :]):
        assert decoded(damaged) in (KNOWN, Known())


def test_all_pages_depend_on_the_options() -> None:
    assert len({terms_of(), terms_of("a"), terms_of("a", "b"), terms_of("b", "a"), terms_of("\ud800")}) == 5
    assert terms_of("a", "b") == terms_of("a", "b")
