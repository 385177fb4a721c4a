"""The blocks of a syntax tree with their complexity and nesting: one iterative walk, which no depth can exhaust.

Cyclomatic complexity is defined as in Radon 6.0.1 (`radon/visitors.py`), with the corrections that docs/complexity.md
lists. Statements and expressions are walked apart: only statements nest, only the walk of expressions has to be fast.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from linter.model.metrics import MODULE

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Scope = Definition | ast.Module

FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef})
DEFINITIONS = FUNCTIONS | {ast.ClassDef}

BODIES: dict[type, tuple[str, ...]] = {
    ast.If: ("body", "orelse"),
    ast.For: ("body", "orelse"),
    ast.AsyncFor: ("body", "orelse"),
    ast.While: ("body", "orelse"),
    ast.With: ("body",),
    ast.AsyncWith: ("body",),
    ast.Try: ("body", "handlers", "orelse", "finalbody"),
    ast.TryStar: ("body", "handlers", "orelse", "finalbody"),
    ast.ExceptHandler: ("body",),
    ast.Match: ("cases",),
    ast.match_case: ("body",),
}
"""The fields of compound statements (definitions apart) that hold statements."""


class Block(NamedTuple):
    """A function, or the body of a class or module. `parent` is the index of the block that holds it, -1 for none.

    `statements` are all its own, nested ones included, definitions excluded, in no order.
    """

    symbol: str
    node: Scope
    parent: int
    complexity: int
    nesting: int
    statements: list[ast.AST]


def blocks(tree: ast.Module) -> list[Block]:
    """Every block of a module, the module first, each before those that it holds."""
    found: list[Block] = []
    pending: list[tuple[str, Scope, int]] = [(MODULE, tree, -1)]
    while pending:
        symbol, node, parent = pending.pop()
        body = _survey(node.body)
        complexity = 1 + _decisions([*_head(node), *body.statements])
        prefix = "" if parent < 0 else symbol + "."
        pending.extend((prefix + name, child, len(found)) for name, child in reversed(_named(body.definitions)))
        found.append(Block(symbol, node, parent, complexity, body.nesting, body.statements))
    return found


class _Body(NamedTuple):
    statements: list[ast.AST]
    definitions: list[Definition]
    nesting: int


def _survey(body: list[ast.stmt]) -> _Body:
    """What stands in a body at any depth; the definitions in the order of the text, not what is in them."""
    statements: list[ast.AST] = []
    definitions: list[Definition] = []
    deepest = 0
    pending: list[tuple[int, list[Any]]] = [(0, body)]
    while pending:
        depth, children = pending.pop()
        deepest = max(deepest, depth)
        for child in children:
            kind = type(child)
            if kind in DEFINITIONS:
                definitions.append(child)
            else:
                statements.append(child)
                if kind in BODIES:
                    pending.extend(_inner_bodies(child, depth))
    definitions.sort(key=lambda definition: (definition.lineno, definition.col_offset))
    return _Body(statements, definitions, deepest)


def _head(node: Scope) -> Iterator[ast.expr | None]:
    """The expressions of a definition outside its body that count: decorators, defaults, bases; no annotations."""
    if isinstance(node, ast.Module):
        return
    yield from node.decorator_list
    if isinstance(node, ast.ClassDef):
        yield from node.bases
        yield from (keyword.value for keyword in node.keywords)
    else:
        yield from node.args.defaults
        yield from node.args.kw_defaults


def _inner_bodies(statement: ast.AST, depth: int) -> Iterator[tuple[int, list[Any]]]:
    """The bodies of a compound statement with their depths. Handlers, cases and `elif` do not nest deeper."""
    kind = type(statement)
    inner = depth if kind in (ast.ExceptHandler, ast.match_case) else depth + 1
    for field in BODIES[kind]:
        body = getattr(statement, field)
        yield depth if field == "orelse" and is_elif(statement, body) else inner, body


def is_elif(statement: ast.AST, orelse: list[ast.stmt]) -> bool:
    """Whether the `else` branch of `statement` is written as `elif`."""
    return (
        isinstance(statement, ast.If)
        and len(orelse) == 1
        and isinstance(orelse[0], ast.If)
        and orelse[0].col_offset == statement.col_offset
    )


def _decisions(pending: list[Any]) -> int:
    """The decision points in statements and expressions; the bodies of compound statements are not entered."""
    decisions = 0
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind in CHILDREN:
            for field in CHILDREN[kind]:
                child = getattr(node, field)
                if type(child) is list:
                    pending += child
                else:
                    pending.append(child)
            if kind in _DECISIONS:
                decisions += _DECISIONS[kind](node)
    return decisions


def _named(definitions: Iterable[Definition]) -> list[tuple[str, Definition]]:
    """The definitions of one scope with their names, made unique: the second `f` is `f#2`."""
    seen: Counter[str] = Counter()
    result = []
    for definition in definitions:
        seen[definition.name] += 1
        count = seen[definition.name]
        result.append((definition.name if count == 1 else f"{definition.name}#{count}", definition))
    return result


def _handlers(node: ast.Try | ast.TryStar) -> int:
    return len(node.handlers) + bool(node.orelse)


def _loop(node: ast.For | ast.AsyncFor | ast.While) -> int:
    return 1 + bool(node.orelse)


def _case(node: ast.match_case) -> int:
    """A pattern that can fail is one decision, its guard another; `case _` and `case name` always fit."""
    can_fail = not (isinstance(node.pattern, ast.MatchAs) and node.pattern.pattern is None)
    return can_fail + (node.guard is not None)


_DECISIONS: dict[type, Callable[[Any], int]] = {
    ast.If: lambda _: 1,
    ast.IfExp: lambda _: 1,
    ast.Assert: lambda _: 1,
    ast.BoolOp: lambda node: len(node.values) - 1,
    ast.comprehension: lambda node: 1 + len(node.ifs),
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.While: _loop,
    ast.Try: _handlers,
    ast.TryStar: _handlers,
    ast.match_case: _case,
}

_LEAVES = frozenset({"ctx", "id", "attr", "op", "ops", "kind", "arg", "name", "names", "cls"})
_PLAIN = frozenset(
    {"asname", "conversion", "is_async", "level", "module", "simple", "tag", "type_comment", "type_ignores"}
)


def _child_fields(kind: type[ast.AST]) -> tuple[str, ...]:
    skipped = _LEAVES | _PLAIN | set(BODIES.get(kind, ()))
    return tuple(field for field in kind._fields if field not in skipped)


CHILDREN: dict[type, tuple[str, ...]] = {
    kind: fields
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST) and kind is not ast.Constant
    if (fields := _child_fields(kind)) or kind in _DECISIONS
}
"""The fields of each kind of node, bodies of statements apart, that can hold nodes: read from the running grammar."""
