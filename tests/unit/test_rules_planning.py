"""RL204 at its edges: what a dependency needs by its kind, its criticality and the product's lifecycle."""

import pytest

from linter.model.finding import Severity
from linter.rules.planning import unguarded_dependency
from tests.support.judging import experimental, hits_of
from tests.support.review_schema import SCHEMA

KINDS = SCHEMA["$defs"]["dependency"]["properties"]["kind"]["enum"]
MISSING = {"service": 2, "third-party": 2, "datastore": 1, "queue": 1, "library": 0}
EXCUSE = "{not_applicable: {because: Nothing of the kind is there., agreed_by: '@ada'}}"


def depending(dependency: str, lifecycle: str = "production") -> str:
    return experimental(lifecycle=lifecycle).replace("dependencies: []", f"dependencies: [{dependency}]")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("criticality", ["hard", "soft"])
def test_a_hard_dependency_needs_what_its_kind_needs(kind: str, criticality: str) -> None:
    hits = hits_of(unguarded_dependency, depending(f"{{name: it, kind: {kind}, criticality: {criticality}}}"))
    assert len(hits) == (MISSING[kind] if criticality == "hard" else 0)


@pytest.mark.parametrize(
    ("lifecycle", "hard", "soft"),
    [
        ("experimental", None, None),
        ("beta", Severity.WARNING, Severity.WARNING),
        ("production", Severity.ERROR, Severity.WARNING),
        ("deprecated", Severity.ERROR, Severity.WARNING),
        ("retired", None, None),
    ],
)
def test_it_weighs_more_the_more_people_rely_on_it(
    lifecycle: str, hard: Severity | None, soft: Severity | None
) -> None:
    first, second = (
        hits_of(unguarded_dependency, depending(dependency, lifecycle))
        for dependency in (
            "{name: db, kind: datastore, criticality: hard}",
            "{name: it, kind: service, criticality: soft, mitigation: none}",
        )
    )
    assert [hit.severity for hit in first] == [hard] * bool(hard)
    assert [hit.severity for hit in second] == [soft] * bool(soft)


@pytest.mark.parametrize(
    "dependency",
    [
        "{name: it, kind: datastore, criticality: hard, timeout: 30}",
        "{name: it, kind: datastore, criticality: hard, timeuot: 30s}",
        f"{{name: it, kind: datastore, criticality: hard, timeout: {EXCUSE}}}",
        "{name: it, kind: datastore, criticality: really}",
        "{name: it, kind: datastor, criticality: hard}",
        "{name: it, kind: service, criticality: soft, mitigation: nothing}",
        "7",
        EXCUSE,
    ],
)
def test_what_another_rule_reports_is_not_reported_twice(dependency: str) -> None:
    assert hits_of(unguarded_dependency, depending(dependency)) == []


def test_a_dependency_without_a_name_is_named_by_its_place() -> None:
    (hit,) = hits_of(unguarded_dependency, depending("{kind: datastore, criticality: hard}"))
    assert hit.message.startswith("this dependency ")
    assert hit.location.pointer == "/planning/dependencies/0/timeout"
