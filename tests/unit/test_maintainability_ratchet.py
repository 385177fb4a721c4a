"""RL804: files below the limit of the maintainability index, and what they were before."""

from collections.abc import Mapping

import pytest

from linter.engine.lint import lint
from linter.model.comparison import BaseFile, JudgedFile, PathLimits, Standing
from linter.model.finding import Finding
from linter.model.metrics import MODULE
from linter.model.policy import Limits
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from linter.rules.maintainability import low_maintainability
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

LIMITS = review("simplicity:\n  limits: {maintainability_index_min: 60}\n")


def prices(first: int, end: int, name: str = "price") -> str:
    """A function with operators; the more steps, the lower the index of its file (below 60 from 9 steps on)."""
    steps = "".join(f"    if a > {i} and b * {i} < c:\n        total += (a - b) * c - {i}\n" for i in range(first, end))
    return f"def {name}(a, b, c):\n    total = 0\n{steps}    return total\n"


def found(
    change: Mapping[str, str], *bases: Mapping[str, str], kind: TargetKind | None = None, file: str = LIMITS
) -> list[Finding]:
    olds = tuple(MemorySnapshot({"REVIEW.yaml": file, **base}, revision=str(i) * 40) for i, base in enumerate(bases))
    snapshot = MemorySnapshot({"REVIEW.yaml": file, **change}, olds, kind)
    return list(lint(snapshot, Request("2026-06-01", select=("RL804",))).findings)


def paths(*arguments: Mapping[str, str], kind: TargetKind | None = None, file: str = LIMITS) -> list[str]:
    return [finding.location.path for finding in found(*arguments, kind=kind, file=file)]


def judged(now: float, was: float | None, standing: Standing = Standing.KNOWN, path: str = "a.py") -> JudgedFile:
    base = None if standing is Standing.NEW else BaseFile("1234", path, was)
    return JudgedFile("a.py", now, PathLimits(Limits()), standing, base)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            judged(19.9, 21),
            "this file has a maintainability index of 19.9, before it was 21.0; at least 20 is asked for",
        ),
        (
            judged(10, None, Standing.NEW),
            "this file is new and has a maintainability index of 10.0; at least 20 is asked for",
        ),
        (
            judged(10, 15, path="b.py"),
            "this file has a maintainability index of 10.0, before it was 15.0 in b.py; at least 20 is asked for",
        ),
    ],
)
def test_what_is_said(file: JudgedFile, message: str) -> None:
    (hit,) = low_maintainability.check(file)
    assert hit.message == message
    assert hit.location.symbol == MODULE
    assert (hit.data["metric"], hit.data["limit"]) == ("maintainability_index_min", 20)


@pytest.mark.parametrize("was", [11, 10.99, 10, 3, None])
def test_what_fell_by_a_point_counts_and_nothing_less(was: float | None) -> None:
    standing = Standing.LEGACY if was is None else Standing.KNOWN
    assert bool(list(low_maintainability.check(judged(10, was, standing)))) == (was == 11)


def test_only_what_fell_against_every_base_counts() -> None:
    ours, theirs = {"a.py": prices(0, 14)}, {"a.py": prices(0, 10)}
    assert paths({"a.py": prices(0, 14).replace("total", "sums")}, ours, theirs) == []
    assert paths({"a.py": prices(0, 20)}, ours, theirs) == ["a.py"]


def test_a_base_that_cannot_be_parsed_excuses() -> None:
    assert paths({"a.py": prices(0, 20)}, {"a.py": "def (:\n"}) == []


def test_a_copy_is_new() -> None:
    text = prices(0, 20)
    assert paths({"a.py": text, "b.py": text}, {"a.py": text}) == ["b.py"]
    assert paths({"a.py": text, "b.py": text}, {"a.py": text}, kind=TargetKind.WORKTREE) == ["b.py"]


def test_a_working_tree_is_judged_where_it_differs_from_its_base() -> None:
    base = {"a.py": prices(0, 12), "b.py": prices(0, 12)}
    assert paths({**base, "b.py": prices(0, 20)}, base, kind=TargetKind.WORKTREE) == ["b.py"]


def test_without_a_base_only_absolute_mode_speaks() -> None:
    absolute = LIMITS + "  mode: absolute\n"
    assert paths({"a.py": prices(0, 20)}) == []
    assert paths({"a.py": prices(0, 20)}, file=absolute) == ["a.py"]
    assert paths({"a.py": prices(0, 20)}, {"a.py": prices(0, 20)}, kind=TargetKind.WORKTREE, file=absolute) == ["a.py"]


def test_tests_have_a_limit_of_their_own() -> None:
    assert paths({"test_a.py": prices(0, 20)}, {}) == []


def test_what_is_split_from_a_file_is_compared_with_it() -> None:
    parts = {"a.py": prices(0, 15, "low"), "b.py": prices(15, 30, "high")}
    assert paths(parts, {"price.py": prices(0, 30)}) == []
    (finding,) = found(
        {"price.py": prices(0, 5), "b.py": prices(5, 30) + prices(30, 50, "more")}, {"price.py": prices(0, 30)}
    )
    assert (finding.location.path, finding.data["base_path"]) == ("b.py", "price.py")
