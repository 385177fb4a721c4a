"""What a policy changes in a run."""

from collections.abc import Mapping

import pytest

from linter.engine.lint import lint
from linter.engine.outcome import Outcome
from linter.errors import ConfigurationError
from linter.model.finding import Finding, Severity
from linter.model.request import PolicyFile, Request
from linter.model.snapshot import TargetKind
from tests.support.code import function
from tests.support.memory import MemorySnapshot
from tests.support.policies import SMALL
from tests.support.reviews import review

TODAY = "2026-06-01"
WAIVER = """\
waivers:
  - id: parser
    rules: [{rule}]
    kind: accepted-risk
    reason: The grammar of the old format is what it is.
    owner: "@ada"
    approved_by: "@grace"
    created: 2026-05-01
    expires: {expires}
"""


def run(
    policy: str, files: Mapping[str, str], base: Mapping[str, str] | None = None, today: str = TODAY, **asked: str
) -> Outcome:
    """A run with a policy that the command line brings; without a base nothing is compared."""
    request = Request(today, policy=PolicyFile("/etc/acme.yaml", (SMALL + policy).encode()))
    request = request._replace(**{key: (value,) for key, value in asked.items()})
    bases = () if base is None else (MemorySnapshot(base, revision="0" * 40),)
    return lint(MemorySnapshot(files, bases), request)


def found(outcome: Outcome, code: str) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.rule == code and finding.suppressed is None]


def severities(outcome: Outcome, code: str) -> list[str]:
    return [finding.severity.label for finding in found(outcome, code)]


TYPO = {"REVIEW.yaml": review("tagz: [x]\n")}
"""One RL006, an error of its own."""

TIER_2 = {"REVIEW.yaml": review(changes={"lifecycle: experimental": "lifecycle: production\ntier: 2"})}


def configured(text: str, files: Mapping[str, str]) -> dict[str, str]:
    return {**files, "review-lint.toml": text}


@pytest.mark.parametrize(
    ("policy", "configuration", "expected"),
    [
        ("", "", "error"),
        ("severity: {RL006: warning}", "", "warning"),
        ("severity: {RL: advice, RL00: warning}", "", "warning"),
        ("severity: {RL006: warning}", 'severity = {RL006 = "advice"}', "advice"),
        ("severity: {RL006: warning}", 'severity = {RL0 = "error"}', "error"),
        ("severity: {RL006: warning}\nlocked: [RL006]", 'severity = {RL006 = "advice"}', "warning"),
        ("severity: {RL006: warning}\nlocked: [RL006]", 'severity = {RL006 = "error"}', "error"),
        ("locked: [RL00]", 'severity = {RL0 = "advice"}', "error"),
        ("effective: {RL006: 2026-06-02}", "", "advice"),
        ("effective: {RL006: 2026-06-01}", "", "error"),
        ("effective: {RL0: 2026-06-02}\nseverity: {RL006: warning}", "", "advice"),
        ("effective: {RL0: 2026-06-01}\nseverity: {RL006: warning}", "", "warning"),
        ("effective: {RL0: 2026-06-02, RL006: 2026-05-01}", "", "error"),
        ("effective: {RL006: 2026-06-02}", 'severity = {RL006 = "error"}', "error"),
        ("effective: {RL006: 2026-06-02}\nlocked: [RL006]", "", "advice"),
    ],
)
def test_severity_is_configured_else_the_policys_else_the_rules_own(
    policy: str, configuration: str, expected: str
) -> None:
    assert severities(run(policy, configured(configuration, TYPO)), "RL006") == [expected]


def test_a_policy_makes_what_tier_2_owes_an_error() -> None:
    assert "warning" in severities(run("", TIER_2), "RL007")
    assert set(severities(run("severity: {RL007: error}", TIER_2), "RL007")) == {"error"}


def test_the_status_of_a_section_lowers_what_the_policy_raised() -> None:
    files = {"REVIEW.yaml": review("simplicity: {status: draft, mood: x}\n")}
    assert severities(run("severity: {RL006: error}\nlocked: [RL006]", files), "RL006") == ["advice"]


def test_only_a_policy_sets_the_severity_of_governance_rules_and_a_notice_stays_one() -> None:
    ended = {"REVIEW.yaml": review(WAIVER.format(rule="RL801", expires="2026-05-31"))}
    assert severities(run("", ended), "RL905") == ["warning"]
    assert severities(run("severity: {RL905: error}", ended), "RL905") == ["error"]
    assert severities(run("severity: {RL905: error}", ended, today="2026-05-30"), "RL905") == ["advice"]


