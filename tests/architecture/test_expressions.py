"""Regular expressions mean the same on every Python that is supported.

Before 3.11.5 (Debian 12 has 3.11.2) a possessive repetition of a group that can backtrack misses what it should match,
or raises SystemError (https://github.com/python/cpython/issues/106052): the inside has to be atomic, `(?:(?>...))*+`.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "linter").rglob("*.py"))
UNSAFE = re.compile(r"(?:^|[^)\s])\s*\)[*+?]\+")


def texts(source: bytes) -> list[str]:
    return [
        node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant) and type(node.value) is str
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_possessive_groups_are_atomic_inside(path: Path) -> None:
    assert [text for text in texts(path.read_bytes()) if UNSAFE.search(text)] == []


@pytest.mark.parametrize(("source", "is_unsafe"), [
    (b"r'(?:a|b)*+'", True), (b"r'(?: a | b )++'", True), (b"rf'(?:{A}|{B})?+'", True),
    (b"r'(?:(?>a|b))*+'", False), (b"r'(?: (?> a | b ) )*+'", False), (b"r'[a-b]*+'", False),
])  # fmt: skip
def test_the_check_can_fail(source: bytes, is_unsafe: bool) -> None:
    assert any(map(UNSAFE.search, texts(source))) is is_unsafe
