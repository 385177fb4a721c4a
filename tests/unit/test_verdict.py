"""A verdict is said again only where judging would say it: everything else it depends on is looked at."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from linter.engine.verdict import Case, Witness, case_of, keep_verdict, recall_verdict
from linter.model.finding import Finding, Location, Position, Severity, Span, Suppression
from linter.model.history import Tag
from linter.model.report import Report, Summary, Target
from linter.model.request import PolicyFile, Request
from linter.model.snapshot import Change, Entry, Kind, TargetKind

FINDING = Finding(
    rule="RL801",
    name="new-complexity",
    severity=Severity.WARNING,
    message="too much \ud800",
    location=Location("a.py", Span(Position(1, 2), Position(1, 5)), None, "f"),
    hint="less",
    data={"value": 3},
    fingerprint="abc",
    suppressed=Suppression("ignore", "because"),
)
REPORT = Report(
    "", "", Target("staged", None, ("b" * 40,)), Severity.ERROR, (FINDING,), Summary(1, not_analysed=((".js", 2),))
)
CASE = Case("key", "2026-01-05")


class Past:
    """A history whose answers are set by the test."""

    is_shallow = False
    commits: frozenset[str] = frozenset()
    versions: tuple[Tag, ...] = ()
    change: str | None = "c" * 40

    def has_commit(self, name: str) -> bool:
        return name in self.commits

    def tags(self) -> tuple[Tag, ...]:
        return self.versions

    def last_change(self, path: str) -> str | None:
        return self.change

    def changes(self, path: str, count: int) -> tuple[str, ...]:
        return (self.change,) if self.change else ()

    def read_at(self, commit: str, path: str, limit: int) -> bytes | None:
        return b"x"


class Memory:
    """Gives back what a file would give back."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def recall(self, kind: str, key: str) -> Any:
        return self.kept.get(key)

    def keep(self, kind: str, key: str, value: Any) -> None:
        self.kept[key] = json.loads(json.dumps(value))


class Staged:
    """The index of a repository with one changed file."""

    kind = TargetKind.STAGED
    revision: str | None = None

    def __init__(self, blob: str = "a" * 40, bases: tuple[str, ...] = ("b" * 40,), path: str = "a.py") -> None:
        self._change = Change(path, Entry(path, Kind.FILE, blob), (None,))
        self.bases = tuple(_Base(base) for base in bases)

    def changes(self) -> list[Change]:
        return [self._change]

    def paths(self) -> Mapping[str, Entry]:
        raise AssertionError

    find = read = paths  # type: ignore[assignment]


class _Base(Staged):
    def __init__(self, revision: str) -> None:
        self.revision = revision


def kept(past: Past, ask: str = "", good_until: str = "9999-12-31", report: Report = REPORT) -> Memory:
    """A memory with a verdict for which a question was asked of the past."""
    memory, witness = Memory(), Witness(past)
    arguments = {
        "has_commit": ["abcd"],
        "last_change": ["x"],
        "changes": ["x", 3],
        "read_at": ["c", "x", 9],
        "tags": [],
    }
    if ask == "is_shallow":
        assert witness.is_shallow is past.is_shallow
    elif ask:
        getattr(witness, ask)(*arguments[ask])
    keep_verdict(memory, CASE, witness, report, good_until)
    return memory


@pytest.mark.parametrize("ask", ["", "tags", "has_commit", "last_change", "changes", "read_at", "is_shallow"])
def test_a_report_comes_back(ask: str) -> None:
    memory = kept(Past(), ask)
    known = recall_verdict(memory, CASE, Past())
    assert known is not None
    assert known.findings == REPORT.findings
    assert known.summary.errors == 1
    assert [tuple(item) for item in known.summary.not_analysed] == [(".js", 2)]
    assert known.is_failed is REPORT.is_failed
    assert recall_verdict(memory, CASE._replace(key="other"), Past()) is None


def test_a_new_tag_is_noticed() -> None:
    memory, later = kept(Past(), "tags"), Past()
    later.versions = (Tag("v1", "2026-01-01"),)
    assert recall_verdict(memory, CASE, later) is None
    assert recall_verdict(kept(later, "tags"), CASE, later) is not None


def test_a_commit_that_was_fetched_is_noticed() -> None:
    memory, later = kept(Past(), "has_commit"), Past()
    later.commits = frozenset(["abcd"])
    assert recall_verdict(memory, CASE, later) is None


@pytest.mark.parametrize("ask", ["last_change", "changes", "is_shallow"])
def test_nothing_is_kept_of_a_past_that_is_cut_off(ask: str) -> None:
    past = Past()
    past.is_shallow = True
    assert kept(past, ask).kept == {}


@pytest.mark.parametrize("ask", ["last_change", "changes"])
def test_nothing_is_kept_where_the_past_gave_no_answer(ask: str) -> None:
    past = Past()
    past.change = None
    assert kept(past, ask).kept == {}


@pytest.mark.parametrize(
    ("today", "is_known"),
    [("2026-01-04", False), ("2026-01-05", True), ("2026-01-07", True), ("2026-01-08", False)],
)
def test_a_verdict_holds_for_its_days(today: str, is_known: bool) -> None:
    memory = kept(Past(), good_until="2026-01-07")
    assert (recall_verdict(memory, CASE._replace(today=today), Past()) is not None) is is_known


REQUEST = Request("2026-01-05")
OTHERS = [
    REQUEST._replace(select=("RL8",)),
    REQUEST._replace(ignore=("RL8",)),
    REQUEST._replace(fail_on=Severity.WARNING),
    REQUEST._replace(policy=PolicyFile("p.yaml", b"version: 1")),
    REQUEST._replace(supposed={"tier": 1}),
]


def key(snapshot: Staged | None = None, request: Request = REQUEST) -> str | None:
    case = case_of(snapshot or Staged(), request)
    return case and case.key


def test_a_case_is_everything_that_is_asked() -> None:
    snapshots = [Staged("c" * 40), Staged(bases=("d" * 40,)), Staged(path="b.py"), Staged(path="\udcff.py")]
    keys = [key(), *(key(snapshot) for snapshot in snapshots), *(key(request=request) for request in OTHERS)]
    assert None not in keys
    assert len(set(keys)) == len(keys)
    assert key(request=REQUEST._replace(today="2026-02-02")) == key()


def test_what_is_installed_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setattr(sys, "path", sys.path[1:])
    assert key() != before


@pytest.mark.parametrize("kind", [TargetKind.RANGE, TargetKind.REVISION, TargetKind.WORKTREE])
def test_only_commits_are_tried_again(kind: TargetKind) -> None:
    snapshot = Staged()
    snapshot.kind = kind
    assert key(snapshot) is None
    assert key(Staged(bases=("b" * 40, "c" * 40))) is None
    assert key(request=REQUEST._replace(with_metrics=True)) is None


def test_what_somebody_else_kept_is_no_verdict() -> None:
    """Wherever a value of the record is another one, there is a report of the right types, or none."""
    whole = kept(Past(), "has_commit").kept[CASE.key]
    for place in _places(whole):
        for value in (None, 5, "x", [], {}, [1]):
            memory = Memory()
            memory.kept[CASE.key] = _changed(whole, place, value)
            known = recall_verdict(memory, CASE, Past())
            assert known is None or all(isinstance(finding.message, str) for finding in known.findings)


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else []
    return [place, *(inner for key in keys for inner in _places(value[key], (*place, key)))]


def _changed(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    copy = value.copy()
    copy[place[0]] = _changed(value[place[0]], place[1:], new)
    return copy
