"""Many files measured at once, on all cores that the process may use.

Plain forks: two of them pay from half a megabyte, a pool of processes only from ten times that.
"""

import marshal
import os
import threading
from collections.abc import Callable, Sequence
from functools import partial

from linter.model.metrics import SourceMetrics, Unanalysable
from linter.model.plain import metrics_of, plain

Measured = SourceMetrics | Unanalysable

WORTH_A_PROCESS = 256 * 1024
"""Bytes of source: measuring them takes about 40 ms, a fork with its answer 2 ms."""

WORTH_A_CHILD = 32 * 1024
"""Bytes of source that are worth a process of their own, while this one has something else to do."""

MOST_OF_A_CHILD = 256 * 1024
"""Bytes of source: more takes longer than what else there is to do."""

MAX_PROCESSES = 8

CORES = "REVIEW_LINT_CORES"
"""The environment variable by which those who give out the cores of a machine say how many of them may be used here."""


def measure_all(contents: Sequence[bytes], with_maintainability: bool = False) -> list[Measured]:
    """The figures of each content, in their order, as `measure` gives them. Never raises."""
    number = min(_cores(), MAX_PROCESSES, sum(map(len, contents)) // WORTH_A_PROCESS)
    shares = _shares(contents, max(number, 1))
    children = [_start(partial(_measured, contents, share, with_maintainability)) for share in shares[1:]]
    found = dict(zip(shares[0], _measured(contents, shares[0], with_maintainability), strict=True))
    return _joined(found, contents, shares[1:], children, with_maintainability)


def measure_ahead(contents: Sequence[bytes], with_maintainability: bool = False) -> Callable[[], list[Measured]] | None:
    """Begin to measure on other cores; what is returned waits for what `measure_all` would give. None where there are
    no other cores, or where there is too little or too much to do.
    """
    size, cores = sum(map(len, contents)), _cores() - 1
    number = min(cores, MAX_PROCESSES, size // WORTH_A_CHILD)
    if number < 1 or size > number * MOST_OF_A_CHILD:
        return None
    shares = _shares(contents, number)
    children = [_start(partial(_measured, contents, share, with_maintainability)) for share in shares]
    return partial(_joined, {}, contents, shares, children, with_maintainability)


def _joined(
    found: dict[int, Measured],
    contents: Sequence[bytes],
    shares: Sequence[Sequence[int]],
    children: "Sequence[_Child | None]",
    with_maintainability: bool,
) -> list[Measured]:
    """What was found and what the children answer, in the order of the contents."""
    for share, child in zip(shares, children, strict=True):
        answer = child and child.answer()
        found.update(zip(share, answer or _measured(contents, share, with_maintainability), strict=True))
    return [found[index] for index in range(len(contents))]


def _shares(contents: Sequence[bytes], number: int) -> list[list[int]]:
    """The indices of the contents in so many shares of about equal size."""
    shares: list[list[int]] = [[] for _ in range(number)]
    sizes = [0] * len(shares)
    for index in sorted(range(len(contents)), key=lambda index: -len(contents[index])):
        least = sizes.index(min(sizes))
        shares[least].append(index)
        sizes[least] += len(contents[index])
    return shares


def _cores() -> int:
    """The cores that may be used. A process with threads is not to be forked: a lock could stay taken for ever."""
    if threading.active_count() > 1:
        return 1
    if (told := os.environ.get(CORES, "")).isdecimal():
        return max(int(told), 1)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _measured(contents: Sequence[bytes], share: Sequence[int], with_maintainability: bool) -> list[Measured]:
    # What measures takes 5 ms to import: commits without sources do not pay for it.
    from linter.adapters.python.metrics import measure  # noqa: PLC0415

    return [measure(contents[index], with_maintainability) for index in share]


class _Child:
    def __init__(self, pid: int, pipe: int) -> None:
        self._pid = pid
        self._pipe = pipe

    def answer(self) -> list[Measured] | None:
        """What the child computed; None where it ended otherwise than well."""
        try:
            with open(self._pipe, "rb") as pipe:
                data = pipe.read()
        finally:
            _, status = os.waitpid(self._pid, 0)
        # Not pickle, whose import takes 6 ms.
        return list(map(metrics_of, marshal.loads(data))) if status == 0 else None  # noqa: S302


def _start(work: Callable[[], list[Measured]]) -> _Child | None:
    """Have a child work; None where no process or pipe is to be had."""
    pipe: tuple[int, ...] = ()
    try:
        pipe = reader, writer = os.pipe()
        pid = os.fork()
    except OSError:
        for end in pipe:
            os.close(end)
        return None
    if pid == 0:
        _answer(writer, work)
    os.close(writer)
    return _Child(pid, reader)


def _answer(writer: int, work: Callable[[], list[Measured]]) -> None:
    """Say what comes out, and end without what Python does at its end: that is for the parent to do."""
    code = 1
    try:
        with open(writer, "wb") as pipe:
            marshal.dump(plain(work()), pipe)
        code = 0
    finally:
        os._exit(code)
