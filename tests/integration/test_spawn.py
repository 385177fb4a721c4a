"""Processes as they are started here: what they get, and what is left of them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from linter.adapters.git.spawn import NONE, spawn
from tests.support.repository import PROJECT

ENVIRONMENT = {"PATH": "/usr/bin:/bin"}


def descriptors() -> set[str]:
    return set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()


def test_a_process_is_heard_and_its_end_is_known() -> None:
    before = len(descriptors())
    child = spawn("sh", ("-c", "echo out; echo err >&2; exit 3"), ENVIRONMENT, is_asked=False, complains=True)
    assert (os.read(child.output, 10), os.read(child.complaint, 10)) == (b"out\n", b"err\n")
    assert child.questions == NONE
    assert child.wait() == 3
    assert len(descriptors()) == before


def test_a_process_can_be_asked_and_ended() -> None:
    before = len(descriptors())
    child = spawn("cat", (), ENVIRONMENT, is_asked=True, complains=False)
    os.write(child.questions, b"question")
    assert os.read(child.output, 10) == b"question"
    child.end()
    with pytest.raises(ChildProcessError):
        os.waitpid(child.pid, os.WNOHANG)
    assert len(descriptors()) == before


def test_it_gets_its_environment_and_nothing_else() -> None:
    child = spawn("sh", ("-c", "env; cat"), {**ENVIRONMENT, "LC_ALL": "C"}, is_asked=False, complains=False)
    assert set(os.read(child.output, 1000).decode().split()) >= {"PATH=/usr/bin:/bin", "LC_ALL=C"}
    assert os.read(child.output, 10) == b""
    assert child.wait() == 0


def test_signals_that_python_ignores_end_it() -> None:
    assert signal.getsignal(signal.SIGPIPE) is signal.SIG_IGN
    child = spawn("sh", ("-c", "kill -PIPE $$; echo alive"), ENVIRONMENT, is_asked=False, complains=False)
    assert os.read(child.output, 10) == b""
    assert child.wait() == -signal.SIGPIPE


@pytest.mark.parametrize("path", ["/nowhere", "", "/usr/bin/env"])
def test_a_program_that_is_not_there(path: str) -> None:
    before = len(descriptors())
    with pytest.raises(FileNotFoundError):
        spawn("git", (), {"PATH": path}, is_asked=False, complains=False)
    assert len(descriptors()) == before


def test_a_program_that_cannot_be_run(tmp_path: Path) -> None:
    (tmp_path / "git").write_bytes(b"\x7fELF and nothing behind it")
    (tmp_path / "git").chmod(0o755)
    before = len(descriptors())
    with pytest.raises(OSError, match="format"):
        spawn("git", (), {"PATH": str(tmp_path)}, is_asked=True, complains=True)
    assert len(descriptors()) == before


@pytest.mark.parametrize("closed", ["0", "1", "2", "01", "012"])
def test_where_standard_streams_are_closed(tmp_path: Path, closed: str) -> None:
    """The pipes take their numbers otherwise, and get lost when they become the standard streams of the process."""
    script = (
        f"import os, sys; sys.path.insert(0, {str(PROJECT)!r})\n"
        "from linter.adapters.git.spawn import spawn\n"
        f"for stream in map(int, {closed!r}): os.close(stream)\n"
        "child = spawn('sh', ('-c', 'cat; echo err >&2'), {'PATH': '/usr/bin:/bin'}, True, True)\n"
        "os.write(child.questions, b'word'); os.close(child.questions); child.questions = -1\n"
        "said = os.read(child.output, 10) + os.read(child.complaint, 10)\n"
        f"open({str(tmp_path / 'said')!r}, 'wb').write(said)\n"
        "assert child.wait() == 0\n"
    )
    subprocess.run([sys.executable, "-I", "-c", script], check=True)
    assert (tmp_path / "said").read_bytes() == b"worderr\n"


def test_where_ends_of_processes_are_ignored() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        child = spawn("sh", ("-c", "exit 0"), ENVIRONMENT, is_asked=False, complains=False)
        assert child.wait() == 0
    finally:
        signal.signal(signal.SIGCHLD, before)
