"""What the schema says about a review file, for people: one finding per mistake, at its place, with what to do."""

from typing import Any

import pytest

from linter.adapters.schema.check import check_schema
from linter.adapters.schema.files import load_schema
from linter.adapters.yaml.reader import read_review
from linter.model.document import Document, Problem
from linter.model.finding import Severity
from linter.rules import file

EXPERIMENT = """\
version: 1
name: orders
description: Takes orders from the shop and sees them paid.
kind: service
lifecycle: experimental
owner:
  team: "@acme/orders"
  product_owner: "@ada"
clarity:
  why: Shoppers gave up at the checkout because it took four pages; orders makes it one.
  use_cases:
    - id: place-order
      actor: shopper
      outcome: pays for the cart within one minute
      priority: must
planning:
  dependencies: []
"""


def judged(text: str) -> Document:
    return check_schema(read_review("REVIEW.yaml", text.encode()), load_schema("review"))


def changed(*changes: tuple[str, str], more: str = "") -> Document:
    text = EXPERIMENT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return judged(text + more)


def briefly(document: Document) -> list[tuple[str, int, int, str]]:
    return [(p.rule, *p.span.start, p.pointer) for p in document.problems]


def only(document: Document) -> Problem:
    [problem] = document.problems
    return problem


def test_a_valid_file_has_no_problems() -> None:
    assert judged(EXPERIMENT).problems == ()


def test_a_file_that_cannot_be_read_gets_no_more_problems() -> None:
    document = read_review("REVIEW.yaml", b"a: @b\n")
    assert check_schema(document, load_schema("review")) is document


class TestWholeFile:
    def test_an_empty_file_is_one_problem_that_says_what_to_do(self) -> None:
        problem = only(judged("# nothing yet\n"))
        assert (problem.rule, problem.span.start, problem.message) == ("RL008", (1, 1), "the file is empty")
        assert "review-lint init" in (problem.hint or "")

    @pytest.mark.parametrize(("text", "found"), [("- a\n", "a list"), ("text\n", '"text"'), ("12\n", "12")])
    def test_what_is_no_mapping_is_one_problem(self, text: str, found: str) -> None:
        problem = only(judged(text))
        assert (problem.rule, problem.pointer) == ("RL008", "")
        assert problem.message.endswith(f"found {found}")

    def test_a_newer_version_is_the_only_problem(self) -> None:
        problem = only(changed(("version: 1", "version: 7"), ("kind: service", "kind: [x]"), more="foo: 1\n"))
        assert (problem.rule, problem.fixable) == ("RL010", False)
        assert "upgrade" in (problem.hint or "")

    def test_version_0_is_judged_as_version_1(self) -> None:
        document = changed(("version: 1", "version: 0"), ("kind: service", "kind: servce"))
        assert briefly(document) == [("RL010", 1, 10, "/version"), ("RL008", 4, 7, "/kind")]
        assert document.problems[0].fixable

    @pytest.mark.parametrize("version", ["-1", "true", "1.5", '"2"', "one", "[1]"])
    def test_what_is_no_version_is_an_invalid_value(self, version: str) -> None:
        assert briefly(changed(("version: 1", f"version: {version}"))) == [("RL008", 1, 10, "/version")]