@pytest.mark.parametrize(
    "configuration",
    ['ignore = ["RL006"]', 'ignore = ["RL"]', 'select = ["RL8"]', 'per-path-ignore = {"**" = ["RL0", "RL8"]}'],
)
def test_a_locked_rule_is_checked_whatever_the_configuration_leaves_out(configuration: str) -> None:
    files = configured(configuration, TYPO)
    assert severities(run("", files), "RL006") == []
    locked = run("locked: [RL006]", files)
    assert severities(locked, "RL006") == ["error"]
    assert locked.notes == ("review-lint.toml: RL006 counts all the same, because the policy acme locks it",)


def test_a_lock_changes_nothing_about_other_rules() -> None:
    files = configured('ignore = ["RL0"]\nper-path-ignore = {"*.py" = ["RL8"]}', {**TYPO, "a.py": function("a", 20)})
    outcome = run("locked: [RL802]", files)
    assert outcome.findings == ()
    assert outcome.notes == ("review-lint.toml: RL802 counts all the same, because the policy acme locks it",)


def test_the_command_line_still_chooses_what_to_look_at() -> None:
    assert severities(run("locked: [RL006]", TYPO, select="RL8"), "RL006") == []
    assert severities(run("locked: [RL006]", TYPO, ignore="RL006"), "RL006") == []


def test_a_lock_that_nothing_touches_is_not_spoken_of() -> None:
    files = configured('severity = {RL006 = "error"}', {**TYPO, "a.py": function("a", 3)})
    assert run("locked: [RL, mode, limits.nesting]", files).notes == ()


def limit(policy: str, simplicity: str, path: str = "a.py") -> tuple[int | None, tuple[str, ...]]:
    """The complexity limit that holds for a new file, and what is said about locks."""
    text = review(f"simplicity: {simplicity}\n" if simplicity else "")
    outcome = run(policy, {"REVIEW.yaml": text, path: function("new", 60)}, {})
    limits = [finding.data["limit"] for finding in found(outcome, "RL801")]
    return (limits[0] if limits else None), outcome.notes


LOCK = "limits: {cyclomatic_complexity: 12}\nlocked: [limits.cyclomatic_complexity]"


@pytest.mark.parametrize(
    ("policy", "simplicity", "path", "expected"),
    [
        ("", "", "a.py", 15),
        ("limits: {cyclomatic_complexity: 12}", "", "a.py", 12),
        ("limits: {cyclomatic_complexity: 12}", "{limits: {cyclomatic_complexity: 20}}", "a.py", 20),
        ("limits: {cyclomatic_complexity: 12}", "", "tests/a.py", 25),
        ("test_limits: {cyclomatic_complexity: 12}", "", "tests/a.py", 12),
        (LOCK, "", "a.py", 12),
        (LOCK, "{limits: {cyclomatic_complexity: 10}}", "a.py", 10),
        (LOCK, "{limits: {cyclomatic_complexity: 20}}", "tests/a.py", 25),
        (LOCK, "{overrides: [{paths: ['**'], limits: {cyclomatic_complexity: 30}}]}", "tests/a.py", 30),
        ("locked: [limits.nesting]", "{limits: {cyclomatic_complexity: 20}}", "a.py", 20),
    ],
)
def test_the_policys_limits_are_defaults_that_a_review_file_may_change_or_only_tighten(
    policy: str, simplicity: str, path: str, expected: int
) -> None:
    assert limit(policy, simplicity, path)[0] == expected


def test_a_looser_limit_counts_for_nothing_and_that_is_said_with_its_place() -> None:
    assert limit(LOCK, "{limits: {cyclomatic_complexity: 20}}") == (
        12,
        ("REVIEW.yaml:13: 20 is looser than 12, at which the policy locks `limits.cyclomatic_complexity`: 12 counts",),
    )


def test_an_override_cannot_loosen_either() -> None:
    assert limit(LOCK, "\n  overrides:\n    - {paths: ['*.py'], limits: {cyclomatic_complexity: 30}}") == (
        12,
        ("REVIEW.yaml:15: 30 is looser than 12, at which the policy locks `limits.cyclomatic_complexity`: 12 counts",),
    )


def test_an_override_of_other_files_is_not_spoken_of() -> None:
    assert limit(LOCK, "{overrides: [{paths: ['b/**'], limits: {cyclomatic_complexity: 30}}]}") == (12, ())


def test_a_locked_minimum_is_a_minimum() -> None:
    policy = "limits: {maintainability_index_min: 30}\nlocked: [limits.maintainability_index_min]"
    notes = limit(policy, "{limits: {maintainability_index_min: 10}}")[1]
    assert notes == (
        "REVIEW.yaml:13: 10 is looser than 30, at which the policy locks `limits.maintainability_index_min`: 30 counts",
    )
    assert limit(policy, "{limits: {maintainability_index_min: 40}}")[1] == ()


