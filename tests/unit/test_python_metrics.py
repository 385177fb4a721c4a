"""What the figures of functions, classes and modules are, construct by construct."""

import gc

import pytest

from linter.adapters.python.metrics import measure
from linter.model.metrics import MODULE, FunctionMetrics, SourceMetrics


def figures(text: str) -> dict[str, FunctionMetrics]:
    metrics = measure(text.encode())
    assert isinstance(metrics, SourceMetrics), metrics
    return {function.symbol: function for function in metrics.functions}


def indented(text: str) -> str:
    return "".join("    " + line for line in text.splitlines(keepends=True))


DECISIONS = {
    "pass": 0,
    "if a: pass": 1,
    "if a: pass\nelse: pass": 1,
    "if a: pass\nelif b: pass\nelse: pass": 2,
    "for a in b: pass": 1,
    "for a in b: pass\nelse: pass": 2,
    "while a: pass": 1,
    "while a: pass\nelse: pass": 2,
    "with a: pass": 0,
    "try: pass\nfinally: pass": 0,
    "try: pass\nexcept A: pass": 1,
    "try: pass\nexcept A: pass\nexcept: pass\nelse: pass\nfinally: pass": 3,
    "try: pass\nexcept* A: pass": 1,
    "try: pass\nexcept* A: pass\nexcept* B: pass\nelse: pass": 3,
    "a and b": 1,
    "a and b and c or d": 3,
    "not a": 0,
    "a if b else c": 1,
    "(a if b else c) if d else e": 2,
    "[a for a in b]": 1,
    "{a for a in b if a if c}": 3,
    "{a: b for a in c for b in a if b}": 3,
    "any(a for a in b if a and c)": 3,
    "lambda: a": 0,
    "lambda b=(a or c): a if b else c": 2,
    "assert a": 1,
    "assert a and b": 2,
    "assert all(a for a in b), (c if d else e)": 3,
    "match a:\n    case 1: pass": 1,
    "match a:\n    case 1: pass\n    case _: pass": 1,
    "match a:\n    case 1 | 2: pass\n    case [b, *_]: pass\n    case c: pass": 2,
    "match a:\n    case 1 if b: pass": 2,
    "match a:\n    case _ if b: pass": 1,
    "match a:\n    case _ if b: pass\n    case _ if c and d: pass\n    case _: pass": 3,
    "match a or b:\n    case _: pass": 1,
    "return a or b": 1,
    "raise a or b": 1,
    "del a[b or c]": 1,
    "a: b = c or d": 1,
    "a = b = f'{c or d:{e or g}}'": 2,
    "if (a := b or c): pass": 2,
    "with a or b as c: pass": 1,
    "f(*a or b, **c or d, e=g or h)": 3,
}


@pytest.mark.parametrize("body", DECISIONS)
def test_complexity_of_a_function(body: str) -> None:
    assert figures("def f():\n" + indented(body))["f"].complexity == 1 + DECISIONS[body]


def test_complexity_of_async_constructs() -> None:
    body = "async for a in b: pass\nelse: pass\nasync with a: pass\nawait (c or d)\n[a async for a in b]"
    assert figures("async def f():\n" + indented(body))["f"].complexity == 5


@pytest.mark.parametrize(
    ("head", "decisions"),
    [
        ("def f(a=b or c): pass", 1),
        ("def f(*, a, b=c if d else e): pass", 1),
        ("@g(a and b)\ndef f(): pass", 1),
        ("@g([a for a in b])\n@h\nclass f: pass", 1),
        ("class f(a or b, metaclass=c or d): pass", 2),
        ("def f(a: (b or c)) -> (d or e): pass", 0),
    ],
)
def test_conditions_before_the_body_belong_to_the_block_itself(head: str, decisions: int) -> None:
    found = figures(head)
    assert found["f"].complexity == 1 + decisions
    assert found[MODULE].complexity == 1


NESTED = """\
x = a or b
def outer(n):
    if n:
        def inner():
            return a if b else c
    class Local:
        y = a and b and c
        def method(self):
            for _ in a: pass
    return inner
class Top:
    if a:
        def f(self): pass
    class Inner:
        def g(self): return a or b
"""


def test_each_block_counts_what_stands_directly_in_it() -> None:
    assert {symbol: found.complexity for symbol, found in figures(NESTED).items()} == {
        MODULE: 2,
        "outer": 2,
        "outer.inner": 2,
        "outer.Local": 3,
        "outer.Local.method": 2,
        "Top": 2,
        "Top.f": 1,
        "Top.Inner": 1,
        "Top.Inner.g": 2,
    }


def test_blocks_come_in_the_order_of_the_text() -> None:
    lines = [found.line for found in list(figures(NESTED).values())[1:]]
    assert lines == sorted(lines)


def test_kinds() -> None:
    kinds = {symbol: found.kind for symbol, found in figures(NESTED).items()}
    assert {kinds[symbol] for symbol in ("outer", "outer.inner", "Top.f")} == {"function"}
    assert {kinds[symbol] for symbol in ("Top", "Top.Inner", "outer.Local")} == {"class"}
    assert kinds[MODULE] == "module"


