"""Which sources a tool wrote: nobody is asked to keep those simple."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.model.glob import of_git, relative, translate

ATTRIBUTE = "linguist-generated"

MARKER = re.compile(r"(?<!\w)@generated(?!\w)")

_LINE = re.compile(
    r"""\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>(?![#!"]|\[attr\])\S*[^\s/]))\s+(?P<attributes>\S.*)"""
)
"""A line with a pattern; a comment, a macro, and a pattern for folders (which has no effect) are none."""

MARKED_LINES = 5
"""A marker counts in as many first lines of a file as rustfmt looks at (its option `format_generated_files`)."""


def is_marked(text: str) -> bool:
    """Whether one of the first lines of a source says `@generated`."""
    return marked_line(text) > 0


def marked_line(text: str) -> int:
    """The number of the first line that says `@generated`; 0 where none of the first lines does."""
    lines = text[:4096].splitlines()[:MARKED_LINES]
    return next((number for number, line in enumerate(lines, 1) if MARKER.search(line)), 0)


class AttributeLine(NamedTuple):
    """One line of a .gitattributes file that sets (or unsets) the attribute for the paths of its folder."""

    folder: str
    number: int
    pattern: re.Pattern[str]
    is_generated: bool

    def match(self, path: str) -> bool:
        inner = relative(path, self.folder)
        return inner is not None and self.pattern.match(inner) is not None


class GeneratedAttributes:
    """What the .gitattributes files of a tree say about `linguist-generated`, by the rules of gitattributes(5): the
    file nearest to a path wins, in a file the last line that matches. Macros are not expanded.
    """

    def __init__(self, files: Iterable[tuple[str, str]]) -> None:
        """`files` are pairs of a folder ("" for the root) and the text of the .gitattributes file in it."""
        by_depth = sorted(files, key=lambda file: file[0].count("/") + bool(file[0]))
        self._lines = [line for folder, text in by_depth for line in _lines(folder, text)][::-1]

    def match(self, path: str) -> bool:
        """Whether the attribute is set for `path` (of the repository)."""
        return self.setter(path) is not None

    def setter(self, path: str) -> AttributeLine | None:
        """The line that sets the attribute for `path`; None where it is not set."""
        line = next((line for line in self._lines if line.match(path)), None)
        return line if line and line.is_generated else None


def _lines(folder: str, text: str) -> Iterator[AttributeLine]:
    for number, line in enumerate(text.split("\n") if ATTRIBUTE in text else (), 1):
        match = re.match(_LINE, line)
        value = _value(match["attributes"].split()) if match else None
        if match is None or value is None:
            continue
        quoted = match["quoted"]
        pattern = match["plain"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        yield AttributeLine(folder, number, re.compile(translate(of_git(pattern)), re.DOTALL), value)


def _value(attributes: list[str]) -> bool | None:
    """What the last mention of the attribute says; None where it is not mentioned."""
    for attribute in reversed(attributes):
        name, _, value = attribute.partition("=")
        if name.lstrip("-!") == ATTRIBUTE:
            return name == ATTRIBUTE and value != "false"
    return None
