"""A scan that is killed at any moment goes on where it stopped, and ends with the report of an undisturbed one."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tests.support.cli import START, review_lint
from tests.support.code import function
from tests.support.organisation import DAY, organisation
from tests.support.repository import Repository
from tests.support.reviews import review
from tests.support.scans import SIZE

BEFORE = "2026-05-01"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, isolated_home: Path) -> Path:
    """A folder with an organisation that was scanned once and has changed since."""
    os.environ["GIT_CONFIG_GLOBAL"] = str(isolated_home / ".gitconfig")
    folder = tmp_path_factory.mktemp("scanned")
    organisation(folder / "acme")
    for number in range(12):
        code = {f"{name}.py": f"# {number}\n" + function(name, 16) * 20 for name in "abcd"}
        Repository(folder / "acme" / f"more{number:02}").commit_files({**code, "REVIEW.yaml": review()})
    assert review_lint(folder, "scan", "acme", "--today", BEFORE).code == 1
    for number in range(0, 12, 2):
        changed = Repository(folder / "acme" / f"more{number:02}")
        changed.commit_files({"REVIEW.yaml": review("surprise: true\n"), "a.py": function("new", 17)})
    return folder


def test_killed_scans_lose_nothing_and_end_with_the_same_report(scanned: Path, tmp_path: Path) -> None:
    kill_again_and_again(scanned, tmp_path, 10)


@pytest.mark.slow
def test_many_kills_lose_nothing_either(scanned: Path, tmp_path: Path) -> None:
    kill_again_and_again(scanned, tmp_path, 10 * SIZE)


def kill_again_and_again(scanned: Path, tmp_path: Path, most: int) -> None:
    undisturbed = scan_to_its_end(scanned, tmp_path / "undisturbed")
    begun = time.monotonic()
    assert scan_to_its_end(scanned, tmp_path / "again") == undisturbed
    longest = time.monotonic() - begun
    chance = random.Random(most)
    kills, tries = 0, count()
    while kills < most:
        store = prepared(scanned, tmp_path / str(next(tries)))
        kept = 0
        while not (store / "report.json").exists():
            if not ended(start(scanned, store), chance.uniform(0.1, 1.1) * longest):
                kills += 1
                assert acknowledged(store) >= kept or (store / "report.json").exists()
                kept = acknowledged(store)
        assert (store / "report.json").read_bytes() == undisturbed


def test_an_interrupt_leaves_what_is_done_and_ends_at_once(scanned: Path, tmp_path: Path) -> None:
    store = prepared(scanned, tmp_path / "interrupted")
    shutil.copytree(scanned / "acme", store / "acme", symlinks=True)
    many = {f"a{number}.py": f"# {number}\n" + function("f", 15) * 150 for number in range(200)}
    Repository(store / "acme" / "zz").commit_files(many)
    process = start(store, store, "--jobs", "1")
    deadline = time.monotonic() + 20
    while not acknowledged(store):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, said = process.communicate(timeout=10)
    assert (process.returncode, said) == (130, b"review-lint: interrupted\n")
    assert time.monotonic() - begun < 2
    assert 0 < acknowledged(store) < 20
    assert not (store / "report.json").exists()


def prepared(scanned: Path, store: Path) -> Path:
    """A folder with a copy of the store, for one try."""
    store.mkdir()
    shutil.copy(scanned / "review-lint.db", store)
    return store


def order(store: Path) -> Sequence[str]:
    files = ("--store", str(store / "review-lint.db"), "--format", "json", "--output", str(store / "report.json"))
    return ("scan", "acme", "--today", DAY, *files)


def scan_to_its_end(scanned: Path, store: Path) -> bytes:
    ran = review_lint(scanned, *order(prepared(scanned, store)))
    assert (ran.code, ran.err) == (1, "")
    return (store / "report.json").read_bytes()


def start(scanned: Path, store: Path, *more: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-I", "-c", START, *order(store), *more]
    return subprocess.Popen(command, cwd=scanned, stderr=subprocess.PIPE)


def ended(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Whether a scan ended well within some seconds; else it is killed."""
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    assert (process.returncode, said) == (1, b"")
    return True


def acknowledged(store: Path) -> int:
    """How many repositories stand in the last scan that the store knows."""
    question = (
        "SELECT count(*) FROM standings JOIN scans ON scans.series_id = standings.series_id"
        " WHERE scans.id = (SELECT max(id) FROM scans) AND standings.last = scans.number AND NOT is_finished"
    )
    with closing(sqlite3.connect(store / "review-lint.db")) as connection:
        (number,) = connection.execute(question).fetchone()
    return int(number)
