"""What functions have in common when names and literals are left out, and what of that shows without parsing."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from linter.adapters.python.blocks import BODIES, DEFINITIONS, FUNCTIONS, blocks, is_elif
from linter.adapters.python.source import collector_off, parse
from linter.adapters.python.string import PLAIN
from linter.model.duplicates import Likeness, Outline
from linter.model.metrics import Unanalysable


def likenesses(data: bytes) -> Mapping[str, Likeness]:
    """The likeness of every function of a file by its symbol; empty for what cannot be analysed. Never raises.

    Left out are docstrings, annotations, decorators, layout and comments; of literals everything but their types
    (`None`, `True`, `False` stay); and of names everything but which of them stands where, so that a function and a
    copy of it under other names, of attributes too, are alike.
    """
    with collector_off():
        return _likenesses(data)


def outlines(text: str) -> Iterator[Outline]:
    """The outlines of the functions of a text, roughly: what begins their lines, and what stands after a colon or
    semicolon. That is all that is in the outline of a function, in that order, and perhaps more.

    Linear, and several times as fast as parsing. Not by `tokenize`, which is slower than parsing.
    """
    letters: list[str] = []
    pending: list[tuple[int, int, int]] = []
    for match in re.finditer(_LINES, _without_strings(text)):
        margin, word, name, sign = match.groups()
        while margin is not None and pending and pending[-1][0] >= len(margin):
            _, start, first = pending.pop()
            yield Outline(start, match.start(), "".join(letters[first:]))
        letters.append(_LETTERS[word] if word else _SIGNS.get((sign, "." in (name or "")), ""))
        if word == "def" and margin is not None:
            pending.append((len(margin), match.start(), len(letters)))
    for _, start, first in pending:
        yield Outline(start, len(text), "".join(letters[first:]))


def likeness_at(text: str, outline: Outline) -> Likeness | None:
    """The likeness of the function that stands there; None if it cannot be parsed by itself."""
    function = text[outline.start : outline.end]
    start = "if True:\n" if function[:1].isspace() else ""
    found = likenesses((start + function).encode("utf-8", "surrogatepass"))
    return next(iter(found.values()), None)


def _without_strings(text: str) -> str:
    """The text with blanks for strings of three quotes; for all strings where such quotes stand in others."""
    strings = rf"(?s)#[^\n]*+|{PLAIN}" if '\'"""' in text or "\"'''" in text else _LONG_STRINGS
    return re.sub(strings, _blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _likenesses(data: bytes) -> Mapping[str, Likeness]:
    source = parse(data)
    if isinstance(source, Unanalysable):
        return {}
    functions = ((block.symbol, block.node) for block in blocks(source.tree) if type(block.node) in FUNCTIONS)
    return {symbol: _likeness(node) for symbol, node in functions}


def _likeness(function: Any) -> Likeness:
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    numbers: dict[str, int] = {}
    digest = blake2b(digest_size=16)
    statements = 0
    pending: list[Any] = [body, function.args, type(function).__name__]
    while pending:
        item = pending.pop()
        if isinstance(item, ast.AST):
            statements += isinstance(item, ast.stmt)
            pending.extend(reversed(list(_parts(item, numbers))))
            item = type(item).__name__
        elif type(item) is list:
            pending.extend(reversed([_number(part, numbers) for part in item]))
            item = len(item)
        digest.update(f"{item}\x1f".encode())
    return Likeness(digest.hexdigest(), statements, _outline(body))


def _parts(node: ast.AST, numbers: dict[str, int]) -> Iterator[Any]:
    """What of a node counts, in the order of its fields."""
    if isinstance(node, ast.Constant):
        yield node.value if node.value is None or isinstance(node.value, bool) else type(node.value).__name__
    else:
        yield from (_number(getattr(node, field, None), numbers) for field in node._fields if field not in _LEFT_OUT)


def _number(part: Any, numbers: dict[str, int]) -> Any:
    """What stands for a name: its number in the order of their first appearances. Anything else stands for itself."""
    return numbers.setdefault(part, len(numbers)) if type(part) is str else part


def _outline(body: Iterable[ast.AST]) -> str:
    """A letter for each statement that begins with a keyword, a plain assignment or a plain call, and for each further
    branch, in the order of the text.
    """
    letters: list[str] = []
    pending: list[Any] = list(body)[::-1]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            letters.append(_LETTERS[item])
        else:
            pending.extend(reversed(list(_branches(item))))
            letters.append(_letter(item))
    return "".join(letters)


def _branches(statement: Any) -> Iterator[Any]:
    """The statements inside a statement, with the keywords between them."""
    for field in ("body",) if type(statement) in DEFINITIONS else BODIES.get(type(statement), ()):
        inner = getattr(statement, field)
        if inner and field in _BRANCHES and not is_elif(statement, inner):
            yield _BRANCHES[field]
        yield from inner


def _letter(statement: ast.AST) -> str:
    if isinstance(statement, ast.Assign):
        return _sign("=", statement.targets[0])
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return _sign("(", statement.value.func)
    word = _WORDS.get(type(statement).__name__.removeprefix("Async"))
    return _LETTERS[word] if word else ""


def _sign(sign: str, node: ast.expr) -> str:
    """The letter of an assignment or call, if its target is written with names and dots alone."""
    inner = node
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    return _SIGNS[sign, inner is not node] if isinstance(inner, ast.Name) else ""


_LEFT_OUT = frozenset({"annotation", "ctx", "decorator_list", "kind", "returns", "type_comment", "type_params"})
_BRANCHES = {"orelse": "else", "finalbody": "finally"}
_WORDS = {
    "Assert": "assert",
    "Break": "break",
    "ClassDef": "class",
    "Continue": "continue",
    "Delete": "del",
    "ExceptHandler": "except",
    "For": "for",
    "FunctionDef": "def",
    "If": "if",
    "Import": "import",
    "ImportFrom": "from",
    "Pass": "pass",
    "Raise": "raise",
    "Return": "return",
    "Try": "try",
    "TryStar": "try",
    "While": "while",
    "With": "with",
}
"""The keywords of statements, by the names of their nodes without `Async`."""

_KEYWORDS = sorted({*_WORDS.values(), *_BRANCHES.values()})
_LETTERS = {word: chr(ord("a") + index) for index, word in enumerate(_KEYWORDS)}
_LETTERS["elif"] = _LETTERS["if"]
_SIGNS = {("=", False): "=", ("=", True): "~", ("(", False): "(", ("(", True): "["}
"""By what follows a name, and whether that has dots."""

# Compiled where they are used: few commits need them. Linear: every repetition is possessive.
_LINES = (
    r"(?m)(?:^(?P<margin>[ \t]*+)|[:;][ \t]*+)(?:async[ \t]++)?"
    rf"(?:(?P<word>{'|'.join([*_KEYWORDS, 'elif'])})\b|@|(?P<name>[\w.]++)[ \t]*+(?P<sign>[(=])(?!=))"
)
_LONG_STRINGS = r'(?s)"""(?:(?>[^"\\]++|\\.|"(?!"")))*+"""' + r"|'''(?:(?>[^'\\]++|\\.|'(?!'')))*+'''"
