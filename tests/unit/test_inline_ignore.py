"""Finding inline ignores in sources: what they say, where they stand, and which signature they belong to."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.adapters.python.inline_ignore import find_ignores
from linter.model.finding import Position, Span
from linter.model.suppression import InlineIgnore


def only(text: str) -> InlineIgnore:
    (found,) = find_ignores(text)
    return found


def test_an_ignore_says_codes_reason_and_day() -> None:
    text = "def f():  # review-lint: ignore[RL802, RL805] is rewritten now until 2027-03-31\n    pass\n"
    assert only(text) == InlineIgnore(
        Span(Position(1, 11), Position(1, 80)), 1, True, ("RL802", "RL805"), "is rewritten now", "2027-03-31"
    )


@pytest.mark.parametrize(
    ("words", "reason", "until"),
    [
        ("a b c", "a b c", None),
        ("", "", None),
        ("  a   b  until 2027-03-31  ", "a b", "2027-03-31"),
        ("a, until 2027-03-31", "a", "2027-03-31"),
        ("a Until 2027-03-31", "a", "2027-03-31"),
        ("until 2027-03-31", "", "2027-03-31"),
        ("a until 2027-3-1", "a", "2027-3-1"),
        ("a until 2027-03-31.", "a", "2027-03-31."),
        ("a until 2027-03-31 b", "a", "2027-03-31 b"),
        ("a until 2027", "a", "2027"),
        ("a until the rewrite", "a until the rewrite", None),
        ("a until 3 of them are gone", "a until 3 of them are gone", None),
        ("a until 3-way merges work", "a until 3-way merges work", None),
        ("until until 2027-03-31", "until", "2027-03-31"),
        ("a until", "a until", None),
        ("a  # noqa: C901", "a", None),
        ("a see #12", "a see #12", None),
    ],
)
def test_the_day_comes_last(words: str, reason: str, until: str | None) -> None:
    found = only("# review-lint: ignore[RL801] " + words)
    assert (found.reason, found.until) == (reason, until)


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# review-lint: ignore", ()),
        ("# review-lint: ignore[] why", ()),
        ("# review-lint: ignore[ , ] why", ()),
        ("# review-lint: ignore [RL801] why", ("RL801",)),
        ("#review-lint:ignore[RL801]why", ("RL801",)),
        ("## review-lint: ignore[rl801,,RL8] why", ("rl801", "RL8")),
        ("# review-lint: ignore[RL801 why", ()),
        ("# review-lint: ignore RL801 why", ()),
    ],
)
def test_codes_stand_in_brackets(comment: str, codes: tuple[str, ...]) -> None:
    found = only(comment)
    assert found.is_readable
    assert found.codes == codes


@pytest.mark.parametrize(
    "comment",
    ["# review-lint: ignored[RL801]", "# review-lint:", "# review-lint: disable=RL801", "# review-lint: Ignore"],
)
def test_anything_else_is_not_understood(comment: str) -> None:
    assert not only(comment).is_readable


@pytest.mark.parametrize(
    "text",
    [
        "x = '# review-lint: ignore[RL801] why'",
        'x = """\n# review-lint: ignore[RL801] why\n"""',
        "x = '''it\\'s\n# review-lint: ignore[RL801] why\n'''",
        "x = 'a\\\n# review-lint: ignore[RL801] why'",
        "x = f'{y}# review-lint: ignore[RL801]'",
        "# see review-lint: it is a tool",
        "# noreview-lint: ignore",
        "x = 1",
        "review-lint: ignore[RL801] why",
    ],
)
def test_what_is_no_such_comment(text: str) -> None:
    assert find_ignores(text) == ()


SIGNATURES = [
    ("def f():  {}\n    pass", 1),
    ("def f(\n    a,  {}\n    b=lambda: 1,\n): pass", 1),
    ("def f(\n    a: dict[str, int] = {{1: 2}}\n) -> int:  {}\n    pass", 1),
    ("x = 1\nclass A:\n    async def f(self,\n        b):  {}\n        pass", 3),
    ("class A(B, metaclass=C):  {}\n    x = 1", 1),
    ("def f(): return {{}}  {}", 1),
    ("def f(a='(:', b=\"):\"  {}\n): pass", 1),
    ("def f[T: int](a: T) -> T:  {}\n    pass", 1),
    ("def f(a=(1, [2]),  # (\n    {}\n): pass", 1),
    ("def f(\n    {}\n): pass\ndef g(): pass", 1),
    ("@decorated  {}\ndef f(): pass", None),
    ("def f():\n    {}\n    pass", None),
    ("def f():\n    pass  {}", None),
    ("def f(): return (\n    1)  {}", None),
    ("{}\ndef f(): pass", None),
    ("def f(): pass\n{}", None),
    ("default = 1  {}", None),
    ("classes: int = 3  {}", None),
    ("@property\n# def\n{}\ndef f(): pass", None),
]


@pytest.mark.parametrize(("template", "signature"), SIGNATURES)
def test_an_ignore_belongs_to_the_signature_around_it(template: str, signature: int | None) -> None:
    text = template.format("# review-lint: ignore[RL801] reason")
    compile(text, "example", "exec") if "[T:" not in text else None
    found = only(text)
    assert found.signature == signature
    start, end = found.span
    assert end is not None
    assert text.splitlines()[start.line - 1][start.column - 1 : end.column - 1] == "# review-lint: ignore[RL801] reason"


def test_it_may_stand_behind_another_comment() -> None:
    found = only("def f():  # type: ignore  # review-lint: ignore[RL801] why it is so\n  pass")
    assert found.span.start.column == 27
    assert found.reason == "why it is so"


def test_two_may_stand_in_one_line() -> None:
    text = "def f():  # review-lint: ignore[RL801] why # review-lint: ignore[RL805] so"
    assert [(found.codes, found.reason) for found in find_ignores(text)] == [(("RL801",), "why"), (("RL805",), "so")]


PIECES = [
    "def f(",
    "class ",
    "):",
    "\n",
    " ",
    '"',
    "'",
    "'''",
    "\\",
    "#",
    "# review-lint: ",
    "ignore",
    "[RL801]",
    "until ",
    "2",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=30).map("".join))
def test_any_text_will_do(text: str) -> None:
    for found in find_ignores("# review-lint: ignore\n" + text):
        assert found.span.start < (found.span.end or found.span.start)


@pytest.mark.parametrize(
    "unit", ["def (\n", '"""\\', "'''", "# review-lint: ", "until ", "#", "[", "é+", "# review-lint: \n", "def f():"]
)
def test_no_text_is_slow(unit: str) -> None:
    text = "# review-lint: ignore\n" + unit * (300_000 // len(unit))
    start = time.perf_counter()
    find_ignores(text)
    find_ignores(text.replace("\n", "", 1))
    assert time.perf_counter() - start < 3
