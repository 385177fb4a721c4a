"""Files measured on several cores have the figures that they have on one."""

import errno
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from linter.adapters.python import together
from linter.adapters.python.metrics import measure
from linter.adapters.python.together import measure_ahead, measure_all
from linter.model.metrics import SourceMetrics, Unanalysable
from tests.support.code import function

Measure = Callable[..., list[SourceMetrics | Unanalysable]]


def measure_meanwhile(
    contents: Sequence[bytes], with_maintainability: bool = False
) -> list[SourceMetrics | Unanalysable]:
    begun = measure_ahead(contents, with_maintainability)
    assert begun
    return begun()


both = pytest.mark.parametrize(("measure_them", "children"), [(measure_all, 2), (measure_meanwhile, 2)])

CONTENTS = [
    *(function(f"f{number}", number).encode() * 3 for number in range(30)),
    b"def broken(:\n",
    b"\xff",
    b"",
]
EXPECTED = [measure(content) for content in CONTENTS]


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The processes that are started, where there is always enough work for three."""
    monkeypatch.setattr(together, "_cores", lambda: 3)
    monkeypatch.setattr(together, "WORTH_A_PROCESS", 1000)
    monkeypatch.setattr(together, "WORTH_A_CHILD", 1000)
    started, fork = [], os.fork

    def counted() -> int:
        pid = fork()
        started.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", counted)
    yield started
    for pid in started:  # none is left behind
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


@both
def test_figures_are_those_of_one_process(measure_them: Measure, children: int, forks: list[int]) -> None:
    assert measure_them(CONTENTS) == EXPECTED
    assert len(forks) == children


@both
def test_with_the_maintainability_index(measure_them: Measure, children: int, forks: list[int]) -> None:
    assert measure_them(CONTENTS, True) == [measure(content, True) for content in CONTENTS]
    assert len(forks) == children


@pytest.mark.parametrize("contents", [[], [b""], [function("f", 3).encode()]])
def test_little_work_is_done_here(contents: list[bytes]) -> None:
    assert measure_all(contents) == [measure(content) for content in contents]
    assert measure_ahead(contents) is None


def test_nothing_is_begun_that_would_be_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_cores", lambda: 1)
    assert measure_ahead([b"x = 1\n" * 10_000]) is None
    monkeypatch.setattr(together, "_cores", lambda: 2)
    assert measure_ahead([b"x = 1\n" * 50_000]) is None


@both
def test_the_work_of_a_child_that_dies_is_done_here(
    measure_them: Measure, children: int, forks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, measured = os.getpid(), together._measured

    def dying(*arguments: object) -> object:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return measured(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(together, "_measured", dying)
    assert measure_them(CONTENTS) == EXPECTED
    assert len(forks) == children


def test_the_work_of_a_child_that_fails_is_done_here(forks: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    parent, measured = os.getpid(), together._measured

    def failing(*arguments: object) -> object:
        if os.getpid() != parent:
            raise MemoryError
        return measured(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(together, "_measured", failing)
    assert measure_all(CONTENTS) == EXPECTED


def test_where_no_process_is_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(together, "_cores", lambda: 3)
    monkeypatch.setattr(together, "WORTH_A_PROCESS", 1000)
    monkeypatch.setattr(os, "fork", refused)
    before = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
    assert measure_all(CONTENTS) == EXPECTED
    assert not before or len(set(os.listdir("/proc/self/fd"))) == len(before)


def test_where_no_pipe_is_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> tuple[int, int]:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(together, "_cores", lambda: 3)
    monkeypatch.setattr(together, "WORTH_A_PROCESS", 1000)
    monkeypatch.setattr(os, "pipe", refused)
    assert measure_all(CONTENTS) == EXPECTED


def test_a_process_with_threads_is_not_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert together._cores() == 1
    finally:
        done.set()
        thread.join()
    assert together._cores() >= 1


@pytest.mark.parametrize(("told", "cores"), [("1", 1), ("3", 3), ("0", 1), ("many", 2), ("", 2)])
def test_who_gives_out_the_cores_says_how_many(told: str, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setenv(together.CORES, told)
    assert together._cores() == cores
