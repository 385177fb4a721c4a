"""RL808: new functions that repeat others of the tree."""

import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.adapters.python.likeness import likeness_at, likenesses, outlines
from linter.adapters.python.metrics import measure
from linter.engine.lint import lint
from linter.model.duplicates import LEAST_STATEMENTS, Outline
from linter.model.finding import Finding
from linter.model.metrics import SourceMetrics
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

Files = Mapping[str, str]

FIRST = """\
def total(cart, rate=1):
    result = 0
    for item in cart:
        if item.price:
            result += item.price * rate
    if result > 100:
        return None
    return result
"""
LIKE = """\
def weight(box, factor=2):
    '''How heavy it is.'''
    grams = 1_000
    for thing in box:
        if thing.mass:
            grams += (
                thing.mass * factor  # in grams
            )
    if grams > 4: return None
    return grams
"""
OTHER = FIRST.replace("+=", "-=").replace("total", "other")


def found(change: Files, *bases: Files, kind: TargetKind | None = None, file: str = "") -> list[Finding]:
    text = {"REVIEW.yaml": review(file)}
    olds = tuple(MemorySnapshot({**text, **base}, revision=str(i) * 40) for i, base in enumerate(bases))
    snapshot = MemorySnapshot({**text, **change}, olds, kind)
    return list(lint(snapshot, Request("2026-06-01", select=("RL808",))).findings)


def places(*trees: Files, kind: TargetKind | None = None, file: str = "") -> list[str]:
    return [f"{f.location.path}:{f.location.symbol}" for f in found(*trees, kind=kind, file=file)]


def digest(text: str) -> str:
    return next(iter(likenesses(text.encode()).values())).digest


@pytest.mark.parametrize(
    "text",
    [
        LIKE,
        FIRST.replace("result", "cart2").replace("total", "f"),
        FIRST.replace("price", "weight"),
        FIRST.replace("100", "7"),
        "@cached\n" + FIRST.replace("(cart, rate=1)", "(cart: list[int], rate: int = 1) -> int"),
        FIRST.replace("    result = 0", '    """Docs."""\n    result = 0'),
    ],
)
def test_names_literals_and_layout_do_not_count(text: str) -> None:
    assert digest(text) == digest(FIRST)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rate=1", "rate"),
        ("rate=1", "rate='1'"),
        ("= 0", "= 0.5"),
        ("None", "True"),
        ("+=", "-="),
        ("return result\n", "return rate\n"),
        ("item.price:", "item.cost:"),
        ("def ", "async def "),
        ("cart,", "*cart,"),
        ("result > 100", "result >= 100"),
    ],
)
def test_what_counts(old: str, new: str) -> None:
    assert FIRST.count(old) == 1
    assert digest(FIRST.replace(old, new)) != digest(FIRST)


def test_statements_count_at_every_depth_and_docstrings_do_not() -> None:
    text = 'def f():\n    """Docs."""\n    def g():\n        """Docs."""\n        return 1\n    return g\n'
    assert {symbol: found.statements for symbol, found in likenesses(text.encode()).items()} == {"f": 4, "f.g": 1}


def test_what_cannot_be_parsed_has_no_functions() -> None:
    assert likenesses(b"def f(:\n") == {}
    assert likeness_at("def f(:\n", Outline(0, 8, "")) is None


def test_what_is_said() -> None:
    (finding,) = found({"a.py": FIRST, "b.py": LIKE}, {"a.py": FIRST})
    assert finding.message == "`weight` repeats `total` in a.py:1: 7 statements are equal but for names and literals"
    assert (finding.location.path, finding.location.span.start) == ("b.py", (1, 1))
    assert finding.data == {
        "statements": 7,
        "copies": 2,
        "original_path": "a.py",
        "original_symbol": "total",
        "original_line": 1,
    }


def test_functions_of_fewer_statements_are_repeated_for_good_reasons() -> None:
    small = "def f(a):\n    b = a\n    for c in b:\n        print(c)\n    d = c\n    e = d\n    return e\n"
    assert places({"a.py": small, "b.py": small}, {"a.py": small}) == ["b.py:f"]
    small = small.replace("    d = c\n", "")
    assert places({"a.py": small, "b.py": small}, {"a.py": small}) == []


def test_the_number_of_copies_is_told_where_there_are_more() -> None:
    base = {"a.py": FIRST, "b.py": LIKE}
    (finding,) = found({**base, "c.py": FIRST}, base)
    assert "in a.py:1, one of 3 such functions: 7" in finding.message


def test_a_copy_in_the_same_file() -> None:
    assert places({"a.py": FIRST + LIKE}, {"a.py": FIRST}) == ["a.py:weight"]


def test_of_a_copied_function_with_one_inside_the_outer_one_is_told() -> None:
    inner = "".join(f"    {line}\n" for line in FIRST.splitlines())
    text = f"def outer():\n{inner}    return total\n"
    assert places({"a.py": text, "b.py": text}, {"a.py": text}) == ["b.py:outer"]


def test_methods_of_a_copied_class_are_told() -> None:
    inner = "".join(f"    {line}\n" for line in FIRST.splitlines())
    text = f"class K:\n{inner}"
    assert places({"a.py": text, "b.py": text.replace("K", "L")}, {"a.py": text}) == ["b.py:L.total"]


