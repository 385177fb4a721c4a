"""The imports of a Python file."""

import ast
from collections.abc import Callable, Iterator

from linter.adapters.python.blocks import FUNCTIONS, Block
from linter.model.finding import Position
from linter.model.imports import Import


def imports_of(found: list[Block], column: Callable[[ast.stmt], int]) -> tuple[Import, ...]:
    """Every name that is imported in some file, sorted by place. `found` are the blocks of the file; `column` tells in
    which column (from 1, in characters) a statement begins.
    """
    imports: list[Import] = []
    in_function: list[bool] = []
    for block in found:
        in_function.append(type(block.node) in FUNCTIONS or (block.parent >= 0 and in_function[block.parent]))
        imports += _of_block(block, in_function[-1], column)
    return tuple(sorted(imports, key=lambda imported: (imported.position, imported.said)))


def _of_block(block: Block, in_function: bool, column: Callable[[ast.stmt], int]) -> Iterator[Import]:
    statements = [node for node in block.statements if isinstance(node, ast.Import | ast.ImportFrom)]
    typing_only = _typing_only(block) if statements else []
    for node in statements:
        is_loading = not in_function and not any(node.lineno in lines for lines in typing_only)
        yield from _names(node, Position(node.lineno, column(node)), is_loading)


def _names(node: ast.Import | ast.ImportFrom, place: Position, is_loading: bool) -> Iterator[Import]:
    end = node.end_lineno or node.lineno
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield Import(alias.name, None, 0, place, end, is_loading)
        else:
            yield Import(node.module or "", alias.name, node.level, place, end, is_loading)


def _typing_only(block: Block) -> list[range]:
    """The lines that only type checkers read."""
    return [range(body[0].lineno, (body[-1].end_lineno or 0) + 1) for body in _typing_bodies(block) if body]


def _typing_bodies(block: Block) -> Iterator[list[ast.stmt]]:
    for node in block.statements:
        if isinstance(node, ast.If):
            if _is_type_checking(node.test):
                yield node.body
            elif isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
                yield node.orelse if _is_type_checking(node.test.operand) else []


def _is_type_checking(test: ast.expr) -> bool:
    """Whether a condition is `TYPE_CHECKING` or `typing.TYPE_CHECKING`."""
    name = test.attr if isinstance(test, ast.Attribute) else test.id if isinstance(test, ast.Name) else ""
    return name == "TYPE_CHECKING"
