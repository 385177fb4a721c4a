"""Comments and signatures of the standard library are found where Python's own tokenizer finds them."""

import io
import random
import sysconfig
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.adapters.python.inline_ignore import find_ignores

FILES = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("[!s]*/*.py")) + sorted(
    Path(sysconfig.get_paths()["stdlib"]).glob("*.py")
)
IGNORE = "# review-lint: ignore "


def marked(lines: list[str], comments: list[tuple[int, int]]) -> str:
    """The text with an ignore in front of every comment."""
    for row, column in sorted(comments, reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:column] + IGNORE + line[column:]
    return "".join(lines)


def comments_of(text: str) -> Iterator[tuple[int, int, int | None]]:
    """Row, column and the row of the `def` around it, of every comment."""
    signature: int | None = None
    depth, colon_row, at_start = 0, 0, True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            is_inside = signature is not None and (not colon_row or token.start[0] == colon_row)
            yield (*token.start, signature if is_inside else None)
        elif token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
            at_start = True
        elif token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == ":" and not depth and not colon_row:
                colon_row = token.start[0]
        elif token.type == tokenize.NAME and at_start:
            is_head = token.string in ("def", "class") or token.line.split()[:2] == ["async", "def"]
            signature, colon_row = (token.start[0], 0) if is_head else (None, 0)
        if token.type not in (tokenize.NL, tokenize.COMMENT, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
            at_start = False


@pytest.mark.slow
def test_the_tokenizer_agrees() -> None:
    random.seed(7)
    found_signatures = 0
    for path in random.sample(FILES, 300):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        try:
            expected = list(comments_of("".join(lines)))
        except (tokenize.TokenError, SyntaxError):
            continue
        if "\f" in "".join(lines):
            continue
        found = find_ignores(marked(lines, [(row, column) for row, column, _ in expected]))
        places = [(ignore.span.start.line, ignore.span.start.column - 1, ignore.signature) for ignore in found]
        assert places == expected, path
        found_signatures += sum(signature is not None for *_, signature in expected)
    assert found_signatures > 10