@pytest.mark.parametrize(
    "change",
    [
        {"a.py": LIKE},
        {"b.py": LIKE},
        {"b.py": OTHER + "\n" + LIKE},
        {"a.py": OTHER, "b.py": LIKE},
        {"a.py": "class K:\n" + "".join(f"    {line}\n" for line in LIKE.splitlines())},
    ],
)
def test_what_is_moved_or_renamed_is_no_copy(change: Files) -> None:
    assert places(change, {"a.py": FIRST}) == []


def test_a_pair_that_moves_is_no_copy() -> None:
    assert places({"c.py": FIRST, "d.py": LIKE}, {"a.py": FIRST, "b.py": LIKE}) == []
    assert places({"c.py": FIRST, "d.py": LIKE, "e.py": FIRST}, {"a.py": FIRST, "b.py": LIKE}) != []


def test_what_becomes_like_another_is_not_new() -> None:
    assert places({"a.py": FIRST, "b.py": LIKE}, {"a.py": FIRST, "b.py": LIKE.replace("+=", "-=")}) == []


def test_a_new_method_of_a_name_that_is_there_already() -> None:
    base = {"a.py": FIRST, "b.py": "def total():\n    pass\n"}
    method = "class K:\n" + "".join(f"    {line}\n" for line in FIRST.splitlines())
    assert places({**base, "b.py": base["b.py"] + method}, base) == ["b.py:K.total"]


def test_what_another_base_brought_is_not_new() -> None:
    ours, theirs = {"a.py": FIRST}, {"a.py": FIRST, "b.py": LIKE}
    assert places({**theirs, "b.py": LIKE + "x = 1\n"}, ours, theirs) == []


@pytest.mark.parametrize("path", ["test_b.py", "tests/b.py"])
def test_tests_are_neither_judged_nor_searched(path: str) -> None:
    assert places({"a.py": FIRST, path: LIKE}, {"a.py": FIRST}) == []
    assert places({"b.py": LIKE, path: FIRST}, {path: FIRST}) == []


def test_generated_and_excluded_files_are_neither_judged_nor_searched() -> None:
    generated = "# @generated\n" + FIRST
    exclude = {"review-lint.toml": 'exclude = ["vendor/**"]\n'}
    assert places({"a.py": generated, "b.py": LIKE}, {"a.py": generated}) == []
    assert places({"a.py": LIKE, "b.py": generated}, {"a.py": LIKE}) == []
    assert places({"vendor/a.py": FIRST, "b.py": LIKE, **exclude}, {"vendor/a.py": FIRST}) == []


def test_a_working_tree_is_judged_by_what_is_new_and_a_revision_not() -> None:
    both = {"a.py": FIRST, "b.py": LIKE}
    assert places(both, {"a.py": FIRST}, kind=TargetKind.WORKTREE) == ["b.py:weight"]
    assert places(both, both, kind=TargetKind.WORKTREE) == []
    assert places(both) == []


def test_a_first_commit_of_many_functions_tells_each_copy_once() -> None:
    files = {f"m{index}.py": FIRST.replace("+=", sign) + LIKE for index, sign in enumerate(["-=", "*=", "/=", "%="])}
    assert places(files, {}) == ["m1.py:weight", "m2.py:weight", "m3.py:weight"]
    many = {f"n{index}.py": f"X = {index}\n" + FIRST for index in range(120)}
    assert len(places(many, {})) == 119


def test_quotes_inside_strings_hide_no_function() -> None:
    hidden = 'QUOTES = \'"""\'\n' + FIRST
    assert places({"a.py": hidden, "b.py": LIKE}, {"a.py": hidden}) == ["b.py:weight"]


def sources() -> list[str]:
    root = Path(__file__).parents[2]
    return [path.read_text(encoding="utf-8") for path in sorted((root / "linter").rglob("*.py"))]


def test_the_rough_outline_of_a_function_holds_its_outline() -> None:
    functions = 0
    for text in sources():
        metrics = measure(text.encode())
        assert isinstance(metrics, SourceMetrics)
        lines = {item.symbol: item.lines for item in metrics.functions}
        rough = list(outlines(text))
        for symbol, likeness in likenesses(text.encode()).items():
            if likeness.statements >= LEAST_STATEMENTS:
                functions += 1
                near = [outline for outline in rough if likeness.may_be(outline, lines[symbol])]
                digests = [found.digest for outline in near if (found := likeness_at(text, outline))]
                assert likeness.digest in digests, symbol
    assert functions > 200


@pytest.mark.parametrize(
    "text",
    [
        '"""' * 200_001,
        '\'"""' * 100_000,
        '\'"""\n' * 100_000,
        '\'"""' + '"a' * 300_000,
        "def f(" * 100_000,
        "a." * 300_000,
        " " * 600_000,
        "x = '" * 100_000,
        ": " * 300_000,
        "async " * 90_000,
    ],
)
def test_the_search_of_a_text_is_linear(text: str) -> None:
    started = time.process_time()
    list(outlines(text))
    assert time.process_time() - started < 5


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("def f(): \n\t=;'\"#@ab.,\\x00é"), max_size=200))
def test_any_text_has_outlines_and_likenesses(text: str) -> None:
    for outline in outlines(text):
        assert 0 <= outline.start < outline.end <= len(text)
        likeness_at(text, outline)
