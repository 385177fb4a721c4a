"""The names that a Python module binds, found by parsing; nothing is imported."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from linter.adapters.python.blocks import BODIES
from linter.adapters.python.source import collector_off, parse
from linter.model.metrics import Unanalysable


class ModuleNames(NamedTuple):
    """Qualified names with dots: functions, classes, variables, imports, and what stands inside classes and functions.

    `is_open`: the module has other names too, which only running it would tell (`import *`, `__getattr__`).
    """

    names: frozenset[str]
    is_open: bool


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
    pending = [_Place("", False, statement) for statement in tree.body]
    while pending:
        place = pending.pop()
        names.update(place.prefix + name for name in _bound(place))
        pending.extend(_inner(place))
    return ModuleNames(frozenset(names), not names.isdisjoint(("*", "__getattr__")))


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
        nodes = (node for target in _targets(statement) for node in ast.walk(target))
        yield from (node.id for node in nodes if isinstance(node, ast.Name))


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _targets(statement: ast.AST) -> Iterator[ast.AST]:
    if isinstance(statement, ast.Assign):
        yield from statement.targets
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign | ast.For | ast.AsyncFor):
        yield statement.target
    elif isinstance(statement, ast.With | ast.AsyncWith):
        yield from (item.optional_vars for item in statement.items if item.optional_vars)
    elif type(statement).__name__ == "TypeAlias":  # Python 3.12
        yield statement.name  # type: ignore[attr-defined]
