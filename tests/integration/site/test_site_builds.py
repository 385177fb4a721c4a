"""The same store makes the same site; what did not change is not written; what was interrupted is mended."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linter.errors import StoreError
from linter.site import crew, writing
from linter.site.folder import Folder, SiteError
from linter.site.known import FILE
from linter.site.product_files import Options
from linter.store.store import open_store
from tests.support.cli import START, review_lint
from tests.support.repository import PROJECT
from tests.support.scans import judged
from tests.support.site_history import history, quiet, shop, write
from tests.support.sites import OPTIONS, build, reviewed, tree


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("store") / "scans.db"
    write(str(where), *history())
    return where


@pytest.fixture
def store(scanned: Path, tmp_path: Path) -> str:
    """A copy that a test may go on with."""
    return str(shutil.copy(scanned, tmp_path / "scans.db"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def fresh(store: str, folder: Path, options: Options = OPTIONS) -> dict[str, bytes]:
    """What a build into a new folder writes."""
    build(store, folder, options)
    return tree(folder)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def changes(folder: Path, act: Callable[[], Any]) -> set[str]:
    """The files that were written, made or removed."""
    before = {name: stamp for name, stamp in stamps(folder).items() if (folder / name).is_file()}
    act()
    after = {name: stamp for name, stamp in stamps(folder).items() if (folder / name).is_file()}
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def command(store: str, out: Path, *arguments: str, **env: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", START, "site", "--store", store, "--out", str(out), *arguments]
    return subprocess.Popen(
        words, cwd=PROJECT, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def test_any_build_makes_the_same_files(store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = fresh(store, tmp_path / "one")
    for number, (jobs, seed) in enumerate((("1", "1"), ("2", "2"))):
        folder = tmp_path / f"other {number}"
        with command(store, folder, "--jobs", jobs, PYTHONHASHSEED=seed) as process:
            assert process.communicate(timeout=60)[1] == ""
        assert tree(folder) == one
    monkeypatch.setattr(crew, "ENOUGH", 1)
    assert build(store, tmp_path / "two", jobs=2).products == 9
    assert tree(tmp_path / "two") == one


def test_where_nothing_changed_nothing_is_written(store: str, out: Path) -> None:
    build(store, out)
    before = stamps(out)
    assert build(store, out).made == 0
    after = stamps(out)
    assert {name: one for name, one in after.items() if name != "."} == before


def go_on(store: str, *reports: Any) -> None:
    with open_store(store) as opened:
        scan = opened.begin("all", "terms", "2026-06-04", [one.repository.name for one in reports])
        opened.add(scan, *reports)
        opened.finish(scan)


def test_only_what_changed_is_written(store: str, out: Path, tmp_path: Path) -> None:
    """The product itself, neighbours to which another link leads now, and what is said about all."""
    build(store, out)
    last = history()[-1]
    go_on(store, shop("g"), *last[1:])
    written = {name for name in changes(out, lambda: build(store, out)) if name.startswith("product/")}
    assert {name.rpartition("/")[0] for name in written} <= {"product/shop", "product/shop/~/libs/pay"}
    assert "product/shop/index.html" in written
    assert tree(out) == fresh(store, tmp_path / "fresh")
    # A product that shop needs appears.
    mail = reviewed("mail", quiet())
    mail = mail._replace(products=(mail.products[0]._replace(name="mail"),))
    go_on(store, shop("g"), mail, *last[1:])
    written = {name for name in changes(out, lambda: build(store, out)) if name.startswith("product/")}
    assert {name.rpartition("/")[0] for name in written} == {"product/shop", "product/mail"}
    assert tree(out) == fresh(store, tmp_path / "fresher")


def test_what_is_gone_is_removed_and_what_is_a_strangers_stays(store: str, out: Path, tmp_path: Path) -> None:
    build(store, out)
    mine = out / "product" / "shop" / "mine.txt"
    mine.write_text("mine")
    (out / "CNAME").write_text("reviews.example.org")
    go_on(store, judged("plain", team="red"))
    build(store, out)
    assert mine.read_text() == "mine"
    mine.unlink()
    mine.parent.rmdir()
    (out / "CNAME").unlink()
    assert tree(out) == fresh(store, tmp_path / "fresh")
    assert not (out / "team" / "blue").exists()


def test_what_somebody_removed_comes_back(store: str, out: Path) -> None:
    """`rm -r out/*` leaves the file by which the folder is known."""
    build(store, out)
    before = tree(out)
    for path in out.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    build(store, out)
    assert tree(out) == before


def test_other_options_make_everything_anew(
    store: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(store, out)
    for options in (Options("Other", ""), Options("Other", "https://example.org/")):
        assert build(store, out, options).made == 9
        assert build(store, out, options).made == 0
        assert tree(out) == fresh(store, tmp_path / f"fresh {options.url[:5]}", options)
    monkeypatch.setattr("linter.site.known.__version__", "999")
    assert build(store, out, options).made == 9


@pytest.mark.parametrize("content", [b"", b"damaged"])
def test_what_is_known_may_be_damaged(store: str, out: Path, tmp_path: Path, content: bytes) -> None:
    build(store, out)
    (out / FILE).write_bytes(content)
    assert build(store, out).made == 9
    assert tree(out) == fresh(store, tmp_path / "fresh")


@pytest.mark.parametrize(
    "number", [0, 30, *(pytest.param(number, marks=pytest.mark.slow) for number in (1, 5, 100, -2, -1))]
)
def test_an_interrupted_build_is_mended(
    store: str, out: Path, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first one as well as one over another site; at any write."""
    number = number if number >= 0 else len(fresh(store, tmp_path / "count")) + 1 + number
    write_file, count = Folder._put, iter(range(10**6))

    def interrupted(folder: Folder, full: str, data: bytes) -> None:
        if next(count) == number:
            raise KeyboardInterrupt
        write_file(folder, full, data)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Folder, "_put", interrupted)
        build(store, out)
    build(store, out)
    assert tree(out) == fresh(store, tmp_path / "fresh")
    go_on(store, shop("z", complexity=30), judged("plain", team="green"))
    count = iter(range(max(0, number - 60), 10**6))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Folder, "_put", interrupted)
        build(store, out, Options("Other", ""))
    build(store, out)
    assert tree(out) == fresh(store, tmp_path / "fresher")


