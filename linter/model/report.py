"""The outcome of one run over one repository."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linter.model.finding import Finding, Severity
from linter.model.metrics import SourceMetrics


class Target(NamedTuple):
    """What was judged (staged, range, worktree, revision), at which commit, against which commits."""

    kind: str
    revision: str | None
    bases: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every file was looked at instead of only what changed."""
        return self.kind in ("worktree", "revision")


class Summary(NamedTuple):
    """Counts of a report. `errors`, `warnings` and `advice` leave the suppressed findings out. `not_analysed` counts
    files of other languages by their name's ending as it stands in the name (".js"), "" for names without one, and
    links that are called like sources and lead to none (".py (link)").
    """

    errors: int = 0
    warnings: int = 0
    advice: int = 0
    suppressed: int = 0
    files: int = 0
    functions: int = 0
    not_analysed: tuple[tuple[str, int], ...] = ()


class Report(NamedTuple):
    """Everything that renderers need. `findings` is sorted and holds the suppressed ones too. `metrics` has every
    analysed file by its path, None when nobody asked for them.
    """

    repository: str
    path: str
    target: Target
    fail_on: Severity
    findings: tuple[Finding, ...]
    summary: Summary
    metrics: tuple[tuple[str, SourceMetrics], ...] | None = None
    tool_version: str = ""
    duration_ms: int = 0
    changed: int = 0
    """How many paths the change has, the excluded ones too; in a whole run all paths."""
    generated: int = 0
    """How many sources were not judged because a tool wrote them."""
    notes: tuple[str, ...] = ()
    """What is to be said beside the findings."""

    @property
    def is_failed(self) -> bool:
        return any(f.suppressed is None and f.severity >= self.fail_on for f in self.findings)


def summarise(
    findings: Iterable[Finding],
    files: int = 0,
    functions: int = 0,
    not_analysed: Sequence[tuple[str, int]] = (),
) -> Summary:
    """The summary of a run over `files` analysed files with `functions` functions."""
    counts = dict.fromkeys(Severity, 0)
    suppressed = 0
    for finding in findings:
        if finding.suppressed:
            suppressed += 1
        else:
            counts[finding.severity] += 1
    errors, warnings, advice = (counts[severity] for severity in sorted(Severity, reverse=True))
    return Summary(errors, warnings, advice, suppressed, files, functions, tuple(not_analysed))