class TestUnknownKeys:
    def test_a_misspelt_key_is_not_missing_too(self) -> None:
        problem = only(changed(("product_owner", "product-ownr")))
        assert (problem.rule, problem.pointer, problem.span.start) == ("RL006", "/owner/product-ownr", (8, 3))
        assert problem.hint == "did you mean `product_owner`?"
        assert problem.fixable
        assert problem.data == {"candidates": ["product_owner"]}

    def test_a_shortened_key_is_recognised(self) -> None:
        assert only(changed(("priority", "prio"))).data == {"candidates": ["priority"]}

    def test_two_candidates_are_both_named_and_nothing_is_fixed(self) -> None:
        problem = only(changed(("planning:", "  sla: {availability_percent: 99, window: 30d, ro: 1h}\nplanning:")))
        assert problem.data == {"candidates": ["rpo", "rto"]}
        assert problem.hint == "did you mean `rpo` or `rto`?"
        assert not problem.fixable

    def test_a_key_of_another_section_is_sent_there_and_not_missing_there(self) -> None:
        problem = only(changed(("  product_owner", "product_owner")))
        assert (problem.rule, problem.pointer) == ("RL006", "/product_owner")
        assert problem.hint == "it belongs in `owner`"
        assert not problem.fixable

    def test_a_key_with_several_homes_names_them(self) -> None:
        assert only(changed(more="window: 30d\n")).hint == "it belongs in `clarity.sla` or in `clarity.slo`"

    def test_a_misspelt_key_of_another_section_is_recognised(self) -> None:
        assert only(changed(more="dashbords: []\n")).hint == "did you mean `dashboards`? It belongs in `monitoring`"

    def test_what_resembles_nothing_may_stay_with_a_prefix(self) -> None:
        assert only(changed(more="zebra: 1\n")).hint == "remove it; a key of your own begins with x-"

    def test_what_stands_beside_not_applicable_does_not_fit(self) -> None:
        more = (
            "quality:\n  not_applicable: {because: It has no users but ourselves., agreed_by: '@ada'}\n  backup: {}\n"
        )
        problem = only(changed(more=more))
        assert (problem.rule, problem.pointer, problem.span.start) == ("RL006", "/quality/backup", (20, 3))
        assert "beside" in (problem.hint or "")

    def test_own_keys_are_allowed_anywhere(self) -> None:
        assert not changed(("      actor", "      x-a: {}\n      actor"), more="x-b: [1]\n").problems

    def test_thousands_of_unknown_keys_are_all_told(self) -> None:
        assert len(changed(more="".join(f"dashbord{i}: 1\n" for i in range(5000))).problems) == 5000


ASKED_FROM_BETA = """\
preparation: {unit_tests: {paths: ["tests/**"]}}
iterating: {pipeline: .github/workflows/release.yml}
release_plan: {strategy: versioned}
"""


class TestMissingKeys:
    def test_it_stands_at_the_key_of_the_parent(self) -> None:
        document = changed(("name: orders\n", ""), ('  team: "@acme/orders"\n', ""), ("      actor: shopper\n", ""))
        assert briefly(document) == [
            ("RL007", 1, 1, "/name"),
            ("RL007", 5, 1, "/owner/team"),
            ("RL007", 10, 7, "/clarity/use_cases/0/actor"),
        ]

    def test_the_hint_has_a_line_to_add(self) -> None:
        problem = only(changed(("      priority: must\n", "")))
        assert problem.message == "`priority` is missing: an item of `use_cases` needs it"
        assert (problem.hint or "").endswith("Add, for example, `priority: must`.")

    def test_where_not_applicable_is_possible_the_hint_says_so(self) -> None:
        problem = only(changed(("lifecycle: experimental", "lifecycle: beta"), more=ASKED_FROM_BETA))
        assert problem.pointer == "/tier"
        assert (problem.hint or "").endswith("Add, for example, `tier: 2`, or say `not_applicable`.")

    def test_where_no_line_would_do_the_hint_names_the_command_that_shows_more(self) -> None:
        document = changed(("lifecycle: experimental", "lifecycle: production\ntier: 1"), more=ASKED_FROM_BETA)
        hints = {problem.pointer: problem.hint or "" for problem in document.problems}
        assert hints["/quality"].endswith(" `review-lint explain quality` shows one.")
        assert hints["/release_plan/stages"].endswith(" `review-lint explain release_plan.stages` shows one.")

    def test_an_absent_section_is_one_problem_that_names_its_keys(self) -> None:
        document = judged(EXPERIMENT.partition("clarity:")[0])
        assert [p.pointer for p in document.problems] == ["/clarity", "/planning"]
        assert document.problems[0].message == "`clarity` is missing, with `why` and `use_cases`: the file needs it"

    def test_an_empty_section_misses_its_keys(self) -> None:
        document = changed(("planning:\n  dependencies: []", "planning: {}"))
        assert briefly(document) == [("RL007", 16, 1, "/planning/dependencies")]

    def test_it_says_why_it_is_required(self) -> None:
        problems = changed(("lifecycle: experimental", "lifecycle: deprecated")).problems
        assert {p.pointer: p.message.partition(": ")[2] for p in problems}["/sunset"] == "lifecycle is deprecated"

    @pytest.mark.parametrize(("tier", "severity"), [(1, None), (2, Severity.WARNING)])
    def test_what_only_running_products_owe_is_a_warning_at_tier_2(self, tier: int, severity: Severity | None) -> None:
        document = changed(("lifecycle: experimental", f"lifecycle: production\ntier: {tier}"))
        severities = {hit.location.pointer: hit.severity for hit in file.missing_key.check(document)}
        assert severities["/quality"] == severities["/owner/chat"] == severity
        assert severities["/preparation"] is None, "unit tests are asked for from beta on"

    def test_a_retired_product_needs_no_more_than_clarity(self) -> None:
        document = changed(("lifecycle: experimental", "lifecycle: retired"), ("planning:\n  dependencies: []\n", ""))
        assert not document.problems


