"""The streams of a run and what may be written to them."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import NamedTuple, TextIO

from linter.adapters.files import WriteError
from linter.model.progress import Progress, untold

PATIENCE = 1.0
"""Seconds that nobody needs a word about."""

_CLEAR = "\x1b[K"


class Console(NamedTuple):
    """Where a command writes: results to `out`, everything else to `err`."""

    out: TextIO
    err: TextIO

    def note(self, message: str) -> None:
        """Say something beside the results."""
        self.say(f"review-lint: {message}\n")

    def say(self, text: str) -> None:
        """Write to `err`, if anything can be said there."""
        with suppress(WriteError), _checked(self.err, "standard error"):
            self.err.write(text)

    @contextmanager
    def progress(self, what: str) -> Iterator[Progress]:
        """Tell on a terminal, in a line that goes away again, how far work is that takes more than a second."""
        begun, told = time.monotonic(), []

        def tell(done: int, total: int) -> None:
            if time.monotonic() - begun > PATIENCE:
                told.append(done)
                self.say(f"\r{what}: {done:,} of {total:,}{_CLEAR}")

        try:
            yield tell if self.err.isatty() and os.environ.get("TERM") != "dumb" else untold
        finally:
            if told:
                self.say(f"\r{_CLEAR}")

    def has_color(self, when: str) -> bool:
        """Whether to colour `out`; `when` is auto, always or never. NO_COLOR wins over a terminal (no-color.org)."""
        if when != "auto":
            return when == "always"
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and self.out.isatty()


class Draft(StringIO):
    """Text that is going to be written in an encoding, which renderers ask for."""

    encoding = "utf-8"


def standard_console() -> Console:
    """The process's own streams, which escape what their encoding cannot write instead of failing."""
    return Console(_usable(sys.stdout), _usable(sys.stderr))


@contextmanager
def closed_pipe_tolerated(console: Console) -> Iterator[None]:
    """Go on when the reader of `out` has gone (`review-lint | head`): the verdict stands whoever listens.

    Raises WriteError when `out` fails in another way, such as on a full disk.
    """
    with _checked(console.out, "standard output"):
        yield


@contextmanager
def _checked(stream: TextIO, name: str) -> Iterator[None]:
    try:
        yield
        stream.flush()
    except OSError as error:
        # Python flushes once more at exit; that must not fail again (https://docs.python.org/3/library/signal.html).
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise WriteError(f"cannot write to {name}: {error.strerror}") from error


def _usable(stream: TextIO | None) -> TextIO:
    """The stream, one that swallows everything where the process was started without (`>&-`)."""
    if stream is None:
        return open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    return stream
