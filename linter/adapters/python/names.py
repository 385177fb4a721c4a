"""The names that a Python module binds, found by parsing; nothing is imported."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from linter.adapters.python.blocks import BODIES
from linter.adapters.python.source import collector_off, parse
from linter.model.metrics import Unanalysable


class ModuleNames(NamedTuple):
    """Qualified names with dots: functions, classes, variables, imports, and what stands inside classes and functions.

    `open` are those of which only running the module tells what they have besides: imports, variables, classes with
    bases, and the module itself (""), where it has `import *` or `__getattr__`.
    """

    names: frozenset[str]
    open: frozenset[str]

    def may_have(self, name: str) -> bool:
        """Whether only running the module tells if it has a name that it does not bind."""
        parts = name.split(".")
        return any(".".join(parts[:end]) in self.open for end in range(len(parts)))


def module_names(data: bytes) -> ModuleNames | Unanalysable:
    """What a module binds, under any condition. Never raises."""
    with collector_off():
        source = parse(data)
        return source if isinstance(source, Unanalysable) else _names(source.tree)


class _Place(NamedTuple):
    """A statement, what stands before the names that it binds, and whether they are local to a function."""

    prefix: str
    is_local: bool
    statement: ast.AST


def _names(tree: ast.Module) -> ModuleNames:
    names: set[str] = set()
    opened: set[str] = set()
    pending = [_Place("", False, statement) for statement in tree.body]
    while pending:
        place = pending.pop()
        bound = {place.prefix + name for name in _bound(place)}
        names |= bound
        opened |= bound if _is_open(place.statement) else set()
        pending.extend(_inner(place))
    is_open = not names.isdisjoint(("*", "__getattr__"))
    return ModuleNames(frozenset(names), frozenset(opened | {""} if is_open else opened))


def _inner(place: _Place) -> Iterator[_Place]:
    """The statements inside a statement."""
    prefix, is_local, statement = place
    if isinstance(statement, _DEFINITIONS):
        is_function = not isinstance(statement, ast.ClassDef)
        yield from (_Place(f"{prefix}{statement.name}.", is_function, child) for child in statement.body)
    for field in BODIES.get(type(statement), ()):
        yield from (_Place(prefix, is_local, child) for child in getattr(statement, field))


def _bound(place: _Place) -> Iterator[str]:
    """The names that a statement binds, those of its inner statements and the local variables of functions aside."""
    statement = place.statement
    if isinstance(statement, _DEFINITIONS):
        yield statement.name
    elif place.is_local:
        return
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
    else:
        yield from filter(None, map(_stored, _outside_bodies(statement)))


def _is_open(statement: ast.AST) -> bool:
    """Whether what a statement binds has attributes that cannot be seen in it."""
    if isinstance(statement, ast.ClassDef):
        return any(_last_name(base) not in _PLAIN_BASES for base in statement.bases)
    return not isinstance(statement, _DEFINITIONS)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _outside_bodies(statement: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement, those of the statements inside it aside."""
    pending = [statement]
    while pending:
        node = pending.pop()
        yield node
        aside = _ASIDE.get(type(node), ())
        pending.extend(child for field, value in ast.iter_fields(node) if field not in aside for child in _nodes(value))


def _nodes(value: object) -> Iterator[ast.AST]:
    items = value if isinstance(value, list) else [value]
    return (item for item in items if isinstance(item, ast.AST))


def _stored(node: ast.AST) -> str | None:
    """The name that a node binds: of a variable, of the exception of a handler, in a pattern of `match`."""
    if isinstance(node, ast.Name):
        return node.id if isinstance(node.ctx, ast.Store) else None
    if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
        return node.name
    return node.rest if isinstance(node, ast.MatchMapping) else None


# The variable of a comprehension is its own.
_ASIDE = {**BODIES, ast.comprehension: ("target",)}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

_PLAIN_BASES = frozenset(("object", "Enum", "IntEnum", "StrEnum", "NamedTuple", "TypedDict", "Protocol"))
"""What classes have from these, nobody cites."""
