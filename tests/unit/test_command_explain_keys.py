"""`review-lint explain` for keys and shapes of REVIEW.yaml: what the schema says, with examples that it accepts."""

import re
from typing import Any

import pytest

from linter.adapters.yaml.reader import read_review
from linter.cli.main import main
from linter.engine.reference.find import topic_of
from linter.engine.reference.place import ROOT, review_places
from linter.engine.reference.topic import topic
from linter.output.topic_text import render
from tests.support.review_schema import SCHEMA, errors_of, keys, validator_for

PLACES = review_places()
NAMES = [*PLACES.keys, *PLACES.shapes]


def explained(word: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["explain", word]) == 0
    return capsys.readouterr().out


def refused(word: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["explain", word]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


def chapters(page: str) -> dict[str, list[str]]:
    """The lines of a page by their heading, without their indentation."""
    found: dict[str, list[str]] = {}
    for line in page.splitlines()[2:]:
        if line and not line.startswith(" "):
            body = found.setdefault(line, [])
        elif line or found:
            body.append(line[2:])
    return found


# --- which page


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("quality.alerts", "quality.alerts"),
        ("quality.alerts[]", "quality.alerts"),
        ("reviews[0].conditions[].due", "reviews.conditions.due"),
        (" Release-Plan.Stages ", "release_plan.stages"),
        ("planning.dependencies.contract.path", "planning.dependencies.contract.path"),
        ("slis", "monitoring.slis"),
        ("min_soak", "release_plan.stages.min_soak"),
        ("fair_usage.limits", "clarity.fair_usage.limits"),
        ("not-applicable", "not_applicable"),
        ("rate.per", "rate.per"),
        ("kind", "kind"),
        ("review.yaml", ROOT),
    ],
)
def test_a_key_is_found(word: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(word, capsys).splitlines()[0] == name


@pytest.mark.parametrize("shape", ["evidence", "duration", "rate", "not_applicable", "status", "slug", "money", "sla"])
def test_a_shape_is_found(shape: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = chapters(explained(shape, capsys))
    assert page["What it is"] and page["Form"] and page["Example"]
    assert "Asked for" not in page


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("quality.alert", "did you mean quality.alerts?"),
        ("monitoring.alerts", "did you mean quality.alerts?"),
        ("slies", "did you mean monitoring.slis?"),
        (
            "tested_on",
            "did you mean preparation.security_test.penetration_test.tested_on or release_plan.",
        ),
        ("evidense", "did you mean evidence?"),
        ("release-plann.stages", "did you mean release_plan.stages?"),
        ("filemissing", "did you mean RL005 file-missing?"),
        ("owner.zebra", "`review-lint explain REVIEW.yaml` the keys"),
        ("quality.alerts.name.first.of.all", "`review-lint explain REVIEW.yaml` the keys"),
        (".", "`review-lint explain REVIEW.yaml` the keys"),
        ("[]", "`review-lint explain REVIEW.yaml` the keys"),
        ("", "`review-lint explain REVIEW.yaml` the keys"),
        ("x" * 10_000, "error: there is no rule and no key xxx"),
    ],
)
def test_what_is_no_key_gets_the_nearest_ones(word: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    error = refused(word, capsys)
    assert hint in error
    assert error.startswith("review-lint: error: there is no rule and no key ")


def test_of_many_keys_that_end_alike_a_few_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert re.search(r"did you mean name, (\S+, ){4}\S+ or [0-9]+ more\?", refused("quality.name", capsys))


def test_all_keys_of_the_format_are_known() -> None:
    wanted = {path.replace("[]", "") for path in keys()} - {"section.status"}
    assert wanted <= PLACES.keys.keys()


def test_no_shape_has_the_name_of_a_key_at_the_top() -> None:
    assert not PLACES.shapes.keys() & SCHEMA["properties"].keys()


# --- what the page says


def test_a_page_has_its_parts_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    page = explained("quality.alerts", capsys)
    assert page.startswith("quality.alerts\nAlerts\n\nWhat it is\n  What wakes somebody up")
    assert list(chapters(page)) == ["What it is", "Asked for", "Form", "Keys of an item", "Example", "See also"]


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("name", "always"),
        ("planning", "always: only a retired product does without it"),
        ("preparation.unit_tests", "from beta on: lifecycle is beta, production or deprecated"),
        ("monitoring.slis", "in production: this is a running product of tier 1 or 2 in production"),
        (
            "quality.backup",
            "in production: this is a running product of tier 1 or 2 in production and planning",
        ),
        ("sunset", "sometimes: lifecycle is deprecated"),
        ("system", "optional"),
        ("monitoring.slis.source", "always"),
        ("contract.path", "sometimes: a contract names its document by `path` or by `url`"),
        ("planning.dependencies.contract.path", "sometimes: a contract names its document by `path` or by `url`"),
        ("preparation.load_test.script.workflow", "one of these"),
        ("evidence.contains", "optional"),
    ],
)
def test_who_is_asked(key: str, asked: str) -> None:
    found = topic_of(key)
    assert found is not None and found.asked.startswith(asked)


