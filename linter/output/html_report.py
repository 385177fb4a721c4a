"""A report as one HTML page that needs nothing else; it looks like the pages of `review-lint render`."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from linter.engine.page.findings import TONES, counted, spoken
from linter.model.finding import Finding, Severity
from linter.model.page import Badge, Block, Cell, Code, Facts, Line, Page, Paragraph, Section, Table, Tone
from linter.model.report import Report
from linter.output import Options
from linter.output.concise import explained, place, shown
from linter.output.excerpt import pointed
from linter.output.page_html import render as page_html
from linter.output.text import totals

TITLES = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.ADVICE: "Advice"}
COLUMNS = ("Rule", "Where", "What, and what to do")

CONTENTS = {
    "staged": "what is staged",
    "range": "what a range of commits changes",
    "worktree": "the working tree",
    "revision": "one commit",
}


def render(report: Report, stream: TextIO, options: Options) -> None:
    """Write the page, in ASCII: whoever stores or serves it need not know an encoding."""
    text = page_html(_page(report, tuple(shown(report, options))), "findings")
    stream.write(text.encode("ascii", "xmlcharrefreplace").decode("ascii"))


def _page(report: Report, findings: Sequence[Finding]) -> Page:
    state = Badge("failed", Tone.BAD) if report.is_failed else Badge("passed", Tone.GOOD)
    return Page(
        title=report.repository or "Findings",
        lead=f"What review-lint found in {CONTENTS.get(report.target.kind, report.target.kind)}.",
        badges=(state, *counted(finding for finding in findings if finding.suppressed is None)),
        blocks=tuple(_blocks(report)),
        sections=tuple(_sections(findings, report)),
        note=("review-lint ", report.tool_version, "; ", Code("review-lint explain CODE"), " says more about a rule."),
    )


def _blocks(report: Report) -> Iterator[Block]:
    yield Paragraph(spoken(totals(report, 0)))
    commits = {"Commit": [report.target.revision], "Compared with": report.target.bases}
    rows = ((name, tuple((Code(commit),) for commit in named if commit)) for name, named in commits.items())
    if known := tuple((name, cell) for name, cell in rows if cell):
        yield Facts(known)
    for note in report.notes:
        yield Paragraph((note,))


def _sections(findings: Sequence[Finding], report: Report) -> Iterator[Section]:
    open_ones = [finding for finding in findings if finding.suppressed is None]
    for severity in sorted(Severity, reverse=True):
        effect = "They fail the run." if severity >= report.fail_on else "They do not fail the run."
        found = [finding for finding in open_ones if finding.severity is severity]
        yield from _section(TITLES[severity], effect, found, TONES[severity])
    hidden = [finding for finding in findings if finding.suppressed]
    yield from _section("Suppressed", "An ignore in the code, a waiver or a debt entry hides them.", hidden, Tone.PLAIN)


def _section(title: str, lead: str, findings: Sequence[Finding], tone: Tone) -> Iterator[Section]:
    """A section, if there is anything to put into it."""
    if findings:
        yield Section(title, lead, Badge(str(len(findings)), tone), (_table(findings),))


def _table(findings: Sequence[Finding]) -> Table:
    return Table("Findings", COLUMNS, tuple(map(_row, findings)))


def _row(finding: Finding) -> tuple[Cell, ...]:
    return ((Code(finding.rule),), (finding.name,)), ((Code(place(finding)),),), tuple(_what(finding))


def _what(finding: Finding) -> Iterator[Line]:
    yield spoken(finding.message)
    if finding.excerpt and not finding.excerpt.isspace():
        yield (Code(pointed(finding.excerpt, finding.location.span).source),)
    if finding.hint:
        yield spoken(finding.hint)
    if finding.suppressed:
        yield (explained(finding.suppressed),)
