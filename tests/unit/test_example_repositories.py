"""The repositories of `examples/`: all clean; no required line of the payments service goes missing unnoticed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linter.adapters.yaml.edit import edit
from linter.adapters.yaml.reader import read_review
from linter.engine.lint import lint
from linter.model.document import FILE_NAME
from linter.model.finding import Finding
from linter.model.pointer import join, parent
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.examples import TODAY, files
from tests.support.memory import MemorySnapshot

EXAMPLES = Path(__file__).parents[2] / "examples"
PAYMENTS = files(EXAMPLES / "payments")
TEXT = (EXAMPLES / "payments" / FILE_NAME).read_bytes()
DATA = edit(FILE_NAME, TEXT).data

LISTS_THAT_STAY = "an item of a list with more than one; the rest says enough"
OPTIONAL = "the format leaves it to the team"

MAY_BE_ABSENT = {
    "/system": OPTIONAL,
    "/tags/*": OPTIONAL,
    "/clarity/sla/latency/*/operation": "without it the figure is about all operations",
    "/clarity/sla/(error_rate_percent|rpo|rto|support)": "an SLA promises what it names",
    "/clarity/slo/latency/*/operation": "without it the figure is about all operations",
    "/clarity/slo/error_rate_percent": OPTIONAL,
    "/clarity/fair_usage/consumers_expected": OPTIONAL,
    "/planning/decisions": OPTIONAL,
    "/planning/dependencies/*/(mitigation|peak_factor|relies_on_availability_percent|agreed_by|agreed_on)": OPTIONAL,
    "/planning/dependencies/*/contract/version": OPTIONAL,
    "/planning/dependencies/2/timeout": "nobody waits for a soft dependency with a fallback",
    "/planning/provides/*/(compatibility|stability)": OPTIONAL,
    "/planning/provides/*/contract/version": OPTIONAL,
    "/planning/data/stores/*": "a product may have no stores",
    "/preparation/unit_tests/coverage_min_percent": OPTIONAL,
    "/preparation/**/job": "a workflow is evidence without naming one of its jobs",
    "/preparation/load_test/(tool|p99_ms|max_age)": OPTIONAL,
    "/preparation/security_test/penetration_test/(report|max_age)": OPTIONAL,
    "/iterating/pipeline/job": "a workflow is evidence without naming one of its jobs",
    "/iterating/(release_cadence|lead_time)": OPTIONAL,
    "/quality/scaling/zones": OPTIONAL,
    "/quality/backup/max_age": OPTIONAL,
    "/quality/alerts/*/route": OPTIONAL,
    "/monitoring/events/*/(level|personal_data)": OPTIONAL,
    "/monitoring/events/*/fields/*": LISTS_THAT_STAY,
    "/release_plan/stages/*/audience": OPTIONAL,
    "/release_plan/(rollback/how|kill_switch)/contains": "a file is evidence without naming a text in it",
    "/release_plan/rollback/max_age": OPTIONAL,
    "/release_plan/migrations/reversible": OPTIONAL,
    "/simplicity/(mode|legacy_tolerance)": "the default applies",
    "/simplicity/limits/*": "the default applies",
    "/simplicity/modules/*/may_use/*": "a module may use no other",
    "/simplicity/modules/1/paths/*": LISTS_THAT_STAY,
    "/reviews/(2/sections/0|3/sections/1)": "each of two roles has signed off quality",
}
"""Leaves whose absence is allowed, and why."""

SAYS_SOMETHING_ELSE = {
    "/clarity/non_goals/*": ("RL008", "an empty list: leave the key out instead"),
    "/**/(?<!contract/)(path|workflow|symbol)": ("RL008", "evidence that names nothing"),
    "/planning/dependencies/[01]/timeout": ("RL204", "a hard dependency without time-out"),
    "/preparation/unit_tests/paths/*": ("RL008", "an empty list"),
    "/quality/single_points_of_failure/*": ("RL008", "an empty list"),
    "/quality/backup/restored_on": ("RL501", "a backup that was never restored"),
    "/quality/security/(encryption_in_transit|encryption_at_rest|secret_store)": (
        "RL503",
        "restricted data unprotected",
    ),
    "/quality/alerts/*/for": ("RL601", "an indicator without alert"),
    "/quality/alerts/*/runbook": ("RL502", "a page without runbook"),
    "/monitoring/dashboards/*": ("RL008", "an empty list"),
    "/release_plan/rollback/tested_on": ("RL703", "a way back that nobody tried"),
    "/release_plan/migrations/plan": ("RL703", "a migration without way back"),
    "/release_plan/announce/*": ("RL008", "an empty list"),
    "/simplicity/modules/0/paths/*": ("RL008", "an empty list"),
    "/simplicity/reuse/offers/*": ("RL008", "an empty list"),
    "/reviews/0/sections/*": ("RL008", "an empty list"),
    "/reviews/(1/sections/*|2/sections/[12]|3/sections/0)": ("RL901", "a section that nobody has signed"),
}
"""Leaves that are not required by themselves: what their absence makes wrong is told by the rule about that."""


def matches(pattern: str, pointer: str) -> bool:
    """`*` is one key or index, `**/` any number of them."""
    expression = pattern.replace("**/", "\0").replace("*", "[^/]+").replace("\0", "(?:[^/]+/)*")
    return re.fullmatch(expression, pointer) is not None


def leaves(value: Any, pointer: str = "") -> Iterator[str]:
    """The pointers of everything that is no mapping and no list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, join(pointer, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, join(pointer, index))
    else:
        yield pointer


def findings(tree: dict[str, str | bytes], *ignore: str) -> tuple[Finding, ...]:
    return lint(MemorySnapshot(tree, kind=TargetKind.REVISION), Request(TODAY, ignore=ignore)).findings


@pytest.mark.parametrize("name", ["payments", "library", "tool"])
def test_example_is_clean(name: str) -> None:
    assert findings(files(EXAMPLES / name)) == ()


@pytest.mark.slow
@pytest.mark.parametrize("section", list(DATA))
def test_no_required_line_can_be_taken_out_unnoticed(section: str) -> None:
    for pointer in leaves(DATA[section], f"/{section}"):
        editor = edit(FILE_NAME, TEXT)
        editor.remove(pointer)
        # A sign-off goes stale with every change: that is RL902's matter, and contracts are not read again each time.
        found = findings({**PAYMENTS, FILE_NAME: editor.content}, "RL902", "RL8", "RL012", "RL202")
        told = [(finding.rule, finding.location.pointer) for finding in found]
        others = [rule for pattern, (rule, _) in SAYS_SOMETHING_ELSE.items() if matches(pattern, pointer)]
        if others:
            assert {rule for rule, _ in told} == {others[0]}, pointer
        elif any(matches(pattern, pointer) for pattern in MAY_BE_ABSENT):
            assert told == [], pointer
        else:
            assert told == [("RL007", pointer)], pointer
            place = read_review(FILE_NAME, editor.content).span(parent(pointer), key=True)
            assert found[0].location.span.start == place.start, pointer


@pytest.mark.parametrize("pattern", [*MAY_BE_ABSENT, *SAYS_SOMETHING_ELSE])
def test_no_entry_of_the_lists_is_idle(pattern: str) -> None:
    assert any(matches(pattern, pointer) for pointer in leaves(DATA))
