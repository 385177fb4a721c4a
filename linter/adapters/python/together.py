"""Many files measured at once, on all cores that the process may use.

Plain forks: two of them pay from half a megabyte, a pool of processes only from ten times that.
"""

import os
import threading
from collections.abc import Callable, Sequence
from functools import partial

from linter.adapters.python.metrics import measure
from linter.model.metrics import SourceMetrics, Unanalysable

Measured = SourceMetrics | Unanalysable

WORTH_A_PROCESS = 256 * 1024
"""Bytes of source: measuring them takes about 40 ms, a fork with its answer 2 ms."""

MAX_PROCESSES = 8


def measure_all(contents: Sequence[bytes], with_maintainability: bool = False) -> list[Measured]:
    """The figures of each content, in their order, as `measure` gives them. Never raises."""
    shares = _shares(contents)
    children = [_start(partial(_measured, contents, share, with_maintainability)) for share in shares[1:]]
    found: dict[int, Measured] = dict(zip(shares[0], _measured(contents, shares[0], with_maintainability), strict=True))
    for share, child in zip(shares[1:], children, strict=True):
        answer = child and child.answer()
        found.update(zip(share, answer or _measured(contents, share, with_maintainability), strict=True))
    return [found[index] for index in range(len(contents))]


def _shares(contents: Sequence[bytes]) -> list[list[int]]:
    """The indices of the contents in as many shares of about equal size as there are processes worth their while."""
    size = sum(map(len, contents))
    number = min(_cores(), size // WORTH_A_PROCESS, MAX_PROCESSES)
    shares: list[list[int]] = [[] for _ in range(max(number, 1))]
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
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _measured(contents: Sequence[bytes], share: Sequence[int], with_maintainability: bool) -> list[Measured]:
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
        import pickle  # noqa: PLC0415 - 6 ms, which small commits need not pay

        return pickle.loads(data) if status == 0 else None  # noqa: S301


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
    import pickle  # noqa: PLC0415

    code = 1
    try:
        with open(writer, "wb") as pipe:
            pickle.dump(work(), pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)
