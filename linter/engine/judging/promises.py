"""The findings in the review files, known again while everything that they depend on is as it was.

Most commits change code that no review file cites: then the same is found again. What is looked at is noted while it is
judged (`seen.py`), so that nobody has to remember what a rule depends on.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from linter.engine.code.sources import is_python_by_name
from linter.engine.judging.findings import Surroundings, findings_of
from linter.engine.judging.lowering import lowered
from linter.engine.judging.seen import Seen
from linter.engine.judging.subjects import Circumstances, subjects_of
from linter.engine.verdict import Witness, libraries
from linter.model.day import Today
from linter.model.finding import Finding
from linter.model.plain import finding_of, made, plain, typed
from linter.model.request import Request
from linter.model.review_files import ReviewFiles
from linter.model.sign_off import StaleSignOff
from linter.model.snapshot import Change, Entry, Kind, Snapshot, TargetKind
from linter.rules.catalogue import ALL_RULES

PROMISES = "promises"

MOST = 20_000
"""Paths of a tree; with more of them it takes as long to see that nothing has changed as to judge."""


class Promised(NamedTuple):
    """The findings in the review files of a tree, those that a base has too lowered. `stale` are the sign-offs that no
    longer fit; None where nobody asked about them, or where the findings are known from an earlier run.
    """

    findings: tuple[Finding, ...]
    stale: tuple[StaleSignOff, ...] | None = None


def promised(
    snapshot: Snapshot, reviews: ReviewFiles, surroundings: Surroundings, by: Circumstances, request: Request
) -> Promised:
    """What is found in the review files of a tree."""
    key = _key(snapshot, request) if reviews.documents else None
    if key is None or not isinstance(surroundings.today, Today):
        return _judged(snapshot, reviews, surroundings, by)
    known = made(_Standing.of, by.memory.recall(PROMISES, key))
    if known is None or not known.holds(snapshot, surroundings.today):
        known = _judged_anew(snapshot, reviews, surroundings, by, key)
    surroundings.today.share(known.good_until)
    return Promised(known.findings)


class _Standing(NamedTuple):
    """Findings, the days for which they hold, and the object ids of the Python sources that were looked at, by path."""

    judged_on: str
    good_until: str
    looked: dict[str, str | None]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, known: Any) -> "_Standing":
        standing = typed((str, str, dict, list), cls._make(known))
        return standing._replace(findings=tuple(map(finding_of, standing.findings)))

    def holds(self, snapshot: Snapshot, today: str) -> bool:
        """Whether the same would be found today, in a tree that is the same but for sources."""
        if not self.judged_on <= str.__str__(today) <= self.good_until:
            return False
        changed = {change.path for change in snapshot.changes()}
        return changed.isdisjoint(self.looked) and _ids(snapshot, self.looked) == self.looked


def _judged(snapshot: Snapshot, reviews: ReviewFiles, surroundings: Surroundings, by: Circumstances) -> Promised:
    subjects = (reviews, *subjects_of(snapshot, reviews.documents, by))
    findings = lowered(findings_of(ALL_RULES, subjects, surroundings), snapshot, surroundings, by)
    stale = tuple(subject for subject in subjects if isinstance(subject, StaleSignOff))
    return Promised(findings, stale if StaleSignOff in by.wanted else None)


def _judged_anew(
    snapshot: Snapshot, reviews: ReviewFiles, surroundings: Surroundings, by: Circumstances, key: str
) -> _Standing:
    """Judge, and keep what comes of it unless it depends on the past, on what is changed, or on what is missing."""
    day = str.__str__(surroundings.today)
    today, seen, witness = Today(day), Seen(snapshot), Witness(by.history) if by.history else None
    own = by._replace(terms=by.terms._replace(today=today), history=witness)
    findings = _judged(seen, reviews, surroundings._replace(today=today), own).findings
    standing = _Standing(day, today.good_until, _ids(snapshot, seen.looked), findings)
    changed = {change.path for change in snapshot.changes()}
    if seen.is_whole and not (witness and witness.was_asked) and changed.isdisjoint(seen.looked):
        by.memory.keep(PROMISES, key, plain(standing))
    return standing


def _ids(snapshot: Snapshot, paths: Sequence[str] | set[str] | dict[str, Any]) -> dict[str, str | None]:
    """The object ids of some paths."""
    entries = snapshot.paths()
    return {path: entries[path].blob if path in entries else None for path in sorted(paths)}


def _key(snapshot: Snapshot, request: Request) -> str | None:
    """Stands for everything that findings in review files depend on but the past, the day and the contents of Python
    sources; None where nothing is kept.
    """
    if snapshot.kind is not TargetKind.STAGED or len(snapshot.bases) != 1 or len(snapshot.paths()) > MOST:
        return None
    import hashlib  # noqa: PLC0415 - 2 ms that other runs do not pay

    listing = [_line(entry) for entry in snapshot.paths().values()]
    changes = [change for change in snapshot.changes() if not _is_mere_code(change)]
    depends = repr((plain(request._replace(today="")), listing, plain(tuple(changes)), libraries()))
    return hashlib.sha256(depends.encode("utf-8", "surrogateescape")).hexdigest()


def _line(entry: Entry) -> str:
    if entry.kind is Kind.FILE and is_python_by_name(entry):
        return entry.path
    return f"{entry.path} {entry.kind.value} {entry.blob}"


def _is_mere_code(change: Change) -> bool:
    """Whether a Python source has another content, and nothing else changes."""
    return all(entry is not None and is_python_by_name(entry) for entry in (change.entry, *change.old))
