"""What functions look like apart from layout, comments, docstrings and names of their own: what moved code is known by.

Everything is iterative, and linear in the size of the file: inner blocks enter outer ones as digests.
"""

import ast
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from linter.adapters.python.blocks import BODIES, DEFINITIONS, FUNCTIONS, Block, Scope, blocks
from linter.adapters.python.source import collector_off, parse
from linter.model.metrics import Shape, Unanalysable


def shapes(data: bytes) -> Mapping[str, Shape]:
    """The shape of every block of a file by its symbol; empty for what cannot be analysed. Never raises.

    A function's statements include those of its closures and inner classes; those of a class or module are what stands
    directly in its body, functions by their `def` alone. Values are the same in every process of one Python version.
    """
    with collector_off():
        return _shapes(data)


def _shapes(data: bytes) -> Mapping[str, Shape]:
    source = parse(data)
    if isinstance(source, Unanalysable):
        return {}
    found = blocks(source.tree)
    drawings: dict[ast.AST, _Drawing] = {}
    for block in reversed(found):
        drawings[block.node] = _draw(block.node, _names(block, found), drawings)
    return {block.symbol: _shape(block.node, drawings[block.node]) for block in found}


class _Drawing(NamedTuple):
    tree: str
    own: list[int]
    every: list[int]


def _shape(node: Scope, drawing: _Drawing) -> Shape:
    return Shape(drawing.tree, tuple(drawing.every if type(node) in FUNCTIONS else drawing.own))


def _names(block: Block, found: list[Block]) -> Mapping[str, str]:
    """What stands for the names of a block and of those around it, so that renaming them changes no shape."""
    names: dict[str, str] = {}
    distance = 0
    while not isinstance(block.node, ast.Module):
        names.setdefault(block.node.name, f"^{distance}")
        block = found[block.parent]
        distance += 1
    return names


def _draw(node: Scope, names: Mapping[str, str], drawings: Mapping[ast.AST, _Drawing]) -> _Drawing:
    tree = blake2b(_serialised(node, names), digest_size=16)
    own: list[int] = []
    inner: list[int] = []
    for place, statement in _statements(node):
        text = _serialised(statement, names)
        tree.update(place.encode() + text)
        own.append(int.from_bytes(blake2b(text, digest_size=8).digest(), "big"))
        if statement in drawings:
            tree.update(drawings[statement].tree.encode())
            inner += drawings[statement].every
    return _Drawing(tree.hexdigest(), sorted(own), sorted(inner + own))


def _statements(node: Scope) -> Iterator[tuple[str, ast.AST]]:
    """The statements of a block, its docstring apart, each with its place: depth and field of the statement around."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    pending: list[tuple[int, str, ast.AST]] = [(0, "body", statement) for statement in reversed(body)]
    while pending:
        depth, field, statement = pending.pop()
        yield f"{depth}{field}", statement
        for inner in reversed(BODIES.get(type(statement), ())):
            pending.extend((depth + 1, inner, child) for child in reversed(getattr(statement, inner)))


def _serialised(node: ast.AST, names: Mapping[str, str]) -> bytes:
    """A node without its body, in one form for every layout."""
    tokens: list[str] = []
    pending: list[Any] = [node]
    while pending:
        item = pending.pop()
        if isinstance(item, ast.AST):
            tokens.append(type(item).__name__)
            pending.extend(reversed(_parts(item, names)))
        elif type(item) is list:
            tokens.append(f"[{len(item)}")
            pending.extend(reversed(item))
        else:
            tokens.append(str(item))
    return "\x1f".join([*tokens, "\x1e"]).encode()


def _parts(node: ast.AST, names: Mapping[str, str]) -> list[Any]:
    if isinstance(node, ast.Constant):
        # hex: an integer literal may have more than the 4300 digits that Python 3.11 converts to decimal.
        return [type(node.value).__name__, hex(node.value) if type(node.value) is int else repr(node.value)]
    kind = type(node)
    skipped = ("body",) if kind in DEFINITIONS or kind is ast.Module else BODIES.get(kind, ())
    parts = [getattr(node, field, None) for field in kind._fields if field not in skipped and field not in _NO_PART]
    return [names.get(part, part) if type(part) is str else part for part in parts]


_NO_PART = frozenset({"ctx", "type_comment", "type_ignores"})