VALUES = [
    ("kind: service", "kind: Third Party", "/kind", "one of service, library", 'found "Third Party"', []),
    ("kind: service", "kind: SERVICE", "/kind", "one of service, library", 'found "SERVICE"', ["service"]),
    ("kind: service", "kind: [service]", "/kind", "one of service, library", "found a list", []),
    ("kind: service", "kind:", "/kind", "one of service, library", "found nothing", []),
    ("kind: service", "kind: 3", "/kind", "one of service, library", "found 3", []),
    ("kind: service", 'kind: "\\e[31m"', "/kind", "one of service", 'found "\\x1b[31m"', []),
    ("name: orders", "name: My Orders", "/name", "a slug", 'found "My Orders"', ["my-orders"]),
    ("name: orders", "name: my_orders", "/name", "a slug", 'found "my_orders"', ["my-orders"]),
    ("name: orders", "name: 1.5", "/name", "a slug", "found 1.5", []),
    ("name: orders", f"name: {'o' * 99}", "/name", "a slug", f'found "{"o" * 59}…"', []),
    ("description: Takes orders from the shop and sees them paid.", "description: Orders", "/description",
     "a text of 20 to 300 characters", 'found 6 characters: "Orders"', []),
    ('team: "@acme/orders"', "team: orders", "/owner/team", "a handle", 'found "orders"', []),
    ("dependencies: []", "dependencies: none", "/planning/dependencies", "a list", 'found the text "none"', []),
    ("dependencies: []", "dependencies: {a: 1}", "/planning/dependencies", "a list", "found a mapping with `a`", []),
    ("dependencies: []", "dependencies: []\n  data: {stores: [], classification: public, personal_data: Yes}",
     "/planning/data/personal_data", "true or false", 'found the text "Yes"', [True]),
    ("lifecycle: experimental", "lifecycle: experimental\ntier: 9", "/tier", "a whole number from 1", "found 9", []),
    ("lifecycle: experimental", 'lifecycle: experimental\ntier: "2"', "/tier", "a whole number", 'text "2"', [2]),
    ("lifecycle: experimental", "lifecycle: experimental\ntags: []", "/tags", "one item", "an empty list", []),
    ("lifecycle: experimental", "lifecycle: experimental\ntags: [a, B b]", "/tags/1", "of `tags`", "B b", ["b-b"]),
    ("lifecycle: experimental", "lifecycle: experimental\nsunset: 2026-02-31", "/sunset", "a real day", "02-31", []),
    ("lifecycle: experimental", "lifecycle: experimental\nsunset: '20260131'", "/sunset", "a real day", "20260131", []),
    ("lifecycle: experimental", "lifecycle: experimental\nsunset: 2026-W05-6", "/sunset", "a real day", "W05", []),
    ("product_owner:", "chat: https://\n  product_owner:", "/owner/chat", "a URI", 'found "https://"', []),
    ("product_owner:", "chat: acme.slack.com\n  product_owner:", "/owner/chat", "a URI", "acme", []),
    ("dependencies: []", "dependencies: []\n  architecture_diagram: {path: a, url: 'https://b/c'}",
     "/planning/architecture_diagram", "exactly one of path", "found a mapping with `path` and `url`", []),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "pointer", "expected", "found", "candidates"), VALUES)
