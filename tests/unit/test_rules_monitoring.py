"""RL601 and RL602 at their edges."""

import time

import pytest

from linter.model.finding import Severity
from linter.rules.monitoring import FIGURES, unmeasured_sla, unmeasured_use_case
from tests.support.judging import experimental, hits_of, pointers
from tests.support.review_schema import SCHEMA

EXCUSE = "not_applicable: {because: The platform team measures it., agreed_by: '@ada'}"
SLA = """\
  sla:
    availability_percent: 99.9
    window: 30d
    latency: [{percentile: 99, max_ms: 300}, {percentile: 50, max_ms: 30}]
    error_rate_percent: 0.1
    durability_percent: 99.999
    rpo: 15m
    rto: 4h
    support: 24x7
"""


def sli(figure: str, name: str = "one") -> str:
    return f"{{name: {name}, kind: quality, for: {figure}, source: ops/slis.yaml}}"


def measured(*slis: str, alerts: str = "", lifecycle: str = "experimental", sla: str = SLA) -> str:
    quality = f"quality:\n  alerts: [{alerts}]\n" if alerts else ""
    return experimental(f"monitoring:\n  slis: [{', '.join(slis)}]\n{quality}", sla, lifecycle)


def used(metrics: str, priority: str = "must") -> str:
    text = experimental(f"monitoring:\n  usage_metrics: [{metrics}]\n")
    return text.replace("priority: must", f"priority: {priority}")


def alert(name: str) -> str:
    return f"{{name: a, condition: b, severity: info, for: {name}}}"


@pytest.mark.parametrize("figure", FIGURES)
def test_each_figure_needs_an_sli(figure: str) -> None:
    others = [sli(other) for other in FIGURES if other != figure]
    assert pointers(hits_of(unmeasured_sla, measured(*others))) == [f"/clarity/sla/{figure}"]
    assert hits_of(unmeasured_sla, measured(*others, sli(figure))) == []


def test_all_figures_of_the_format_are_asked_for() -> None:
    assert set(SCHEMA["$defs"]["sla"]["properties"]) == {*FIGURES, "window", "support"}


@pytest.mark.parametrize(
    ("lifecycle", "monitoring", "is_asked"),
    [
        ("experimental", "", False),
        ("beta", "", False),
        ("production", "", True),
        ("deprecated", "", True),
        ("production", "monitoring: {dashboards: ['https://example.org']}\n", True),
        ("production", f"monitoring: {{{EXCUSE}}}\n", False),
        ("production", f"monitoring: {{slis: {{{EXCUSE}}}}}\n", False),
        ("production", "monitoring: {slis: none}\n", False),
        ("production", "tier: 1\n", False),
        ("production", "tier: 1\nmonitoring: {dashboards: ['https://example.org']}\n", False),
    ],
)
def test_without_a_list_of_slis_only_promises_in_production_count(
    lifecycle: str, monitoring: str, is_asked: bool
) -> None:
    text = experimental(monitoring, "  sla: {availability_percent: 99.9, window: 30d}\n", lifecycle)
    assert pointers(hits_of(unmeasured_sla, text)) == ["/clarity/sla/availability_percent"] * is_asked


@pytest.mark.parametrize("figure", ["latncy", "7", "~"])
def test_an_sli_for_nothing_that_is_known_may_be_for_anything(figure: str) -> None:
    assert hits_of(unmeasured_sla, measured(sli(figure))) == []


@pytest.mark.parametrize(
    ("status", "severity"), [("draft", Severity.ADVICE), ("proposed", Severity.WARNING), ("adopted", Severity.ERROR)]
)
def test_the_status_of_the_section_that_lacks_something_counts(status: str, severity: Severity) -> None:
    text = measured(*map(sli, FIGURES[1:])).replace("  slis:", f"  status: {status}\n  slis:")
    assert [hit.severity for hit in hits_of(unmeasured_sla, text)] == [severity]


def test_every_sli_has_an_alert() -> None:
    slis = sli("latency", "speed"), sli("rpo", "loss"), *map(sli, FIGURES)
    text = measured(*slis, alerts=f"{alert('speed')}, {alert('one')}")
    (hit,) = hits_of(unmeasured_sla, text)
    assert (hit.location.pointer, hit.severity) == ("/monitoring/slis/1/name", Severity.WARNING)


def test_a_misspelt_name_is_one_finding() -> None:
    (hit,) = hits_of(unmeasured_sla, measured(*(sli(one, "everything") for one in FIGURES), alerts=alert("everythin")))
    assert hit.location.pointer == "/quality/alerts/0/for"
    assert hit.hint == 'did you mean "everything"?'


def test_alerts_that_are_for_no_sli_are_welcome() -> None:
    lonely = "{name: DiskFull, condition: b, severity: info}"
    text = measured(*map(sli, FIGURES), alerts=f"{lonely}, {alert('one')}")
    assert hits_of(unmeasured_sla, text) == []


@pytest.mark.parametrize(("priority", "expected"), [("must", 1), ("should", 0), ("could", 0), ("mst", 0)])
def test_what_the_product_is_for_is_measured(priority: str, expected: int) -> None:
    text = used("{name: a, answers: other, source: b}", priority)
    found = [hit for hit in hits_of(unmeasured_use_case, text) if hit.location.pointer == "/clarity/use_cases/0/id"]
    assert len(found) == expected
    assert hits_of(unmeasured_use_case, used("{name: a, answers: draw-together, source: b}", priority)) == []


def test_a_misspelt_use_case_is_one_finding() -> None:
    (hit,) = hits_of(unmeasured_use_case, used("{name: a, answers: draw-togethre, source: b}"))
    assert hit.location.pointer == "/monitoring/usage_metrics/0/answers"
    assert hit.hint == 'did you mean "draw-together"?'


@pytest.mark.parametrize("metrics", ["", "7", "{name: a, answers: [], source: b}", "{name: a, source: b}"])
def test_without_sound_metrics_nothing_is_asked(metrics: str) -> None:
    assert hits_of(unmeasured_use_case, used(metrics)) == []


def test_thousands_of_names_are_not_compared_with_each_other() -> None:
    slis = [sli("latency", f"a{number:059}") for number in range(900)]
    alerts = ", ".join(alert(f"a{number:058}x") for number in range(900))
    text = measured(*slis, alerts=alerts, sla="")
    start = time.process_time()
    assert len(hits_of(unmeasured_sla, text)) == 1800
    assert time.process_time() - start < 20
