"""RL303 to RL305 at their edges."""

import pytest

from linter.model.finding import Severity
from linter.rules.preparation import PROOFS, load_test_short, open_critical_finding, stale_test_evidence
from tests.support.judging import experimental, hits_of, pointers
from tests.support.review_schema import SCHEMA

DAY = "2026-06-01"


def load_test(target: str, achieved: str, capacity: str = "") -> str:
    clarity = f"  fair_usage: {{limits: [], on_exceed: queue, capacity: {capacity}}}\n" if capacity else ""
    return experimental(f"preparation: {{load_test: {{target: {target}, achieved: {achieved}}}}}\n", clarity)


def restored(on: str, rest: str = "", lifecycle: str = "experimental") -> str:
    return experimental(f"quality: {{backup: {{restored_on: {on}{rest}}}}}\n", lifecycle=lifecycle)


def jobs(count: object, per: str = "second", metric: str = "jobs") -> str:
    return f"{{count: {count}, per: {per}, metric: {metric}}}"


@pytest.mark.parametrize(
    ("target", "achieved", "is_short"),
    [
        (jobs(200), jobs(200), False),
        (jobs(200), jobs(12_000, "minute"), False),
        (jobs(200), jobs(11_999.9, "minute"), True),
        (jobs(0.3), jobs(1080, "hour"), False),
        (jobs(1, "day"), jobs(30, "month"), False),
        (jobs(200), jobs("many"), False),
        (jobs(200), jobs(-1), False),
        (jobs(200), "12", False),
    ],
)
def test_what_was_achieved_is_compared_with_the_target(target: str, achieved: str, is_short: bool) -> None:
    expected = ["/preparation/load_test/achieved"] if is_short else []
    assert pointers(hits_of(load_test_short, load_test(target, achieved))) == expected


@pytest.mark.parametrize(
    ("target", "capacity", "is_short"),
    [
        (jobs(200), jobs(200), False),
        (jobs(200), jobs(12_001, "minute"), True),
        (jobs(200), "{}", False),
    ],
)
def test_the_target_is_compared_with_the_capacity(target: str, capacity: str, is_short: bool) -> None:
    expected = ["/preparation/load_test/target"] if is_short else []
    assert pointers(hits_of(load_test_short, load_test(target, target, capacity))) == expected


def test_rates_of_different_metrics_cannot_be_compared() -> None:
    said = hits_of(load_test_short, load_test(jobs(200), jobs(1, metric="rows"), jobs(1, metric="bytes")))
    assert [(hit.location.pointer, hit.severity) for hit in said] == [
        ("/preparation/load_test/achieved", Severity.WARNING),
        ("/preparation/load_test/target", Severity.ADVICE),
    ]
    assert said[0].message == (
        "the load test achieved 1 rows per second; its target is 200 jobs per second: rows and jobs cannot be compared"
    )


@pytest.mark.parametrize(
    ("on", "max_age", "is_stale"),
    [
        ("2025-06-01", "", False),
        ("2025-05-31", "", True),
        ("2025-12-03", "180d", False),
        ("2025-12-02", "180d", True),
        ("2026-05-31", "24h", False),
        ("2026-05-31", "23h", True),
        ("2026-06-01", "0s", False),
        ("2026-05-31", "1ms", True),
        ("2020-01-01", "999999999d", False),
        ("2020-01-01", "half a year", False),
        ("2020-02-30", "", False),
        ("0001-01-01", "", True),
        ("2026-06-02", "", False),
        ("2026-06-03", "", True),
        ("9999-12-31", "", True),
        ("7", "", False),
    ],
)
def test_a_proof_has_an_age(on: str, max_age: str, is_stale: bool) -> None:
    hits = hits_of(stale_test_evidence, restored(on, f", max_age: {max_age}" if max_age else ""), DAY)
    assert pointers(hits) == (["/quality/backup/restored_on"] if is_stale else [])


def test_a_misspelt_maximum_is_not_taken_for_none() -> None:
    assert hits_of(stale_test_evidence, restored("2020-01-01", ", max_agee: 3650d")) == []


def test_a_retired_product_needs_no_proof() -> None:
    assert hits_of(stale_test_evidence, restored("2020-01-01", lifecycle="retired")) == []
    assert len(hits_of(stale_test_evidence, restored("2020-01-01", lifecycle="deprecated"))) == 1


def test_a_day_that_is_none_compares_with_nothing() -> None:
    assert hits_of(stale_test_evidence, restored("2020-01-01"), today="someday") == []


def test_every_key_with_an_age_is_a_proof() -> None:
    holders = [name for name, shape in SCHEMA["$defs"].items() if "max_age" in shape.get("properties", {})]
    assert sorted(holders) == ["backup", "load_test", "rollback"]
    assert len(PROOFS) == 4


@pytest.mark.parametrize(
    ("lifecycle", "count", "expected"),
    [
        ("production", "1", 1),
        ("deprecated", "1", 1),
        ("beta", "1", 0),
        ("retired", "1", 0),
        ("production", "0", 0),
        ("production", "'1'", 0),
        ("production", "true", 0),
        ("production", "-1", 0),
        ("production", "1.5", 0),
    ],
)
def test_critical_findings_are_closed_in_production(lifecycle: str, count: str, expected: int) -> None:
    text = f"preparation: {{security_test: {{penetration_test: {{open_critical: {count}}}}}}}\n"
    assert len(hits_of(open_critical_finding, experimental(text, lifecycle=lifecycle))) == expected
