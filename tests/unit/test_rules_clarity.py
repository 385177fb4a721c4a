"""RL101 to RL103 at their edges: equal figures are no finding, whatever they are written in."""

import pytest

from linter.model.finding import Severity
from linter.rules.clarity import FIGURES, SUPPORT, fair_usage_over_capacity, implausible_sla, slo_below_sla
from tests.support.judging import experimental, hits_of, pointers
from tests.support.review_schema import SCHEMA

SLA = {"availability_percent": "99.9", "window": "30d"}


def promised(sla: dict[str, str], slo: dict[str, str] | None = None, text: str = "") -> str:
    lines = f"  sla: {flow(SLA | sla)}\n" + (f"  slo: {flow(SLA | slo)}\n" if slo is not None else "")
    return experimental(text, lines)


def flow(pairs: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"


def fair_usage(limit: str, capacity: str, consumers: str = "8", scope: str = "tenant") -> str:
    limits = f"limits: [{{name: one, scope: {scope}, rate: {limit}}}]"
    return experimental(
        clarity=f"  fair_usage: {{{limits}, on_exceed: queue, capacity: {capacity}, consumers_expected: {consumers}}}\n"
    )


@pytest.mark.parametrize(
    ("key", "promise", "equal", "looser"),
    [
        ("availability_percent", "99.9", "99.90", "99.89"),
        ("durability_percent", "99.999999", "99.999999", "99.99999"),
        ("error_rate_percent", "0.1", "1e-1", "0.11"),
        ("rpo", "15m", "900s", "901s"),
        ("rto", "1d", "24h", "86400001ms"),
        ("support", "business-hours", "business-hours", "best-effort"),
    ],
)
def test_each_figure_is_compared(key: str, promise: str, equal: str, looser: str) -> None:
    assert hits_of(slo_below_sla, promised({key: promise}, {key: equal})) == []
    assert hits_of(slo_below_sla, promised({key: equal}, {key: promise})) == []
    assert pointers(hits_of(slo_below_sla, promised({key: promise}, {key: looser}))) == [f"/clarity/slo/{key}"]
    assert hits_of(slo_below_sla, promised({key: looser}, {key: promise})) == []


def test_all_figures_of_the_format_are_compared() -> None:
    keys = SCHEMA["$defs"]["sla"]["properties"]
    assert set(keys) == {*FIGURES, "window", "latency"}
    assert set(keys["support"]["enum"]) == set(SUPPORT)


def test_what_only_one_of_them_says_is_not_compared() -> None:
    assert hits_of(slo_below_sla, promised({"rpo": "1s"}, {"rto": "9d"})) == []
    assert hits_of(slo_below_sla, promised({"rpo": "1s"})) == []


@pytest.mark.parametrize("value", ["'99.5'", "{}", "120", ".nan", "[99.5]", "~"])
def test_a_value_that_is_wrong_in_itself_is_not_compared(value: str) -> None:
    assert hits_of(slo_below_sla, promised({}, {"availability_percent": value})) == []
    assert hits_of(slo_below_sla, promised({"availability_percent": value}, {})) == []


def test_where_no_sla_applies_there_is_nothing_to_guard() -> None:
    excuse = "{not_applicable: {because: Nobody outside the team calls it., agreed_by: '@ada'}}"
    text = experimental(clarity=f"  sla: {excuse}\n  slo: {{availability_percent: 9, window: 90d}}\n")
    assert hits_of(slo_below_sla, text) == []


@pytest.mark.parametrize(
    ("promise", "objective", "is_looser"),
    [
        (("99.9", "month"), ("99.95", "quarter"), True),
        (("99.9", "month"), ("99.9", "quarter"), True),
        (("99.9", "30d"), ("99.9", "month"), False),
        (("99.7", "month"), ("99.9", "quarter"), False),
        (("99.9", "quarter"), ("99.9", "7d"), False),
        (("99.9", "90d"), ("99.95", "28d"), False),
    ],
)
def test_the_outage_of_a_longer_window_counts(
    promise: tuple[str, str], objective: tuple[str, str], is_looser: bool
) -> None:
    sla, slo = ({"availability_percent": share, "window": window} for share, window in (promise, objective))
    expected = ["/clarity/slo/window"] if is_looser else []
    assert pointers(hits_of(slo_below_sla, promised(sla, slo))) == expected


def test_a_lower_availability_is_one_finding_whatever_the_window() -> None:
    hits = hits_of(slo_below_sla, promised({}, {"availability_percent": "99", "window": "quarter"}))
    assert pointers(hits) == ["/clarity/slo/availability_percent"]


@pytest.mark.parametrize(
    ("promise", "objective", "is_looser"),
    [
        ("percentile: 99, max_ms: 300", "percentile: 99, max_ms: 300", False),
        ("percentile: 99, max_ms: 300", "percentile: 99, max_ms: 301", True),
        ("percentile: 99, max_ms: 300", "percentile: 50, max_ms: 301", True),
        ("percentile: 99, max_ms: 300", "percentile: 99.9, max_ms: 900", False),
        ("percentile: 99, max_ms: 300, operation: a", "percentile: 99, max_ms: 900, operation: b", False),
        ("percentile: 99, max_ms: 300, operation: a", "percentile: 99, max_ms: 900, operation: a", True),
        ("percentile: 99, max_ms: 300", "percentile: 99, max_ms: 900, operation: a", False),
        ("percentile: 99, max_ms: 300", "percentile: 99, max_ms: fast", False),
        ("percentile: 99, max_ms: 300", "max_ms: 900", False),
    ],
)
def test_latencies_are_compared_where_one_follows_from_the_other(promise: str, objective: str, is_looser: bool) -> None:
    text = promised({"latency": f"[{{{promise}}}]"}, {"latency": f"[{{{objective}}}]"})
    assert pointers(hits_of(slo_below_sla, text)) == (["/clarity/slo/latency/0/max_ms"] if is_looser else [])


@pytest.mark.parametrize(
    ("availability", "window", "minutes", "is_plausible"),
    [
        ("99.9", "30d", 43, True),
        ("99.9", "30d", 44, False),
        ("99.95", "quarter", 64, True),
        ("99.95", "90d", 65, False),
        ("99", "month", 432, True),
        ("99", "month", 433, False),
        ("100", "month", 1, False),
    ],
)
def test_the_outage_allowed_is_compared_with_a_rollback(
    availability: str, window: str, minutes: int, is_plausible: bool
) -> None:
    rollback = f"release_plan: {{rollback: {{how: docs/rollback.md, max_minutes: {minutes}}}}}\n"
    hits = hits_of(implausible_sla, promised({"availability_percent": availability, "window": window}, text=rollback))
    assert pointers(hits) == ([] if is_plausible else ["/clarity/sla/availability_percent"])


@pytest.mark.parametrize(
    ("availability", "scaling", "words"),
    [
        ("99.9", "min_replicas: 1", ["one replica"]),
        ("99.9", "min_replicas: 2, zones: 1", ["one zone"]),
        ("99.99", "min_replicas: 1, zones: 1", ["one replica", "one zone"]),
        ("99.9", "min_replicas: 2", []),
        ("99.89", "min_replicas: 1, zones: 1", []),
    ],
)
def test_high_availability_asks_for_more_than_one(availability: str, scaling: str, words: list[str]) -> None:
    text = promised(
        {"availability_percent": availability}, text=f"quality: {{scaling: {{strategy: fixed, {scaling}}}}}\n"
    )
    messages = [hit.message for hit in hits_of(implausible_sla, text)]
    assert len(messages) == bool(words)
    assert all(word in messages[0] for word in words)


def test_nothing_is_compared_with_what_is_not_stated() -> None:
    assert hits_of(implausible_sla, promised({"availability_percent": "99.999"})) == []


@pytest.mark.parametrize(
    ("limit", "capacity", "is_within"),
    [
        ("{count: 250, per: second, metric: jobs}", "{count: 2000, per: second, metric: jobs}", True),
        ("{count: 251, per: second, metric: jobs}", "{count: 2000, per: second, metric: jobs}", False),
        ("{count: 0.1, per: second, metric: jobs}", "{count: 2880, per: hour, metric: jobs}", True),
        ("{count: 0.1, per: second, metric: jobs}", "{count: 2879, per: hour, metric: jobs}", False),
        ("{count: 30, per: month, metric: jobs}", "{count: 8, per: day, metric: jobs}", True),
        ("{count: 99, per: second, metric: jobs}", "{count: 1, per: year, metric: jobs}", True),
        ("{count: 0, per: second, metric: jobs}", "{count: 0, per: second, metric: jobs}", True),
    ],
)
def test_all_consumers_together_are_compared_with_the_capacity(limit: str, capacity: str, is_within: bool) -> None:
    hits = hits_of(fair_usage_over_capacity, fair_usage(limit, capacity))
    assert pointers(hits) == ([] if is_within else ["/clarity/fair_usage/limits/0/rate"])


def test_limits_that_count_something_else_cannot_be_compared() -> None:
    text = fair_usage("{count: 99, per: second, metric: rows}", "{count: 1, per: month, metric: jobs}")
    (hit,) = hits_of(fair_usage_over_capacity, text)
    assert (hit.location.pointer, hit.severity) == ("/clarity/fair_usage/capacity", Severity.ADVICE)
    assert hit.message == "no limit of one consumer counts jobs, so that none can be compared with the capacity"


@pytest.mark.parametrize(
    ("scope", "is_multiplied"),
    [("tenant", 1), ("user", 1), ("key", 1), ("ip", 1), ("consumer", 1), ("global", 0), ("planet", 0)],
)
def test_a_limit_that_all_share_is_not_multiplied(scope: str, is_multiplied: int) -> None:
    rates = "{count: 2, per: day, metric: jobs}", "{count: 3, per: day, metric: jobs}"
    assert len(hits_of(fair_usage_over_capacity, fair_usage(*rates, scope=scope))) == is_multiplied
