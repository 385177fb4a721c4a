"""The figures of a Python file: one iterative walk, so that no depth of nesting ends in a RecursionError.

Cyclomatic complexity is defined as in Radon 6.0.1 (`radon/visitors.py`), with the corrections that docs/complexity.md
lists. Statements and expressions are walked apart: only statements nest, only the walk of expressions has to be fast.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from linter.adapters.python_source import collector_off, parse
from linter.model.metrics import MODULE, FunctionMetrics, SourceMetrics, Unanalysable

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
    """A function, or the body of a class or module. `parent` is the index of the block that holds it, -1 for none."""

    symbol: str
    node: Scope
    parent: int
    complexity: int
    nesting: int


def measure(data: bytes, with_maintainability: bool = False) -> SourceMetrics | Unanalysable:
    """The figures of a file's functions, closures, methods, classes and of the module itself, in the order of the text.

    Never raises. The time is linear in the size of `data`; the caller bounds that.
    """
    with collector_off():
        source = parse(data)
        if isinstance(source, Unanalysable):
            return source
        found = blocks(source.tree)
        figures = _Figures(source.text)
        return SourceMetrics(figures.lines, tuple(figures.of(block, _is_method(block, found)) for block in found))


def blocks(tree: ast.Module) -> list[Block]:
    """Every block of a module, the module first, each before those that it holds."""
    found: list[Block] = []
    pending: list[tuple[str, Scope, int]] = [(MODULE, tree, -1)]
    while pending:
        symbol, node, parent = pending.pop()
        complexity, nesting, inner = _walk(node)
        prefix = "" if parent < 0 else symbol + "."
        pending.extend((prefix + name, child, len(found)) for name, child in reversed(_named(inner)))
        found.append(Block(symbol, node, parent, complexity, nesting))
    return found


def head(node: Scope) -> Iterator[ast.expr | None]:
    """The expressions of a definition that stand outside its body and can hold conditions; annotations cannot."""
    if isinstance(node, ast.Module):
        return
    yield from node.decorator_list
    if isinstance(node, ast.ClassDef):
        yield from node.bases
        yield from (keyword.value for keyword in node.keywords)
    else:
        yield from node.args.defaults
        yield from node.args.kw_defaults


def _walk(block: Scope) -> tuple[int, int, list[Definition]]:
    """Complexity and nesting of one block, and the definitions that stand directly in it."""
    definitions: list[Definition] = []
    expressions: list[Any] = list(head(block))
    deepest = 0
    bodies: list[tuple[int, list[Any]]] = [(0, block.body)]
    while bodies:
        depth, body = bodies.pop()
        deepest = max(deepest, depth)
        for statement in body:
            kind = type(statement)
            if kind in DEFINITIONS:
                definitions.append(statement)
            else:
                expressions.append(statement)
                if kind in BODIES:
                    bodies.extend(_inner_bodies(statement, depth))
    definitions.sort(key=lambda definition: (definition.lineno, definition.col_offset))
    return 1 + _decisions(expressions), deepest, definitions


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
        if kind in _CHILDREN:
            for field in _CHILDREN[kind]:
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


class _Figures:
    """Turns blocks into figures; knows the text, because the columns of syntax trees count UTF-8 bytes."""

    def __init__(self, text: str) -> None:
        self.lines = text.count("\n") + (not text.endswith("\n") and text != "")
        self._texts = [] if text.isascii() else text.split("\n")

    def of(self, block: Block, is_method: bool) -> FunctionMetrics:
        node = block.node
        if isinstance(node, ast.Module):
            first, column, end = 1, 1, max(self.lines, 1)
        else:
            first, column, end = node.lineno, self._column(node), node.end_lineno or node.lineno
        return FunctionMetrics(
            symbol=block.symbol,
            kind=_kind(node),
            line=first,
            column=column,
            first_line=min(first, _first_line(node)),
            body_line=_first_line(node.body[0]) if node.body else first,
            end_line=end,
            complexity=block.complexity,
            lines=end - first + 1,
            arguments=_arguments(node, is_method),
            nesting=block.nesting,
        )

    def _column(self, node: Definition) -> int:
        if not self._texts:
            return node.col_offset + 1
        return len(self._texts[node.lineno - 1].encode()[: node.col_offset].decode()) + 1


def _is_method(block: Block, found: list[Block]) -> bool:
    return block.parent >= 0 and isinstance(found[block.parent].node, ast.ClassDef)


def _kind(node: Scope) -> str:
    if isinstance(node, ast.Module):
        return "module"
    return "class" if isinstance(node, ast.ClassDef) else "function"


def _first_line(node: ast.Module | ast.stmt) -> int:
    """The line where a statement begins, that of the first decorator included."""
    if isinstance(node, ast.Module):
        return 1
    if isinstance(node, Definition) and node.decorator_list:
        return min(node.decorator_list[0].lineno, node.lineno)
    return node.lineno


def _arguments(node: Scope, is_method: bool) -> int:
    """How many parameters a caller fills; `self` and `cls`, which Python fills, do not count."""
    if isinstance(node, ast.Module | ast.ClassDef):
        return 0
    positional = len(node.args.posonlyargs) + len(node.args.args)
    if is_method and positional and not any(_is_staticmethod(item) for item in node.decorator_list):
        positional -= 1
    return positional + len(node.args.kwonlyargs) + (node.args.vararg is not None) + (node.args.kwarg is not None)


def _is_staticmethod(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id == "staticmethod"


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

_LEAVES = frozenset({"ctx", "id", "attr", "op", "ops", "kind", "arg", "name", "names", "pattern", "cls"})
_PLAIN = frozenset(
    {"asname", "conversion", "is_async", "level", "module", "simple", "tag", "type_comment", "type_ignores"}
)


def _child_fields(kind: type[ast.AST]) -> tuple[str, ...]:
    skipped = _LEAVES | _PLAIN | set(BODIES.get(kind, ()))
    return tuple(field for field in kind._fields if field not in skipped)


_CHILDREN: dict[type, tuple[str, ...]] = {
    kind: fields
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST) and kind is not ast.Constant
    if (fields := _child_fields(kind)) or kind in _DECISIONS
} | {ast.arguments: ("defaults", "kw_defaults")}
"""The fields of each kind of node that can hold expressions, read from the running grammar."""
