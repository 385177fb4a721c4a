"""SARIF 2.1.0 (OASIS), which GitHub's code scanning, Azure DevOps and editors read.

Within the limits of GitHub: at most MOST_RESULTS results, and LARGEST bytes when compressed. What is beyond is left
out, the least grave first, and a notification says so.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, TextIO
from urllib.parse import quote

from linter.model.finding import Finding, Location, Severity, Span, Suppression
from linter.model.report import Report
from linter.model.rule import Rule
from linter.output import Options
from linter.output.concise import explained, shown
from linter.output.json_report import dumped
from linter.output.printable import printable
from linter.output.rule_help import chapters
from linter.rules.catalogue import ALL_RULES
from linter.rules.documentation import HEADINGS, sections, summary

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "reviewLint/v1"
"""Not `primaryLocationLineHash`: GitHub's upload computes that one itself, and warns of every other value."""

MOST_RESULTS = 25_000
LARGEST = 10_000_000
LONGEST_DESCRIPTION = 1024
"""What GitHub takes: results of a run, bytes of a file compressed with gzip, characters of a rule's description."""

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "recommendation"}
"""What GitHub calls the severity of a rule that is not about security."""


def render(report: Report, stream: TextIO, options: Options) -> None:
    """Write one log with one run; suppressed findings only if they are asked for: GitHub opens alerts for them too."""
    findings = tuple(shown(report, options))
    kept = _gravest(findings, min(len(findings), MOST_RESULTS))
    text = _log(report, findings, kept, options)
    while kept and _is_too_large(text):
        kept = _gravest(kept, len(kept) // 2)
        text = _log(report, findings, kept, options)
    stream.write(text)


def _gravest(findings: Sequence[Finding], most: int) -> Sequence[Finding]:
    """As many findings as may be, in their order: those that nothing hides before others, then by severity."""
    order = sorted(range(len(findings)), key=lambda at: (findings[at].suppressed is not None, -findings[at].severity))
    return [findings[at] for at in sorted(order[:most])]


def _is_too_large(text: str) -> bool:
    return len(text) > LARGEST and len(zlib.compress(text.encode())) > LARGEST


def _log(report: Report, findings: Sequence[Finding], kept: Sequence[Finding], options: Options) -> str:
    codes = sorted({finding.rule for finding in kept})
    indexes = {code: index for index, code in enumerate(codes)}
    by_code = {rule.code: rule for rule in ALL_RULES}
    driver = {"name": "review-lint", "semanticVersion": report.tool_version}
    exit_code = int(report.is_failed and not options.exit_zero)
    notes = _notifications(report, len(findings) - len(kept))
    run = {
        "tool": {"driver": {**driver, "rules": [_rule(code, by_code.get(code)) for code in codes]}},
        "invocations": [{"executionSuccessful": True, "exitCode": exit_code, **notes}],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "utf16CodeUnits",
        "results": [_result(finding, indexes, options) for finding in kept],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _notifications(report: Report, left_out: int) -> Mapping[str, Any]:
    """What is to be said about the run itself."""
    notes = [{"level": "note", "message": {"text": _text(note)}} for note in report.notes]
    if left_out:
        cut = f"{left_out:,} findings are left out, because GitHub takes no more; --format json has all of them"
        notes.append({"level": "warning", "message": {"text": cut}})
    return {"toolExecutionNotifications": notes} if notes else {}


def _rule(code: str, rule: Rule | None) -> Mapping[str, Any]:
    """What there is to be known about a rule, out of its own documentation."""
    if rule is None:
        return {"id": code}
    help_text = "\n\n".join(f"{heading}\n\n{text}" for heading, text in sections(rule).items())
    help_markdown = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in chapters(rule))
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": _cut(summary(rule))},
        "fullDescription": {"text": _cut(" ".join(sections(rule).get(HEADINGS[0], "").split()))},
        "help": {"text": help_text, "markdown": help_markdown},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family], "problem.severity": PROBLEMS[rule.severity]},
    }


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1] + "…"


def _result(finding: Finding, indexes: Mapping[str, int], options: Options) -> Mapping[str, Any]:
    hint = f"\n\nWhat to do: {_text(finding.hint)}" if finding.hint else ""
    result = {
        "ruleId": finding.rule,
        "ruleIndex": indexes[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": _text(finding.message) + hint},
        "locations": [_location(finding.location, finding.excerpt)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if options.show_suppressed:  # where one result has this key, all of them have it (SARIF 2.1.0, 3.27.23)
        result["suppressions"] = [_suppression(finding.suppressed)] if finding.suppressed else []
    return result


def _suppression(suppression: Suppression) -> Mapping[str, str]:
    kind = "inSource" if suppression.by == "inline ignore" else "external"
    return {"kind": kind, "status": "accepted", "justification": _text(explained(suppression))}


def _location(location: Location, excerpt: str | None) -> Mapping[str, Any]:
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(location.path), "uriBaseId": ROOT},
            "region": _region(location.span, excerpt or ""),
        }
    }
    if name := location.symbol or location.pointer:
        place["logicalLocations"] = [{"fullyQualifiedName": printable(name)}]
    return place


def _region(span: Span, line: str) -> Mapping[str, int]:
    """The span with columns in units of UTF-16 as far as the text of its first line is known, else with whole lines."""
    start, end = span.start, span.end
    columns = {"startColumn": start.column, "endColumn": end.column if end and end.line == start.line else 0}
    known = {key: _units(line[: column - 1]) + 1 for key, column in columns.items() if 0 < column <= len(line) + 1}
    return {"startLine": start.line, **known, **({"endLine": span.last_line} if span.last_line > start.line else {})}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _uri(path: str) -> str:
    """A path as a relative reference (RFC 3986), whose bytes are those of the file's name."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def _text(text: str) -> str:
    """Foreign text as a plain message, in which `[text](target)` would be a link and `{0}` a placeholder (SARIF 2.1.0,
    3.11.5 and 3.11.6). Other braces are not doubled, as the standard wants it: nobody who shows messages undoes that.
    """
    return re.sub(r"\](?=\()|\{(?=[0-9]+\})", lambda sign: f"\\x{ord(sign[0]):02x}", printable(text))
