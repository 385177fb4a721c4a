"""How far a scan is: a bar on a terminal, elsewhere a line every ten seconds."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from linter.adapters.terminal import Update, bar
from linter.cli.console import Console

PAUSE = 10.0
"""Seconds between two lines of a log."""


@contextmanager
def watched(console: Console, total: int) -> Iterator[Callable[[str], None]]:
    """What is yielded is told the state of each repository that is done.

    Raises MissingExtraError where a bar is to be shown and rich is not installed.
    """
    if console.err.isatty() and os.environ.get("TERM") != "dumb":
        with bar(console.err, total) as update:
            yield _Count(update).tell
    else:
        yield _Count(_Log(console, total).update).tell


class _Count:
    def __init__(self, update: Update) -> None:
        self._states: Counter[str] = Counter()
        self._update = update

    def tell(self, state: str) -> None:
        self._states[state] += 1
        words = (f"{count:,} {name}" for name, count in self._states.most_common())
        self._update(self._states.total(), ", ".join(words))


class _Log:
    """Lines with the rate since the beginning, and the time that is left at that rate."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._begun = self._told = time.monotonic()

    def update(self, done: int, words: str) -> None:
        now = time.monotonic()
        if now - self._told < PAUSE:
            return
        self._told = now
        rate = done / (now - self._begun)
        left = (self._total - done) / rate
        self._console.note(f"{done:,} of {self._total:,} ({rate:.1f}/s, {_clock(left)} left): {words}")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
