"""RL009 and RL016 at their edges."""

import pytest

from linter.engine.drafting.draft import Facts, draft
from linter.engine.lint import lint
from linter.model.finding import Severity
from linter.model.hollow import is_hollow, is_placeholder
from linter.model.request import Request
from linter.model.schema import key_places
from linter.rules.honesty import CITED, CODE, NAMES, hollow_text, unadopted_section
from tests.support.examples import TODAY
from tests.support.judging import experimental, hits_of, pointers
from tests.support.memory import MemorySnapshot
from tests.support.review_schema import SCHEMA

SAME = "There is nothing of the kind in it."


@pytest.mark.parametrize(
    "text",
    [
        *(
            "TBD",
            "tbd.",
            "<TBD>",
            "T.B.D.",
            "(todo)",
            "TO  DO",
            "To be\n defined!",
            "n/a",
            "N/A.",
            "n. a.",
            "NA",
            "idem",
        ),
        *("Ditto", "same as above", "…", "...", "---", "?", "“TBD”", "@tbd", "TBD TBD TBD", "TBD, TBC; n/a", " "),
        *("to be determined", "not applicable", "unknown", "work in progress", "xxx", "🚧", "", "tbd\u200b"),
    ],
)
def test_texts_that_say_nothing(text: str) -> None:
    assert is_hollow(text)


@pytest.mark.parametrize(
    "text",
    [
        *("none", "no", "TBD after the audit in May", "the TBD team", "todo-app", "later than noon", "same-day orders"),
        *("/", "*", "#", "日本", "payments is down", "not known to fail", "Unknown callers are refused.", "idempotent"),
    ],
)
def test_texts_that_say_something(text: str) -> None:
    assert not is_hollow(text)


@pytest.mark.parametrize("text", ["TODO", "TODO: who", "TODO write this", "@TODO", " TODO(ada) ", "todo-name"])
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["TODOs are kept short", "TODO.md", "TODO/list", "todo", "Write TODO: here", "@TODOS"])
def test_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("lifecycle", ["experimental", "beta", "production", "deprecated", "retired"])
def test_every_placeholder_of_a_first_file_is_advice(lifecycle: str) -> None:
    text = draft(Facts(lifecycle=lifecycle))
    snapshot = MemorySnapshot({"REVIEW.yaml": text})
    findings = lint(snapshot, Request(TODAY, select=("RL009",))).findings
    assert {finding.severity for finding in findings} == {Severity.ADVICE}
    lines = {finding.location.span.start.line for finding in findings}
    content = enumerate(text.splitlines(), 1)
    assert lines == {number for number, line in content if "todo" in line.partition("#")[0].lower()}


def test_above_the_sections_a_placeholder_is_advice_only_while_all_of_them_are_drafts() -> None:
    team = {'"@acme/drawing"': '"@TODO"'}
    text = experimental().replace(*next(iter(team.items())))
    drafts = text.replace("clarity:\n", "clarity:\n  status: draft\n").replace(
        "planning:\n", "planning:\n  status: draft\n"
    )
    assert [hit.severity for hit in hits_of(hollow_text, text)] == [None]
    assert [hit.severity for hit in hits_of(hollow_text, drafts)] == [Severity.ADVICE]


def test_the_first_place_is_named_by_every_other_one() -> None:
    text = experimental(f"""\
quality:
  single_points_of_failure: ["{SAME}"]
simplicity:
  reuse: {{considered: [{{what: acme-retry, verdict: rejected, because: "{SAME.upper()}"}}]}}
""").replace(
        "dependencies: []", f"dependencies: []\n  failure_modes: [{{what: '{SAME}', effect: '{SAME}', response: x}}]"
    )
    hits = hits_of(hollow_text, text)
    assert pointers(hits) == ["/quality/single_points_of_failure/0", "/simplicity/reuse/considered/0/because"]
    assert {hit.data["first"] for hit in hits} == {"/planning/failure_modes/0/what"}
    assert all("`planning.failure_modes[0].what` in line 13" in hit.message for hit in hits)


