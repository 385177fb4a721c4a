"""Shapes: what changes them, and what does not."""

import subprocess
import sys
from collections.abc import Sequence

import pytest

from linter.adapters.python.metrics import measure
from linter.adapters.python.shape import shapes
from linter.model.metrics import MODULE, Shape, SourceMetrics

PLAIN = """
def total(items, start=0):
    result = start
    for item in items:
        if item > 1:
            result += item
    return result
"""

SAME = {
    "layout": """
def total(
    items,
    start = 0,
):

    result=start
    for item in (items): # every one
        if (item
            > 1): result += item
    return result
""",
    "docstring": PLAIN.replace("    result = start", '    "Add up."\n    result = start'),
    "own name": PLAIN.replace("total", "sum_of"),
    "place": "class A:\n    pass\n\nif True:\n" + PLAIN.replace("\n", "\n    "),
}

OTHER = {
    "variable": PLAIN.replace("result", "answer"),
    "number": PLAIN.replace("> 1", "> 2"),
    "type of number": PLAIN.replace("> 1", "> 1.0"),
    "operator": PLAIN.replace("> 1", "< 1"),
    "default": PLAIN.replace("start=0", "start=1"),
    "annotation": PLAIN.replace("items,", "items: list,"),
    "decorator": "@cache" + PLAIN,
    "order": PLAIN.replace("    return result\n", "").replace(
        "    result = start", "    return result\n    result = start"
    ),
    "level": PLAIN.replace("    return", "        return"),
    "branch": PLAIN.replace(
        "            result += item", "            pass\n        else:\n            result += item"
    ),
    "async": PLAIN.replace("def", "async def"),
}


def shape_of(text: str, symbol: str) -> Shape:
    return shapes(text.encode())[symbol]


def statements_of(text: str, symbol: str = "f") -> tuple[int, ...]:
    return shape_of(text, symbol).statements


@pytest.mark.parametrize("case", SAME)
def test_equal_code_has_an_equal_shape(case: str) -> None:
    symbol = "sum_of" if case == "own name" else "total"
    assert shape_of(SAME[case], symbol) == shape_of(PLAIN, "total")


@pytest.mark.parametrize("case", OTHER)
def test_other_code_has_another_tree(case: str) -> None:
    assert shape_of(OTHER[case], "total").tree != shape_of(PLAIN, "total").tree


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("def f(n):\n    return f(n - 1)\n", "def g(n):\n    return g(n - 1)\n"),
        ("class f:\n    def m(self):\n        return f()\n", "class g:\n    def m(self):\n        return g()\n"),
        (
            "def f():\n    def h():\n        return f\n    return h\n",
            "def g():\n    def h():\n        return g\n    return h\n",
        ),
        ("class f:\n    def m(self):\n        self.m()\n", "class g:\n    def m(self):\n        self.m()\n"),
    ],
)
def test_references_to_the_own_name_follow_it(first: str, second: str) -> None:
    assert shape_of(first, "f") == shape_of(second, "g")


def test_a_recursive_method_may_be_renamed() -> None:
    code = "class A:\n    def {0}(self, n):\n        return self.{0}(n - 1)\n"
    assert shape_of(code.format("f"), "A.f") == shape_of(code.format("g"), "A.g")


def test_a_method_that_names_its_class_keeps_its_shape_when_the_class_is_renamed() -> None:
    code = "class {0}:\n    def copy(self):\n        return {0}(self)\n"
    assert shape_of(code.format("A"), "A.copy") == shape_of(code.format("B"), "B.copy")


def test_a_closure_is_part_of_the_tree_around_it() -> None:
    code = "def f():\n    def g():\n        return {}\n    return g\n"
    assert shape_of(code.format(1), "f").tree != shape_of(code.format(2), "f").tree


def test_equal_statements_count_each() -> None:
    once, twice = statements_of("def f():\n    a = 1\n"), statements_of("def f():\n    a = 1\n    a = 1\n")
    assert twice == once * 2


def test_a_compound_statement_is_known_by_its_head() -> None:
    before = statements_of("def f():\n    if a:\n        b()\n")
    after = statements_of("def f():\n    if a:\n        b()\n        c()\n")
    assert len(after) == len(before) + 1
    assert set(before) < set(after)


def test_every_statement_is_there_sorted() -> None:
    code = (
        "def f():\n    'doc'\n    try:\n        a()\n    except E:\n        b()\n"
        "    else:\n        c()\n    finally:\n        d()\n"
        "    match x:\n        case 1:\n            e()\n    with y:\n        g()\n"
    )
    found = statements_of(code)
    assert len(found) == len(("try", "a", "except", "b", "c", "d", "match", "case", "e", "with", "g"))
    assert list(found) == sorted(found)


def test_statements_of_closures_count_for_functions_not_for_classes() -> None:
    body = "    def g(self):\n        return 1\n    a = 2\n"
    assert len(statements_of("def f():\n" + body)) == len(("def", "return", "a"))
    assert len(statements_of("class f:\n" + body)) == len(("def", "a"))
    assert len(statements_of("def f():\n    class C:\n        def g(self):\n            return 1\n")) == 3


def test_the_same_symbols_as_the_metrics() -> None:
    code = b"def f():\n    def f(): pass\n    def f(): pass\nclass f:\n    x = 1\n    def f(self): pass\n"
    metrics = measure(code)
    assert isinstance(metrics, SourceMetrics)
    assert list(shapes(code)) == [function.symbol for function in metrics.functions]
    assert MODULE in shapes(code)


@pytest.mark.parametrize("code", [b"def f(:", b"\xff", b"x = '\0'", b"(" * 5000])
def test_what_cannot_be_analysed_has_no_shapes(code: bytes) -> None:
    assert shapes(code) == {}


@pytest.mark.parametrize(
    "code", ["x = 0x" + "f" * 9000, "x = '\\ud800'", "x = 1e999", "x = ...", "x = 'ä'", "ä = 1", "x = f'{a!r:>{b}}'"]
)
def test_odd_literals_have_shapes(code: str) -> None:
    assert statements_of(code, MODULE) != statements_of("x = 1", MODULE)


@pytest.mark.parametrize(
    "code", ["x = " + "+".join(["a"] * 900), "if a:\n    pass\n" + "elif b:\n    pass\n" * 900, "x = f" + ".g()" * 400]
)
def test_depth_does_no_harm(code: str) -> None:
    assert statements_of(code, MODULE)


def test_values_are_stable_across_processes() -> None:
    program = f"from linter.adapters.python.shape import shapes; print(shapes({PLAIN.encode()!r})['total'])"
    assert {run_python(program, seed) for seed in ("1", "2")} == {str(shape_of(PLAIN, "total"))}


def run_python(program: str, seed: str) -> str:
    command: Sequence[str] = [sys.executable, "-c", program]
    return subprocess.run(
        command, env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
    ).stdout.strip()
