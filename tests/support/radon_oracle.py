"""Radon's own figures, and an independent account of where they are known to differ."""

import ast
import sysconfig
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from radon.visitors import Class, ComplexityVisitor, Function

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Block = Definition | ast.Module


def source_files(count: int, max_size: int = 2 << 20) -> list[Path]:
    """Files of the standard library and of the installed packages, the same ones each time."""
    return [path for path, size in _installed_files() if size <= max_size][:count]


@cache
def _installed_files() -> list[tuple[Path, int]]:
    library = Path(sysconfig.get_path("stdlib"))
    found = {path for path in library.rglob("*.py") if "site-packages" not in path.parts}
    found |= set(Path(sysconfig.get_path("purelib")).rglob("*.py"))
    files = sorted((path, path.stat().st_size) for path in found if path.is_file())
    Random(1).shuffle(files)
    return files


def blocks_of(tree: ast.Module) -> list[Block]:
    """The module, then every function and class in the order of the text."""
    found = [node for node in ast.walk(tree) if isinstance(node, Definition)]
    return [tree, *sorted(found, key=lambda node: (node.lineno, node.col_offset))]


def radon_complexities(tree: ast.Module) -> dict[Block, int]:
    """Radon's figure of every block, a class's without its methods; of blocks that Radon never lists, what its visitor
    says when it is sent there.
    """
    nodes = {(node.lineno, node.col_offset): node for node in blocks_of(tree)[1:] if isinstance(node, Definition)}
    visitor = ComplexityVisitor.from_ast(tree)
    figures: dict[Block, int] = {tree: visitor.complexity}
    _list_into(figures, nodes, visitor)
    for node in nodes.values():
        if node not in figures:
            _list_into(figures, nodes, ComplexityVisitor.from_ast(node))
    return figures


def _list_into(figures: dict[Block, int], nodes: dict[tuple[int, int], Definition], visitor: ComplexityVisitor) -> None:
    pending: list[Function | Class] = [*visitor.functions, *visitor.classes]
    while pending:
        found = pending.pop()
        node = nodes[found.lineno, found.col_offset]
        if isinstance(found, Function):
            figures[node] = found.complexity
            pending += found.closures
        else:
            figures[node] = found.real_complexity - sum(method.complexity for method in found.methods)
            pending += [*found.methods, *found.inner_classes]


def corrections(block: Block) -> Counter[str]:
    """By how much each documented correction should raise Radon's figure of a block."""
    account: Counter[str] = Counter()
    for expression in _head(block):
        account["decorators, defaults and bases"] += _radon_decisions(expression)
    for node in _own_nodes(block):
        if isinstance(node, ast.Assert):
            account["assert"] += sum(_radon_decisions(part) for part in (node.test, node.msg) if part is not None)
        elif isinstance(node, ast.TryStar):
            account["except*"] += len(node.handlers) + bool(node.orelse)
        elif isinstance(node, ast.Match):
            account["match"] += _match(node)
    return +account


def _match(node: ast.Match) -> int:
    irrefutable = [
        case for case in node.cases if isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
    ]
    guards = sum(case.guard is not None for case in node.cases)
    return guards - len(irrefutable) + bool(irrefutable)


def _head(block: Block) -> list[ast.expr]:
    if isinstance(block, ast.Module):
        return []
    if isinstance(block, ast.ClassDef):
        return [*block.decorator_list, *block.bases, *(keyword.value for keyword in block.keywords)]
    return [*block.decorator_list, *block.args.defaults, *(value for value in block.args.kw_defaults if value)]


def _own_nodes(block: Block) -> Iterator[ast.AST]:
    pending: list[ast.AST] = list(block.body)
    while pending:
        node = pending.pop()
        if not isinstance(node, Definition):
            yield node
            pending += ast.iter_child_nodes(node)


def _radon_decisions(expression: ast.expr) -> int:
    visitor = ComplexityVisitor(off=False)
    visitor.visit(expression)
    return int(visitor.complexity)
