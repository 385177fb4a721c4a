"""How long what was judged on one day would be judged alike: every question about the day is noted."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.engine.lint import lint
from linter.model.day import LAST, Today, days_between, shifted
from linter.model.history import Tag
from linter.model.request import PolicyFile, Request
from tests.support.code import function
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review
from tests.support.sheets import sheets_after

TODAY = "2026-06-01"

DATED = """\
preparation:
  load_test:
    script: tests/load.js
    target: {{count: 200, per: second, metric: requests}}
    achieved: {{count: 9000, per: minute, metric: requests}}
    ran_on: {ran}
    max_age: 100d
quality:
  backup: {{rpo: 15m, rto: 4h, restored_on: {restored}}}
iterating: {{release_cadence: weekly}}
reviews:
  - sections: [clarity]
    by: "@grace"
    role: engineering
    signed_on: "{signed}"
    verdict: conditional
    digest: sha256:0000
    conditions: [{{what: Try a restore of the replica., due: "{due}"}}]
waivers:
  - id: W-1
    rules: [RL501]
    reason: The replica is restored together with the move to the new region.
    owner: "@ada"
    approved_by: "@grace"
    created: "{created}"
    expires: "{expires}"
simplicity:
  debt:
    - {{path: a.py, symbol: legacy, metric: cyclomatic_complexity, ceiling: 40, until: "{until}", owner: "@ada"}}
"""

NAMES = ("ran", "restored", "signed", "due", "created", "expires", "until", "ignored", "effective", "tagged")
IGNORED = "  # review-lint: ignore[RL803] it is replaced by the new planner until {ignored}"
POLICY = "version: 1\nname: acme\neffective: {{RL304: {effective}}}\n"


class Tagged:
    """A history with five releases, of which the last one is on a day of the test's choice."""

    is_shallow = False

    def __init__(self, day: str) -> None:
        self._days = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", day)

    def has_commit(self, name: str) -> bool:
        return False

    def last_change(self, path: str) -> None:
        return None

    def changes(self, path: str, count: int) -> tuple[str, ...]:
        return ()

    def read_at(self, commit: str, path: str, limit: int) -> None:
        return None

    def tags(self) -> tuple[Tag, ...]:
        return tuple(Tag(f"v1.{number}.0", day) for number, day in enumerate(self._days))


class Judged(NamedTuple):
    """What a run says on a day, and until which day that holds."""

    said: tuple[object, ...]
    good_until: str


def judged(days: Mapping[str, str], today: str) -> Judged:
    """A run, and the sheets of what it has judged."""
    code = function("legacy", 20).replace(":\n", ":" + IGNORED.format(**days) + "\n", 1) + function("other", 18)
    text = review(DATED.format(**days), {"lifecycle: experimental": "lifecycle: production"})
    policy = PolicyFile("policy.yaml", POLICY.format(**days).encode())
    snapshot = MemorySnapshot({"REVIEW.yaml": text, "a.py": code})
    history = Tagged(days["tagged"])
    outcome = lint(snapshot, Request(today, policy=policy), history)
    found = sheets_after(outcome, snapshot, today, history)
    said = (outcome.findings, outcome.notes, found.sheets, found.pictures)
    return Judged(said, min(outcome.good_until, found.good_until))


def around(first: int, last: int) -> st.SearchStrategy[str]:
    start = date.fromisoformat(TODAY)
    return st.integers(first, last).map(lambda number: (start + timedelta(number)).isoformat())


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, around(-400, 60))), st.data())
@settings(max_examples=20, deadline=None)
def test_a_run_says_the_same_on_every_day_until_the_one_that_it_names(
    days: dict[str, str], data: st.DataObject
) -> None:
    first = judged(days, TODAY)
    left = days_between(TODAY, min(first.good_until, shifted(TODAY, 500)))
    for number in {left, data.draw(st.integers(0, left))}:
        assert judged(days, shifted(TODAY, number)).said == first.said


@pytest.mark.parametrize("changed", [
    {"ran": "2026-05-20"}, {"restored": "2025-09-01"}, {"signed": "2025-09-01"}, {"due": "2026-06-30"},
    {"expires": "2026-06-30"}, {"until": "2026-07-30"}, {"ignored": "2026-06-04"}, {"tagged": "2026-06-03"},
    {"effective": "2026-06-09", "ran": "2027-01-01"}, {"created": "2026-06-20", "expires": "2026-11-01"},
], ids=str)  # fmt: skip
def test_the_day_that_is_named_is_not_only_safe_but_the_last_one(changed: dict[str, str]) -> None:
    days = {**calm(), **changed}
    first = judged(days, TODAY)
    assert TODAY < first.good_until < judged(calm(), TODAY).good_until
    after = judged(days, shifted(first.good_until, 1))
    assert after.said != first.said


@cache
def calm() -> Mapping[str, str]:
    """Days that matter for the first time in September: then the load test is old."""
    early = dict.fromkeys(("ran", "effective"), "2025-01-01")
    late = dict.fromkeys(("due", "until", "ignored"), "2027-09-01")
    fresh = dict.fromkeys(("created", "restored", "signed", "ran"), "2026-05-31")
    return {**early, **late, **fresh, "expires": "2026-11-01", "tagged": "2026-05-01"}


def test_what_nobody_asked_for_holds_for_ever() -> None:
    assert lint(MemorySnapshot({"a.py": function("one", 3)}), Request(TODAY)).good_until == LAST


@pytest.mark.parametrize(("other", "good_until"), [
    ("2026-05-31", LAST), ("2026-06-01", LAST), ("2026-06-02", TODAY), ("2026-06-03", "2026-06-02"), ("soon", TODAY),
])  # fmt: skip
def test_a_comparison_is_noted_from_either_side(other: str, good_until: str) -> None:
    for ask in (lambda day: day < other, lambda day: other > day, lambda day: day >= other, lambda day: other <= day):
        today = Today(TODAY)
        assert ask(today) is ask(TODAY)
        assert today.good_until == good_until


@given(around(-3, 3), st.sampled_from(["__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"]))
def test_a_comparison_is_good_until_the_last_day_of_its_answer(other: str, name: str) -> None:
    today = Today(TODAY)
    answer = getattr(today, name)(other)
    days = [shifted(TODAY, number) for number in range(9)]
    change = next((day for day in days if getattr(day, name)(other) is not answer), None)
    assert today.good_until == (LAST if change is None else shifted(change, -1))


def test_who_says_the_day_says_it_on_this_day_only() -> None:
    for ask in (str, "{}".format, lambda day: days_between("2026-01-01", day), lambda day: f"{day}"):
        today = Today(TODAY)
        ask(today)
        assert today.good_until == TODAY


def test_days_are_shifted_as_far_as_there_are_days() -> None:
    assert (shifted("2026-02-27", 2), shifted("2026-03-01", -1)) == ("2026-03-01", "2026-02-28")
    assert (shifted("9999-12-30", 5), shifted("0001-01-02", -5)) == ("9999-12-31", "0001-01-01")
