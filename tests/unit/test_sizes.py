"""RL805: how big functions and files may be, with the same ratchet as for complexity."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model.comparison import BaseFunction, JudgedFunction, PathLimits, Standing
from linter.model.finding import Severity
from linter.model.metrics import MODULE, SIZES, FunctionMetrics
from linter.model.policy import Limits
from linter.model.rule import Hit
from linter.rules.size import too_big
from tests.support.code import judged

SMALL = PathLimits(Limits(function_lines=10, arguments=2, nesting=2, file_lines=30), tolerance=0)


def long_function(name: str, lines: int, key: str = "a") -> str:
    """A function of that many lines, none of which a function with another key has."""
    body = "".join(f"    {key}.append('{key}{number}')\n" for number in range(lines - 2))
    return f"def {name}({key}):\n{body}    return {key}\n"


def blamed(change: dict[str, str], *bases: dict[str, str], limits: PathLimits = SMALL) -> list[tuple[str, str]]:
    """What RL805 says of a change: the metric and the function."""
    found = []
    for metric in SIZES:
        functions = judged(change, *bases, limits=limits, metric=metric)
        found += [(metric, name) for name, function in functions.items() if list(too_big.check(function))]
    return found


def figures(lines: int = 40, arguments: int = 1, nesting: int = 2, kind: str = "function") -> FunctionMetrics:
    return FunctionMetrics("K.f", kind, 7, 5, 6, 8, 6 + lines, 3, lines, arguments, nesting)


def hit(metric: str, new: FunctionMetrics, old: FunctionMetrics | None = None, **changes: Any) -> Hit:
    base = BaseFunction("1234", "a.py", old) if old else None
    standing = Standing.KNOWN if old else Standing.NEW
    (found,) = too_big.check(
        JudgedFunction("a.py", new, PathLimits(), standing, base, metric=metric)._replace(**changes)
    )
    return found


@pytest.mark.parametrize(
    ("metric", "new", "message"),
    [
        ("function_lines", figures(lines=81), "`K.f` is new and has 81 lines; the limit is 80"),
        ("arguments", figures(arguments=9), "`K.f` is new and takes 9 arguments; the limit is 8"),
        ("nesting", figures(nesting=6), "`K.f` is new and nests blocks 6 deep; the limit is 5"),
        ("file_lines", figures(1001, kind="module"), "this file is new and has 1,001 lines; the limit is 1,000"),
    ],
)
def test_what_is_new_and_too_big(metric: str, new: FunctionMetrics, message: str) -> None:
    found = hit(metric, new)
    assert found.message == message
    assert found.severity is None
    assert "1 " in (found.hint or "")
    assert (found.data["metric"], found.data["base"], found.data["base_path"]) == (metric, None, None)


def test_what_got_bigger_says_what_it_was() -> None:
    found = hit("function_lines", figures(lines=100), figures(lines=85))
    assert found.message == "`K.f` has 100 lines, before it was 85; the limit is 80"
    assert (found.data["value"], found.data["limit"], found.data["base"], found.data["base_line"]) == (100, 80, 85, 7)
    assert found.hint is not None and "at least 15 lines" in found.hint


def test_where_a_function_that_moved_and_grew_stood() -> None:
    base = BaseFunction("1234", "b.py", figures(lines=85))
    assert hit("function_lines", figures(lines=100), base=base, standing=Standing.KNOWN).message.endswith(
        ". Before, this was `K.f` in b.py:7"
    )


@pytest.mark.parametrize(
    ("lines", "was", "severity"),
    [(95, 85, Severity.ADVICE), (96, 85, None), (81, 80, None)],
)
def test_what_was_too_big_may_rise_by_the_share_that_complexity_may(
    lines: int, was: int, severity: Severity | None
) -> None:
    assert hit("function_lines", figures(lines=lines), figures(lines=was)).severity is severity


@pytest.mark.parametrize(
    ("metric", "kind"), [("function_lines", "class"), ("function_lines", "module"), ("file_lines", "function")]
)
def test_a_limit_is_about_one_kind_of_block(metric: str, kind: str) -> None:
    assert figures(2000, kind=kind).figure(metric) == 0


def test_what_was_there_before_is_not_spoken_of() -> None:
    text = long_function("f", 20) + long_function("g", 12, "b")
    assert blamed({"a.py": text.replace("'a3'", "'other'")}, {"a.py": text}) == []


def test_without_a_base_nothing_is_new() -> None:
    assert blamed({"a.py": long_function("f", 50)}) == []


def test_absolute_mode_speaks_of_everything() -> None:
    text = {"a.py": long_function("f", 20)}
    assert blamed(text, text, limits=SMALL._replace(is_absolute=True)) == [("function_lines", "a.py:f")]


def test_only_what_is_worse_than_in_every_base_counts() -> None:
    ours, theirs = {"a.py": long_function("f", 12)}, {"a.py": long_function("f", 15)}
    assert blamed(theirs, ours, theirs) == []
    assert blamed({"a.py": long_function("f", 16)}, ours, theirs) == [("function_lines", "a.py:f")]


def test_each_base_is_asked_by_each_figure_apart() -> None:
    """A merge takes the lines of one side and the parameters of the other."""
    ours = {"a.py": long_function("f", 15)}
    theirs = {"a.py": long_function("f", 9).replace("(a)", "(a, b, c)")}
    assert blamed({"a.py": long_function("f", 15).replace("(a)", "(a, b, c)")}, ours, theirs) == []


def test_a_copy_beside_its_original_is_new() -> None:
    text = long_function("f", 20)
    assert blamed({"a.py": text, "b.py": text}, {"a.py": text}) == [("function_lines", "b.py:f")]


def test_a_file_that_is_cut_in_two_is_not_blamed() -> None:
    parts = [long_function(f"f_{key}", 8, key) for key in "abcdefghijkl"]
    halves = {"p/__init__.py": "", "p/one.py": "".join(parts[:6]), "p/two.py": "".join(parts[6:])}
    assert blamed(halves, {"p.py": "".join(parts)}) == []


def test_a_part_of_a_split_that_grew_is_blamed() -> None:
    base = {"a.py": long_function("f", 14)}
    part = long_function("g", 12).replace("'a0'", "'new'") + long_function("h", 12, "b")
    assert ("function_lines", "a.py:h") in blamed({"a.py": part}, base)


functions = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(3, 25)), min_size=1, max_size=4, unique_by=lambda f: f[0]
)


@settings(max_examples=40, deadline=None)
@given(functions, st.data())
def test_code_that_is_moved_and_renamed_is_never_blamed(found: list[tuple[str, int]], data: st.DataObject) -> None:
    def write() -> dict[str, str]:
        texts: dict[str, str] = {}
        for key, lines in found:
            path, name = data.draw(st.sampled_from(["a.py", "b/c.py"])), data.draw(st.sampled_from(["f", "g"]))
            texts[path] = texts.get(path, "") + long_function(f"{name}_{key}", lines, key)
        return texts

    wide = SMALL._replace(limits=SMALL.limits._replace(file_lines=1000))
    assert blamed(write(), write(), limits=wide) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(6, 40), st.data())
def test_a_function_that_is_split_is_never_blamed(lines: int, data: st.DataObject) -> None:
    whole = long_function("f", lines)
    statements = whole.splitlines(keepends=True)[1:-1]
    cut = data.draw(st.integers(1, len(statements) - 1))
    first = "def f(a):\n" + "".join(statements[:cut]) + "    return g(a)\n"
    rest = "def g(a):\n" + "".join(statements[cut:]) + "    return a\n"
    found = blamed({"a.py": first + rest}, {"a.py": whole})
    assert [place for place in found if place[0] != "file_lines"] == []


@settings(max_examples=40, deadline=None)
@given(functions, st.data())
def test_taking_code_away_is_never_blamed(found: list[tuple[str, int]], data: st.DataObject) -> None:
    whole = "".join(long_function(f"f_{key}", lines, key) for key, lines in found)
    lines = whole.splitlines(keepends=True)
    gone = data.draw(st.sets(st.integers(0, len(lines) - 1)))
    kept = [line for index, line in enumerate(lines) if index not in gone or not line.startswith("    a")]
    assert blamed({"a.py": "".join(kept)}, {"a.py": whole}) == []


def test_a_file_is_named_by_its_module() -> None:
    found = hit("file_lines", figures(1001, kind="module")._replace(symbol=MODULE))
    assert found.location.symbol == MODULE
