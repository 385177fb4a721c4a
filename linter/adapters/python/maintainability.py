"""The maintainability index of a file, as Radon 6.0.1 defines it; the only module that imports Radon.

Radon computes it in quadratic time (`radon.raw` tokenises growing statements again and again) and recursively; here the
Halstead volume, the complexity and the lines come from the tree that is there already and from one scan of the text.
"""

import ast
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from radon.metrics import mi_compute

from linter.adapters.python.blocks import CHILDREN, FUNCTIONS, Block
from linter.adapters.python.lines import count_lines


def maintainability_index(text: str, found: list[Block]) -> float:
    """0 to 100, higher is better; 100 for a file without operators. `found` are the blocks of `text`."""
    lines = count_lines(text)
    comments = (lines.comments + lines.multi) / lines.source * 100 if lines.source else 0.0
    return float(mi_compute(halstead_volume(found), total_complexity(found), lines.logical, comments))


def halstead_volume(found: list[Block]) -> float:
    """The volume of a file: its length in operators and operands times the logarithm of its vocabulary.

    Operators are arithmetic, logical and comparing ones; equal operands count once per function name, like Radon's.
    """
    operators: set[type] = set()
    operands: set[tuple[str | None, object]] = set()
    length = 0
    contexts: list[str | None] = []
    for block in found:
        contexts.append(_context(block, contexts))
        for used, values in _operations(block):
            length += len(used) + len(values)
            operators.update(map(type, used))
            operands.update((contexts[-1], _operand(value)) for value in values)
    vocabulary = len(operators) + len(operands)
    return length * math.log(vocabulary, 2) if vocabulary else 0.0


def total_complexity(found: list[Block]) -> int:
    """The complexity that enters the index: decisions of the module, its functions, its classes and their methods.

    Closures and inner classes stay out and methods count one more than functions, as in Radon's `total_complexity`.
    """
    return sum(_share(block, found) for block in found)


def _share(block: Block, found: list[Block]) -> int:
    if block.parent < 0:
        return block.complexity
    if block.parent == 0:
        return block.complexity - 1
    holder = found[block.parent]
    is_method = isinstance(holder.node, ast.ClassDef) and type(block.node) in FUNCTIONS
    return block.complexity if is_method and holder.parent == 0 else 0


def _context(block: Block, contexts: list[str | None]) -> str | None:
    """The name of the innermost function: what tells equal operands of two functions apart."""
    if isinstance(block.node, ast.FunctionDef | ast.AsyncFunctionDef):
        return block.node.name
    return contexts[block.parent] if contexts else None


def _operations(block: Block) -> Iterator[tuple[list[ast.AST], list[ast.AST]]]:
    """The operators and the operands of each operation of a block."""
    pending: list[Any] = [*_class_head(block), *block.statements]
    while pending:
        node = pending.pop()
        kind = type(node)
        for field in CHILDREN.get(kind, ()):
            child = getattr(node, field)
            if type(child) is list:
                pending += child
            else:
                pending.append(child)
        if kind in _OPERATIONS:
            yield _OPERATIONS[kind](node)


def _class_head(block: Block) -> Iterable[ast.AST]:
    node = block.node
    if not isinstance(node, ast.ClassDef):
        return ()
    return [*node.decorator_list, *node.bases, *node.keywords, *getattr(node, "type_params", ())]


def _operand(node: ast.AST) -> object:
    """What makes two operands the same: name, attribute or value. Every other expression is one of its own."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.value if isinstance(node, ast.Constant) else node


_OPERATIONS: dict[type, Callable[[Any], tuple[list[ast.AST], list[ast.AST]]]] = {
    ast.BinOp: lambda node: ([node.op], [node.left, node.right]),
    ast.UnaryOp: lambda node: ([node.op], [node.operand]),
    ast.BoolOp: lambda node: ([node.op], node.values),
    ast.AugAssign: lambda node: ([node.op], [node.target, node.value]),
    ast.Compare: lambda node: (node.ops, [*node.comparators, node.left]),
}