def test_the_table_has_a_line_for_each_key_with_who_is_asked_and_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    lines = chapters(explained("monitoring.slis", capsys))["Keys of an item"]
    rows = [re.split(r" {2,}", line)[:3] for line in lines if line[:1].strip()]
    assert rows == [
        ["name", "always", "text"],
        ["kind", "always", "availability, latency, errors,"],
        ["for", "always", "availability_percent, window,"],
        ["source", "always", "evidence"],
    ]


def test_what_words_about_who_is_asked_mean_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = " ".join(" ".join(chapters(explained("release_plan", capsys))["Asked for"]).split())
    assert "(from beta on: when lifecycle is beta, production or deprecated)" in told
    assert "(in production: when lifecycle is production or deprecated, tier is 1 or 2, and kind is service," in told


def test_that_a_value_may_be_not_applicable_is_said_where_the_schema_allows_it() -> None:
    excused = {name for name, place in PLACES.keys.items() if PLACES.may_be_excused(place)}
    marked = {path for path, key in keys().items() if key.mark in "BP"} | {"clarity", "planning"}
    assert excused == marked
    for name in NAMES:
        notes = topic(PLACES, {**PLACES.shapes, **PLACES.keys}[name]).notes
        assert ("`not_applicable` with a reason may stand in its place" in notes) == (name in excused)


def test_what_holds_without_the_key_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "without it: ratchet" in chapters(explained("simplicity.mode", capsys))["Form"]


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_no_line_is_wider_than_it_may_be(columns: int) -> None:
    found = topic_of("quality.alerts")
    assert found is not None
    assert columns - 20 < max(map(len, render(found, columns).splitlines())) <= columns


def test_neither_title_nor_description_nor_example_is_missing_anywhere() -> None:
    for name in NAMES:
        found = topic_of(name)
        assert found is not None and found.name == name
        assert found.title and found.text and found.form and found.examples


# --- examples


def value_of(example: str) -> Any:
    """What an example holds, as the tool reads it."""
    document = read_review("REVIEW.yaml", f"{example}\n".encode())
    assert not document.problems, example
    return document.data


def schema_of(name: str) -> dict[str, Any]:
    """A part of the schema that is as strict as the schema of the value."""
    place = PLACES.find(name)
    assert place is not None
    return dict(place.content[0])


@pytest.mark.parametrize("name", [name for name in NAMES if name != ROOT])
def test_every_example_that_is_printed_fits_the_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = "\n".join(chapters(explained(name, capsys))["Example"]).strip()
    for example in printed.split("\n\nor\n\n"):
        value, key = value_of(example), name.rpartition(".")[2]
        is_shape = name in PLACES.shapes
        if isinstance(value, dict) and list(value) == [key] and name != "not_applicable":
            value = value[key]
        else:
            assert is_shape, "a key's example shows the key"
        assert list(validator_for(schema_of(name)).iter_errors(value)) == []


def test_the_example_of_the_whole_is_a_valid_file(capsys: pytest.CaptureFixture[str]) -> None:
    document = value_of("\n".join(chapters(explained(ROOT, capsys))["Example"]))
    assert document["name"] == "orders"
    assert errors_of(document) == []
