"""The comments in source files that hide findings: `# review-lint: ignore[RL802] reason until 2027-03-31`."""

import re
from bisect import bisect
from collections.abc import Iterator
from typing import NamedTuple

from linter.model.finding import Position, Span
from linter.model.suppression import InlineIgnore

MARK = "review-lint:"

# Expressions are compiled where they are used: it costs 2 ms, which only commits with such comments pay.
#
# What of Python's syntax it takes to tell comments from strings, and signatures from the rest. Not by `tokenize`: it
# takes minutes for a line of 200 kB on Python 3.12.0 to 3.12.3 (https://github.com/python/cpython/issues/119118).
_SYNTAX = r"""(?xsm)
      (?P<comment>  \#[^\n]* )
    | (?P<string>   \"{3} (?: (?> [^"\\]++ | \\. | "(?!"") ) )*+ (?: \"{3} )?
                  | '{3}  (?: (?> [^'\\]++ | \\. | '(?!'') ) )*+ (?: '{3} )?
                  | "     (?: (?> [^"\\\n]++ | \\. ) )*+ "?
                  | '     (?: (?> [^'\\\n]++ | \\. ) )*+ '? )
    | (?P<head>     ^[ \t\f]*+ (?: async[ \t]++def | def | class ) \b )
    | (?P<open>     [(\[{] )
    | (?P<close>    [)\]}] )
    | (?P<colon>    : )
    """

# Such a comment may stand behind another in the same line and ends where the next one begins.
_DIRECTIVE = r"(?:^|(?<=\s))#+\s*review-lint:(?P<body>(?:(?!\s#\s).)*)"
_IGNORE = r"\s*ignore(?![\w-])\s*(?:\[(?P<codes>[^\]]*)\])?(?P<rest>.*)"


class _Comment(NamedTuple):
    """A comment, where it begins, and the line of the `def` or `class` in whose signature it stands."""

    text: str
    start: Position
    signature: int | None


def find_ignores(text: str) -> tuple[InlineIgnore, ...]:
    """Every such comment of a source, in the order of the text; `text` has `\n` at the end of its lines. Strings that
    contain the words are none. Any text will do, Python or not.
    """
    comments = _comments(text) if MARK in text else ()
    return tuple(_ignore(comment, found) for comment in comments for found in re.finditer(_DIRECTIVE, comment.text))


def _comments(text: str) -> Iterator[_Comment]:
    """The comments that contain the mark. A signature reaches from `def` to the end of the line with its colon."""
    line_starts = [0, *(newline.end() for newline in re.finditer("\n", text))]
    signature, end = 0, 0
    for token in re.finditer(_SYNTAX, text):
        if token.lastgroup == "head":
            signature, end = bisect(line_starts, token.start()), _end_of_signature(text, token.end())
        elif token.lastgroup == "comment" and MARK in token[0]:
            line = bisect(line_starts, token.start())
            start = Position(line, token.start() - line_starts[line - 1] + 1)
            yield _Comment(token[0], start, signature if token.start() < end else None)


def _end_of_signature(text: str, start: int) -> int:
    """Where the line with its colon ends; for what is no signature, where the next one begins."""
    depth = 0
    for token in re.compile(_SYNTAX).finditer(text, start):
        kind = token.lastgroup
        depth += (kind == "open") - (kind == "close")
        if kind == "colon" and depth == 0:
            end = text.find("\n", token.end())
            return end if end >= 0 else len(text)
        if kind == "head":
            return token.start()
    return len(text)


def _ignore(comment: _Comment, directive: re.Match[str]) -> InlineIgnore:
    line, column = comment.start.line, comment.start.column + directive.start()
    span = Span(Position(line, column), Position(line, column + len(directive[0].rstrip())))
    found = re.match(_IGNORE, directive["body"])
    if found is None:
        return InlineIgnore(span, comment.signature, is_readable=False)
    codes = (code.strip() for code in (found["codes"] or "").split(","))
    reason, until = _reason_and_day(found["rest"].split())
    return InlineIgnore(span, comment.signature, True, tuple(filter(None, codes)), reason, until)


def _reason_and_day(words: list[str]) -> tuple[str, str | None]:
    """Split at the last `until` before a day: before a last word that begins with a figure, or before what looks like a
    day although more follows. Any other `until` belongs to the reason.
    """
    for index in range(len(words) - 2, -1, -1):
        word = words[index + 1]
        is_day = word[0].isdigit() if index == len(words) - 2 else word[:4].isdigit() and word[4:5] == "-"
        if words[index].lower() == "until" and is_day:
            return " ".join(words[:index]).rstrip(",;"), " ".join(words[index + 1 :])
    return " ".join(words), None
