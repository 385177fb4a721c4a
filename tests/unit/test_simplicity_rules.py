"""What people are told about a function that is too complex: what, by how much, where it stood, what to do."""

from typing import Any

import pytest

from linter.model.comparison import BaseFunction, JudgedFunction, PathLimits, Standing
from linter.model.metrics import FunctionMetrics
from linter.model.rule import Hit, Rule
from linter.rules.simplicity import legacy_complexity, new_complexity, worse_complexity


def metrics(symbol: str, complexity: int, kind: str = "function") -> FunctionMetrics:
    return FunctionMetrics(symbol, kind, 7, 5, 6, 8, 40, complexity, 34, 1, 2)


def known(value: int, base: int, path: str = "a.py", symbol: str = "K.f", **changes: Any) -> JudgedFunction:
    origin = BaseFunction("1234", path, metrics(symbol, base))
    function = JudgedFunction("a.py", metrics("K.f", value), PathLimits(), Standing.KNOWN, origin)
    return function._replace(**changes)


def new(value: int, **changes: Any) -> JudgedFunction:
    return JudgedFunction("a.py", metrics("K.f", value), PathLimits(), Standing.NEW)._replace(**changes)


def hit(rule: Rule, function: JudgedFunction) -> Hit:
    (found,) = rule.check(function)
    return found


def test_a_new_function() -> None:
    found = hit(new_complexity, new(18))
    assert found.message == "`K.f` is new and has a cyclomatic complexity of 18; the limit is 15"
    assert found.hint is not None and found.hint.startswith("move at least 3 decision points")
    assert (found.location.path, found.location.span.start, found.location.symbol) == ("a.py", (7, 5), "K.f")
    assert found.data == {
        "metric": "cyclomatic_complexity",
        "value": 18,
        "limit": 15,
        "base": None,
        "base_path": None,
        "base_symbol": None,
        "base_line": None,
    }


def test_a_function_that_got_worse() -> None:
    found = hit(worse_complexity, known(22, 16))
    assert found.message == "the cyclomatic complexity of `K.f` rose from 16 to 22; the limit is 15"
    assert found.hint is not None and found.hint.startswith("move at least 6 decision points")
    assert found.data["base"] == 16
    assert (found.data["base_path"], found.data["base_symbol"], found.data["base_line"]) == ("a.py", "K.f", 7)


def test_one_decision_too_many_is_singular() -> None:
    found = hit(worse_complexity, known(16, 4))
    assert found.hint is not None and found.hint.startswith("move at least one decision point (")


@pytest.mark.parametrize(("path", "symbol"), [("b.py", "K.f"), ("a.py", "old")])
def test_where_a_moved_function_stood(path: str, symbol: str) -> None:
    found = hit(worse_complexity, known(22, 16, path, symbol))
    assert found.message.endswith(f". Before, this was `{symbol}` in {path}:7")


def test_a_part_of_a_split_that_adds_up_to_more() -> None:
    found = hit(new_complexity, new(18, split_from=BaseFunction("1234", "b.py", metrics("long", 20))))
    assert "It was split from `long` in b.py:7; together they are further above the limit" in found.message


def test_a_forgiven_part_of_a_split() -> None:
    found = hit(legacy_complexity, new(18, is_forgiven=True))
    assert found.message.endswith("It is part of a split that is no further above it than before")


@pytest.mark.parametrize(
    ("function", "remark"),
    [
        (known(18, 18), "has a cyclomatic complexity of 18, as before; the limit is 15"),
        (known(18, 21), "has a cyclomatic complexity of 18, before it was 21; the limit is 15"),
        (new(18, standing=Standing.LEGACY), "the limit is 15"),
    ],
)
def test_a_legacy_function(function: JudgedFunction, remark: str) -> None:
    assert hit(legacy_complexity, function).message.endswith(remark)


@pytest.mark.parametrize(
    ("kind", "subject"), [("module", "the module's own code is new"), ("class", "the body of class `K.f` is new")]
)
def test_blocks_that_are_no_functions_are_named(kind: str, subject: str) -> None:
    assert hit(new_complexity, new(18, metrics=metrics("K.f", 18, kind))).message.startswith(subject)


def test_absolute_mode_asks_to_go_down_to_the_limit() -> None:
    found = hit(new_complexity, known(20, 20, allowed=PathLimits(is_absolute=True)))
    assert found.message == "`K.f` has a cyclomatic complexity of 20; the limit is 15"
    assert found.hint is not None and found.hint.startswith("move at least 5 decision points")
    assert found.data["base"] == 20
