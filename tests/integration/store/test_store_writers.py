"""One scan writes at a time; one that is killed, or has no room left, loses nothing that was acknowledged."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.errors import StoreError
from linter.store.store import Store, open_store
from tests.support.postgresql import Server
from tests.support.repository import PROJECT
from tests.support.scans import DAY, SIZE, judged
from tests.support.store_writer import NAMES, report_of, resume, write

PATIENCE = 60


def start(where: str, before: str = "") -> "subprocess.Popen[str]":
    """A scan in another process, behind some lines of shell."""
    command = ["sh", "-c", f'{before}\nexec "$@"', "sh", sys.executable, "-m", "tests.support.store_writer", where]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(writer: "subprocess.Popen[str]") -> list[str]:
    """What it said until it ended."""
    out, _ = writer.communicate(timeout=PATIENCE)
    return [word for line in out.split("\n")[:-1] for word in line.split(",")]


def undisturbed(folder: Path) -> Store:
    store = open_store(str(folder / "undisturbed.db"))
    write(store, resume(store))
    return store


def assert_whole(where: str, folder: Path) -> None:
    """The scan that was interrupted says what an undisturbed one says."""
    with open_store(where) as store, undisturbed(folder) as other:
        scan, expected = store.last(), other.last()
        assert scan is not None
        assert expected is not None
        assert list(store.reports(scan)) == list(other.reports(expected))
        assert store.overview(scan)[2:] == other.overview(expected)[2:]
        for name in NAMES[::7]:
            assert store.figures(name) == other.figures(name)
            assert [found[:6] for found in store.findings(name)] == [found[:6] for found in other.findings(name)]


def kill_again_and_again(where: str, times: int) -> None:
    """Kill a scan at random moments. What it was told to be safe has to be there; a scan that ended is followed by one
    more.
    """
    moments = random.Random(times)
    acknowledged: set[str] = set()
    current = 1
    for _ in range(times):
        writer = start(where)
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.4))
        writer.send_signal(signal.SIGKILL)
        acknowledged.update(told(writer))
        with open_store(where) as store:
            scan = resume(store)
            done = store.done(scan)
        if scan.id > current:
            # The last word may have been lost on its way.
            assert acknowledged - {"finished"} == set(NAMES)
            acknowledged, current = set(), scan.id
        assert acknowledged <= done
        assert len(done - acknowledged) <= 3
        acknowledged = set(done)
    with open_store(where) as store:
        write(store, resume(store))


def test_a_kill_loses_nothing_that_was_acknowledged(where: str, tmp_path: Path) -> None:
    kill_again_and_again(where, 5)
    assert_whole(where, tmp_path)


@pytest.mark.slow
def test_many_kills_lose_nothing_that_was_acknowledged(where: str, tmp_path: Path) -> None:
    kill_again_and_again(where, 10 * SIZE)
    assert_whole(where, tmp_path)


def test_a_second_scan_is_told_who_the_first_one_is(where: str) -> None:
    with open_store(where) as first, open_store(where) as second:
        scan = first.begin("all", "terms", DAY, ["shop"])
        started = time.monotonic()
        with pytest.raises(StoreError) as caught:
            second.begin("others", "terms", DAY, ["shop"])
        assert time.monotonic() - started < 5
        assert f": process {os.getpid()} on " in str(caught.value)
        assert ", since 20" in str(caught.value)
        assert "give this one a store of its own" in caught.value.hint
        # Who only reads is not in the way.
        assert second.history() == ()
        first.add(scan, judged("shop"))
        first.finish(scan)
        second.finish(second.begin("others", "terms", DAY, []))


def test_a_scan_that_is_given_up_lets_others_write(where: str) -> None:
    with open_store(where) as first:
        first.begin("all", "terms", DAY, ["shop"])
    with open_store(where) as second:
        second.begin("others", "terms", DAY, ["shop"])


def test_a_killed_scan_lets_others_write(where: str) -> None:
    with start(where) as writer:
        assert writer.stdout
        lines = (writer.stdout.readline() for _ in range(2))
        assert "repository 000" in [*lines][1]
        writer.send_signal(signal.SIGSTOP)
        with open_store(where) as store, pytest.raises(StoreError, match=f"process {writer.pid} on "):
            resume(store)
        writer.send_signal(signal.SIGKILL)
        writer.wait(PATIENCE)
        with open_store(where) as store:
            assert len(store.done(resume(store))) >= 3


def test_a_file_that_may_not_grow_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    """A limit of the system in place of a full disk, which needs root."""
    where = str(tmp_path / "scans.db")
    writer = start(where, "ulimit -f 1000")
    out, complaint = writer.communicate(timeout=PATIENCE)
    assert writer.returncode == 1
    assert f"StoreError: the store {where}: " in complaint
    assert_goes_on(where, out, tmp_path)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 16 MB, which takes root to make; where the server can enter it too."""
    folder = Path(tempfile.mkdtemp(prefix="rl-disk-"))
    disk = ["-t", "tmpfs", "-o", "size=16m,mode=777", "tmpfs", folder]
    mounted = subprocess.run(["mount", *disk], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("who runs the tests may not mount a disk")
    folder.chmod(0o777)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


def fill(disk: Path, left: int) -> Path:
    """Fill a disk but for so many bytes; the file that does."""
    state = os.statvfs(disk)
    other = disk / "other"
    other.write_bytes(bytes(state.f_bavail * state.f_frsize - left))
    return other


def test_a_full_disk_keeps_what_was_acknowledged(small_disk: Path, tmp_path: Path) -> None:
    where = str(small_disk / "scans.db")
    other = fill(small_disk, 500_000)
    writer = start(where)
    out, complaint = writer.communicate(timeout=PATIENCE)
    assert writer.returncode == 1
    assert f"StoreError: the store {where}: database or disk is full" in complaint
    other.unlink()
    assert_goes_on(where, out, tmp_path)


def test_a_full_server_keeps_what_was_acknowledged(server: Server, small_disk: Path, tmp_path: Path) -> None:
    (small_disk / "tables").mkdir()
    shutil.chown(small_disk / "tables", "postgres")
    server.sql(f"CREATE TABLESPACE small LOCATION '{small_disk}/tables'")
    server.sql("CREATE DATABASE full_store TABLESPACE small")
    where = server.url("full_store")
    with open_store(where) as store:
        scan = resume(store)
        store.add(scan, report_of(0))
        other = fill(small_disk, 0)
        with pytest.raises(StoreError, match="No space left on device") as caught:
            write(store, scan)
        assert caught.value.hint.startswith("make room")
        done = store.done(scan)
        other.unlink()
    assert_goes_on(where, ",".join(done), tmp_path)
    server.sql("DROP DATABASE full_store")
    server.sql("DROP TABLESPACE small")


def assert_goes_on(where: str, out: str, folder: Path) -> None:
    acknowledged = set(out.replace("\n", ",").rstrip(",").split(",")) - {"ready"}
    assert acknowledged
    with open_store(where) as store:
        scan = resume(store)
        assert acknowledged <= store.done(scan)
        write(store, scan)
    assert_whole(where, folder)
