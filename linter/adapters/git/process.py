"""How git is started, listened to and ended: with bounds on its time, its memory and its words."""

import contextlib
import os
import resource
import select
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from linter.adapters.git.paths import decoded, encoded
from linter.adapters.git.spawn import Child, spawn
from linter.errors import RepositoryError
from linter.model.snapshot import TooLargeError

MAX_OUTPUT = 256 << 20
"""Bytes of one listing, about two million entries: a tree of 216 kB can stand for ten thousand million files."""

MAX_MEMORY = 2 << 30
"""Bytes that one git may allocate (on Linux): it holds a whole difference in memory before it prints any of it."""

MAX_SILENCE = 120
"""Seconds without a byte from git before it is given up."""

_CHUNK = 1 << 16
_DRAINED = 1 << 20


class Result(NamedTuple):
    """How one git command ended; `complaint` is what it wrote to its standard error."""

    code: int
    output: bytes
    complaint: str


class Object(NamedTuple):
    """One object of a repository; `type` is commit, tree, blob or tag."""

    oid: str
    type: str
    data: bytes


class SilenceError(RepositoryError):
    """Git gave no answer in time."""


def execute(arguments: Sequence[str], environment: Mapping[str, str], patience: float | None = None) -> Result:
    """Run git to its end.

    Raises SilenceError when it is silent for `patience` seconds (by default `MAX_SILENCE`), RepositoryError when it
    cannot be started or says more than `MAX_OUTPUT`.
    """
    return Running(arguments, environment).result(patience)


class Running:
    """A git under way: somebody has to ask for its result, or end it.

    Raises RepositoryError when it cannot be started.
    """

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._child = started(arguments, environment, complains=True)

    def result(self, patience: float | None = None) -> Result:
        """What comes of it; raises like `execute`."""
        try:
            output, complaint = _collect(self._child, MAX_SILENCE if patience is None else patience)
        except BaseException:
            self._child.end()
            raise
        return Result(self._child.wait(), bytes(output), decoded(bytes(complaint[:_CHUNK])))

    def end(self) -> None:
        self._child.end()


class Batch:
    """A running `git cat-file --batch`: one question, one answer, until it is `is_out_of_step` and has to be closed."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._child = started((*arguments, "cat-file", "--batch"), environment, is_asked=True)
        self._poll = select.poll()
        self._poll.register(self._child.output, select.POLLIN)
        self._buffer = bytearray()
        self.is_out_of_step = False

    def ask(self, name: str, limit: int) -> Object | None:
        """The object of that name (one line), None when git cannot give it.

        Raises TooLargeError above `limit` bytes, RepositoryError when git is silent for `MAX_SILENCE`.
        """
        self.is_out_of_step = True
        try:
            os.write(self._child.questions, encoded(name) + b"\n")
            answer = self._answer(limit)
        except (EOFError, BrokenPipeError):  # how cat-file ends over a damaged object, or over one it may not fetch
            return None
        self.is_out_of_step = False
        return answer

    def close(self) -> None:
        self._child.end()

    def _answer(self, limit: int) -> Object | None:
        head = decoded(self._line())
        # Git 2.51 says `submodule` where a path leads to one.
        if head.endswith((" missing", " ambiguous", " submodule")):
            return None
        oid, kind, size = head.split(" ")
        if int(size) > limit:
            if int(size) <= _DRAINED:
                self._take(int(size) + 1)
                self.is_out_of_step = False
            raise TooLargeError(f"is larger than {limit:,} bytes")
        return Object(oid, kind, self._take(int(size) + 1)[:-1])

    def _line(self) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            self._fill()
        return self._take(end + 1)[:-1]

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._fill()
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _fill(self) -> None:
        if not self._poll.poll(MAX_SILENCE * 1000):
            raise _silence(MAX_SILENCE)
        chunk = os.read(self._child.output, _CHUNK)
        if not chunk:
            raise EOFError
        self._buffer += chunk


def _collect(child: Child, patience: float) -> tuple[bytearray, bytearray]:
    output, complaint = bytearray(), bytearray()
    streams = {child.output: output, child.complaint: complaint}
    poll = select.poll()
    for descriptor in streams:
        poll.register(descriptor, select.POLLIN)
    while streams:
        ready = poll.poll(patience * 1000)
        if not ready:
            raise _silence(patience)
        for descriptor, _ in ready:
            chunk = os.read(descriptor, _CHUNK)
            streams[descriptor].extend(chunk)
            if len(streams[descriptor]) > MAX_OUTPUT:
                raise RepositoryError("the repository holds more files than can be listed")
            if not chunk:
                poll.unregister(descriptor)
                del streams[descriptor]
    return output, complaint


def started(
    arguments: Sequence[str], environment: Mapping[str, str], is_asked: bool = False, complains: bool = False
) -> Child:
    """A git under way that takes no more than its share of memory. Raises RepositoryError when it cannot be started."""
    try:
        child = spawn("git", arguments, environment, is_asked, complains)
    except OSError as error:
        raise failed_start(error) from error
    bound(child.pid)
    return child


def failed_start(error: OSError) -> RepositoryError:
    hint = "install git 2.31 or newer" if isinstance(error, FileNotFoundError) else ""
    return RepositoryError(f"git cannot be started: {error.strerror}", hint)


def bound(pid: int) -> None:
    """Let a process take `MAX_MEMORY` and no more."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError):  # it has ended already, or its own limit is lower
            resource.prlimit(pid, resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))


def _silence(patience: float) -> SilenceError:
    return SilenceError(f"git gave no answer for {patience:g} seconds", "see whether git status answers")
