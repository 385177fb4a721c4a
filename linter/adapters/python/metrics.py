"""The figures of a Python file."""

import ast

from linter.adapters.python.blocks import Block, Definition, Scope, blocks
from linter.adapters.python.imports import imports_of
from linter.adapters.python.source import ParsedSource, collector_off, parse
from linter.model.metrics import FunctionMetrics, SourceMetrics, Unanalysable


def measure(data: bytes, with_maintainability: bool = False) -> SourceMetrics | Unanalysable:
    """The figures of a file's functions, closures, methods, classes and of the module itself, in the order of the text.

    Never raises. The time is linear in the size of `data`; the caller bounds that.
    """
    with collector_off():
        return _measure(data, with_maintainability)


def _measure(data: bytes, with_maintainability: bool) -> SourceMetrics | Unanalysable:
    """A function of its own, so that the tree is gone before the collector comes back and walks through it."""
    source = parse(data)
    if isinstance(source, Unanalysable):
        return source
    found = blocks(source.tree)
    index = _maintainability_index(source, found) if with_maintainability else None
    figures = _Figures(source.text)
    functions = tuple(figures.of(block, _is_method(block, found)) for block in found)
    return SourceMetrics(figures.lines, functions, index, imports_of(found, figures.column))


def _maintainability_index(source: ParsedSource, found: list[Block]) -> float:
    # Imported where it is asked for: Radon takes 8 ms to import, and commits do not need it.
    from linter.adapters.python.maintainability import maintainability_index  # noqa: PLC0415

    return maintainability_index(source.text, found)


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
            first, column, end = node.lineno, self.column(node), node.end_lineno or node.lineno
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
            statements=len(block.statements),
        )

    def column(self, node: ast.stmt) -> int:
        """The column of a statement, in characters from 1."""
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
