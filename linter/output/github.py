"""Workflow commands of GitHub Actions, which become annotations of the lines of a pull request."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from linter.model.finding import Finding, Severity, Span
from linter.model.quote import listed
from linter.model.report import Report
from linter.output import Options
from linter.output.concise import explained, headline
from linter.output.printable import encoding_of, printable
from linter.output.text import told_and_counted, totals

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}

MOST = {"error": 10, "warning": 10, "notice": 9}
"""How many of a kind become annotations: GitHub shows ten of each in a step, and drops the others without a word. One
notice is for how many those are.
"""


def render(report: Report, stream: TextIO, options: Options) -> None:
    """Write commands, the gravest first; a line for each finding that is beyond what GitHub shows; then the totals."""
    encoding = encoding_of(stream)
    told, counted = told_and_counted(report, options)
    stream.writelines(f"{line}\n" for line in _lines(told, encoding))
    if not options.quiet:
        stream.write(printable(totals(report, counted), encoding) + "\n")


def _lines(findings: Sequence[Finding], encoding: str) -> Iterator[str]:
    by_kind = {kind: [finding for finding in findings if _kind(finding) == kind] for kind in MOST}
    for kind, found in by_kind.items():
        yield from (_command(finding, kind, encoding) for finding in found[: MOST[kind]])
    beyond = {kind: found[MOST[kind] :] for kind, found in by_kind.items() if len(found) > MOST[kind]}
    if beyond:
        yield f"::notice title=review-lint::{_counted(beyond)}"
    for found in beyond.values():
        yield from (headline(finding, encoding, color=False) for finding in found)


def _kind(finding: Finding) -> str:
    return "notice" if finding.suppressed else COMMANDS[finding.severity]


def _counted(beyond: Mapping[str, Sequence[Finding]]) -> str:
    counts = [f"{len(found)} more {kind}{'s' if len(found) > 1 else ''}" for kind, found in beyond.items()]
    return f"{listed(counts)}: in the log of this step only, because GitHub shows no more than ten of a kind"


def _command(finding: Finding, kind: str, encoding: str) -> str:
    place = {"file": finding.location.path, **_place(finding.location.span), "title": f"{finding.rule} {finding.name}"}
    properties = ",".join(f"{key}={_property(value, encoding)}" for key, value in place.items())
    texts = [finding.message, finding.hint or "", explained(finding.suppressed) if finding.suppressed else ""]
    return f"::{kind} {properties}::{'%0A'.join(_data(text, encoding) for text in texts if text)}"


def _place(span: Span) -> dict[str, str]:
    """Lines, and columns where the span lies in one line: GitHub takes them for nothing else."""
    start, end = span.start, span.end
    place = {"line": start.line}
    if end is None:
        place["col"] = start.column
    elif end.line == start.line:
        place |= {"endLine": end.line, "col": start.column, "endColumn": end.column}
    else:
        place["endLine"] = span.last_line
    return {key: str(number) for key, number in place.items()}


def _data(text: str, encoding: str) -> str:
    """What follows `::`; line breaks are gone already."""
    return printable(text, encoding).replace("%", "%25")


def _property(text: str, encoding: str) -> str:
    return _data(text, encoding).replace(":", "%3A").replace(",", "%2C")
