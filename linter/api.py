"""One repository in, one report out: what the hook, the command line and scans all call."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from linter import __version__
from linter.adapters.git import targets
from linter.adapters.git.cited import forget_cited, note_cited
from linter.adapters.git.history import GitHistory
from linter.adapters.git.memory import open_memory
from linter.adapters.git.repository import Git, open_repository
from linter.adapters.git.targets import Receiver
from linter.engine.verdict import Witness, case_of, keep_verdict, recall_verdict
from linter.errors import ReviewLintError
from linter.model.document import Document
from linter.model.memory import Memory, RunMemory
from linter.model.metrics import SourceMetrics
from linter.model.progress import Progress, untold
from linter.model.report import Report, Target, summarise
from linter.model.request import Request
from linter.model.snapshot import Snapshot, TargetKind

if TYPE_CHECKING:
    from linter.engine.outcome import Outcome
    from linter.model.sheet import Sheet

BODIES = ("module", "class")
"""Blocks that are no functions: they have figures and are not counted as functions."""


class Content(NamedTuple):
    """Which content of a repository is judged: `from_ref` and `to_ref` for a range, `to_ref` for a revision."""

    kind: TargetKind = TargetKind.WORKTREE
    from_ref: str = ""
    to_ref: str = ""


class Update(NamedTuple):
    """A reference that a push changes: the object ids before and after (all zeros where there is none), and its name
    where it is pushed to.
    """

    old: str
    new: str
    reference: str


class Judgement(NamedTuple):
    """What is known of a commit. `report` has the figures of its files, `blobs` the object ids of all its sources by
    path, `documents` are its review files, `sheets` what people read of its products, with the bytes of their pictures
    by SHA-256. It would be judged alike on every day up to `good_until` (YYYY-MM-DD).
    """

    report: Report
    blobs: tuple[tuple[str, str], ...]
    documents: tuple[Document, ...]
    sheets: "tuple[Sheet, ...]"
    pictures: tuple[tuple[str, bytes], ...]
    good_until: str


def check_repo(
    path: str, content: Content, request: Request, with_memory: bool = True, progress: Progress = untold
) -> Report:
    """Judge the repository around `path`; `with_memory`: what earlier runs computed there is used, and kept for others.
    `progress` hears how many of the sources are measured.

    Raises ReviewLintError when the run cannot be trusted.
    """
    started = time.monotonic()
    with open_repository(path, meanwhile=_load) as git, _memory(git, with_memory) as memory:
        snapshot = _snapshot(git, content)
        report, outcome = _known_or_judged(git, snapshot, request, memory, progress)
    if with_memory and outcome and snapshot.kind is TargetKind.STAGED:
        _tell_guard(git, request, report, outcome)
    return _placed(report, git, started)


def check_push(
    path: str, updates: Iterable[Update], receiver: Receiver, request: Request, with_memory: bool = True
) -> list[tuple[Update, Report]]:
    """Judge what a push brings to each reference, if that is anything new. What one reference of the push brings is not
    judged again for the next one that is new.

    Raises ReviewLintError, which names the reference, when the run cannot be trusted.
    """
    reports = []
    with open_repository(path) as git, _memory(git, with_memory) as memory:
        for update in updates:
            with _named(update):
                started = time.monotonic()
                snapshot = targets.pushed(git, update.old, update.new, receiver)
                if snapshot:
                    report, _ = _known_or_judged(git, snapshot, request, memory, untold)
                    reports.append((update, _placed(report, git, started)))
                    receiver = receiver._replace(known=(*receiver.known, update.new))
    return reports


def judge_commit(path: str, request: Request, with_memory: bool = True) -> Judgement:
    """Judge the commit that HEAD names in the repository at `path`, whether there is a working tree or not. What the
    commit holds has to be there: a source that is missing or damaged is no finding.

    Raises EmptyError, NoDefaultBranchError, other RepositoryErrors, ConfigurationError.
    """
    from linter.adapters.git.intact import default_commit  # noqa: PLC0415 - no commit is judged that way

    started = time.monotonic()
    with open_repository(path) as git, _memory(git, with_memory) as memory:
        snapshot = default_commit(git, path)
        from linter.engine.lint import lint  # noqa: PLC0415
        from linter.engine.page.sheets import Tree, sheets_of  # noqa: PLC0415

        history = GitHistory(git, snapshot.revision)
        outcome = lint(snapshot, request, history, memory)
        report = _report(snapshot, outcome, request._replace(with_metrics=True))
        found = sheets_of(Tree(snapshot, history, memory), outcome, report.metrics or (), request.today)
    blobs = tuple((source.path, source.blob) for source in outcome.analysis.sources)
    good_until = min(outcome.good_until, found.good_until)
    return Judgement(_placed(report, git, started), blobs, outcome.documents, found.sheets, found.pictures, good_until)


@contextmanager
def _named(update: Update) -> Iterator[None]:
    try:
        yield
    except ReviewLintError as error:
        error.args = (f"{update.reference}: {error}",)
        raise


def _known_or_judged(
    git: Git, snapshot: Snapshot, request: Request, memory: Memory, progress: Progress
) -> tuple[Report, "Outcome | None"]:
    """The report, with what it was made of unless an earlier run made it."""
    history = GitHistory(git, snapshot.revision)
    case = case_of(snapshot, request)
    known = recall_verdict(memory, case, history) if case else None
    if known:
        return known, None
    from linter.engine.lint import lint  # noqa: PLC0415

    witness = Witness(history)
    outcome = lint(snapshot, request, witness, memory, progress)
    report = _report(snapshot, outcome, request)
    if case and not git.lacks_objects:
        keep_verdict(memory, case, witness, report, outcome.good_until)
    return report, outcome


def _tell_guard(git: Git, request: Request, report: Report, outcome: "Outcome") -> None:
    """Tell the hook which files nobody has to judge. What stands in the way of one commit stands in the way of the next
    one too, whatever that changes.
    """
    if report.is_failed:
        forget_cited(git.common_dir)
    elif request == Request(request.today):
        from linter.engine.evidence.citation import cited_in  # noqa: PLC0415 - loaded already where anything is cited

        note_cited(git.common_dir, cited_in(outcome.documents))


def _load() -> None:
    """What begins to judge takes 8 ms to import."""
    import linter.engine.lint  # noqa: F401, PLC0415


def _memory(git: Git, is_wanted: bool) -> AbstractContextManager[Memory]:
    return open_memory(git.common_dir) if is_wanted else nullcontext(RunMemory())


def _snapshot(git: Git, content: Content) -> Snapshot:
    match content.kind:
        case TargetKind.STAGED:
            return targets.staged(git)
        case TargetKind.RANGE:
            return targets.commit_range(git, content.from_ref, content.to_ref)
        case TargetKind.REVISION:
            return targets.revision(git, content.to_ref)
        case TargetKind.WORKTREE:
            return targets.worktree(git)


def _report(snapshot: Snapshot, outcome: "Outcome", request: Request) -> Report:
    bases = tuple(base.revision or "" for base in snapshot.bases)
    analysed = [(source.path, source.metrics) for source in outcome.analysis.sources]
    figures = tuple((path, metrics) for path, metrics in analysed if isinstance(metrics, SourceMetrics))
    functions = sum(block.kind not in BODIES for _, metrics in figures for block in metrics.functions)
    return Report(
        repository="",
        path="",
        target=Target(snapshot.kind.value, snapshot.revision, bases),
        fail_on=outcome.configuration.fail_on,
        findings=outcome.findings,
        summary=summarise(outcome.findings, len(figures), functions, outcome.analysis.not_analysed),
        metrics=figures if request.with_metrics else None,
        tool_version=__version__,
        changed=outcome.changed,
        generated=outcome.analysis.generated,
        notes=outcome.notes,
    )


def _placed(report: Report, git: Git, started: float) -> Report:
    """The report with the name and the folder of its repository, and how long it took."""
    folder = git.top or git.git_dir
    name = os.path.basename(folder).removesuffix(".git")
    return report._replace(repository=name, path=folder, duration_ms=round((time.monotonic() - started) * 1000))
