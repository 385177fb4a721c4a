"""A report as Markdown: a comment on a pull request, or the summary of a job.

Equal findings give equal bytes, whatever else was looked at and however long it took, and the text begins with MARKER:
whoever writes the comment finds it again, and writes it anew only if something has changed.
"""

import re
from collections.abc import Iterator
from typing import TextIO

from linter.engine.page.findings import spoken
from linter.model.finding import Finding, Severity
from linter.model.page import Line, Piece
from linter.model.report import Report
from linter.output import Options
from linter.output.concise import explained, place
from linter.output.page_markdown import between, code, escaped, joined
from linter.output.printable import encoding_of
from linter.output.text import told_and_counted, verdict

MARKER = "<!-- review-lint -->"

LONGEST = 60_000
"""Characters of the table: a comment on GitHub may have 65,536."""

SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.ADVICE: "⚪"}

_LIVE = re.compile(r"@(?=\w)|[#!%](?=[0-9])|:(?=//)|www(?=\.)", re.IGNORECASE)
"""What forges make something of by themselves: a mention, which tells people; an issue or merge request, which then
links back here; an address. An empty comment in between keeps them from it.
"""


def render(report: Report, stream: TextIO, options: Options) -> None:
    """Write a heading and a table, the gravest findings first; as many of them as fit into a comment."""
    told, counted = told_and_counted(report, options)
    encoding = encoding_of(stream)
    sign = "🔴" if report.is_failed else "🟢"
    head = f"{MARKER}\n### {sign} review-lint {escaped(verdict(report, counted))}\n"
    text = head + "".join(_table(sorted(told, key=lambda finding: -finding.severity)))
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _table(findings: list[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield "\n| | Where | What, and what to do |\n| --- | --- | --- |\n"
    length = 0
    for number, row in enumerate(map(_row, findings)):
        length += len(row)
        if length > LONGEST:
            yield f"\n{len(findings) - number:,} more do not fit here; `review-lint --format text` lists all of them.\n"
            break
        yield row
    yield f"\n`review-lint explain {findings[0].rule}` says more about a rule.\n"


def _row(finding: Finding) -> str:
    tag = f"{SIGNS[finding.severity]} {finding.severity.label}"
    what = [f"**{finding.rule}** {_said(spoken(finding.message))}"]
    if finding.hint:
        what.append(_said(spoken(finding.hint)))
    if finding.suppressed:
        what.append(_said((explained(finding.suppressed),)))
    return f"| {tag} | {code(place(finding))} | {'<br>'.join(what)} |\n"


def _said(pieces: Line) -> str:
    return joined(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    """A name, or text among others: `spoken` gives nothing else."""
    if not isinstance(piece, str):
        return code(piece.text)
    return _LIVE.sub(r"\g<0><!-- -->", between(piece))
