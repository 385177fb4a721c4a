"""SARIF: what the standard and GitHub's code scanning ask for."""

import json
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from linter.model.finding import Finding, Location, Position, Severity, Span, Suppression
from linter.output import Options, sarif
from linter.rules.catalogue import ALL_RULES
from tests.support.consumers import SARIF
from tests.support.reports import CASES, IGNORED, NEW_COMPLEXITY, UNKNOWN_KEY, WORSE, Case, rendered, report_of

USUAL, SHOW = Options(), Options(show_suppressed=True)


def run_of(*findings: Finding, options: Options = USUAL, **fields: object) -> Any:
    return parsed(Case(report_of(findings, **fields), options))  # type: ignore[arg-type]


def parsed(case: Case) -> Any:
    log = json.loads(rendered(case, "sarif"))
    SARIF.validate(log)
    (run,) = log["runs"]
    return run


def region(span: Span, excerpt: str | None) -> Any:
    location = WORSE.location._replace(span=span)
    (result,) = run_of(WORSE._replace(location=location, excerpt=excerpt))["results"]
    return result["locations"][0]["physicalLocation"]["region"]


def span(line: int, column: int, *end: int) -> Span:
    return Span(Position(line, column), Position(*end) if end else None)


@pytest.mark.parametrize("name", CASES)
def test_logs_are_as_the_schema_says(name: str) -> None:
    for options in (CASES[name].options, SHOW):
        run = parsed(CASES[name]._replace(options=options))
        for result in run["results"]:
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_the_schema_refuses_what_is_none() -> None:
    log = json.loads(rendered(CASES["mixed"], "sarif"))
    log["runs"][0]["results"][0]["level"] = "advice"
    assert [list(error.absolute_path)[-1] for error in SARIF.iter_errors(log)] == ["level"]


@pytest.mark.parametrize(
    ("place", "excerpt", "expected"),
    [
        (span(3, 5, 3, 8), "def parse(text):", {"startLine": 3, "startColumn": 5, "endColumn": 8}),
        (span(3, 5), "def parse(text):", {"startLine": 3, "startColumn": 5}),
        # U+1F600 takes two units of UTF-16 and is one character.
        (span(1, 2, 1, 4), "\U0001f600字\U0001f600x", {"startLine": 1, "startColumn": 3, "endColumn": 6}),
        (span(1, 3, 1, 4), "\udce9\U0001f600x", {"startLine": 1, "startColumn": 4, "endColumn": 5}),
        (span(3, 5, 7, 1), "    a: [", {"startLine": 3, "startColumn": 5, "endLine": 6}),
        (span(3, 5, 7, 4), "    a: [", {"startLine": 3, "startColumn": 5, "endLine": 7}),
        (span(3, 5, 4, 1), "    a", {"startLine": 3, "startColumn": 5}),
        (span(3, 5, 3, 9), None, {"startLine": 3}),
        (span(3, 5, 6, 9), None, {"startLine": 3, "endLine": 6}),
        (span(3, 1, 3, 9), "short", {"startLine": 3, "startColumn": 1}),
        (span(1, 1), None, {"startLine": 1, "startColumn": 1}),
    ],
)
def test_columns_count_units_of_utf16_as_far_as_the_line_is_known(place: Span, excerpt: str, expected: object) -> None:
    assert region(place, excerpt) == expected
    assert run_of()["columnKind"] == "utf16CodeUnits"


@pytest.mark.parametrize("name", ["a b/ä:c%41?#.py", "caf\udce9.py", "a//b", "[x](y)\n.py", "-._~!$&'()*+,;=@"])
def test_paths_are_relative_references_to_the_very_bytes(name: str) -> None:
    location = Location(name)
    run = run_of(WORSE._replace(location=location))
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote_to_bytes(place["uri"]) == name.encode("utf-8", "surrogateescape")
    assert not set(place["uri"]) & set(' :?#[]\n"<>\\^`{|}')
    assert place["uriBaseId"] in run["originalUriBaseIds"]


def test_fingerprints_survive_moved_lines() -> None:
    moved = WORSE._replace(location=WORSE.location._replace(span=span(90, 5)))
    prints = [run_of(finding)["results"][0]["partialFingerprints"] for finding in (WORSE, moved, NEW_COMPLEXITY)]
    assert prints[0] == prints[1] != prints[2]
    assert prints[0].keys() == {"reviewLint/v1"}


