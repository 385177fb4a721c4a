"""How git is started, listened to and ended: with bounds on its time, its memory and its words."""

import contextlib
import os
import resource
import select
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from linter.adapters.git.paths import decoded, encoded
from linter.errors import RepositoryError
from linter.model.snapshot import TooLargeError

MAX_OUTPUT = 256 << 20
"""Bytes of one listing, about two million entries: a tree of 216 kB can stand for ten thousand million files."""

MAX_MEMORY = 2 << 30
"""Bytes that one git may allocate (on Linux): it holds a whole difference in memory before it prints any of it."""

MAX_SILENCE = 120
"""Seconds without a byte from git before it is given up."""

TICK = 0.25
"""Seconds between looks at a transfer that says nothing."""

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
        self._process = _start(arguments, environment, stderr=subprocess.PIPE)

    def result(self, patience: float | None = None) -> Result:
        """What comes of it; raises like `execute`."""
        with self._process as process:
            try:
                output, complaint = _collect(process, MAX_SILENCE if patience is None else patience)
            except BaseException:
                process.kill()
                raise
        return Result(process.returncode, bytes(output), decoded(bytes(complaint[:_CHUNK])))

    def end(self) -> None:
        with self._process as process:
            process.kill()


def transfer(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    seconds: float,
    watch: Callable[[bytes], None],
    words: bytes = b"",
) -> Result:
    """Run a git that talks to a server, to its end, in a session of its own: nothing that it starts finds a terminal to
    ask a person at, and all of it ends with it. It reads `words`. `watch` gets what it complains, piece by piece, and
    b"" every `TICK` while it is silent; whatever `watch` raises ends the transfer. The result has no complaint.

    Raises SilenceError after `seconds`, RepositoryError when git cannot be started or says more than `MAX_OUTPUT`.
    """
    deadline = time.monotonic() + seconds
    with _start(arguments, environment, subprocess.PIPE, subprocess.PIPE, has_own_session=True) as process:
        try:
            _tell(process, words)
            output = _attend(process, deadline, watch)
            process.wait(max(0.0, deadline - time.monotonic()))
        except BaseException as error:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise SilenceError(f"git was not done within {seconds:g} seconds", "allow more time") from error
            raise
    return Result(process.returncode, bytes(output), "")


class Batch:
    """A running `git cat-file --batch`: one question, one answer, until it is `is_out_of_step` and has to be closed."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = _start((*arguments, "cat-file", "--batch"), environment, stdin=subprocess.PIPE)
        self._descriptor = _descriptor(self._process.stdout)
        self._poll = select.poll()
        self._poll.register(self._descriptor, select.POLLIN)
        self._buffer = bytearray()
        self.is_out_of_step = False

    def ask(self, name: str, limit: int) -> Object | None:
        """The object of that name (one line), None when git cannot give it.

        Raises TooLargeError above `limit` bytes, RepositoryError when git is silent for `MAX_SILENCE`.
        """
        self.is_out_of_step = True
        try:
            os.write(_descriptor(self._process.stdin), encoded(name) + b"\n")
            answer = self._answer(limit)
        except (EOFError, BrokenPipeError):  # how cat-file ends over a damaged object, or over one it may not fetch
            return None
        self.is_out_of_step = False
        return answer

    def close(self) -> None:
        with self._process:
            self._process.kill()

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
        chunk = os.read(self._descriptor, _CHUNK)
        if not chunk:
            raise EOFError
        self._buffer += chunk


class _Stream(Protocol):
    def fileno(self) -> int: ...


def _descriptor(stream: _Stream | None) -> int:
    assert stream is not None  # noqa: S101 - every stream that is asked for is a pipe
    return stream.fileno()


def _start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    stdin: int = subprocess.DEVNULL,
    stderr: int = subprocess.DEVNULL,
    has_own_session: bool = False,
) -> "subprocess.Popen[bytes]":
    try:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            ("git", *arguments),
            bufsize=0,
            env=environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=has_own_session,
        )
    except OSError as error:
        hint = "install git 2.31 or newer" if isinstance(error, FileNotFoundError) else ""
        raise RepositoryError(f"git cannot be started: {error.strerror}", hint) from error
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError):  # it has ended already, or its own limit is lower
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    return process


def _collect(process: "subprocess.Popen[bytes]", patience: float) -> tuple[bytearray, bytearray]:
    output, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(_descriptor(process.stdout), selectors.EVENT_READ, output)
        selector.register(_descriptor(process.stderr), selectors.EVENT_READ, complaint)
        while selector.get_map():
            ready = selector.select(patience)
            if not ready:
                raise _silence(patience)
            for key, _ in ready:
                chunk = os.read(key.fd, _CHUNK)
                key.data.extend(chunk)
                if not chunk:
                    selector.unregister(key.fd)
                if len(key.data) > MAX_OUTPUT:
                    raise RepositoryError("the repository holds more files than can be listed")
    return output, complaint


def _tell(process: "subprocess.Popen[bytes]", words: bytes) -> None:
    with contextlib.suppress(BrokenPipeError):
        os.write(_descriptor(process.stdin), words)
    if process.stdin:
        process.stdin.close()


def _attend(process: "subprocess.Popen[bytes]", deadline: float, watch: Callable[[bytes], None]) -> bytearray:
    """What git prints until it ends or the time is over. A connection that ssh keeps open for later goes on holding the
    pipes when git has ended.
    """
    output = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(_descriptor(process.stdout), selectors.EVENT_READ, output.extend)
        selector.register(_descriptor(process.stderr), selectors.EVENT_READ, watch)
        while selector.get_map() and time.monotonic() <= deadline and len(output) <= MAX_OUTPUT:
            ready = selector.select(TICK)
            for key, _ in ready:
                chunk = os.read(key.fd, _CHUNK)
                key.data(chunk)
                if not chunk:
                    selector.unregister(key.fd)
            if not ready:
                watch(b"")
                if process.poll() is not None:
                    break
    if len(output) > MAX_OUTPUT:
        raise RepositoryError("the server talks without end")
    return output


def _silence(patience: float) -> SilenceError:
    return SilenceError(f"git gave no answer for {patience:g} seconds", "see whether git status answers")
