"""What it means that Python's parser refuses a text: for the people who have to mend it, in plain words."""

from linter.model.finding import Position
from linter.model.metrics import Unanalysable


def explain(error: Exception, text: str) -> Unanalysable:
    """Why `text` does not parse, where, and which Python would read it."""
    if "\0" in text:
        return Unanalysable("contains a NUL byte: this is no Python source", end_of(text[: text.index("\0")]))
    if isinstance(error, MemoryError | RecursionError):
        return Unanalysable("is nested too deeply for Python's own parser")
    if not isinstance(error, SyntaxError):
        return Unanalysable(f"is refused by Python's own parser: {error}")
    position = Position(max(error.lineno or 1, 1), max(error.offset or 1, 1))
    return Unanalysable(f"syntax error: {error.msg}", position)


def end_of(text: str) -> Position:
    """The place just after `text`, whose lines end with `\\n`."""
    return Position(text.count("\n") + 1, len(text) - text.rfind("\n"))