def test_names_that_repeat_in_a_scope_are_numbered_in_the_order_of_the_text() -> None:
    text = """\
class C:
    @property
    def x(self): return 1
    @x.setter
    def x(self, value):
        def y(): pass
    def z(self): pass
if a:
    def f(): pass
else:
    def f(): pass
try:
    def f(): pass
finally:
    class f: pass
"""
    assert list(figures(text)) == [MODULE, "C", "C.x", "C.x#2", "C.x#2.y", "C.z", "f", "f#2", "f#3", "f#4"]


def test_places_of_a_decorated_function() -> None:
    text = """\
class C:
    @a
    @b(
        1)
    async def f(
        self,
    ):
        "doc"
        pass

"""
    found = figures(text)["C.f"]
    assert (found.first_line, found.line, found.column) == (2, 5, 5)
    assert (found.body_line, found.end_line, found.lines) == (8, 9, 5)


def test_a_body_begins_with_the_decorator_of_its_first_statement() -> None:
    assert figures("def f():\n    @a\n    def g(): pass\n")["f"].body_line == 2


def test_places_of_a_module() -> None:
    found = figures("\n# comment\n\nx = 1\ny = 2\n")[MODULE]
    assert found == FunctionMetrics(MODULE, "module", 1, 1, 1, 4, 5, 1, 5, 0, 0, statements=2)


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n"])
def test_a_module_is_there_even_when_it_is_empty(text: str) -> None:
    found = figures(text)[MODULE]
    assert (found.line, found.end_line, found.complexity) == (1, 1, 1)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 0), ("x", 1), ("x\n", 1), ("x\ny", 2), ("x\r\ny\r\n", 2), ("x\ry\r", 2), ("x\n\x0c\ny\n", 3)],
)
def test_lines_of_a_file(text: str, lines: int) -> None:
    metrics = measure(text.encode())
    assert isinstance(metrics, SourceMetrics)
    assert metrics.lines == lines


def test_columns_count_characters() -> None:
    assert figures("if 'äöü':\n    pass\nclass Ä:\n  def ö(self): pass\n")["Ä.ö"].column == 3
    assert figures("\ufeffdef f(): pass\n")["f"].column == 1
    assert figures("class 中:\n\tdef f(self): '中'\n")["中.f"].column == 2


ARGUMENTS = {
    "def f(): pass": 0,
    "def f(a, /, b, *c, d, **e): pass": 5,
    "def f(a, b=1, *, c=2): pass": 3,
    "class C:\n    def f(self): pass": 0,
    "class C:\n    def f(self, a, *b): pass": 2,
    "class C:\n    def f(self, /, a): pass": 1,
    "class C:\n    def f(*args): pass": 1,
    "class C:\n    @classmethod\n    def f(cls, a): pass": 1,
    "class C:\n    @staticmethod\n    def f(a, b): pass": 2,
    "class C:\n    if x:\n        def f(self, a): pass": 1,
    "class C:\n    def m(self):\n        def f(self, a): pass": 2,
}


@pytest.mark.parametrize("text", ARGUMENTS)
def test_arguments_are_what_callers_pass(text: str) -> None:
    assert list(figures(text).values())[-1].arguments == ARGUMENTS[text]


NESTING = {
    "pass": 0,
    "if a: pass": 1,
    "if a: pass\nelif b: pass\nelif c: pass\nelse: pass": 1,
    "if a: pass\nelse:\n    if b: pass": 2,
    "if a: pass\nelif b:\n    for c in d: pass": 2,
    "for a in b:\n    while c:\n        with d:\n            try: pass\n            finally: pass": 4,
    "try: pass\nexcept A:\n    if b: pass\nelse: pass": 2,
    "try: pass\nexcept* A:\n    if b: pass": 2,
    "try: pass\nfinally:\n    if a: pass": 2,
    "match a:\n    case 1:\n        if b: pass": 2,
    "for a in b: pass\nelse:\n    if c: pass": 2,
    "if a:\n    def g():\n        if b:\n            if c: pass": 1,
    "[a for a in b if c]": 0,
}


@pytest.mark.parametrize("body", NESTING)
def test_nesting_of_control_blocks(body: str) -> None:
    assert figures("def f():\n" + indented(body))["f"].nesting == NESTING[body]


def test_closures_have_a_nesting_of_their_own() -> None:
    assert figures("def f():\n    if a:\n        def g():\n            if b: pass\n")["f.g"].nesting == 1


@pytest.mark.parametrize(
    ("text", "complexity"),
    [
        ("if a: pass\n" + "elif a: pass\n" * 700, 702),
        ("x = " + "+".join(["a"] * 900), 1),
        ("x = " + " and ".join(["a"] * 5000), 5000),
        ("x = a" + ".b(c or d)" * 400, 401),
        ("x = " + "[" * 80 + "a or b" + "]" * 80, 2),
        ("".join(" " * depth + "if a:\n" for depth in range(90)) + " " * 90 + "pass\n", 91),
    ],
)
def test_depth_does_no_harm(text: str, complexity: int) -> None:
    assert figures(text)[MODULE].complexity == complexity


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(is_enabled: bool) -> None:
    was_enabled = gc.isenabled()
    try:
        (gc.enable if is_enabled else gc.disable)()
        measure(b"def f(): pass")
        measure(b"def f(:")
        assert gc.isenabled() == is_enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()
