"""Of every report: foreign text is harmless, JSON is as its schema says, and nothing is loaded that is not needed."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.errors import UsageError
from linter.model.finding import Finding, Location, Position, Severity, Span, Suppression
from linter.model.metrics import FunctionMetrics, SourceMetrics
from linter.model.report import summarise
from linter.output import FORMATS, Options, renderer
from linter.output.printable import HIDDEN
from tests.support.reports import CASES, ERROR, LEGACY, WORKTREE, WORSE, Case, rendered, report_of

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "report.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
HARMFUL = HIDDEN | {chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]} - {"\n"}

nasty = st.sampled_from(
    ["::error::", "##[error]", "\n", "\r", "\t", "\x1b[2J", "\u202e", "\udc80", "\ud800", ":", "字", "é"]
)
foreign = st.lists(nasty | st.text(st.characters(), max_size=5), max_size=5).map("".join)
paths = foreign.map(lambda text: f"p{text}".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"))
"""As git and the file system give them: any bytes."""

position = st.builds(Position, st.integers(1, 9), st.integers(1, 40))
finding = st.builds(
    Finding,
    rule=st.just("RL008"),
    name=st.just("invalid-value"),
    severity=st.sampled_from(Severity),
    message=foreign,
    location=st.builds(
        Location,
        paths,
        st.builds(Span, position, st.none() | position),
        foreign.map("/".__add__),
        foreign,
    ),
    hint=st.none() | foreign,
    excerpt=st.none() | foreign,
    data=st.dictionaries(foreign, foreign | st.floats() | st.lists(foreign, max_size=2), max_size=2),
    fingerprint=st.just("0" * 64),
    suppressed=st.none() | st.builds(Suppression, foreign, foreign, st.none() | st.just("2027-03-31")),
)


@settings(max_examples=150, deadline=None)
@given(finding, st.sampled_from(["utf-8", "ascii", "latin-1", "cp1252"]))
def test_foreign_text_is_harmless(finding: Finding, encoding: str) -> None:
    report = report_of([])._replace(findings=(finding,), summary=summarise([finding]))
    for format_name in FORMATS:
        text = rendered(Case(report, Options(show_suppressed=True), encoding=encoding), format_name).decode(encoding)
        assert not HARMFUL & set(text)
        assert "##[" not in text
        begins = [line for line in text.split("\n") if line.lstrip().startswith("::")]
        assert len(begins) == (format_name == "github")
    lines = rendered(Case(report, Options(show_suppressed=True), encoding=encoding), "concise").split(b"\n")
    assert len(lines) == 2


@settings(max_examples=100, deadline=None)
@given(finding)
def test_json_says_what_the_finding_says(finding: Finding) -> None:
    report = report_of([])._replace(findings=(finding,), summary=summarise([finding]))
    value = parsed(Case(report))
    VALIDATOR.validate(value)
    (shown,) = value["findings"]
    for key, text in (("message", finding.message), ("path", finding.location.path), ("excerpt", finding.excerpt)):
        if text is None or text.isascii():
            assert shown[key] == text
        else:
            assert shown[key] == "".join(escaped(char) for char in text)


def escaped(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    return f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char


def parsed(case: Case) -> Any:
    return json.loads(rendered(case, "json"))


@pytest.mark.parametrize("name", CASES)
def test_reports_validate(name: str) -> None:
    VALIDATOR.validate(parsed(CASES[name]))


def test_report_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:review-lint:schema:report:1"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"extra": 1}, []),
        ({"status": "ok"}, ["status"]),
        ({"duration_ms": -1}, ["duration_ms"]),
        ({"target": {"kind": "staged", "revision": None}}, ["target"]),
    ],
)
def test_report_schema_refuses(change: dict[str, Any], path: list[str]) -> None:
    (error,) = VALIDATOR.iter_errors({**parsed(CASES["mixed"]), **change})
    assert list(error.absolute_path) == path


def test_every_object_of_the_schema_is_strict_and_described() -> None:
    for value in nested(SCHEMA):
        for name, member in value.get("properties", {}).items():
            assert {"title", "description"} <= set(member), name
        if "properties" in value:
            assert value["additionalProperties"] is False


def nested(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in nested(item)]
    if not isinstance(value, dict):
        return []
    return [value, *(found for item in value.values() for found in nested(item))]


def test_metrics_are_left_out_unless_asked_for_and_empty_where_there_are_none() -> None:
    assert "metrics" not in parsed(Case(report_of([])))
    assert parsed(Case(report_of([], metrics=())))["metrics"] == []
    unmeasured = SourceMetrics(3, (FunctionMetrics("f", "function", 1, 5, 1, 2, 3, 1, 3, 0, 0),))
    (shown,) = parsed(Case(report_of([], metrics=(("a.py", unmeasured),))))["metrics"]
    assert shown["maintainability_index"] is None
    assert shown["functions"][0]["symbol"] == "f"


def test_legacy_that_configuration_makes_a_warning_is_counted_with_the_warnings() -> None:
    raised = LEGACY._replace(severity=Severity.WARNING)
    text = rendered(Case(report_of([raised, WORSE], WORKTREE)), "text").decode()
    assert "passed: 2 warnings (1 of them RL803: above the limit but no worse, --verbose lists them); " in text
    assert "RL803 old" not in text


def test_kinds_of_files_beyond_five_are_summed() -> None:
    kinds = [(f".{letter}", 9 - number) for number, letter in enumerate("abcdefg")] + [("", 1)]
    report = report_of([])._replace(summary=summarise([], 1, 1, kinds))
    text = rendered(Case(report), "text").decode()
    assert text == (
        "passed: no findings; analysed: 1 file, 1 function; not analysed: 9 .a, 8 .b, 7 .c, 6 .d, 5 .e, 8 others\n"
    )


def test_a_place_beyond_the_line_is_pointed_at_its_end() -> None:
    beyond = WORSE._replace(location=Location("a.py", Span(Position(3, 99), Position(4, 2))), excerpt="ab")
    assert rendered(Case(report_of([beyond])), "text").decode().splitlines()[1:3] == ["     3 | ab", "       |   ^"]


def test_a_place_over_several_lines_is_underlined_to_the_end_of_its_first() -> None:
    long = WORSE._replace(location=Location("a.py", Span(Position(3, 2), Position(4, 1))), excerpt="abcd")
    assert rendered(Case(report_of([long])), "text").decode().splitlines()[2] == "       |  ^^^"


@pytest.mark.parametrize(("length", "is_shown"), [(1000, True), (1001, False)])
def test_json_leaves_very_long_lines_out(length: int, is_shown: bool) -> None:
    (shown,) = parsed(Case(report_of([WORSE._replace(excerpt="x" * length)])))["findings"]
    assert shown["excerpt"] == ("x" * length if is_shown else None)


def test_streams_in_memory_take_everything() -> None:
    stream = io.StringIO()
    renderer("concise")(CASES["wide"].report, stream, Options())
    assert stream.getvalue().startswith("文書/REVIEW.yaml:5:12: RL009 'なし'")


def test_unknown_format_is_named_with_those_that_exist() -> None:
    with pytest.raises(UsageError, match="unknown format 'jsn'") as caught:
        renderer("jsn")
    assert caught.value.hint == f"there are {', '.join(FORMATS)}"


@pytest.mark.parametrize("format_name", ["text", "concise"])
def test_formats_for_people_do_not_load_json(format_name: str) -> None:
    code = f"import sys; from linter.output import renderer; renderer({format_name!r}); print('json' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"


def test_summary_counts_by_severity_and_leaves_suppressed_findings_out() -> None:
    hidden = WORSE._replace(suppressed=Suppression("waiver w", "because"))
    assert summarise([WORSE, hidden, LEGACY, LEGACY, WORSE._replace(severity=ERROR)], 2, 5)[:6] == (1, 1, 2, 1, 2, 5)
