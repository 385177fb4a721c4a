"""What is asked grows with kind, lifecycle and tier: every combination is compared with a table of its own."""

import itertools
from typing import Any

import pytest

from tests.support.review_schema import errors_of, pointer_of, valid

KINDS = ["service", "website", "app", "pipeline", "job", "library", "tool"]
LIFECYCLES = ["experimental", "beta", "production", "deprecated", "retired"]
TIERS = [1, 2, 3, 4]
NOT_APPLICABLE = {"not_applicable": {"because": "There is nothing of the kind.", "agreed_by": "@acme/architects"}}

ALWAYS = {"planning/dependencies"}
FROM_BETA = {"preparation/unit_tests", "iterating/pipeline", "release_plan/strategy"}
RUNNING = {
    *("owner/escalation", "owner/chat", "clarity/sla", "planning/architecture_diagram", "planning/data"),
    *("preparation/load_test", "preparation/security_test", "iterating/feedback"),
    *("quality/scaling", "quality/security", "quality/alerts"),
    *("monitoring/slis", "monitoring/dashboards", "monitoring/usage_metrics", "monitoring/cost", "monitoring/events"),
    *("release_plan/stages", "release_plan/rollback", "simplicity/reuse"),
}
BECAUSE = {
    "R": {"only a retired product does without it", "lifecycle is deprecated"},
    "B": {"lifecycle is beta, production or deprecated"},
    "P": {
        "this is a running product of tier 1 or 2 in production",
        "this is a running product of tier 1 or 2 in production and planning.provides offers an API",
        "this is a running product of tier 1 or 2 in production and planning.data names stores",
    },
}
SECTIONS = ["planning", "preparation", "iterating", "quality", "monitoring", "release_plan", "simplicity"]


def asked(kind: Any, lifecycle: Any, tier: Any) -> dict[str, str]:
    """The keys that a product must have beside the header and `clarity`, with their marks."""
    keys: dict[str, str] = {}
    if lifecycle in ("experimental", "beta", "production", "deprecated"):
        keys |= dict.fromkeys(ALWAYS, "R")
    if lifecycle == "deprecated":
        keys["sunset"] = "R"
    if lifecycle in ("beta", "production", "deprecated"):
        keys |= dict.fromkeys(FROM_BETA, "B")
    if lifecycle in ("production", "deprecated") and kind not in ("library", "tool") and tier in (1, 2):
        keys |= dict.fromkeys(RUNNING, "P")
    return keys


def product(kind: Any, lifecycle: Any, tier: Any, **sections: Any) -> Any:
    """A document with the header and `clarity` alone; `...` stands for a key that is not there."""
    document = valid("retired") | {"kind": kind, "lifecycle": lifecycle, "tier": tier} | sections
    return {key: value for key, value in document.items() if value is not ...}


def missing(document: Any) -> dict[str, str]:
    """The keys that the schema's conditions miss, with their marks."""
    found = {}
    for error in errors_of(document):
        schema: Any = error.schema
        if error.validator == "required" and "x-requirement" in schema:
            (key,) = [key for key in schema["required"] if f"'{key}' is a required" in error.message]
            found[f"{pointer_of(error)}/{key}".lstrip("/")] = schema["x-requirement"]
            assert schema["x-because"] in BECAUSE[schema["x-requirement"]]
    return found


@pytest.mark.parametrize("lifecycle", LIFECYCLES)
def test_keys_of_sections_that_are_there(lifecycle: str) -> None:
    for kind, tier in itertools.product(KINDS, TIERS):
        document = product(kind, lifecycle, tier, **{section: {} for section in SECTIONS})
        assert missing(document) == asked(kind, lifecycle, tier), (kind, tier)


@pytest.mark.parametrize("lifecycle", LIFECYCLES)
def test_a_section_that_is_not_there_is_missed_once_and_its_keys_are_not(lifecycle: str) -> None:
    for kind, tier in itertools.product(KINDS, TIERS):
        keys = asked(kind, lifecycle, tier)
        expected = {key.partition("/")[0] if key.partition("/")[0] in SECTIONS else key for key in keys}
        assert missing(product(kind, lifecycle, tier)).keys() == expected, (kind, tier)


@pytest.mark.parametrize("content", [NOT_APPLICABLE, {"status": "draft", **NOT_APPLICABLE}, [], "later", None])
def test_a_section_that_does_not_apply_or_is_something_else_owes_no_keys(content: Any) -> None:
    sections = dict.fromkeys([*SECTIONS, "clarity"], content)
    assert missing(product("service", "production", 1, **sections)).keys() == {"owner/escalation", "owner/chat"}


def test_tier_is_asked_from_beta_on() -> None:
    for lifecycle in LIFECYCLES:
        asks = "tier" in missing(product("service", lifecycle, ...))
        assert asks is (lifecycle in ("beta", "production", "deprecated")), lifecycle


@pytest.mark.parametrize(
    ("deciding", "spared"),
    [
        ({"lifecycle": ...}, "all"),
        ({"lifecycle": "prodution"}, "all"),
        ({"lifecycle": 1}, "all"),
        ({"kind": ...}, "P"),
        ({"kind": "servise"}, "P"),
        ({"kind": ["service"]}, "P"),
        ({"tier": 5}, "P"),
        ({"tier": "1"}, "P"),
        ({"tier": True}, "P"),
        ({"tier": NOT_APPLICABLE}, "P"),
    ],
)
def test_what_decides_asks_for_nothing_while_it_is_wrong(deciding: Any, spared: str) -> None:
    document = product(**({"kind": "service", "lifecycle": "production", "tier": 1} | deciding))
    marks = set(missing(document).values())
    assert marks == (set() if spared == "all" else {"R", "B"})


@pytest.mark.parametrize(
    ("planning", "owed"),
    [
        ({}, set()),
        ({"provides": [{}]}, {"clarity/fair_usage"}),
        ({"provides": []}, set()),
        ({"provides": "orders API"}, set()),
        ({"data": {"stores": ["orders-db"]}}, {"quality/backup"}),
        ({"data": {"stores": []}}, set()),
        ({"data": NOT_APPLICABLE}, set()),
        (NOT_APPLICABLE, set()),
        ("none", set()),
    ],
)
def test_an_api_owes_fair_usage_and_stores_owe_a_backup(planning: Any, owed: set[str]) -> None:
    special = {"clarity/fair_usage", "quality/backup"}
    assert special & missing(product("service", "production", 1, quality={}, planning=planning)).keys() == owed
    for kind, lifecycle, tier in (("library", "production", 1), ("service", "beta", 1), ("service", "production", 3)):
        assert not special & missing(product(kind, lifecycle, tier, quality={}, planning=planning)).keys()
