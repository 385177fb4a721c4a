"""The streams of a run and what may be written to them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple, TextIO

from linter.errors import UsageError


class Console(NamedTuple):
    """Where a command writes: results to `out`, everything else to `err`."""

    out: TextIO
    err: TextIO

    def note(self, message: str) -> None:
        """Say something beside the results."""
        print(f"review-lint: {message}", file=self.err)

    def has_color(self, when: str) -> bool:
        """Whether to colour `out`; `when` is auto, always or never. NO_COLOR wins over a terminal (no-color.org)."""
        if when != "auto":
            return when == "always"
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and self.out.isatty()


def standard_console() -> Console:
    """The process's own streams, which escape what their encoding cannot write instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    return Console(sys.stdout, sys.stderr)


@contextmanager
def replaced_file(path: str) -> Iterator[TextIO]:
    """A stream whose text replaces the file at `path` when all of it is written; until then the old file stays.

    Raises UsageError when it cannot be written.
    """
    unfinished = f"{path}.{os.getpid()}.tmp"
    try:
        with open(unfinished, "w", encoding="utf-8") as stream:
            yield stream
        os.replace(unfinished, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", "name another file") from error
    finally:
        with suppress(OSError):
            os.unlink(unfinished)


@contextmanager
def closed_pipe_tolerated(console: Console) -> Iterator[None]:
    """Go on when the reader of `out` has gone (`review-lint | head`): the verdict stands whoever listens."""
    try:
        yield
        console.out.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at exit; that must not fail again (https://docs.python.org/3/library/signal.html).
        os.dup2(os.open(os.devnull, os.O_WRONLY), console.out.fileno())
