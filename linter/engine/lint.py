"""Lint one tree: a snapshot and a request in, findings and figures out."""

from typing import TYPE_CHECKING

from linter.engine.code.library import Library
from linter.engine.project import read_project
from linter.model.day import Today
from linter.model.history import History
from linter.model.memory import NO_MEMORY, Memory
from linter.model.progress import Progress, untold
from linter.model.request import Request
from linter.model.snapshot import Snapshot, is_whole

if TYPE_CHECKING:
    from linter.engine.outcome import Outcome


def lint(
    snapshot: Snapshot,
    request: Request,
    history: History | None = None,
    memory: Memory = NO_MEMORY,
    progress: Progress = untold,
) -> "Outcome":
    """Judge a tree; without a history nobody asks about its past, without a memory everything is computed anew.
    `progress` hears how many of the sources are measured.

    Raises ConfigurationError for a broken configuration, RepositoryError when git cannot answer.
    """
    today = Today(request.today)
    request = request._replace(today=today)
    library = Library(_like(snapshot), request.with_metrics, memory, progress)
    everything = snapshot.changes()
    if not is_whole(snapshot):
        # Before it is known what is excluded: measuring in vain on another core costs less than beginning later.
        library.begin(snapshot, [change.entry for change in everything if change.entry])
    project = read_project(snapshot, request)
    changes = [change for change in everything if not project.is_excluded(change.path)]
    measures = project.judges_code or request.with_metrics
    # What judges takes 20 ms to import: meanwhile that other core measures.
    from linter.engine.outcome import Run, outcome_of  # noqa: PLC0415

    outcome = outcome_of(Run(snapshot, request, project, history, memory, library, changes, measures))
    return outcome._replace(changed=len(everything), good_until=today.good_until)


def _like(snapshot: Snapshot) -> str:
    """Any object id of the repository; empty where none is known."""
    return next((base.revision for base in snapshot.bases if base.revision), "")