@pytest.mark.parametrize(
    ("policy", "simplicity", "expected"),
    [
        ("", "", ["error"]),
        ("mode: advice", "", ["advice"]),
        ("mode: advice", "{mode: ratchet}", ["error"]),
        ("", "{mode: advice}", ["advice"]),
        ("locked: [mode]", "{mode: advice}", ["error"]),
        ("mode: advice\nlocked: [mode]", "{mode: absolute}", ["error"]),
        ("locked: [RL801]", "{mode: advice}", ["advice"]),
    ],
)
def test_the_mode_is_the_review_files_unless_the_policy_locks_it(
    policy: str, simplicity: str, expected: list[str]
) -> None:
    files = {"REVIEW.yaml": review(f"simplicity: {simplicity}\n" if simplicity else ""), "a.py": function("a", 20)}
    assert severities(run(policy, files, {}), "RL801") == expected


@pytest.mark.parametrize(
    ("policy", "simplicity", "expected"),
    [
        ("", "", ["warning"]),
        ("legacy_tolerance: 1", "", ["error"]),
        ("legacy_tolerance: 1", "{legacy_tolerance: 2}", ["warning"]),
        ("legacy_tolerance: 1\nlocked: [legacy_tolerance]", "{legacy_tolerance: 2}", ["error"]),
        ("locked: [legacy_tolerance]", "{legacy_tolerance: 0}", ["error"]),
    ],
)
def test_the_tolerance_likewise(policy: str, simplicity: str, expected: list[str]) -> None:
    text = review(f"simplicity: {simplicity}\n" if simplicity else "")
    old, new = ({"REVIEW.yaml": text, "a.py": function("a", number)} for number in (20, 22))
    assert severities(run(policy, new, old), "RL802") == expected


def test_code_that_no_review_file_covers_has_the_policys_defaults() -> None:
    outcome = run("limits: {cyclomatic_complexity: 12}", {"a.py": function("a", 13)}, {})
    assert severities(outcome, "RL801") == ["error"]


def test_a_waiver_lasts_no_longer_than_the_policy_lets_it() -> None:
    text = review(WAIVER.format(rule="RL006", expires="2026-06-30") + "tagz: [x]\n")
    assert severities(run("", {"REVIEW.yaml": text}), "RL006") == []
    short = run("waivers: {max_age: 59d}", {"REVIEW.yaml": text})
    assert severities(short, "RL906") == severities(short, "RL006") == ["error"]
    assert "60 days from 2026-05-01; at most 59 are allowed" in found(short, "RL906")[0].message
    assert severities(run("waivers: {max_age: 60d}", {"REVIEW.yaml": text}), "RL906") == []


def test_nothing_hides_what_the_policy_forbids_to_waive() -> None:
    hidden = "# review-lint: ignore[RL801] the grammar is what it is"
    code = function("old", 20).replace("(a):", f"(a):  {hidden}")
    debt = "simplicity:\n  debt:\n    - {symbol: owed, path: owed.py, metric: cyclomatic_complexity, ceiling: 20,"
    text = review(
        WAIVER.format(rule="RL801", expires="2026-06-30")
        + "    paths: [waived.py]\n"
        + f'{debt} until: 2026-12-31, owner: "@ada"}}\n'
    )
    files = {"REVIEW.yaml": text, "a.py": code, "owed.py": function("owed", 20), "waived.py": function("w", 20)}
    assert found(run("", files, {"REVIEW.yaml": text}), "RL801") == []
    outcome = run("waivers: {forbidden: [RL80]}", files, {"REVIEW.yaml": text})
    assert [finding.location.path for finding in found(outcome, "RL801")] == ["a.py", "owed.py", "waived.py"]
    assert [finding.message for finding in found(outcome, "RL906")] == [
        "waiver parser names RL801, which the organisation's policy lets nobody waive"
    ]
    assert [finding.message for finding in found(outcome, "RL809")] == [
        "the organisation's policy does not let anything hide RL801"
    ]


