"""What ignores, waivers and debts hide, and what they leave alone."""

from typing import Any

import pytest

from linter.adapters.python.inline_ignore import find_ignores
from linter.adapters.python.metrics import measure
from linter.engine.exemption.suppression import ignored, place, suppress
from linter.engine.exemption.waivers import exemptions_of, governance_of
from linter.engine.scope.coverage import Coverage
from linter.model.document import Document, Problem
from linter.model.finding import TOP, Finding, Location, Severity, Suppression
from linter.model.metrics import SourceMetrics
from linter.model.suppression import Exemption, Terms

TERMS = Terms("2026-06-01", frozenset({"RL007", "RL801", "RL802", "RL803", "RL805", "RL809"}))
WAIVER = {
    "id": "W1",
    "rules": ["RL801"],
    "kind": "deferred",
    "reason": "The parser is rewritten in autumn.",
    "owner": "@ada",
    "approved_by": "@grace",
    "created": "2026-05-01",
    "expires": "2026-08-01",
}
DEBT = {
    "symbol": "f",
    "path": "src/a.py",
    "metric": "cyclomatic_complexity",
    "ceiling": 20,
    "until": "2026-06-01",
    "owner": "@ada",
}


def finding(rule: str = "RL801", path: str = "src/a.py", symbol: str | None = "f", **data: Any) -> Finding:
    figures = {"metric": "cyclomatic_complexity", "value": 20, "limit": 15, "base": None} | data
    return Finding(rule, "name", Severity.ERROR, "message", Location(path, TOP, symbol=symbol), data=figures)


def hidden_by(
    finding: Finding,
    *,
    waiver: dict[str, Any] | None = None,
    debt: dict[str, Any] | None = None,
    path: str = "REVIEW.yaml",
) -> Suppression | None:
    """What a review file with one entry does to a finding."""
    data = {"waivers": [waiver] if waiver else None, "simplicity": {"debt": [debt] if debt else None}}
    document = Document(path, data=data)
    coverage = Coverage([document, Document("other/REVIEW.yaml")])
    exemptions = exemptions_of(governance_of(document, TERMS))
    return suppress([finding], exemptions, coverage).findings[0].suppressed


def test_a_waiver_hides_findings_of_its_rules() -> None:
    assert hidden_by(finding(), waiver=WAIVER) == Suppression("waiver W1", WAIVER["reason"], "2026-08-01")
    assert hidden_by(finding("RL802"), waiver=WAIVER) is None


@pytest.mark.parametrize("rule", ["RL801", "RL802"])
def test_what_hides_a_finding_still_does_when_the_function_is_legacy(rule: str) -> None:
    assert hidden_by(finding("RL803"), waiver=WAIVER | {"rules": [rule]})
    assert not hidden_by(finding("RL803"), waiver=WAIVER | {"rules": ["RL805"]})


def test_what_is_above_a_ceiling_says_so() -> None:
    document = Document("REVIEW.yaml", data={"simplicity": {"debt": [DEBT]}})
    exemptions = exemptions_of(governance_of(document, TERMS))
    (told,) = suppress([finding("RL802", value=21)], exemptions, Coverage([document])).findings
    assert told.suppressed is None
    assert told.message == "message, and 20 the ceiling of debt f"


@pytest.mark.parametrize(
    ("own", "expected"),
    [(Severity.ADVICE, Severity.ADVICE), (Severity.WARNING, Severity.ERROR), (Severity.ERROR, Severity.ERROR)],
)
def test_there_is_no_tolerance_above_a_ceiling(own: Severity, expected: Severity) -> None:
    document = Document("REVIEW.yaml", data={"simplicity": {"debt": [DEBT]}})
    exemptions = exemptions_of(governance_of(document, TERMS))
    above = finding("RL802", value=21)._replace(severity=own)
    assert suppress([above], exemptions, Coverage([document])).findings[0].severity is expected


def test_a_waiver_without_paths_is_about_what_its_file_covers() -> None:
    waiver = WAIVER | {"rules": ["RL007", "RL801"]}
    assert hidden_by(finding("RL007", "REVIEW.yaml", None), waiver=waiver)
    assert hidden_by(finding(path="a.py"), waiver=waiver)
    assert not hidden_by(finding(path="other/a.py"), waiver=waiver)
    assert not hidden_by(finding("RL007", "other/REVIEW.yaml", None), waiver=waiver)


