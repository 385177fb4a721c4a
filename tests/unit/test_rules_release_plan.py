"""RL701 to RL703 at their edges."""

import pytest

from linter.model.finding import Severity
from linter.rules.release_plan import RUNNING, big_bang, no_way_back, unsound_stages
from tests.support.judging import experimental, hits_of, pointers
from tests.support.review_schema import SCHEMA

EXCUSE = "{not_applicable: {because: There is only one customer., agreed_by: '@ada'}}"


def plan(text: str, kind: str = "service") -> str:
    return experimental(f"release_plan: {{{text}}}\n", kind=kind)


def stages(*shares: object) -> str:
    items = (f"{{name: a, percent: {share}, min_soak: 1h, gate: auto, success: b}}" for share in shares)
    return f"stages: [{', '.join(items)}]"


@pytest.mark.parametrize("kind", SCHEMA["properties"]["kind"]["enum"])
def test_only_what_runs_for_its_customers_goes_out_in_stages(kind: str) -> None:
    assert (pointers(hits_of(big_bang, plan("strategy: big-bang", kind))) != []) is (kind in RUNNING)
    assert (pointers(hits_of(big_bang, plan(stages(100), kind))) != []) is (kind in RUNNING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"strategy: big-bang, {stages(100)}", ["/release_plan/strategy"]),
        (f"strategy: canary, {stages(100, 100)}", ["/release_plan/stages/0/percent"]),
        (f"strategy: canary, {stages(99.999, 100)}", []),
        (f"strategy: {EXCUSE}, {stages(5, 100)}", []),
        (f"stages: {EXCUSE}", []),
        (stages("'100'"), []),
        ("strategy: bigbang", []),
    ],
)
def test_all_at_once_is_one_finding(text: str, expected: list[str]) -> None:
    assert pointers(hits_of(big_bang, plan(text))) == expected


@pytest.mark.parametrize(
    ("shares", "wrong"),
    [
        ((5, 100), []),
        ((100,), []),
        ((0, 0.001, 100.0), []),
        ((5, 5, 100), [1]),
        ((5, 50, 20, 100), [2]),
        ((100, 50), [1]),
        ((100, 100), [1]),
        ((5, 50), [1]),
        ((5, 50, 20), [2]),
        ((5, "half", 100), []),
        ((5, "half", 4, 100), []),
        ((5, 120), []),
        ((5, 50, "~"), []),
    ],
)
def test_shares_rise_to_all(shares: tuple[object, ...], wrong: list[int]) -> None:
    expected = [f"/release_plan/stages/{index}/percent" for index in wrong]
    assert pointers(hits_of(unsound_stages, plan(stages(*shares)))) == expected


@pytest.mark.parametrize(
    ("migrations", "is_missing"),
    [
        ("{present: true, reversible: false}", True),
        ("{present: true, reversible: false, plan: docs/plan.md}", False),
        ("{present: true, reversible: false, plan: 7}", False),
        ("{present: true, reversible: false, plann: docs/plan.md}", False),
        ("{present: true, reversible: true}", False),
        ("{present: true}", False),
        ("{present: false, reversible: false}", False),
        ("{present: 'yes', reversible: false}", False),
        ("7", False),
    ],
)
def test_what_cannot_be_undone_has_a_plan(migrations: str, is_missing: bool) -> None:
    hits = hits_of(no_way_back, plan(f"migrations: {migrations}"))
    assert [(hit.location.pointer, hit.severity) for hit in hits] == [
        ("/release_plan/migrations/plan", None)
    ] * is_missing


@pytest.mark.parametrize(
    ("rollback", "is_untried"),
    [
        ("{how: a.md, max_minutes: 5}", True),
        ("{how: a.md, max_minutes: 5, tested_on: 2026-01-01}", False),
        ("{how: a.md, max_minutes: 5, tested_on: never}", False),
        (EXCUSE, False),
        ("{}", False),
        ("a.md", False),
    ],
)
def test_a_way_back_was_tried(rollback: str, is_untried: bool) -> None:
    hits = hits_of(no_way_back, plan(f"rollback: {rollback}"))
    expected = [("/release_plan/rollback/tested_on", Severity.WARNING)] * is_untried
    assert [(hit.location.pointer, hit.severity) for hit in hits] == expected