def test_nothing_stays_of_what_an_interrupted_build_wrote_for_a_product_that_left(
    store: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(store, out)
    go_on(store, shop("z"), judged("short-lived", team="short-lived"))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(writing, "encoded", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        build(store, out)
    assert (out / "product/short-lived/index.html").exists()
    go_on(store, shop("z"), judged("plain", team="green"))
    build(store, out)
    assert tree(out) == fresh(store, tmp_path / "fresh")


@pytest.mark.slow
def test_a_killed_build_is_mended(store: str, out: Path, tmp_path: Path) -> None:
    expected = fresh(store, tmp_path / "fresh")
    for seconds in (0, 0.05, 0.2):
        with command(store, out) as process:
            deadline = time.monotonic() + 30
            while not out.exists() and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(seconds)
            process.kill()
    build(store, out)
    assert tree(out) == expected


@pytest.fixture
def many(tmp_path: Path) -> str:
    """A store with enough products for several processes."""
    where = str(tmp_path / "many.db")
    write(where, [reviewed(f"shop {number:03}", quiet()) for number in range(crew.ENOUGH)])
    return where


def test_several_processes_write_what_one_writes(many: str, out: Path, tmp_path: Path) -> None:
    build(many, out, jobs=2)
    assert tree(out) == fresh(many, tmp_path / "fresh")


@pytest.mark.slow
def test_an_interrupt_ends_all_processes_without_a_word_of_theirs(many: str, out: Path) -> None:
    with command(many, out, "--jobs", "2") as process:
        deadline = time.monotonic() + 30
        while not (out / "product").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, complaint = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in complaint


@pytest.mark.slow
def test_what_goes_wrong_in_another_process_is_told(many: str, out: Path) -> None:
    out.mkdir()
    (out / FILE).touch()
    (out / "product").touch()
    ran = review_lint(PROJECT, "site", "--store", many, "--out", str(out), "--jobs", "2")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "error: cannot write " in ran.err
    assert "and write again" in ran.err


def test_a_process_that_dies_is_told(many: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_acted", _die)
    with pytest.raises(SiteError, match="process"):
        build(many, out, jobs=2)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_damaged_reports_are_told(store: str, out: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE reports SET content = x'00'")
        connection.commit()
    with pytest.raises(StoreError, match="a RepositoryReport in the store is damaged"):
        build(store, out)


def test_a_scan_of_nothing_is_a_site(tmp_path: Path, out: Path) -> None:
    write(str(tmp_path / "scans.db"), [], [])
    assert build(str(tmp_path / "scans.db"), out).products == 0
    assert b"The scan found no repositories." in (out / "index.html").read_bytes()