def test_an_invalid_value(old: str, new: str, pointer: str, expected: str, found: str, candidates: list[Any]) -> None:
    document = changed((old, new))
    problem = only(document)
    assert (problem.rule, problem.pointer, problem.span) == ("RL008", pointer, document.span(pointer))
    assert expected in problem.message
    assert found in problem.message
    assert problem.message.isprintable()
    assert problem.data.get("candidates", []) == candidates
    assert problem.fixable == bool(candidates)


@pytest.mark.parametrize("value", [".nan", ".inf", "-1", "101", "99.9%", "99_9", '"99.9"'])
def test_what_is_no_percentage(value: str) -> None:
    more = ("planning:", f"  sla: {{availability_percent: {value}, window: 30d}}\nplanning:")
    problem = only(changed(more))
    assert (problem.rule, problem.pointer) == ("RL008", "/clarity/sla/availability_percent")
    assert "a percentage: a number from 0 to 100" in problem.message
    assert problem.data.get("candidates", []) == ([99.9] if "99.9" in value else [])


EVIDENCE = "a path, an https:// URL, or a mapping with exactly one of path, workflow, commit, symbol or url"


class TestEvidence:
    @pytest.mark.parametrize("text", ["true", "yes", "No", "42", "1.10", "017", "null", "~", "", "[]"])
    def test_what_is_none_is_one_problem_that_says_what_may_stand_there(self, text: str) -> None:
        problem = only(changed(("dependencies: []", f"dependencies: []\n  design_doc: {text}")))
        assert (problem.rule, problem.pointer) == ("RL008", "/planning/design_doc")
        assert problem.message.startswith(f"`design_doc`: expected {EVIDENCE}, found ")
        assert problem.hint == "for example `design_doc: docs/design.md`"

    def test_what_was_found_is_told_as_it_stands(self) -> None:
        problem = only(changed(("dependencies: []", "dependencies: []\n  design_doc: yes")))
        assert problem.message.endswith(", found yes")

    @pytest.mark.parametrize("text", ["2026-01-01", "1:30", "yes.md", '"yes"', "'42'"])
    def test_any_other_text_is_a_path(self, text: str) -> None:
        assert not changed(("dependencies: []", f"dependencies: []\n  design_doc: {text}")).problems


class TestExamples:
    @pytest.mark.parametrize("text", ["null", "Null", "~", '""', ""])
    def test_nothing_is_never_what_was_meant(self, text: str) -> None:
        problem = only(changed(("name: orders", f"name: {text}")))
        assert problem.hint == "for example `name: orders`"
        assert not problem.fixable

    def test_none_is_given_where_the_message_has_every_choice(self) -> None:
        assert only(changed(("kind: service", "kind: zebra"))).hint is None

    @pytest.mark.parametrize(("more", "command"), [
        ("waivers: {}", "waivers"),
        ("quality: {alerts: [page]}", "quality.alerts"),
        ("quality: none", "quality"),
        ("release_plan: {stages: [{name: all, percent: 100, min_soak: 1h, gate: {}, success: none fails}, 3]}",
         "release_plan.stages"),
    ])  # fmt: skip
    def test_the_command_is_named_that_shows_one_which_does_not_fit(self, more: str, command: str) -> None:
        hints = [problem.hint for problem in changed(more=more + "\n").problems]
        assert hints[-1] == f"`review-lint explain {command}` shows one"

    def test_a_schema_without_such_a_command_has_no_hint(self) -> None:
        schema = {"properties": {"limits": {"type": "object"}}}
        document = check_schema(read_review("REVIEW.yaml", b"limits: 1\n"), schema)
        assert only(document).hint is None


