"""How a git that talks to a server is started, listened to and ended, with all that it starts itself."""

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from linter.adapters.git.process import MAX_OUTPUT, Result, SilenceError, bound, failed_start
from linter.errors import RepositoryError

TICK = 0.25
"""Seconds between looks at a transfer that says nothing."""

_CHUNK = 1 << 16


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
    with _start(arguments, environment) as process:
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


class _Stream(Protocol):
    def fileno(self) -> int: ...


def _descriptor(stream: _Stream | None) -> int:
    assert stream is not None  # noqa: S101 - every stream that is asked for is a pipe
    return stream.fileno()


def _start(arguments: Sequence[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    pipe = subprocess.PIPE
    try:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            ("git", *arguments),
            bufsize=0,
            env=environment,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            start_new_session=True,
        )
    except OSError as error:
        raise failed_start(error) from error
    bound(process.pid)
    return process


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
