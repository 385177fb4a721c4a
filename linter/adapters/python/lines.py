"""The lines of a Python file by what stands on them: one scan, linear in the length of the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.adapters.python.string import FORMATTED, PLAIN, formatted_end


class LineCounts(NamedTuple):
    """Lines as Radon 6.0.1 counts them (`radon.raw.analyze`), blank ones never.

    `logical`: one for each simple statement and each head of a compound one; one more where something follows the last
    colon (`if x: return`, `x = {a: b}`). `source`: lines with code. `comments`: comments, those beside code too.
    `multi`: lines of strings that stand alone and span several lines, such as docstrings.
    """

    logical: int
    source: int
    comments: int
    multi: int


def count_lines(text: str) -> LineCounts:
    """The counts of a text that Python parses and whose lines end with `\\n`. An f-string is one string everywhere, as
    for Radon on Python 3.11.
    """
    logical = source = comments = multi = 0
    for signature, lines in _groups(text):
        code = signature.replace(_COMMENT, "")
        comments += len(signature) - len(code)
        logical += sum(map(_logical_lines, code.split(_SEMICOLON)))
        if signature != _STRING:
            source += lines if code else 0
        elif lines > 1:
            multi += lines
    return LineCounts(logical, source, comments, multi)


_COMMENT, _SEMICOLON, _COLON, _STRING, _CODE = "#", ";", ":", "s", "x"
"""What a signature is made of: one character for each token or run of tokens."""


def _logical_lines(code: str) -> int:
    if not code:
        return 0
    return 2 if _COLON in code and not code.endswith(_COLON) else 1


def _groups(text: str) -> Iterator[tuple[str, int]]:
    """The signature of each run of lines that Python reads as a whole, and how many of its lines are not blank."""
    position = 0
    while position < len(text):
        if match := _SIMPLE_LINE.match(text, position):
            code = _CODE if match["code"] else ""
            position = match.end()
            yield (code + _COMMENT if match["comment"] else code), 1
        else:
            start = position
            signature, position = _group(text, start)
            yield signature, _filled_lines(text[start:position])


def _group(text: str, start: int) -> tuple[str, int]:
    """The signature of the run of lines that begins at `start`, and its end."""
    signature: list[str] = []
    position = start
    depth = 0
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup or ""
        position = match.end() if kind != "formatted" else formatted_end(text, match.start(kind)) or match.end()
        if kind == "bracket":
            depth += _DEPTH[match[kind]]
        if kind != "newline":
            signature.append(_SIGNS.get(kind, _CODE))
        elif depth == 0:
            return "".join(signature), position
    return "".join(signature), len(text)


def _filled_lines(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


_DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_SIGNS = {"comment": _COMMENT, "semicolon": _SEMICOLON, "colon": _COLON, "string": _STRING, "formatted": _STRING}
_TOKEN = re.compile(
    rf"""(?:[ \t\f]|\\\n)*(?:(?P<newline>\n)|(?P<comment>\#[^\n]*)|(?P<formatted>{FORMATTED})|(?P<string>{PLAIN})"""
    r"""|(?P<bracket>[()\[\]{}])|(?P<semicolon>;)|(?P<colon>:(?!=))"""
    r"""|(?P<run>(?:(?>\w+(?!["'\w])[ \t]*|[^\s\w\#"'()\[\]{}:;\\]++|:=))++)|(?P<rest>\w+|\S))""",
    re.DOTALL,
)

_PLAIN = r"[^\n#\"'()\[\]{}:;\\]"
_SHORT = r"""(?:(?<![fFtT])(?<![fFtT][rR])(?:"(?!"")[^"\\\n]*+"|'(?!'')[^'\\\n]*+'))"""
_INNER = rf"[(\[{{](?:(?>{_PLAIN}++|{_SHORT}))*+[)\]}}]"
_OUTER = rf"[(\[{{](?:(?>{_PLAIN}++|{_SHORT}|{_INNER}))*+[)\]}}]"
_ALONE = r"""[bBrRuUfFtT]{0,2}["']"""
_SIMPLE_LINE = re.compile(
    rf"""[ \t\f]*+(?P<code>(?!{_ALONE})(?:{_PLAIN}|{_OUTER})(?:(?>{_PLAIN}++|{_SHORT}|{_OUTER}))*+:?[ \t]*+)?"""
    r"(?P<comment>#[^\n]*)?\n"
)
"""A blank line, a comment, or, as most lines are, one logical line: no colon but at its end, brackets closed, no string
alone. It is worth half the time.
"""