@pytest.mark.parametrize(
    ("paths", "path", "expected"),
    [
        (["src/*.py"], "p/src/a.py", True),
        (["lib", "src"], "p/src/a.py", True),
        (["src/*.py"], "src/a.py", False),
        (["p/src/*.py"], "p/src/a.py", False),
        (["*.md"], "p/REVIEW.yaml", False),
        (["**"], "q/src/a.py", False),
    ],
)
def test_the_paths_of_a_waiver_are_relative_to_its_file(paths: list[str], path: str, expected: bool) -> None:
    waiver = WAIVER | {"paths": paths}
    assert (hidden_by(finding(path=path), waiver=waiver, path="p/REVIEW.yaml") is not None) == expected


def test_a_waiver_s_paths_reach_no_other_file_s_code() -> None:
    assert not hidden_by(finding(path="other/a.py"), waiver=WAIVER | {"paths": ["other/**"]})


def test_a_waiver_may_be_about_one_symbol() -> None:
    waiver = WAIVER | {"symbol": "A.f"}
    assert hidden_by(finding(symbol="A.f"), waiver=waiver)
    assert not hidden_by(finding(symbol="f"), waiver=waiver)
    assert not hidden_by(finding(symbol="A.f.g"), waiver=waiver)
    assert hidden_by(finding(symbol=None), waiver=waiver | {"symbol": "<module>"})


@pytest.mark.parametrize(("ceiling", "value", "expected"), [(20, 20, True), (19.5, 20, False), (20, None, False)])
def test_a_waiver_may_have_a_ceiling(ceiling: float, value: int | None, expected: bool) -> None:
    found = hidden_by(finding(value=value), waiver=WAIVER | {"ceiling": ceiling})
    assert (found is not None) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"expires": "2026-05-31"},
        {"expires": "2026-02-30"},
        {"created": "2026-01-01"},
        {"created": "2026-06-03"},
        {"approved_by": "@Ada"},
        {"rules": ["RL801", "RL899"]},
        {"rules": ["RL801", "RL8"]},
        {"rules": ["RL801", 3]},
        {"rules": "RL801"},
        {"rules": []},
        {"reason": "too short"},
        {"reason": ["a reason of more than twenty characters"]},
        {"id": None},
        {"owner": ""},
        {"symbol": 3},
        {"paths": []},
        {"paths": "src/**"},
        {"ceiling": "20"},
        {"ceiling": True},
        {"symbl": "g"},
    ],
    ids=str,
)
def test_a_waiver_that_is_wrong_or_over_hides_nothing(changes: dict[str, Any]) -> None:
    assert hidden_by(finding(), waiver=WAIVER | changes) is None


@pytest.mark.parametrize(
    "changes", [{"expires": "2026-06-01"}, {"created": "2026-06-02"}, {"x-note": 1}, {"issue": "A-1"}]
)
def test_a_waiver_works_up_to_its_last_day(changes: dict[str, Any]) -> None:
    assert hidden_by(finding(), waiver=WAIVER | changes) is not None


@pytest.mark.parametrize("key", sorted(set(WAIVER) - {"kind"}))
def test_no_key_of_a_waiver_may_be_missing(key: str) -> None:
    assert hidden_by(finding(), waiver={name: value for name, value in WAIVER.items() if name != key}) is None


@pytest.mark.parametrize("rules", [["RL801", "RL905"], ["RL001"]])
def test_some_rules_cannot_be_waived(rules: list[str]) -> None:
    terms = TERMS._replace(known_codes=TERMS.known_codes | set(rules))
    document = Document("REVIEW.yaml", data={"waivers": [WAIVER | {"rules": rules}]})
    assert list(exemptions_of(governance_of(document, terms))) == []


def test_the_longest_waiver_may_be_set() -> None:
    document = Document("REVIEW.yaml", data={"waivers": [WAIVER]})
    assert list(exemptions_of(governance_of(document, TERMS._replace(max_waiver_days=92))))
    assert not list(exemptions_of(governance_of(document, TERMS._replace(max_waiver_days=91))))


def test_a_debt_hides_one_figure_up_to_its_ceiling() -> None:
    assert hidden_by(finding("RL802"), debt=DEBT) == Suppression("debt f", "@ada pays it back", "2026-06-01")
    assert hidden_by(finding("RL805", metric="nesting", value=7), debt=DEBT | {"metric": "nesting"})
    assert hidden_by(finding(path="p/src/a.py"), debt=DEBT, path="p/REVIEW.yaml")


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "RL806"},
        {"rule": "RL809"},
        {"path": "src/b.py"},
        {"symbol": "g"},
        {"value": 21},
        {"value": None},
        {"metric": "arguments"},
    ],
    ids=str,
)
def test_a_debt_hides_nothing_else(changes: dict[str, Any]) -> None:
    assert hidden_by(finding(**changes), debt=DEBT) is None