class TestTraps:
    @pytest.mark.parametrize(
        "text", ["NO", "on", "yes", "017", "1:30", "1_000", "1.10", "12", "true", "2026-01-01", "0x1F", "1e3", ".inf"]
    )
    def test_an_unquoted_text_that_is_something_else_to_others(self, text: str) -> None:
        document = changed(("actor: shopper", f"actor: {text}"))
        problem = only(document)
        assert (problem.rule, problem.span.start, problem.fixable) == ("RL003", (13, 14), True)
        assert problem.hint == f'write "{text}"'
        assert document.data["clarity"]["use_cases"][0]["actor"] == text

    @pytest.mark.parametrize("text", ['"NO"', "'017'", "y", "1.2.3", "24x7", "30d", "0o8", "=", "1e3x"])
    def test_what_every_reader_takes_for_a_text(self, text: str) -> None:
        assert not changed(("actor: shopper", f"actor: {text}")).problems

    def test_a_date_is_none_where_a_date_is_wanted(self) -> None:
        assert not changed(("lifecycle: experimental", "lifecycle: experimental\nsunset: 2027-06-30")).problems

    @pytest.mark.parametrize("text", ["", "~", "null"])
    def test_nothing_is_none(self, text: str) -> None:
        assert briefly(changed(("actor: shopper", f"actor: {text}")))[0][0] == "RL008"

    def test_no_number_is_none_where_a_number_is_wanted(self) -> None:
        document = changed(("planning:", "  sla: {availability_percent: 99.90, window: 30d}\nplanning:"))
        assert not document.problems

    def test_it_stands_in_for_an_invalid_value_and_is_an_error_then(self) -> None:
        document = changed(("name: orders", "name: NO"))
        assert briefly(document) == [("RL003", 2, 7, "/name")]
        [hit] = file.yaml11_trap.check(document)
        assert (hit.severity, hit.fixable) == (Severity.ERROR, False)
        assert "a slug" in (hit.hint or "")

    def test_its_value_is_its_text_for_all_that_follows(self) -> None:
        document = changed(("dependencies: []", "dependencies: []\n  design_doc: {path: 017}"))
        assert document.data["planning"]["design_doc"] == {"path": "017"}


class TestConsequences:
    def test_nothing_is_said_about_a_repeated_key(self) -> None:
        document = changed(("clarity:\n", "clarity:\nclarity:\n"))
        assert [p.rule for p in document.problems] == ["RL002"]

    def test_nothing_is_said_about_what_a_merge_key_brings_in(self) -> None:
        document = changed(
            ("owner:\n", "x-base: &b {team: 3, foo: 1}\nowner:\n  <<: *b\n"), ('  team: "@acme/orders"\n', "")
        )
        assert [p.rule for p in document.problems] == ["RL004", "RL004"]

    def test_nothing_is_said_about_the_value_of_an_alias(self) -> None:
        assert [p.rule for p in changed(("kind: service", "kind: *other")).problems] == ["RL004"]

    def test_other_problems_are_told_with_them_in_the_order_of_the_text(self) -> None:
        document = changed(("kind: service", "kind: servce\nname: a"), more="foo: !x 1\n")
        assert [(p.rule, p.span.start.line) for p in document.problems] == [
            ("RL008", 4), ("RL002", 5), ("RL006", 19), ("RL004", 19),
        ]  # fmt: skip
