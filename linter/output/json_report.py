"""The JSON report, for programs; `schemas/report.schema.json` describes it."""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any, TextIO

from linter.model.finding import Finding
from linter.model.metrics import SourceMetrics
from linter.model.report import Report, Summary
from linter.output import Options
from linter.output.printable import without_surrogates

VERSION = 1

LONGEST_EXCERPT = 1000
"""Characters: one line of a hostile file may have a finding for every few of its characters."""


def render(report: Report, stream: TextIO, options: Options) -> None:  # noqa: ARG001 - a report for programs is whole
    """Write the whole report, suppressed findings included, as one JSON object in ASCII."""
    stream.write(dumped(_report(report)) + "\n")


def dumped(value: Any) -> str:
    """A value as strict JSON on several lines, without lone surrogates, and with numbers that are none as text."""
    text = json.dumps(_plain(value), indent=2, allow_nan=False)
    # Runners of GitHub obey `##[command]` anywhere in a line; in JSON it can only stand inside a string.
    return text.replace("##[", "##\\u005b")


def judged(report: Report) -> dict[str, Any]:
    """What was judged, and what was found: what reports of one repository and of many have in common."""
    return {
        "target": report.target._asdict(),
        "status": "failed" if report.is_failed else "passed",
        "summary": _summary(report.summary),
        "findings": [_finding(finding) for finding in report.findings],
    }


def _report(report: Report) -> dict[str, Any]:
    result = {
        "version": VERSION,
        "tool": tool(report.tool_version),
        "repository": {"name": report.repository, "path": report.path},
        **judged(report),
        "duration_ms": report.duration_ms,
    }
    if report.metrics is not None:
        result["metrics"] = [_metrics(path, source) for path, source in report.metrics]
    return result


def tool(version: str) -> dict[str, str]:
    """What made a report."""
    return {"name": "review-lint", "version": version}


def _summary(summary: Summary) -> dict[str, int]:
    not_analysed = sum(count for _, count in summary.not_analysed)
    return {**summary._asdict(), "not_analysed": not_analysed}


def _finding(finding: Finding) -> dict[str, Any]:
    path, (start, end), pointer, symbol = finding.location
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.label,
        "message": finding.message,
        "path": path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line if end else None,
        "end_column": end.column if end else None,
        "pointer": pointer,
        "symbol": symbol,
        "hint": finding.hint,
        "excerpt": _excerpt(finding.excerpt),
        "fixable": finding.fixable,
        "fingerprint": finding.fingerprint,
        "data": finding.data,
        "suppressed": finding.suppressed._asdict() if finding.suppressed else None,
    }


def _excerpt(line: str | None) -> str | None:
    return line if line is None or len(line) <= LONGEST_EXCERPT else None


def _metrics(path: str, source: SourceMetrics) -> dict[str, Any]:
    names = ("symbol", "line", "end_line", "complexity", "lines", "arguments", "nesting")
    return {
        "path": path,
        "lines": source.lines,
        "maintainability_index": source.maintainability_index,
        "functions": [{name: getattr(function, name) for name in names} for function in source.functions],
    }


def _plain(value: Any) -> Any:
    """The value as strict JSON can say it: no lone surrogates, and numbers that are none as text."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
