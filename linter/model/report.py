"""The outcome of one run over one repository."""

from typing import NamedTuple

from linter.model.finding import Finding, Severity
from linter.model.metrics import SourceMetrics


class Target(NamedTuple):
    """What was judged (staged, range, worktree, revision), at which commit, against which commits."""

    kind: str
    revision: str | None
    bases: tuple[str, ...]


class Summary(NamedTuple):
    """Counts of a report. `not_analysed` counts files of other languages by their name's ending."""

    errors: int = 0
    warnings: int = 0
    advice: int = 0
    suppressed: int = 0
    files: int = 0
    functions: int = 0
    not_analysed: tuple[tuple[str, int], ...] = ()


class Report(NamedTuple):
    """Everything that renderers need. `findings` is sorted and holds the suppressed ones too."""

    repository: str
    path: str
    target: Target
    fail_on: Severity
    findings: tuple[Finding, ...]
    summary: Summary
    metrics: tuple[tuple[str, SourceMetrics], ...] = ()
    tool_version: str = ""
    duration_ms: int = 0

    @property
    def is_failed(self) -> bool:
        return any(f.suppressed is None and f.severity >= self.fail_on for f in self.findings)
