"""A process that has repositories judged, one after the other, in a child.

What happens to a child (no end, no memory, a crash of the interpreter) happens to one repository, and the next one gets
another child. Forking is safe here, because this process has a single thread, and takes a fiftieth of the time that
starting Python takes. Whoever owns the process talks to it over the socket that is its standard input; when the owner
is gone, it ends with its child and all that this has started.
"""

import contextlib
import gc
import importlib
import math
import os
import pickle
import pkgutil
import resource
import signal
import sys
import time
from multiprocessing.connection import Connection, Pipe, wait
from typing import NoReturn

from linter.adapters.schema.files import load_schema
from linter.model.scan import Trouble
from linter.scan.judging import judge_repository
from linter.scan.task import Limits, Task, failures

OWNER = 0
"""The file descriptor of the owner's socket."""

MOST_TASKS = 100
"""A child judges so many repositories: what it may leave behind in its memory does not grow for ever."""

MOST_LEFT = 64 << 20
"""Bytes that a child may have more than a new one when it goes on to the next repository."""

GRACE = 30
"""Seconds that a child outlives its time at most."""

TICK = 0.05
"""Seconds between two looks at the memory of a child."""

_USED = ("linter.engine", *(f"linter.adapters.{name}" for name in ("git", "python", "schema", "yaml")))
"""Packages that nearly every repository needs."""

_REASONS = {
    Trouble.TIMEOUT: "it was not judged within {0:g} seconds",
    Trouble.TOO_LARGE: "judging it takes more than {1:,} MB of memory",
}


class _OwnerGoneError(Exception):
    """Nobody waits for the answer."""


def main() -> None:
    """Answer tasks until the owner is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner decides what an interrupt means
    signal.signal(signal.SIGTERM, _give_up)
    _load()
    owner = Connection(os.dup(OWNER))
    os.dup2(os.open(os.devnull, os.O_RDONLY), OWNER)
    child: _Child | None = None
    try:
        while True:
            task = owner.recv()
            child = child or _Child()
            owner.send_bytes(child.answer(task, owner))
            if child.is_spent:
                child.end()
                child = None
    except (EOFError, OSError, _OwnerGoneError):
        if child:
            child.end()


def _give_up(*_: object) -> NoReturn:
    raise _OwnerGoneError


def _load() -> None:
    """Import now what children would import, so that it is done once, commits having their reasons to do it late. What
    is there is left alone when memory is cleared away: pages that nobody writes to are shared with the children.
    """
    for package in map(importlib.import_module, _USED):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    load_schema("review")
    gc.collect()
    gc.freeze()


class _Child:
    """A process that judges. `is_spent`: it is not to be asked again."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        self._pid = os.fork()
        if self._pid == 0:
            self._connection.close()
            _serve(theirs)
        theirs.close()
        with contextlib.suppress(OSError):  # it did so itself, or has ended
            os.setpgid(self._pid, self._pid)
        self._most_left = self._resident() + MOST_LEFT
        self._tasks = 0
        self._end = ""
        self.is_spent = False

    def answer(self, task: Task, owner: Connection) -> bytes:
        """The reports of a task, pickled, or what became of it. Raises _OwnerGoneError."""
        try:
            self._connection.send(task)
            found = self._awaited(task, owner)
        except (EOFError, OSError):
            found = Trouble.INTERNAL
        if isinstance(found, bytes):
            self._tasks += 1
            self.is_spent = self._tasks >= MOST_TASKS or self._resident() > self._most_left
            return found
        end = self.end()
        reason = _REASONS.get(found, f"the process that judged it {end}").format(*task.limits)
        return pickle.dumps(failures(task, found, reason))

    def end(self) -> str:
        """End it, with all that it started, and say how it ended."""
        self._end = self._end or self._killed()
        return self._end

    def _killed(self) -> str:
        self.is_spent = True
        self._connection.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        if os.WIFSIGNALED(status):
            return f"was killed by {signal.Signals(os.WTERMSIG(status)).name}"
        return f"ended with {os.waitstatus_to_exitcode(status)}"

    def _awaited(self, task: Task, owner: Connection) -> bytes | Trouble:
        """Raises EOFError when it ends instead of answering."""
        deadline = time.monotonic() + len(task.requests) * task.limits.seconds
        while True:
            ready = wait([self._connection, owner], min(max(deadline - time.monotonic(), 0), TICK))
            if owner in ready:
                raise _OwnerGoneError
            if ready:
                return self._connection.recv_bytes()
            if time.monotonic() >= deadline:
                return Trouble.TIMEOUT
            if self._resident() > task.limits.memory << 20:
                return Trouble.TOO_LARGE

    def _resident(self) -> int:
        """How many bytes of memory it has; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self._pid}/statm", "rb") as file:
                return int(file.read().split()[1]) * resource.getpagesize()
        except OSError:
            return 0


def _serve(owner: Connection) -> NoReturn:
    """Judge what is asked for, and end without what Python does at its end: that is for the parent to do."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.setpgid(0, 0)
        while True:
            task = owner.recv()
            _limit(task.limits)
            # Should the parent be killed, nobody else is left to look at the clock.
            signal.alarm(math.ceil(len(task.requests) * task.limits.seconds) + GRACE)
            owner.send_bytes(_answer(task))
            signal.alarm(0)
    except EOFError:
        code = 0
    finally:
        os._exit(code)


def _answer(task: Task) -> bytes:
    try:
        reports = [judge_repository(task.repository, task.path, request, task.basis) for request in task.requests]
        return pickle.dumps(tuple(reports), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(failures(task, Trouble.TOO_LARGE, _REASONS[Trouble.TOO_LARGE].format(*task.limits)))


def _limit(limits: Limits) -> None:
    """Bound what this process and its children allocate, each by itself, and leave no core behind.

    The bound is twice what is allowed, for what grows faster than anybody looks: Python's parser says that there is no
    memory when a text is nested too deeply, too, and the two must not be mistaken for each other.
    """
    # What counts on Linux is memory of one's own; elsewhere there is a bound on addresses only.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    for bound, value in ((kind, 2 * limits.memory << 20), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a lower one is set for good
            resource.setrlimit(bound, (value, resource.getrlimit(bound)[1]))


if __name__ == "__main__":
    main()
