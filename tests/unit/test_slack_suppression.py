"""RL810: ignores, debts and ceilings that hold nothing off any more."""

from collections.abc import Mapping

import pytest

from linter.engine.lint import lint
from linter.model.finding import Finding
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.code import function
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

LIMITS = "simplicity:\n  limits: {cyclomatic_complexity: 5, function_lines: 20}\n"
LONG = function("f", 12)
"""Complexity 12 in 24 lines."""


def debt(ceiling: float, metric: str = "cyclomatic_complexity", symbol: str = "f", until: str = "2026-12-31") -> str:
    entry = f'symbol: "{symbol}", path: a.py, metric: {metric}, ceiling: {ceiling}, until: "{until}", owner: ada@x.org'
    return f"{LIMITS}  debt:\n    - {{{entry}}}\n"


def waiver(ceiling: float, rules: str = "RL803") -> str:
    return f"""{LIMITS}waivers:
  - id: W1
    rules: [{rules}]
    kind: accepted-risk
    reason: The table of cases is easier to read in one place.
    owner: ada@example.org
    approved_by: grace@example.org
    created: "2026-05-01"
    expires: "2026-08-01"
    ceiling: {ceiling}
"""


def found(files: Mapping[str, str], text: str = LIMITS, kind: TargetKind = TargetKind.REVISION) -> list[Finding]:
    base = () if kind is TargetKind.REVISION else (MemorySnapshot({}, revision="0" * 40),)
    snapshot = MemorySnapshot({"REVIEW.yaml": review(text), **files}, base, kind)
    return list(lint(snapshot, Request("2026-06-01", select=("RL810",))).findings)


def messages(files: Mapping[str, str], text: str = LIMITS) -> list[str]:
    return [finding.message for finding in found(files, text)]


def ignoring(codes: str, text: str = LONG) -> dict[str, str]:
    head, _, rest = text.partition("\n")
    return {"a.py": f"{head}  # review-lint: ignore[{codes}] is a table of cases\n{rest}"}


def test_codes_that_nothing_needs_beside_one_that_is_needed() -> None:
    (finding,) = found(ignoring("RL801, RL805", function("f", 8)))
    figures = "16 of 20 lines, 1 of 8 arguments, nesting 1 of 5"
    assert finding.message == f"inline ignore names RL805 in vain: `f` is within its limits ({figures})"
    assert (finding.location.path, finding.location.symbol, finding.fixable) == ("a.py", "f", True)
    assert finding.data == {"codes": ["RL805"]}


@pytest.mark.parametrize("codes", ["RL801", "RL802, RL805", "RL808", "RL801, RL808"])
def test_ignores_that_are_needed_or_of_which_it_cannot_be_told(codes: str) -> None:
    assert messages(ignoring(codes)) == []


def test_an_ignore_of_files_on_a_function_never_hides_anything() -> None:
    assert messages(ignoring("RL804")) == ["inline ignore hides nothing any more: `f` has no such figure"]


def test_a_debt_that_is_paid_back_says_how_it_is_today() -> None:
    assert messages({"a.py": function("f", 4)}, debt(12)) == [
        "debt f hides nothing any more: `f` is within its limits (complexity 4 of 5)"
    ]


def test_a_function_that_is_gone() -> None:
    (finding,) = found({"a.py": LONG}, debt(12, symbol="gone"))
    assert finding.message == "debt gone is about `gone` in a.py, which is not there"
    assert (finding.location.pointer, finding.data) == ("/simplicity/debt/0", {"remove": True})
    assert finding.fixable


@pytest.mark.parametrize("symbol", ["a.f", "F"])
def test_a_function_of_another_name_is_not_taken_away(symbol: str) -> None:
    (finding,) = found({"a.py": LONG}, debt(12, symbol=symbol))
    assert (finding.hint or "").startswith("did you mean `f`?")
    assert not finding.fixable


def test_what_cannot_be_analysed_is_not_called_gone() -> None:
    assert messages({"a.py": "def (:\n"}, debt(12)) == []
    assert messages({"a.py": "# @generated\n" + LONG}, debt(12, symbol="g")) == []


@pytest.mark.parametrize(("ceiling", "is_loose"), [(11, False), (12, False), (12.5, True), (13, True)])
def test_a_ceiling_is_loose_above_today_s_value(ceiling: float, is_loose: bool) -> None:
    hits = found({"a.py": LONG}, debt(ceiling))
    assert [finding.data for finding in hits] == [{"ceiling": 12}] * is_loose
    assert [finding.location.pointer for finding in hits] == ["/simplicity/debt/0/ceiling"] * is_loose


def test_debts_that_do_not_work_are_left_to_other_rules() -> None:
    assert messages({"a.py": LONG}, debt(40, until="2026-05-31")) == []


def test_a_debt_of_a_whole_file() -> None:
    text = debt(9, "maintainability_index_min", "<module>").replace("20}", "20, maintainability_index_min: 90}")
    (finding,) = found({"a.py": LONG}, text)
    assert finding.location.pointer == "/simplicity/debt/0/ceiling"
    today = finding.data["ceiling"]
    assert 9 < today < 90
    assert found({"a.py": LONG}, text.replace("ceiling: 9,", f"ceiling: {today},")) == []


def test_a_waiver_s_ceiling_is_that_of_the_worst_that_it_holds() -> None:
    files = {"a.py": LONG, "b.py": function("g", 8), "c.py": function("h", 40)}
    (finding,) = found(files, waiver(30))
    assert (finding.location.pointer, finding.data) == ("/waivers/0/ceiling", {"ceiling": 12})
    assert messages(files, waiver(12)) == []
    assert messages({"b.py": "x = 1\n"}, waiver(12)) == []
    assert messages(files, waiver(30, "RL803, RL804")) == []


def test_changes_are_not_asked() -> None:
    assert found({"a.py": LONG}, debt(40), TargetKind.STAGED) == []
    assert found({"a.py": LONG}, debt(40), TargetKind.WORKTREE) != []