@pytest.mark.parametrize(
    "changes", [{"until": "2026-05-31"}, {"until": 3}, {"ceiling": None}, {"owner": ""}, {"paths": []}]
)
def test_a_debt_that_is_wrong_or_over_hides_nothing(changes: dict[str, Any]) -> None:
    assert hidden_by(finding(), debt=DEBT | changes) is None


@pytest.mark.parametrize(
    ("rule", "pointer", "expected"),
    [
        ("RL008", "/waivers/0/kind", False),
        ("RL006", "/waivers/0", False),
        ("RL002", "/waivers/0/symbol", False),
        ("RL008", "/waivers/01", True),
        ("RL007", "/waivers", True),
        ("RL003", "/waivers/0/id", True),
    ],
)
def test_a_problem_inside_a_waiver_keeps_it_from_working(rule: str, pointer: str, expected: bool) -> None:
    document = Document("REVIEW.yaml", data={"waivers": [WAIVER]}, problems=(Problem(rule, "", TOP, pointer),))
    assert bool(list(exemptions_of(governance_of(document, TERMS)))) == expected


@pytest.mark.parametrize(
    "data", [None, [], {"waivers": {}, "simplicity": []}, {"waivers": [3], "simplicity": {"debt": 3}}]
)
def test_what_is_no_list_of_entries_hides_nothing(data: Any) -> None:
    governance = governance_of(Document("REVIEW.yaml", data=data), TERMS)
    assert (governance.waivers, governance.debts, list(exemptions_of(governance))) == ((), (), [])


def test_the_first_exemption_is_named_and_all_count_as_used() -> None:
    first = Exemption("first", "", None, ("RL802", "RL801"), path="src/a.py")
    second = Exemption("second", "", None, ("RL801", "RL801"))
    unused = Exemption("unused", "", None, ("RL801",), symbol="g")
    outcome = suppress([finding(), finding("RL007")], [unused, first, second], Coverage([]))
    assert [found.suppressed for found in outcome.findings] == [Suppression("first", "", None), None]
    assert [use.exemption for use in outcome.uses if use.hidden] == [first, second]


CODE = b"""\
def f():  # review-lint: ignore[RL801, RL805] is taken from the paper
    def g():
        pass

class A:  # review-lint: ignore[RL801] is a table of cases until 2026-06-01
    def f(self):  # review-lint: ignore[RL801] until 2026-06-01
        pass

    def f(self):  # review-lint: ignore[RL801] was to be mended until 2026-05-31
        pass
# review-lint: ignore[RL801] says nothing about a function
"""


def exemptions_in(code: bytes) -> list[Exemption]:
    """What the ignores of a file hide, without where they stand."""
    metrics = measure(code)
    assert isinstance(metrics, SourceMetrics)
    found = ignored(place("a.py", find_ignores(code.decode()), metrics.functions, set(), TERMS))
    return [exemption._replace(location=Location("")) for exemption in found]


def test_inline_ignores_hide_findings_about_their_function() -> None:
    assert exemptions_in(CODE) == [
        Exemption("inline ignore", "is taken from the paper", None, ("RL801", "RL805"), path="a.py", symbol="f"),
        Exemption("inline ignore", "is a table of cases", "2026-06-01", ("RL801",), path="a.py", symbol="A"),
    ]


@pytest.mark.parametrize(
    ("rule", "path", "symbol", "expected"),
    [
        ("RL801", "a.py", "f", True),
        ("RL802", "a.py", "f", False),
        ("RL801", "a.py", "f.g", False),
        ("RL801", "b.py", "f", False),
        ("RL801", "a.py", None, False),
        ("RL801", "a.py", "A", True),
    ],
)
def test_inline_ignores_hide_nothing_else(rule: str, path: str, symbol: str | None, expected: bool) -> None:
    outcome = suppress([finding(rule, path, symbol)], exemptions_in(CODE), Coverage([]))
    assert (outcome.findings[0].suppressed is not None) == expected


def test_decorators_and_namesakes_do_not_confuse() -> None:
    code = b"""\
@property
@cached
def f(
    self,  # review-lint: ignore[RL801] the first of its name
): pass
async def f(): pass  # review-lint: ignore[RL801] the second of its name
"""
    assert [exemption.symbol for exemption in exemptions_in(code)] == ["f", "f#2"]
