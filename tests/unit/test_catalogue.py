"""The catalogue of rules: complete, in order, and documented under the fixed headings."""

import re

import pytest

from linter.model.rule import FAMILIES, Rule
from linter.rules.catalogue import ALL_RULES
from linter.rules.codes import CODES
from linter.rules.documentation import HEADINGS, sections, summary

RULES = {
    "RL001": "parse-error",
    "RL002": "duplicate-key",
    "RL003": "yaml11-trap",
    "RL004": "unsafe-yaml",
    "RL005": "file-missing",
    "RL006": "unknown-key",
    "RL007": "missing-key",
    "RL008": "invalid-value",
    "RL009": "hollow-text",
    "RL010": "other-version",
    "RL011": "evidence-missing",
    "RL012": "evidence-hollow",
    "RL013": "forbidden-not-applicable",
    "RL014": "unknown-owner",
    "RL015": "sla-outside-band",
    "RL016": "unadopted-section",
    "RL101": "slo-below-sla",
    "RL102": "implausible-sla",
    "RL103": "fair-usage-over-capacity",
    "RL201": "stale-diagram",
    "RL202": "contract-drift",
    "RL203": "undeclared-dependency",
    "RL204": "unguarded-dependency",
    "RL301": "tests-missing",
    "RL302": "change-untested",
    "RL303": "load-test-short",
    "RL304": "stale-test-evidence",
    "RL305": "open-critical-finding",
    "RL401": "cadence-drift",
    "RL501": "untested-restore",
    "RL502": "page-without-runbook",
    "RL503": "security-control-missing",
    "RL601": "unmeasured-sla",
    "RL602": "unmeasured-use-case",
    "RL603": "event-not-in-code",
    "RL701": "big-bang",
    "RL702": "unsound-stages",
    "RL703": "no-way-back",
    "RL801": "new-complexity",
    "RL802": "worse-complexity",
    "RL803": "legacy-complexity",
    "RL804": "low-maintainability",
    "RL805": "too-big",
    "RL806": "unanalysable",
    "RL807": "module-boundary",
    "RL808": "duplicate-function",
    "RL809": "bad-suppression",
    "RL810": "slack-suppression",
    "RL901": "review-missing",
    "RL902": "stale-review",
    "RL903": "self-review",
    "RL904": "lapsed-review",
    "RL905": "expired-waiver",
    "RL906": "malformed-waiver",
    "RL907": "unused-waiver",
    "RL908": "weakened-promise",
}
"""Codes and names are what people write into waivers and configurations: a change here breaks their files."""


def test_codes_and_names_are_those_that_people_rely_on() -> None:
    assert {rule.code: rule.name for rule in ALL_RULES} == RULES


def test_the_families_are_complete() -> None:
    ranges = [(1, 16), (101, 103), (201, 204), (301, 305), (401, 401), (501, 503), (601, 603), (701, 703)]
    numbers = [number for first, last in [*ranges, (801, 810), (901, 908)] for number in range(first, last + 1)]
    assert list(RULES) == [f"RL{number:03}" for number in numbers]


def test_codes_are_sorted_and_unique() -> None:
    codes = [rule.code for rule in ALL_RULES]
    assert codes == sorted(set(codes))


def test_names_are_unique() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
class TestEveryRule:
    def test_code_and_name_have_their_form(self, rule: Rule) -> None:
        assert re.fullmatch(r"RL[0-9]{3}", rule.code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert rule.family in FAMILIES.values()

    def test_documentation_has_exactly_the_fixed_headings(self, rule: Rule) -> None:
        assert tuple(sections(rule)) == HEADINGS

    def test_no_heading_stands_over_nothing(self, rule: Rule) -> None:
        assert [heading for heading, text in sections(rule).items() if len(text) < 10] == []

    def test_summary_is_one_line_that_ends_a_sentence(self, rule: Rule) -> None:
        assert re.fullmatch(r"[A-Z].*[.:]", summary(rule))


def test_the_codes_that_are_known_without_the_rules_are_theirs() -> None:
    assert [rule.code for rule in ALL_RULES] == list(CODES)
