"""The door to rich: tables, and a bar that tells how far long work is."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import Literal, NamedTuple, TextIO

from linter.errors import MissingExtraError

Update = Callable[[int, str], None]
"""Told how much is done, and in a few words how it went."""


class Look(NamedTuple):
    """How a text is shown: at most so many characters wide, with colours or without, in which encoding."""

    width: int = 120
    has_color: bool = False
    encoding: str = "utf-8"


class Column(NamedTuple):
    """A column of a table: its title, whether it holds numbers, and the colour of its cells that are not 0 or empty."""

    title: str
    is_number: bool = False
    color: str = ""


def table(title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look) -> str:
    """A table as text. The cells are printable already.

    Raises MissingExtraError.
    """
    with _rich():
        from rich import box  # noqa: PLC0415 - 38 ms
        from rich.console import Console  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415
    lines = box.SIMPLE_HEAD if can_draw(look.encoding) else box.ASCII
    made = Table(title=Text(title), title_justify="left", title_style="bold", box=lines, pad_edge=False)
    for column in columns:
        made.add_column(Text(column.title), justify="right" if column.is_number else "left", overflow="fold")
    for row in rows:
        cells = zip(columns, row, strict=True)
        made.add_row(*(Text(cell, column.color if cell not in ("", "0") else "") for column, cell in cells))
    stream = StringIO()
    system: Literal["standard"] | None = "standard" if look.has_color else None
    console = Console(
        file=stream, width=look.width, color_system=system, force_terminal=look.has_color, highlight=False
    )
    console.print(made)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().rstrip().split("\n"))


@contextmanager
def bar(stream: TextIO, total: int) -> Iterator[Update]:
    """A bar on a terminal with the rate and the time that is left, which goes away when the block ends.

    Raises MissingExtraError.
    """
    with _rich():
        from rich import progress  # noqa: PLC0415
        from rich.console import Console  # noqa: PLC0415
    columns = (
        progress.BarColumn(bar_width=30),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(elapsed_when_finished=True),
        progress.TextColumn("{task.description}", markup=False),
    )
    shown = progress.Progress(*columns, console=Console(file=stream), transient=True)
    with shown:
        task = shown.add_task("", total=total, rate="")

        def update(done: int, words: str) -> None:
            speed = shown.tasks[0].speed
            shown.update(task, completed=done, description=words, rate=f"{speed:.1f}/s" if speed else "")

        yield update


def can_draw(encoding: str) -> bool:
    """Whether an encoding has lines and blocks."""
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


def width_of(stream: TextIO, otherwise: int = 120) -> int:
    """How many columns a terminal has; `otherwise` for what is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return otherwise


@contextmanager
def _rich() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise MissingExtraError("showing many repositories", "org") from error
