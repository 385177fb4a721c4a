"""What it means that Python's parser refuses a text: for the people who have to mend it, in plain words."""

import re
import sys
from typing import NamedTuple

from linter.adapters.python.string import FORMATTED, PLAIN, formatted_end
from linter.model.finding import Position
from linter.model.metrics import Unanalysable


def explain(error: Exception, text: str) -> Unanalysable:
    """Why `text`, whose lines end with `\\n`, does not parse, where, and which Python would read it."""
    if "\0" in text:
        return Unanalysable("contains a NUL byte: this is no Python source", end_of(text[: text.index("\0")]))
    if isinstance(error, MemoryError | RecursionError):
        return Unanalysable("is nested too deeply for Python's own parser")
    if not isinstance(error, SyntaxError):
        return Unanalysable(f"is refused by Python's own parser: {error}")
    return _conflict(text) or _explain_syntax(error, text)


def end_of(text: str) -> Position:
    """The place just after `text`, whose lines end with `\\n`."""
    return Position(text.count("\n") + 1, len(text) - text.rfind("\n"))


class _Novelty(NamedTuple):
    """Syntax that older Pythons refuse: `line` matches the line of the error, `message` what they say."""

    needs: str
    what: str
    line: re.Pattern[str]
    message: str = ""


_CLASS = r"(?:(?!self\b)[A-Za-z_]\w*\.)*[A-Z]\w*"
"""What names an exception class; in Python 2's `except A, e:` a variable stands there, which begins in lower case."""

_NOVELTIES = (
    _Novelty(
        "3.14",
        "`except` of several types without parentheses",
        re.compile(rf"\s*except\*?\s+[\w.]+\s*,\s*(?:{_CLASS}|[\w.]+\s*,.*)\s*:"),
        "multiple exception types must be parenthesized",
    ),
    _Novelty("3.14", "a template string", re.compile(r"""[^#"']*\b(?:[tT][rR]?|[rR][tT])["']"""), "invalid syntax"),
    _Novelty(
        "3.13", "a default of a type parameter", re.compile(r"\s*(?:async\s+def|def|class|type)\s+\w+\s*\[[^\]]*=")
    ),
    _Novelty("3.12", "a `type` statement", re.compile(r"\s*type\s+\w+\s*[\[=]"), "invalid syntax"),
    _Novelty("3.12", "a list of type parameters", re.compile(r"\s*(?:async\s+def|def|class)\s+\w+\s*\[")),
    _Novelty("3.15", "a lazy import", re.compile(r"\s*lazy\s+(?:import|from)\s"), "invalid syntax"),
    _Novelty("3.15", "unpacking in a comprehension", re.compile(""), "unpacking cannot be used in"),
)


def _explain_syntax(error: SyntaxError, text: str) -> Unanalysable:
    position = Position(max(error.lineno or 1, 1), max(error.offset or 1, 1))
    lines = text.split("\n")
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    novelty = _novelty(error.msg, line) or _spanning(error.msg, "\n".join(lines[position.line - 1 :]), position.column)
    if novelty is None or _is_running(novelty[0]):
        return Unanalysable(f"syntax error: {error.msg}", position)
    needs, what = novelty
    return Unanalysable(f"{what} is syntax of Python {needs}", position, needs)


def _novelty(message: str, line: str) -> tuple[str, str] | None:
    """The Python that brought the syntax of an offending line, and what that syntax is; None unless it is certain."""
    for novelty in _NOVELTIES:
        if novelty.message in message and novelty.line.match(line):
            return novelty.needs, novelty.what
    if "f-string expression part cannot include" in message or _nests_quotes(line):
        return "3.12", "a nested quote, backslash or comment in an f-string"
    return None


def _spanning(message: str, text: str, column: int) -> tuple[str, str] | None:
    """The same for a literal that begins around `column` of the first line, and has a field that ends further down."""
    start = _FORMATTED.search(text, max(column - 3, 0)) if "unterminated string literal" in message else None
    if start is None or start.start() >= column or formatted_end(text, start.start()) is None:
        return None
    is_template = "t" in start[0].lower()
    return ("3.14", "a template string") if is_template else ("3.12", "a field over several lines in an f-string")


def _nests_quotes(line: str) -> bool:
    """Whether the first f-string of the line ends elsewhere when its quotes may nest."""
    start = _FORMATTED.search(line)
    if start is None:
        return False
    end = formatted_end(line, start.start())
    plain = _PLAIN.match(line, line.index(start[0][-1], start.start()))
    return end is not None and plain is not None and end != plain.end()


def _is_running(version: str) -> bool:
    return tuple(map(int, version.split("."))) <= sys.version_info[:2]


def _conflict(text: str) -> Unanalysable | None:
    """The first of a merge conflict's markers, if all of them are there in their order."""
    places = [match.start() for match in _MARKER.finditer(text)]
    kinds = "".join(text[place] for place in places)
    if "<" not in kinds or not _is_subsequence("<=>", kinds):
        return None
    first = places[kinds.index("<")]
    return Unanalysable("holds unresolved merge conflict markers", end_of(text[:first]))


def _is_subsequence(wanted: str, found: str) -> bool:
    rest = iter(found)
    return all(item in rest for item in wanted)


_MARKER = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_FORMATTED = re.compile(rf"(?<!\w){FORMATTED}")
_PLAIN = re.compile(PLAIN, re.DOTALL)
