"""A source line with carets under a place in it, as a terminal with a fixed width per cell shows it."""

from typing import NamedTuple
from unicodedata import category, east_asian_width

from linter.model.finding import Span
from linter.output.printable import printable

TAB = 4
WIDTH = 120
LEAD = 60


class Pointed(NamedTuple):
    """A source line and the line to show below it."""

    source: str
    carets: str


def pointed(line: str, span: Span, encoding: str = "utf-8") -> Pointed:
    """The line with carets under the part of `span` that lies in it, at least one.

    Tabs become spaces. Of a line above WIDTH characters that many are shown, LEAD of them before the place.
    """
    start, end = _columns(line, span)
    first = max(0, min(start - LEAD, len(line) - WIDTH))
    cells = _cells(line[first : first + WIDTH], encoding)
    before, after = "..." if first else "", "..." if first + WIDTH < len(line) else ""
    source = before + "".join(text for text, _ in cells) + after
    indent = len(before) + sum(width for _, width in cells[: start - first])
    length = sum(width for _, width in cells[start - first : end - first])
    return Pointed(source.rstrip(), " " * indent + "^" * max(1, length))


def _columns(line: str, span: Span) -> tuple[int, int]:
    """The span's part of the line as a range of indexes; it may be empty at the line's end."""
    start = min(span.start.column - 1, len(line))
    if span.end is None:
        return start, start + 1
    return start, span.end.column - 1 if span.end.line == span.start.line else len(line)


def _cells(piece: str, encoding: str) -> list[tuple[str, int]]:
    """What is shown of each character, and how many columns it takes."""
    if piece.isascii() and piece.isprintable() and "##[" not in piece:
        return [(char, 1) for char in piece]
    cells: list[tuple[str, int]] = []
    column = 0
    for index, char in enumerate(piece):
        if char == "\t":
            cell = (" " * (TAB - column % TAB), TAB - column % TAB)
        elif piece[max(0, index - 2) : index + 1] == "##[":
            cell = ("\\x5b", 4)
        else:
            cell = _cell(char, encoding)
        column += cell[1]
        cells.append(cell)
    return cells


def _cell(char: str, encoding: str) -> tuple[str, int]:
    text = printable(char, encoding)
    if text != char or char.isascii():
        return text, len(text)
    if category(char) in ("Mn", "Me", "Cf"):
        return text, 0
    return text, 2 if east_asian_width(char) in "WF" else 1
