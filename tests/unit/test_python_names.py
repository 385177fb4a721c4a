"""The names that a Python module binds."""

import pytest

from linter.adapters.python.names import ModuleNames, module_names
from linter.model.metrics import Unanalysable


def names(source: str) -> set[str]:
    found = module_names(source.encode())
    assert isinstance(found, ModuleNames)
    return set(found.names)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(): x = 1", {"f"}),
        ("async def f():\n  def g(): pass\n  import os", {"f", "f.g"}),
        (
            "class A:\n  x = 1\n  y: int\n  def f(self):\n    self.z = 1\n  class B: w = 2",
            {"A", "A.x", "A.y", "A.f", "A.B", "A.B.w"},
        ),
        ("a = b = 1\n(c, [d, *e]) = x\nf += 1\ng: int = 1", set("abcdefg")),
        ("import os.path, re as r\nfrom a import b, c as d", {"os", "r", "b", "d"}),
        ("if x:\n  a = 1\nelif y:\n  b = 1\nelse:\n  c = 1", set("abc")),
        ("try:\n  a = 1\nexcept E:\n  b = 1\nelse:\n  c = 1\nfinally:\n  d = 1", set("abcd")),
        ("for a in b:\n  c = 1\nwhile x:\n  d = 1\nwith e as f:\n  g = 1", set("acdfg")),
        ("match x:\n  case 1:\n    a = 1", {"a"}),
        ("@decorated\ndef f(): pass", {"f"}),
        ("x.y = 1\nx[0] = 1", {"x"}),
        ("", set()),
    ],
)
def test_what_a_module_binds(source: str, expected: set[str]) -> None:
    assert names(source) == expected


def test_type_statements_of_python_3_12() -> None:
    found = module_names(b"type Money = int\n")
    assert isinstance(found, Unanalysable) or found.names == {"Money"}


@pytest.mark.parametrize(
    "source", [b"from a import *", b"def __getattr__(name): return 1", b"if x:\n  from a import *"]
)
def test_a_module_may_have_more_names(source: bytes) -> None:
    found = module_names(source)
    assert isinstance(found, ModuleNames) and found.is_open


def test_a_class_with_getattr_does_not_open_its_module() -> None:
    found = module_names(b"class A:\n  def __getattr__(self, name): return 1\n")
    assert isinstance(found, ModuleNames) and not found.is_open


@pytest.mark.parametrize("source", [b"def f(:", b"\0", b"\xff", b"(" * 300, b"x = " + b"-" * 100_000 + b"1"])
def test_what_cannot_be_parsed(source: bytes) -> None:
    assert isinstance(module_names(source), Unanalysable)