def test_rules_are_those_that_are_cited_and_say_how_to_mend() -> None:
    run = run_of(WORSE, UNKNOWN_KEY, WORSE)
    first, second = run["tool"]["driver"]["rules"]
    assert [first["id"], second["id"]] == ["RL006", "RL802"]
    assert (
        second["shortDescription"]["text"]
        == "That no existing function above the limit has become more complex than it was."
    )
    assert "\n\nRemedy\n\nPut the new branch" in second["help"]["text"]
    assert "## Remedy\n\nPut the new branch" in second["help"]["markdown"]
    assert second["defaultConfiguration"] == {"level": "error"}
    assert second["properties"] == {"tags": ["simplicity"], "problem.severity": "error"}
    assert "helpUri" not in second


def test_every_rule_can_be_described() -> None:
    findings = [WORSE._replace(rule=rule.code, name=rule.name) for rule in ALL_RULES]
    rules = run_of(*findings)["tool"]["driver"]["rules"]
    assert len(rules) == len(ALL_RULES)
    for rule in rules:
        assert 20 < len(rule["shortDescription"]["text"]) <= len(rule["fullDescription"]["text"]) <= 1024
        assert "<code>" not in rule["help"]["markdown"]


def test_a_rule_that_is_not_known_has_its_code_alone() -> None:
    assert run_of(WORSE._replace(rule="XX001"))["tool"]["driver"]["rules"] == [{"id": "XX001"}]


def test_suppressed_findings_are_shown_only_if_asked_for() -> None:
    waived = WORSE._replace(suppressed=Suppression("waiver w", "is being\nrewritten", "2027-03-31"))
    assert [result["ruleId"] for result in run_of(UNKNOWN_KEY, IGNORED, waived)["results"]] == ["RL006"]
    shown = run_of(UNKNOWN_KEY, IGNORED, waived, options=SHOW)["results"]
    assert [result["suppressions"] for result in shown] == [
        [],
        [
            {
                "kind": "inSource",
                "status": "accepted",
                "justification": "suppressed by inline ignore until 2027-03-31: generated by the parser generator",
            }
        ],
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "suppressed by waiver w until 2027-03-31: is being\\nrewritten",
            }
        ],
    ]


def test_nothing_in_a_message_becomes_a_link_or_a_placeholder() -> None:
    (result,) = run_of(WORSE._replace(message="see [this](javascript:alert(1)) and {0} or {a: 1}", hint="[x](0)"))[
        "results"
    ]
    assert result["message"]["text"] == (
        "see [this\\x5d(javascript:alert(1)) and \\x7b0} or {a: 1}\n\nWhat to do: [x\\x5d(0)"
    )


def test_notes_are_notifications() -> None:
    (invocation,) = run_of(notes=("the policy is\x1b old",))["invocations"]
    assert invocation == {
        "executionSuccessful": True,
        "exitCode": 0,
        "toolExecutionNotifications": [{"level": "note", "message": {"text": "the policy is\\x1b old"}}],
    }


@pytest.mark.parametrize(
    ("finding", "exit_zero", "code"), [(WORSE, False, 0), (UNKNOWN_KEY, False, 1), (UNKNOWN_KEY, True, 0)]
)
def test_the_exit_code_is_that_of_the_run(finding: Finding, exit_zero: bool, code: int) -> None:
    (invocation,) = run_of(finding, options=Options(exit_zero=exit_zero))["invocations"]
    assert invocation["exitCode"] == code


def many(number: int, severity: Severity) -> list[Finding]:
    return [WORSE._replace(severity=severity, anchor=f"{severity}{at}", message=f"{at:x}" * 9) for at in range(number)]


def test_beyond_githubs_limit_the_gravest_are_kept_and_a_notification_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 4)
    hidden = IGNORED._replace(anchor="hidden")
    run = run_of(*many(3, Severity.ADVICE), *many(2, Severity.WARNING), hidden, UNKNOWN_KEY, options=SHOW)
    assert sorted(result["level"] for result in run["results"]) == ["error", "note", "warning", "warning"]
    assert [bool(result["suppressions"]) for result in run["results"]] == [False] * 4
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "warning"
    assert notification["message"]["text"].startswith("3 findings are left out")


def test_beyond_githubs_size_there_are_fewer_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "LARGEST", 6000)
    run = run_of(*many(200, Severity.WARNING))
    assert 10 < len(run["results"]) <= 100
    assert "findings are left out" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_limits_are_those_of_github() -> None:
    assert (sarif.MOST_RESULTS, sarif.LARGEST) == (25_000, 10_000_000)
