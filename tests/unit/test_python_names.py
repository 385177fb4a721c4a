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
        ("x.y = 1\nx[0] = 1", set()),
        ("while (a := f()): pass\nif b: print(c := 1)", {"a", "c"}),
        ("try: pass\nexcept E as a: pass", {"a"}),
        ("a = [b for b in c if (d := b)]", {"a", "d"}),
        ("match x:\n  case {'k': a, **b}: pass\n  case [c, *d]: pass\n  case e: pass", set("abcde")),
        ("", set()),
    ],
)
def test_what_a_module_binds(source: str, expected: set[str]) -> None:
    assert names(source) == expected


def test_type_statements_of_python_3_12() -> None:
    found = module_names(b"type Money = int\n")
    assert isinstance(found, Unanalysable) or found.names == {"Money"}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from a import *", "X"),
        ("def __getattr__(name): return 1", "X"),
        ("if x:\n  from a import *", "X"),
        ("from a import X", "X.y"),
        ("import a.b", "a.b.X"),
        ("X = make()", "X.y"),
        ("class X(Base): pass", "X.y"),
        ("class X(a.Base): pass", "X.y"),
        ("class X(Base[int]): pass", "X.y"),
        ("class X:\n  y = make()", "X.y.z"),
        ("class X:\n  class Y(Base): pass", "X.Y.z"),
    ],
)
def test_only_running_it_tells(source: str, name: str) -> None:
    found = module_names(source.encode())
    assert isinstance(found, ModuleNames) and found.may_have(name) and name not in found.names


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from a import X", "Y"),
        ("class X:\n  def __getattr__(self, name): return 1", "Y"),
        ("class X: pass", "X.y"),
        ("class X(object): pass", "X.y"),
        ("class X(enum.StrEnum):\n  y = 'y'", "X.z"),
        ("class X(Base): pass", "Y.z"),
        ("def f():\n  x = 1", "f.x"),
    ],
)
def test_it_is_known_that_it_is_not_there(source: str, name: str) -> None:
    found = module_names(source.encode())
    assert isinstance(found, ModuleNames) and not found.may_have(name) and name not in found.names


@pytest.mark.parametrize("source", [b"def f(:", b"\0", b"\xff", b"(" * 300, b"x = " + b"-" * 100_000 + b"1"])
def test_what_cannot_be_parsed(source: bytes) -> None:
    assert isinstance(module_names(source), Unanalysable)