@pytest.mark.parametrize(("text", "is_repeated"), [("x" * 9 + " " + "x" * 10, True), ("x" * 9 + "  " + "x" * 9, False)])
def test_twenty_characters_are_enough_without_the_superfluous_white_space(text: str, is_repeated: bool) -> None:
    file = experimental(f'quality:\n  single_points_of_failure: ["{text}"]\n', f'  non_goals: ["{text}"]\n')
    assert bool(hits_of(hollow_text, file)) is is_repeated


@pytest.mark.parametrize("name", ["Größe-des-Zwischenspeichers", "二十文字より長い文章がここに二度書かれているのです"])
def test_a_long_word_that_no_program_uses_is_a_text(name: str) -> None:
    file = experimental(f'quality:\n  single_points_of_failure: ["{name}"]\n', f'  non_goals: ["{name}"]\n')
    assert len(hits_of(hollow_text, file)) == 1


@pytest.mark.parametrize(
    "name", ["https://example.org/runbook", "the-scheduler-of-the-shop", "@acme/platform-architects"]
)
def test_a_long_name_may_be_repeated(name: str) -> None:
    file = experimental(f'quality:\n  single_points_of_failure: ["{name}"]\n', f'  non_goals: ["{name}"]\n')
    assert hits_of(hollow_text, file) == []


def test_own_keys_and_unsound_values_are_not_read() -> None:
    assert hits_of(hollow_text, experimental("x-note: TBD\nunknown: TBD\nsystem: TBD\ntags: [7, na]\n")) == []


def test_evidence_that_says_nothing_is_told_here_because_nobody_looks_it_up() -> None:
    text = experimental("iterating: {pipeline: {workflow: TODO, job: '...'}}\nrelease_plan: {kill_switch: tbd}\n")
    found = ["/iterating/pipeline/workflow", "/iterating/pipeline/job", "/release_plan/kill_switch"]
    assert pointers(hits_of(hollow_text, text)) == found


def test_a_dot_is_a_folder_where_a_path_stands() -> None:
    text = experimental("covers: [.]\npreparation: {unit_tests: {paths: [.]}}\n", "  non_goals: [.]\n")
    assert pointers(hits_of(hollow_text, text)) == ["/clarity/non_goals/0"]


def test_why_a_path_is_not_applicable_is_prose() -> None:
    excuse = '{not_applicable: {because: "tbd tbd tbd tbd tbd tbd", agreed_by: "@ada"}}'
    assert pointers(hits_of(hollow_text, experimental(f"iterating:\n  pipeline: {excuse}\n"))) == [
        "/iterating/pipeline/not_applicable/because"
    ]


def test_all_keys_that_the_rule_knows_exist() -> None:
    assert {place.key for place in key_places(SCHEMA)} >= NAMES | CITED | CODE


@pytest.mark.parametrize(
    ("lifecycle", "expected"),
    [("experimental", 0), ("beta", 0), ("production", 2), ("deprecated", 0), ("retired", 0)],
)
def test_sections_are_to_be_adopted_in_production(lifecycle: str, expected: int) -> None:
    text = experimental("quality:\n  status: draft\nmonitoring: {status: proposed}\n", "  status: adopted\n", lifecycle)
    assert len(hits_of(unadopted_section, text)) == expected


@pytest.mark.parametrize("status", ["draft", "proposed"])
def test_that_status_does_not_lower_its_own_rule(status: str) -> None:
    text = experimental(clarity=f"  status: {status}\n", lifecycle="production")
    (finding,) = lint(MemorySnapshot({"REVIEW.yaml": text}), Request(TODAY, select=("RL016",))).findings
    assert finding.severity is Severity.WARNING


def test_a_file_in_a_newer_format_is_not_judged_by_its_content() -> None:
    text = experimental("quality: {status: draft}\n", lifecycle="production").replace("version: 1", "version: 2")
    assert hits_of(unadopted_section, text) == []