class TestNamed:
    """The policy that the configuration names."""

    def run(self, files: Mapping[str, str], name: str = "ops/policy.yaml", **snapshot: object) -> Outcome:
        tree = {**files, "review-lint.toml": f'policy = "{name}"\n'}
        return lint(MemorySnapshot(tree, kind=TargetKind.REVISION, **snapshot), Request(TODAY))  # type: ignore[arg-type]

    def test_is_read_from_the_tree(self) -> None:
        outcome = self.run({**TYPO, "ops/policy.yaml": SMALL + "severity: {RL006: advice}"})
        assert severities(outcome, "RL006") == ["advice"]

    def test_gives_way_to_that_of_the_command_line(self) -> None:
        tree = {**TYPO, "review-lint.toml": 'policy = "missing.yaml"\n'}
        assert severities(run("severity: {RL006: warning}", tree), "RL006") == ["warning"]

    @pytest.mark.parametrize(
        "snapshot", [{}, {"links": {"ops/policy.yaml": "../REVIEW.yaml"}}, {"submodules": ["ops/policy.yaml"]}]
    )
    def test_has_to_be_a_file_of_the_tree(self, snapshot: dict[str, object]) -> None:
        with pytest.raises(ConfigurationError) as caught:
            self.run(TYPO, **snapshot)
        assert str(caught.value) == 'review-lint.toml: policy is "ops/policy.yaml", and there is no such file here'
        assert "--policy FILE" in caught.value.hint

    def test_says_its_own_path_where_it_is_broken(self) -> None:
        with pytest.raises(ConfigurationError, match=r"^ops/policy\.yaml:3:1: `lokced` is no key"):
            self.run({**TYPO, "ops/policy.yaml": SMALL + "lokced: []"})

    def test_that_cannot_be_read_says_so(self) -> None:
        with pytest.raises(ConfigurationError, match=r"ops/policy\.yaml cannot be read"):
            self.run({"ops/policy.yaml": SMALL}, unreadable=["ops/policy.yaml"])
        with pytest.raises(ConfigurationError, match=r"ops/policy\.yaml is larger"):
            self.run({"ops/policy.yaml": SMALL + "#" * 300_000})


def test_what_a_base_has_too_is_not_held_against_a_change() -> None:
    old = review("monitoring:\n  not_applicable: {because: The platform team has it all., agreed_by: '@ada'}\n")
    policy = "not_applicable: {forbidden: [monitoring]}"
    changed = run(policy, {"REVIEW.yaml": old + "tags: [new]\n"}, {"REVIEW.yaml": old})
    assert severities(changed, "RL013") == ["warning"]
    assert severities(run(policy, {"REVIEW.yaml": old}, {"REVIEW.yaml": review()}), "RL013") == ["error"]


def as_if(files: Mapping[str, str], base: Mapping[str, str] | None = None, **supposed: str | int) -> Outcome:
    bases = () if base is None else (MemorySnapshot(base, revision="0" * 40),)
    return lint(MemorySnapshot(files, bases), Request(TODAY, supposed=supposed))


class TestSupposed:
    """A review file judged as if it had another lifecycle or tier."""

    def test_asks_for_what_a_promotion_would(self) -> None:
        promoted = {"REVIEW.yaml": review(changes={"lifecycle: experimental": "lifecycle: production\ntier: 1"})}
        supposed = as_if({"REVIEW.yaml": review()}, lifecycle="production", tier=1)
        assert [f.message for f in found(supposed, "RL007")] == [f.message for f in found(as_if(promoted), "RL007")]
        assert len(found(supposed, "RL007")) > 5

    def test_one_of_the_two_will_do(self) -> None:
        beta = as_if({"REVIEW.yaml": review()}, lifecycle="beta")
        assert any("`tier` is missing" in finding.message for finding in found(beta, "RL007"))
        assert as_if({"REVIEW.yaml": review()}, tier=1).findings == ()

    @pytest.mark.parametrize("written", ["tier: 9", "tier: no", "tier: [1]", "lifecycle: off", 'tier: "1"', "tier:"])
    def test_what_the_file_says_there_does_not_matter(self, written: str) -> None:
        key = written.partition(":")[0]
        changes = {"lifecycle: experimental": written} if key == "lifecycle" else {}
        text = review(f"{written}\n" if key == "tier" else "", changes)
        outcome = as_if({"REVIEW.yaml": text}, lifecycle="experimental", tier=4)
        assert outcome.findings == ()

    def test_every_finding_has_a_place_in_the_file(self) -> None:
        text = review("tier: {not_applicable: {because: It is only a sketch of ours., agreed_by: '@ada'}}\n")
        outcome = as_if({"REVIEW.yaml": text}, lifecycle="production", tier=2)
        lines = text.count("\n")
        assert outcome.findings
        assert all(1 <= finding.location.span.start.line <= lines for finding in outcome.findings)

    def test_a_change_owes_everything_then(self) -> None:
        old, new = {"REVIEW.yaml": review()}, {"REVIEW.yaml": review("tags: [new]\n")}
        outcome = as_if(new, old, lifecycle="production", tier=1)
        assert set(severities(outcome, "RL007")) == {"error"}

    @pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "version: 7\n"])
    def test_a_file_that_cannot_be_judged_is_told_as_ever(self, text: str) -> None:
        files = {"REVIEW.yaml": text}
        assert as_if(files, lifecycle="production", tier=1).findings == as_if(files).findings != ()


def test_without_a_policy_nothing_is_noted() -> None:
    assert lint(MemorySnapshot({**TYPO, "a.py": function("a", 20)}), Request(TODAY)).notes == ()
    assert Severity.ERROR in {finding.severity for finding in lint(MemorySnapshot(TYPO), Request(TODAY)).findings}
