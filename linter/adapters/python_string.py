"""Where string literals of Python end, f-strings of every version included (PEP 701: they nest), in linear time."""

import re

QUOTE = r"""(?:\"{3}|'{3}|["'])"""

PLAIN = (
    r"""(?:[bBrRuU]{0,2}(?:"{3}[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"{3}|'{3}[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'{3}"""
    r"""|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'))"""
)
"""A whole string literal without replacement fields; wants `re.DOTALL`. Possessive: long ones cost no memory."""

FORMATTED = rf"(?:[rR]?[fFtT][rR]?{QUOTE})"
"""The beginning of a literal with replacement fields (an f-string, a t-string): `formatted_end` knows its end."""

_FIELD, _BRACKET, _SPEC = "{", "(", ":"
_DEEPEST = 400
"""Python 3.12 allows 150 nested literals and 200 nested brackets."""


def formatted_end(text: str, start: int) -> int | None:
    """The index after the f-string (or t-string) that begins at `start`, as Python 3.12 sees it; None: no end."""
    scan = _Scan(text, start)
    while scan.open and scan.position is not None:
        scan.step()
    return scan.position


class _Scan:
    """Walks through a formatted literal; `open` holds what is open, innermost last: quotes, fields, brackets, specs."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.open: list[str] = []
        self.position: int | None = start
        self._begin(_BEGIN.match(text, start))

    def step(self) -> None:
        in_code = self.open[-1] in (_FIELD, _BRACKET)
        match = (_CODE if in_code else _TEXT).search(self.text, self.position or 0)
        if match is None or len(self.open) > _DEEPEST:
            self.position = None
            return
        self.position = match.end()
        if in_code:
            self._code(match)
        else:
            self._text(match)

    def _begin(self, match: re.Match[str] | None) -> None:
        if match is None:
            self.position = None
            return
        self.position = match.end()
        self.open.append(("r" if match["raw"] else "") + match["quote"])

    def _text(self, match: re.Match[str]) -> None:
        is_spec = self.open[-1] == _SPEC
        found = match[0]
        if is_spec and found in ("{{", "}}"):  # a doubled brace is an escape in the text alone
            found = found[0]
            self.position = match.start() + 1
        quote = next(mark for mark in reversed(self.open) if mark not in (_FIELD, _BRACKET, _SPEC))
        if found == "{" or (found.startswith("\\N{") and quote.startswith("r")):
            self.open.append(_FIELD)
            self.position = match.start() + found.index("{") + 1
        elif found == "}" and is_spec:
            del self.open[-2:]
        elif found[0] in "\"'":
            self._quote(match, quote.lstrip("r"), is_spec)
        elif found == "\n" and len(quote.lstrip("r")) == 1:
            self.position = None

    def _quote(self, match: re.Match[str], quote: str, is_spec: bool) -> None:
        if not match[0].startswith(quote):
            self.position = match.start() + 1
        elif is_spec:
            self.position = None
        else:
            self.position = match.start() + len(quote)
            self.open.pop()

    def _code(self, match: re.Match[str]) -> None:
        found = match[0]
        if match["formatted"]:
            self._begin(_BEGIN.match(self.text, match.start()))
        elif found in "([{":
            self.open.append(_BRACKET)
        elif found in ")]}":
            self.open.pop()
        elif found == ":" and self.open[-1] == _FIELD:
            self.open.append(_SPEC)
        elif found in ("'", '"'):
            self.position = None


_BEGIN = re.compile(rf"(?P<raw>[rR])?[fFtT](?P<raw2>[rR])?(?P<quote>{QUOTE})")
_TEXT = re.compile(r"""\\N\{[^{}\n]*\}|\\[^{}]|\\|\{\{|\}\}|[{}\n]|"{1,3}|'{1,3}""", re.DOTALL)
_CODE = re.compile(rf"#[^\n]*|\b(?P<formatted>{FORMATTED})|{PLAIN}|[\"'(){{}}\[\]:]", re.DOTALL)
