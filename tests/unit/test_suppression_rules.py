"""What RL809, RL905 and RL906 say, and how much it weighs."""

import pytest

from linter.adapters.python.inline_ignore import find_ignores
from linter.engine.exemption.suppression import place
from linter.engine.exemption.waivers import governance_of
from linter.model.document import Document
from linter.model.finding import Severity
from linter.model.metrics import SourceMetrics
from linter.model.rule import Hit
from linter.model.suppression import Governance, Terms
from linter.rules.governance import expired_waiver, malformed_waiver
from linter.rules.suppression import bad_suppression
from tests.support.code import source

TERMS = Terms("2026-06-01", frozenset({"RL801", "RL802", "RL805", "RL809", "RL905"}))


def ignore_hits(text: str, path: str = "a.py", touched: tuple[str, ...] = ()) -> list[Hit]:
    metrics = source(path, text).metrics
    assert isinstance(metrics, SourceMetrics)
    placed = place(path, find_ignores(text), metrics.functions, touched, TERMS)
    return [hit for ignore in placed for hit in bad_suppression.check(ignore)]


def only_ignore_hit(comment: str, touched: tuple[str, ...] = ()) -> Hit:
    (hit,) = ignore_hits(f"def f():  {comment}\n    pass\n", touched=touched)
    return hit


def test_the_hint_keeps_the_codes_that_were_written() -> None:
    assert "ignore[RL801, RL805] why" in (only_ignore_hit("# review-lint: ignore[RL801, RL805] so").hint or "")
    assert "ignore[RL802] why" in (only_ignore_hit("# review-lint: ignore[] because it is so").hint or "")


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# review-lint: off", "review-lint does not understand this comment, which is addressed to it"),
        ("# review-lint: ignore[] because it is so", "this inline ignore names no rule"),
        ("# review-lint: ignore[RL8, RL801, X] it is so", "this inline ignore names RL8, X, and there is no such rule"),
        ("# review-lint: ignore[RL801, RL905] it is so", "RL905 cannot be ignored in the code"),
        ("# review-lint: ignore[RL801] 123456789", "this inline ignore gives no reason of at least 10 characters"),
        (
            "# review-lint: ignore[RL801] it has to be so until 2026-02-29",
            "'2026-02-29' is no day on which this inline ignore could end",
        ),
    ],
)
def test_one_fault_of_an_ignore_is_told(comment: str, message: str) -> None:
    hit = only_ignore_hit(comment)
    assert (hit.message, hit.severity, hit.location.symbol) == (message, None, "f")
    assert hit.hint


def test_the_code_that_was_meant_is_suggested() -> None:
    assert only_ignore_hit("# review-lint: ignore[rl801] it has to be so").hint == "did you mean RL801?"
    assert "did you mean" not in (only_ignore_hit("# review-lint: ignore[RL803] it has to be so").hint or "")


@pytest.mark.parametrize(("touched", "severity"), [(("f",), Severity.ERROR), (("g",), Severity.WARNING)])
def test_an_ignore_past_its_day_is_an_error_where_the_change_touches_it(
    touched: tuple[str, ...], severity: Severity
) -> None:
    hit = only_ignore_hit("# review-lint: ignore[RL801] it has to be so until 2026-05-31", touched)
    assert hit.message == "this inline ignore ended on 2026-05-31 and hides nothing any more"
    assert hit.severity is severity


def test_a_day_that_is_past_does_not_outweigh_a_fault() -> None:
    assert only_ignore_hit("# review-lint: ignore[RL801] short until 2020-01-01", ("f",)).severity is None


def governance(waiver: dict[str, object] | None = None, debt: dict[str, object] | None = None) -> Governance:
    data = {"waivers": [waiver], "simplicity": {"debt": [debt]}}
    return governance_of(Document("REVIEW.yaml", data=data), TERMS)


@pytest.mark.parametrize(
    ("day", "words", "severity"),
    [
        ("2026-05-31", "ended on 2026-05-31: what it hid is reported again", None),
        ("2026-06-01", "ends today: afterwards what it hides is reported again", Severity.ADVICE),
        ("2026-06-02", "ends tomorrow: afterwards what it hides is reported again", Severity.ADVICE),
        ("2026-06-15", "ends in 14 days: afterwards what it hides is reported again", Severity.ADVICE),
    ],
)
def test_the_end_of_a_waiver_or_debt_is_told(day: str, words: str, severity: Severity | None) -> None:
    entries = governance({"id": "W1", "expires": day}, {"symbol": "f", "until": day})
    found = list(expired_waiver.check(entries))
    assert [hit.message for hit in found] == [f"waiver W1 {words}", f"debt f {words}"]
    assert [hit.severity for hit in found] == [severity, severity]
    assert [hit.location.pointer for hit in found] == ["/waivers/0/expires", "/simplicity/debt/0/until"]


@pytest.mark.parametrize("day", ["2026-06-16", "2026-02-30", None, 20260601, "9999-12-31"])
def test_no_end_is_told_that_is_far_or_no_day(day: object) -> None:
    assert list(expired_waiver.check(governance({"id": "W1", "expires": day}, {"until": day}))) == []


def test_every_flaw_of_a_waiver_is_told() -> None:
    waiver: dict[str, object] = {"id": "W1", "rules": ["RL8O1", "RL001", 3], "owner": "@ada", "approved_by": "@Ada"}
    waiver |= {"created": "2026-06-03", "expires": "2027-06-03"}
    found = [(hit.location.pointer, hit.message, hit.hint) for hit in malformed_waiver.check(governance(waiver))]
    assert found == [
        (
            "/waivers/0/approved_by",
            "waiver W1 is approved by its own owner, @ada",
            "ask somebody else to approve it",
        ),
        (
            "/waivers/0/created",
            "waiver W1 says that it is created on 2026-06-03, which is yet to come",
            "give the real day",
        ),
        (
            "/waivers/0/expires",
            "waiver W1 lasts 365 days from 2026-06-03; at most 180 are allowed",
            "choose an earlier day, and agree on it anew when that comes",
        ),
        ("/waivers/0/rules/0", "waiver W1 names RL8O1, and there is no such rule", "did you mean RL801?"),
        ("/waivers/0/rules/1", "waiver W1 names RL001, which cannot be waived", "mend what the rule says"),
    ]


def test_what_the_schema_reports_is_not_told_twice() -> None:
    waiver: dict[str, object] = {"rules": 3, "owner": 4, "approved_by": None, "created": "soon", "expires": []}
    assert list(malformed_waiver.check(governance(waiver))) == []
    assert list(expired_waiver.check(governance(waiver))) == []


def test_nothing_that_cannot_be_seen_gets_into_a_message() -> None:
    unseen = "\x1b[2K\u202e" + "x" * 400
    waiver: dict[str, object] = {"id": unseen, "rules": [unseen], "owner": unseen, "approved_by": unseen}
    waiver |= {"created": "2026-06-03", "expires": "2026-06-05"}
    entries = governance(waiver, {"symbol": unseen, "until": "2026-06-05"})
    messages = [hit.message for rule in (malformed_waiver, expired_waiver) for hit in rule.check(entries)]
    assert len(messages) == 5
    assert [text for text in messages if not text.isprintable() or len(text) > 250] == []
