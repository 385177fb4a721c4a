"""A process that judges repositories, one after the other, each in a child of its own.

What happens to a child (no end, no memory, a crash of the interpreter) happens to nobody else. Forking is safe here,
because this process has a single thread, and takes a fiftieth of the time that starting Python takes. Whoever owns the
process talks to it over the socket that is its standard input; when the owner is gone, it ends with all its children.
"""

import contextlib
import gc
import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from typing import NamedTuple, NoReturn

from linter.model.scan import RepositoryReport, Trouble
from linter.scan.judging import judge_repository
from linter.scan.task import Task, failures

OWNER = 0
"""The file descriptor of the owner's socket."""

TICK = 0.05
"""Seconds between two looks at the memory of a child."""

_REASONS = {
    Trouble.TIMEOUT: "it was not judged within {0:g} seconds",
    Trouble.TOO_LARGE: "judging it takes more than {1:,} MB of memory",
}

_SIZE = 8
_CHUNK = 1 << 20


class _OwnerGoneError(Exception):
    """Nobody waits for the answer."""


def main() -> None:
    """Answer tasks until the owner is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner decides what an interrupt means
    signal.signal(signal.SIGTERM, _give_up)
    _load()
    with Connection(os.dup(OWNER)) as owner, contextlib.suppress(EOFError, OSError, _OwnerGoneError):
        os.dup2(os.open(os.devnull, os.O_RDONLY), OWNER)
        while True:
            task = owner.recv()
            owner.send_bytes(_judged_apart(task, owner))


def _give_up(*_: object) -> NoReturn:
    raise _OwnerGoneError


def _load() -> None:
    """Import now what nearly every repository needs, so that it is done once; and leave it alone when memory is cleared
    away: pages that nobody writes to are shared with the children.
    """
    import linter.adapters.schema.judge  # noqa: PLC0415
    import linter.adapters.yaml.reader  # noqa: PLC0415
    import linter.engine.judging.builders  # noqa: F401, PLC0415

    gc.collect()
    gc.freeze()


def _judged_apart(task: Task, owner: Connection) -> bytes:
    """The pickled answers of a child, or what became of it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(task, writer)
    os.close(writer)
    try:
        with contextlib.suppress(OSError):  # it did so itself and has become another program, or has ended
            os.setpgid(child, child)
        seconds = len(task.requests) * task.limits.seconds
        data = _listen(_Child(child, reader, task.limits.memory << 20), owner, time.monotonic() + seconds)
    finally:
        os.close(reader)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if isinstance(data, Trouble):
        return pickle.dumps(failures(task, data, _REASONS[data].format(*task.limits)))
    return _whole(data) or pickle.dumps(failures(task, Trouble.INTERNAL, f"the process that judged it {_end(status)}"))


class _Child(NamedTuple):
    """A process that judges, the pipe that it writes its answer to, and how many bytes of memory it may have."""

    pid: int
    pipe: int
    memory: int

    def is_too_large(self) -> bool:
        """Whether it has more memory than it may have, as far as the system tells."""
        try:
            with open(f"/proc/{self.pid}/statm", "rb") as file:
                pages = int(file.read().split()[1])
        except OSError:
            return False
        return pages * resource.getpagesize() > self.memory


def _listen(child: _Child, owner: Connection, deadline: float) -> bytearray | Trouble:
    """What a child writes until it ends, or why it is not let. Raises _OwnerGoneError."""
    data = bytearray()
    while True:
        ready: Sequence[object] = wait([child.pipe, owner], min(max(deadline - time.monotonic(), 0), TICK))
        if owner in ready:
            raise _OwnerGoneError
        if child.pipe in ready:
            chunk = os.read(child.pipe, _CHUNK)
            if not chunk:
                return data
            data += chunk
        elif time.monotonic() >= deadline:
            return Trouble.TIMEOUT
        if child.is_too_large():
            return Trouble.TOO_LARGE


def _whole(data: bytearray) -> bytes | None:
    """An answer behind its length, None where some of it is missing."""
    size = int.from_bytes(data[:_SIZE], "big")
    return bytes(data[_SIZE:]) if data and len(data) == _SIZE + size else None


def _end(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"was killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"ended with {os.waitstatus_to_exitcode(status)}"


def _answer(task: Task, writer: int) -> NoReturn:
    """Judge, write the answer, and end without what Python does at its end: that is for the parent to do."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.setpgid(0, 0)
        _limit(task.limits.memory << 20)
        try:
            data = pickle.dumps(_answers(task), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            reason = _REASONS[Trouble.TOO_LARGE].format(*task.limits)
            data = pickle.dumps(failures(task, Trouble.TOO_LARGE, reason))
        with open(writer, "wb") as pipe:
            pipe.write(len(data).to_bytes(_SIZE, "big") + data)
        code = 0
    finally:
        os._exit(code)


def _answers(task: Task) -> tuple[RepositoryReport, ...]:
    return tuple(judge_repository(task.repository, task.path, request, task.basis) for request in task.requests)


def _limit(memory: int) -> None:
    """Bound what this process and its children allocate, each by itself, and leave no core behind.

    The bound is twice what is allowed, for what grows faster than anybody looks: Python's parser says that there is no
    memory when a text is nested too deeply, too, and the two must not be mistaken for each other.
    """
    # What counts on Linux is memory of one's own; elsewhere there is a bound on addresses only.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    for bound, value in ((kind, 2 * memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a lower one is set already
            resource.setrlimit(bound, (value, value))


if __name__ == "__main__":
    main()
