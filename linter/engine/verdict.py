"""The verdict over what is staged, known again when the same is asked twice: a commit that something else has stopped,
or whose message was left empty, is not judged anew.
"""

import os
import sys
from collections.abc import Callable
from types import NoneType
from typing import Any, NamedTuple, TypeVar

from linter.model.finding import Severity
from linter.model.history import History, Tag
from linter.model.memory import Memory
from linter.model.plain import TEXT, finding_of, made, plain, typed
from linter.model.report import Report, Summary, Target
from linter.model.request import Request
from linter.model.snapshot import Snapshot, TargetKind

VERDICT = "verdict"

T = TypeVar("T")


class Witness:
    """A history that notes what it was asked of which the answer can change while HEAD stays."""

    def __init__(self, history: History) -> None:
        self._history = history
        self.answers: list[tuple[str, tuple[str, ...], Any]] = []
        self._is_past = False
        self._is_sure = True

    @property
    def is_sure(self) -> bool:
        """Whether all other answers stay. In a shallow clone anything can change."""
        return self._is_sure and not (self._is_past and self._history.is_shallow)

    @property
    def was_asked(self) -> bool:
        return self._is_past or bool(self.answers)

    @property
    def is_shallow(self) -> bool:
        self._is_past = True
        return self._history.is_shallow

    def has_commit(self, name: str) -> bool:
        return self._noted("has_commit", name, answer=self._history.has_commit(name))

    def tags(self) -> tuple[Tag, ...]:
        return self._noted("tags", answer=self._history.tags())

    def last_change(self, path: str) -> str | None:
        return self._settled(self._history.last_change(path))

    def changes(self, path: str, count: int) -> tuple[str, ...]:
        return self._settled(self._history.changes(path, count))

    def read_at(self, commit: str, path: str, limit: int) -> bytes | None:
        return self._settled(self._history.read_at(commit, path, limit))

    def _noted(self, question: str, *arguments: str, answer: T) -> T:
        self.answers.append((question, arguments, plain(answer)))
        return answer

    def _settled(self, answer: T) -> T:
        """An answer that HEAD decides alone, if there is one: a clone that lacks something may get it later."""
        self._is_past = True
        self._is_sure = self._is_sure and bool(answer)
        return answer


class Case(NamedTuple):
    """What identifies a verdict in a memory, and the day on which it is asked for."""

    key: str
    today: str


def case_of(snapshot: Snapshot, request: Request) -> Case | None:
    """The case of a run; None for one that is never kept: only commits are tried again."""
    if snapshot.kind is not TargetKind.STAGED or len(snapshot.bases) != 1 or request.with_metrics:
        return None
    import hashlib  # noqa: PLC0415 - 2 ms that other runs do not pay

    asked = plain(request._replace(today=""))
    depends = repr((asked, snapshot.bases[0].revision, plain(tuple(snapshot.changes())), libraries()))
    return Case(hashlib.sha256(depends.encode("utf-8", "surrogateescape")).hexdigest(), request.today)


def recall_verdict(memory: Memory, case: Case, history: History) -> Report | None:
    """The report of an earlier run that would say the same today."""

    def standing(known: Any) -> Report | None:
        verdict = _verdict(known)
        return verdict.report if verdict.holds(case, history) else None

    return made(standing, memory.recall(VERDICT, case.key))


def keep_verdict(memory: Memory, case: Case, witness: Witness, report: Report, good_until: str) -> None:
    """Keep a report with what has to be as it was for it to be said again."""
    if witness.is_sure:
        kept = (case.today, good_until, tuple(witness.answers), report)
        memory.keep(VERDICT, case.key, plain(kept))


class _Verdict(NamedTuple):
    judged_on: str
    good_until: str
    answers: list[tuple[str, list[str], Any]]
    report: Report

    def holds(self, case: Case, history: History) -> bool:
        if not self.judged_on <= case.today <= self.good_until:
            return False
        return all(_listed(_ASK[name](history, *arguments)) == answer for name, arguments, answer in self.answers)


_ASK: dict[str, Callable[..., Any]] = {
    "has_commit": lambda history, name: history.has_commit(name),
    "tags": lambda history: history.tags(),
}


def _listed(value: Any) -> Any:
    """With lists for tuples, as they come back."""
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value


def libraries() -> list[int]:
    """When something was installed or removed last: some rules need a library that may be absent."""
    return [os.stat(folder).st_mtime_ns for folder in sys.path if os.path.isdir(folder)]


def _verdict(known: Any) -> _Verdict:
    verdict = typed((str, str, list, list), _Verdict._make(known))
    return verdict._replace(report=_report(Report._make(verdict.report)))


def _report(known: Report) -> Report:
    report = known._replace(
        target=_target(*known.target),
        fail_on=Severity(known.fail_on),
        findings=tuple(map(finding_of, known.findings)),
        summary=_summary(Summary._make(known.summary)),
        notes=tuple(map(str, known.notes)),
    )
    return typed((str, str, Target, Severity, tuple, Summary, NoneType, str, int, int, int, tuple), report)


def _target(kind: Any, revision: Any, bases: Any) -> Target:
    return typed((str, TEXT, tuple), Target(kind, revision, tuple(map(str, bases))))


def _summary(known: Summary) -> Summary:
    others = tuple(typed((str, int), (ending, count)) for ending, count in known.not_analysed)
    return typed((int,) * 6 + (tuple,), known._replace(not_analysed=others))
