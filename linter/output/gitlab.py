"""The Code Quality report of GitLab, which its merge requests show: one JSON list, without a byte order mark."""

from collections.abc import Mapping
from typing import Any, TextIO

from linter.model.finding import Finding, Severity, Span
from linter.model.report import Report
from linter.output import Options
from linter.output.concise import explained, shown
from linter.output.json_report import dumped
from linter.output.printable import printable

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.ADVICE: "info"}
"""GitLab knows info, minor, major, critical and blocker."""


def render(report: Report, stream: TextIO, options: Options) -> None:
    """Write the findings, `[]` where there is none; suppressed ones only when they are asked for, as info."""
    stream.write(dumped([_issue(finding) for finding in shown(report, options)]) + "\n")


def _issue(finding: Finding) -> Mapping[str, Any]:
    hint = f" ({finding.hint})" if finding.hint else ""
    hidden = f" [{explained(finding.suppressed)}]" if finding.suppressed else ""
    return {
        "description": printable(f"{finding.message}{hint}{hidden}"),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": "info" if finding.suppressed else SEVERITIES[finding.severity],
        "location": {"path": finding.location.path, "lines": _lines(finding.location.span)},
    }


def _lines(span: Span) -> Mapping[str, int]:
    return {"begin": span.start.line, "end": span.last_line}
