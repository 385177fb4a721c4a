"""The settings for code: what a review file says, where it is valid, and the defaults for the rest."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine.scope.simplicity import settings_of
from linter.model.document import Document
from linter.model.glob import Globs
from linter.model.policy import CODE_LIMITS, TEST_LIMITS, Limits
from linter.model.simplicity import Override, Simplicity


def settings(simplicity: Any, preparation: Any = None, path: str = "REVIEW.yaml") -> Simplicity:
    return settings_of(Document(path, data={"simplicity": simplicity, "preparation": preparation}))


@pytest.mark.parametrize("document", [None, Document("REVIEW.yaml"), Document("REVIEW.yaml", data={"name": "x"})])
def test_what_says_nothing_leaves_the_defaults(document: Document | None) -> None:
    assert settings_of(document) == Simplicity()
    assert settings_of(document).limits_for("src/a.py") == CODE_LIMITS


def test_given_limits_replace_the_defaults_key_by_key() -> None:
    found = settings({"limits": {"arguments": 3}, "test_limits": {"nesting": 7}, "legacy_tolerance": 0})
    assert found.limits_for("a.py") == CODE_LIMITS._replace(arguments=3)
    assert found.limits_for("tests/a.py") == TEST_LIMITS._replace(nesting=7)
    assert found.legacy_tolerance == 0


def test_other_defaults_stand_in_for_the_built_in_ones() -> None:
    defaults = Simplicity(limits=Limits(cyclomatic_complexity=12), legacy_tolerance=1, mode="absolute")
    found = settings_of(Document("a/REVIEW.yaml", data={"simplicity": {"limits": {"nesting": 3}}}), defaults)
    assert found.limits == Limits(cyclomatic_complexity=12, nesting=3)
    assert (found.legacy_tolerance, found.mode, found.folder) == (1, "absolute", "a")


@pytest.mark.parametrize("value", [True, "9", None, 0, -1, 9.5, [], {}, float("nan"), float("inf"), -float("inf")])
def test_an_invalid_limit_leaves_the_default(value: Any) -> None:
    assert settings({"limits": {"cyclomatic_complexity": value}}).limits == CODE_LIMITS


def test_the_least_values_that_count() -> None:
    assert settings({"limits": {"maintainability_index_min": 0}}).limits.maintainability_index_min == 0
    assert settings({"limits": {"arguments": 1.0}}).limits.arguments == 1
    assert settings({"limits": {"arguments": 0, "nesting": 0}}).limits == CODE_LIMITS._replace(arguments=0, nesting=0)
    assert settings({"legacy_tolerance": -1}).legacy_tolerance == 2
    assert settings({"legacy_tolerance": False}).legacy_tolerance == 2


@pytest.mark.parametrize(
    ("value", "mode"), [("advice", "advice"), ("Absolute", "ratchet"), ([], "ratchet"), ({}, "ratchet")]
)
def test_only_a_known_mode_counts(value: Any, mode: str) -> None:
    assert settings({"mode": value}).mode == mode


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("test_a.py", True),
        ("src/a_test.py", True),
        ("src/conftest.py", True),
        ("src/tests/a.py", True),
        ("test/a/b.py", True),
        ("src/test_data.txt", False),
        ("src/contest.py", False),
        ("testing/a.py", False),
    ],
)
def test_tests_are_known_by_their_names(path: str, expected: bool) -> None:
    assert Simplicity().is_test(path) == expected


def test_a_review_file_says_where_its_tests_are() -> None:
    found = settings({}, {"unit_tests": {"paths": ["checks/**"]}}, "a/REVIEW.yaml")
    assert found.is_test("a/checks/x.py")
    assert not found.is_test("a/tests/x.py")
    assert not found.is_test("checks/x.py")


@pytest.mark.parametrize(
    "preparation", [[], {"unit_tests": []}, {"unit_tests": {"paths": []}}, {"unit_tests": {"paths": [3]}}]
)
def test_invalid_test_paths_leave_the_default(preparation: Any) -> None:
    assert settings({}, preparation).is_test("tests/x.py")


def test_later_overrides_win_key_by_key() -> None:
    overrides = [
        {"paths": ["old/**"], "limits": {"cyclomatic_complexity": 40, "nesting": 9}},
        {"paths": ["old/parser.py"], "limits": {"cyclomatic_complexity": 60}},
    ]
    found = settings({"overrides": overrides}, path="a/REVIEW.yaml")
    assert found.limits_for("a/old/x.py") == CODE_LIMITS._replace(cyclomatic_complexity=40, nesting=9)
    assert found.limits_for("a/old/parser.py") == CODE_LIMITS._replace(cyclomatic_complexity=60, nesting=9)
    assert found.limits_for("a/old/test_x.py") == TEST_LIMITS._replace(cyclomatic_complexity=40, nesting=9)
    assert found.limits_for("a/new.py") == CODE_LIMITS


def test_an_override_without_paths_concerns_nothing() -> None:
    found = settings({"overrides": [{"limits": {"nesting": 9}}, 3, {"paths": ["b"]}]})
    assert found.overrides == (Override(Globs(), (("nesting", 9),)), Override(Globs(("b",)), ()))
    assert found.limits_for("a.py") == CODE_LIMITS


def test_generated_paths_are_relative_to_the_file() -> None:
    found = settings({"generated": ["*_pb2.py"]}, path="a/REVIEW.yaml")
    assert found.is_generated("a/x_pb2.py")
    assert not found.is_generated("x_pb2.py.txt")
    assert not found.is_generated("a/b/x_pb2.py")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
SECTION = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("limits", "test_limits", "overrides", "legacy_tolerance", "mode", "generated"), ANYTHING),
)


@given(SECTION | ANYTHING, ANYTHING)
def test_nothing_in_a_file_is_trouble(simplicity: Any, preparation: Any) -> None:
    limits = settings(simplicity, preparation).limits_for("a/b.py")
    assert all(isinstance(limit, int) and limit >= 0 for limit in limits)
