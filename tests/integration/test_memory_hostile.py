"""A repository that somebody unpacked comes with whatever its maker put where earlier runs keep what they computed."""

import os
import sqlite3
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from linter.adapters.git.memory import open_memory
from tests.support.cli import check
from tests.support.code import function
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

PLACE = Path(".git") / "review-lint" / "known.sqlite"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    return repository


@pytest.fixture
def file(repository: Repository) -> Path:
    """The file that the first run has left."""
    check(repository.path)
    return repository.path / PLACE


def edit(file: Path, script: str) -> None:
    connection = sqlite3.connect(file)
    connection.executescript(script)
    connection.close()


def replace_values(file: Path, data: bytes) -> None:
    """Put data into every record, with the checksum that belongs to it."""
    connection = sqlite3.connect(file)
    for (name,) in connection.execute("SELECT name FROM known").fetchall():
        checksum = zlib.crc32(data, zlib.crc32(name.encode())).to_bytes(4, "big")
        connection.execute("UPDATE known SET value = ? WHERE name = ?", (checksum + data, name))
    connection.commit()
    connection.close()


def assert_nothing_is_believed(repository: Repository) -> None:
    expected, ran = check(repository.path, "--no-cache"), check(repository.path)
    assert (ran.code, ran.err, ran.places) == (expected.code, "", expected.places)


RECORDS = {"nothing": b"", "no json": b"(\xff\xff\xff\x7f", "deep": b"[" * 100_000, "figures": b"[1,2,3,4]"}


@pytest.mark.parametrize("record", RECORDS)
def test_what_is_not_what_was_kept_is_not_known(repository: Repository, file: Path, record: str) -> None:
    replace_values(file, RECORDS[record])
    assert_nothing_is_believed(repository)


def test_a_file_that_computes_is_not_asked(repository: Repository, file: Path) -> None:
    endless = (
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT 'a' || x AS name, x AS value FROM c"
    )
    edit(file, f"DROP TABLE known; CREATE VIEW known AS {endless};")
    assert_nothing_is_believed(repository)
    assert_nothing_is_believed(repository)


def test_a_journal_of_others_removes_no_file(repository: Repository, file: Path, tmp_path: Path) -> None:
    """SQLite removes the file that a hot journal calls its super-journal (https://sqlite.org/atomiccommit.html)."""
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    name, magic = os.fsencode(precious), bytes.fromhex("d9d505f920a163d7")
    header = magic + struct.pack(">IIIII", 0, 0, file.stat().st_size // 4096, 512, 4096)
    lock_page = 0x40000000 // 4096 + 1
    end = struct.pack(">I", lock_page) + name + struct.pack(">II", len(name), sum(name)) + magic
    file.with_name("known.sqlite-journal").write_bytes(header.ljust(512, b"\0") + end)
    assert_nothing_is_believed(repository)
    assert precious.exists()


@pytest.mark.parametrize("kind", ["folder", "link", "hard link"])
def test_nothing_outside_is_written(repository: Repository, tmp_path: Path, kind: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    edit(outside / "known.sqlite", "CREATE TABLE known (x); INSERT INTO known VALUES ('precious');")
    before = (outside / "known.sqlite").read_bytes()
    folder = repository.path / PLACE.parent
    if kind == "folder":
        folder.symlink_to(outside)
    else:
        folder.mkdir()
        link = os.symlink if kind == "link" else os.link
        link(outside / "known.sqlite", folder / "known.sqlite")
    assert_nothing_is_believed(repository)
    assert [path.name for path in outside.iterdir()] == ["known.sqlite"]
    assert (outside / "known.sqlite").read_bytes() == before


def test_a_pipe_in_the_place_of_the_file_is_not_opened(repository: Repository) -> None:
    (repository.path / PLACE.parent).mkdir()
    os.mkfifo(repository.path / PLACE)
    assert_nothing_is_believed(repository)


def test_a_file_that_is_too_large_is_made_anew(repository: Repository, file: Path) -> None:
    os.truncate(file, 1 << 40)
    assert_nothing_is_believed(repository)
    assert file.stat().st_size < 1 << 20


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("given", ["", "review-lint", "review-lint/known.sqlite"])
def test_what_belongs_to_somebody_else_stays_as_it_is(tmp_path: Path, given: str) -> None:
    """Root leaves nothing in the repository of a person that they could not remove."""
    with open_memory(str(tmp_path)) as memory:
        memory.keep("metrics", "k", 1)
    os.chown(tmp_path / given, 12345, 12345)
    before = (tmp_path / "review-lint" / "known.sqlite").read_bytes()
    with open_memory(str(tmp_path)) as memory:
        memory.keep("metrics", "k", 2)
        memory.keep("metrics", "l", 2)
    if given != "review-lint/known.sqlite":
        assert (tmp_path / "review-lint" / "known.sqlite").read_bytes() == before


def test_a_python_without_sqlite_does_without(repository: Repository) -> None:
    start = (
        f"import sys; sys.modules['_sqlite3'] = None; sys.path.insert(0, {str(PROJECT)!r}); "
        "from linter.__main__ import main; sys.exit(main())"
    )
    command = [sys.executable, "-I", "-c", start, "check", "--format", "json"]
    ran = subprocess.run(command, cwd=repository.path, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (check(repository.path, "--no-cache").code, b"")
