"""The concise format: one line per finding, `path:line:column: CODE message [severity]`."""

from collections.abc import Iterator
from typing import TextIO

from linter.model.finding import Finding, Severity, Suppression
from linter.model.report import Report
from linter.output import Options
from linter.output.printable import encoding_of, printable, printable_path

BOLD, DIM = "1", "2"
COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
"""ANSI colours (ECMA-48, select graphic rendition)."""


def render(report: Report, stream: TextIO, options: Options) -> None:
    """Write one line for each finding that is to be shown; nothing when there is none."""
    encoding = encoding_of(stream)
    stream.writelines(headline(finding, encoding, options.color) + "\n" for finding in shown(report, options))


def shown(report: Report, options: Options) -> Iterator[Finding]:
    """The findings of a report, the suppressed ones only when they are asked for."""
    return (finding for finding in report.findings if options.show_suppressed or finding.suppressed is None)


def headline(finding: Finding, encoding: str, color: bool) -> str:
    """The one line that says where, what and how grave."""
    start = finding.location.span.start
    where = f"{printable_path(finding.location.path, encoding)}:{start.line}:{start.column}:"
    hue = DIM if finding.suppressed else COLORS[finding.severity]
    tag = finding.severity.label
    if finding.suppressed:
        tag += printable(f", {explained(finding.suppressed)}", encoding)
    message = printable(finding.message, encoding)
    return f"{painted(where, BOLD, color)} {painted(finding.rule, hue, color)} {message} [{painted(tag, hue, color)}]"


def painted(text: str, code: str, color: bool) -> str:
    """The text in an ANSI colour, if there are to be colours."""
    return f"\x1b[{code}m{text}\x1b[0m" if color else text


def place(finding: Finding) -> str:
    """Where it stands: `path:line:column`, the path as the repository has it."""
    start = finding.location.span.start
    return f"{finding.location.path}:{start.line}:{start.column}"


def explained(suppression: Suppression) -> str:
    """What hides a finding, for how long and why, as the files have it."""
    until = f" until {suppression.expires}" if suppression.expires else ""
    return f"suppressed by {suppression.by}{until}: {suppression.reason}"
