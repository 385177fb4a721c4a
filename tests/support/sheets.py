"""Sheets of trees in memory, as scans make them."""

from collections.abc import Mapping

from linter.engine.lint import lint
from linter.engine.outcome import Outcome
from linter.engine.page.sheets import Sheets, Tree, sheets_of
from linter.model.history import History
from linter.model.memory import NO_MEMORY
from linter.model.metrics import SourceMetrics
from linter.model.request import PolicyFile, Request
from linter.model.snapshot import Snapshot, TargetKind
from tests.support.examples import TODAY
from tests.support.memory import MemorySnapshot


def sheets_in(tree: Mapping[str, str | bytes], policy: str = "", today: str = TODAY, **more: object) -> Sheets:
    """The sheets of a tree; `more` as MemorySnapshot takes it."""
    snapshot = MemorySnapshot(tree, kind=TargetKind.REVISION, **more)  # type: ignore[arg-type]
    request = Request(today, policy=PolicyFile("policy.yaml", policy.encode()) if policy else None, with_metrics=True)
    return sheets_after(lint(snapshot, request), snapshot, today)


def sheets_after(outcome: Outcome, snapshot: Snapshot, today: str, history: History | None = None) -> Sheets:
    """The sheets that a run is followed by."""
    measured = [(source.path, source.metrics) for source in outcome.analysis.sources]
    sources = [(path, metrics) for path, metrics in measured if isinstance(metrics, SourceMetrics)]
    return sheets_of(Tree(snapshot, history, NO_MEMORY), outcome, sources, today)
