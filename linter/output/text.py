"""The text format, for people: each finding with its source line and what to do, then one line of totals."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from linter.model.finding import Finding
from linter.model.report import Report
from linter.model.snapshot import TargetKind
from linter.output import Options
from linter.output.concise import COLORS, headline, painted, shown
from linter.output.excerpt import pointed
from linter.output.printable import encoding_of, printable

LEGACY = "RL803"
KINDS_SHOWN = 5
WRITABLE = (TargetKind.WORKTREE.value, TargetKind.STAGED.value)


def render(report: Report, stream: TextIO, options: Options) -> None:
    """Write the findings and, unless `options.quiet`, the totals.

    In whole runs legacy complexity that does not fail the run is only counted, unless `options.verbose`.
    """
    encoding = encoding_of(stream)
    told, counted = told_and_counted(report, options)
    stream.writelines(f"{line}\n" for finding in told for line in _lines(finding, encoding, options.color))
    if not options.quiet:
        stream.write(printable(totals(report, counted), encoding) + "\n")


def told_and_counted(report: Report, options: Options) -> tuple[list[Finding], int]:
    """The findings that are shown one by one, and how many others are only counted."""
    found = list(shown(report, options))
    told = [finding for finding in found if not _is_only_counted(finding, report, options)]
    return told, len(found) - len(told)


def totals(report: Report, counted: int) -> str:
    """What was found and what was looked at, `counted` findings of which are not listed; such as `failed: 1 error, 2
    advice; analysed: 3 files, 40 functions; not judged: 2 generated; not analysed: 7 .js, 1 .go`.
    """
    summary, text = report.summary, verdict(report, counted)
    if fixable := _fixable(report):
        text += f"; {fixable} of them for `review-lint fix`"
    text += f"; analysed: {_count(summary.files, 'file')}, {_count(summary.functions, 'function')}"
    if report.generated:
        text += f"; not judged: {report.generated} generated"
    return f"{text}; not analysed: {_kinds(summary.not_analysed)}" if summary.not_analysed else text


def verdict(report: Report, counted: int) -> str:
    """What was found, `counted` findings of which are not listed; such as `failed: 1 error, 2 advice`."""
    summary = report.summary
    found = [
        _count(summary.errors, "error"),
        _count(summary.warnings, "warning"),
        _count(summary.advice, "advice", "advice"),
        _count(summary.suppressed, "suppressed", "suppressed"),
    ]
    status = "failed" if report.is_failed else "passed"
    findings = ", ".join(part for part in found if not part.startswith("0 ")) or "no findings"
    if counted:
        findings += f" ({counted} of them {LEGACY}: above the limit but no worse, --verbose lists them)"
    return f"{status}: {findings}"


def _is_only_counted(finding: Finding, report: Report, options: Options) -> bool:
    """Whether a finding is legacy complexity that nobody asked for: in whole runs there is much of it."""
    return (
        finding.rule == LEGACY
        and report.target.is_whole
        and not options.verbose
        and finding.suppressed is None
        and finding.severity < report.fail_on
    )


def _lines(finding: Finding, encoding: str, color: bool) -> Iterator[str]:
    yield headline(finding, encoding, color)
    if finding.excerpt and not finding.excerpt.isspace():
        # The bar keeps foreign text from the line's beginning: runners of GitHub obey `::command`, indented or not.
        source, carets = pointed(finding.excerpt, finding.location.span, encoding)
        yield f"{finding.location.span.start.line:>6} | {source}"
        yield f"{'':>6} | {painted(carets, COLORS[finding.severity], color)}"
    if finding.hint:
        yield f"{'':>6} = {printable(finding.hint, encoding)}"


def _fixable(report: Report) -> int:
    """How many findings the writing command can mend, where there is a working tree to write to."""
    if report.target.kind not in WRITABLE:
        return 0
    return sum(finding.fixable and finding.suppressed is None for finding in report.findings)


def _kinds(not_analysed: Sequence[tuple[str, int]]) -> str:
    """How many files of which endings, the most frequent first; beyond KINDS_SHOWN only their sum."""
    ranked = sorted(not_analysed, key=lambda kind: (-kind[1], kind[0]))
    names = [f"{count} {ending or 'without ending'}" for ending, count in ranked[:KINDS_SHOWN]]
    others = sum(count for _, count in ranked[KINDS_SHOWN:])
    return ", ".join([*names, f"{others} others"] if others else names)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
