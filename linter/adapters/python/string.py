"""Where string literals of Python end, f-strings of every version included (PEP 701: they nest), in linear time."""

import re

QUOTE = r"""(?:\"{3}|'{3}|["'])"""

PLAIN = (
    r"""(?:[bBrRuU]{0,2}(?:"{3}(?:(?>[^"\\]++|\\.|"(?!"")))*+"{3}|'{3}(?:(?>[^'\\]++|\\.|'(?!'')))*+'{3}"""
    r"""|"(?:(?>[^"\\\n]++|\\.))*+"|'(?:(?>[^'\\\n]++|\\.))*+'))"""
)
"""A whole string literal without replacement fields; wants `re.DOTALL`. Possessive: long ones cost no memory."""

FORMATTED = rf"(?:[rR]?[fFtT][rR]?{QUOTE})"
"""The beginning of a literal with replacement fields (an f-string, a t-string): `formatted_end` knows its end."""

_FIELD, _BRACKET, _SPEC = "{", "(", ":"
_DEEPEST = 400
"""Python 3.12 allows 150 nested literals and 200 nested brackets."""


def formatted_end(text: str, start: int) -> int | None:
    """The index after the f-string (or t-string) that begins at `start`, as Python 3.12 sees it; None: no end."""
    inside: list[str] = []
    match = _BEGIN.match(text, start)
    while match is not None and match.lastgroup != "wrong" and len(inside) < _DEEPEST:
        _step(match, inside)
        if not inside:
            return match.end()
        match = _NEXT[inside[-1]].search(text, match.end())
    return None


def _step(match: re.Match[str], inside: list[str]) -> None:
    """Keep account of what is open, innermost last: literals (by their quotes), fields, brackets and format specs."""
    kind = match.lastgroup
    if kind == "formatted":
        inside.append(("r" if match["raw"] else "") + match["quote"])
    elif kind == "field":
        inside.append(_FIELD)
    elif kind == "bracket":
        inside.append(_BRACKET)
    elif kind == "colon" and inside[-1] == _FIELD:
        inside.append(_SPEC)
    elif kind == "close":
        inside.pop()
    elif kind == "close_spec":
        del inside[-2:]


def _text(quote: str, is_raw: bool) -> re.Pattern[str]:
    """What matters in the text of a literal. Braces escape themselves; `\\N{NAME}` has braces that are no field."""
    escapes = r"\\[^{}]" if is_raw else r"\\N\{[^{}\n]*\}|\\[^{}]"
    newline = r"|(?P<wrong>\n)" if len(quote) == 1 else ""
    return re.compile(rf"{escapes}|\{{\{{|(?P<field>\{{)|(?P<close>{quote}){newline}", re.DOTALL)


_NAMED = rf"(?P<formatted>(?:(?P<raw>[rR][fFtT]|[fFtT][rR])|[fFtT])(?P<quote>{QUOTE}))"
_BEGIN = re.compile(_NAMED)
_CODE = re.compile(
    rf"#[^\n]*|\b{_NAMED}|{PLAIN}|(?P<bracket>[(\[{{])|(?P<close>[)\]}}])|(?P<colon>:)|(?P<wrong>[\"'])", re.DOTALL
)
_NEXT = {
    _FIELD: _CODE,
    _BRACKET: _CODE,
    _SPEC: re.compile(r"(?P<field>\{)|(?P<close_spec>\})"),
} | {raw + quote: _text(quote, bool(raw)) for raw in ("", "r") for quote in ('"', "'", '"' * 3, "'" * 3)}
