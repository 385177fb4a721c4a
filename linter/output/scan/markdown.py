"""A scan as Markdown, for the summary of a job or a wiki: the tables, then every repository that did not pass."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from linter.adapters.terminal import Look
from linter.model.overview import Group, Overview
from linter.model.scan import RepositoryReport, Status
from linter.output.page_markdown import escaped
from linter.output.scan.words import OF_GUIDELINES, OF_TEAMS, Measure, cells, headline, reason, teams


def render(
    overview: Overview,
    reports: Iterable[RepositoryReport],
    stream: TextIO,
    look: Look,  # noqa: ARG001 - whoever shows the page decides
) -> None:
    """Write the page."""
    stream.write(f"# Design reviews on {overview.scan.day}\n\n{escaped(headline(overview))}.\n\n")
    stream.writelines(_groups("Team", teams(overview), OF_TEAMS, overview))
    stream.writelines(_groups("Guideline", overview.guidelines, OF_GUIDELINES, overview))
    stream.write(_row(("Repository", "Team", "Status", "Errors", "Warnings", "Why")) + _row(("---",) * 6))
    stream.writelines(_row(_cells(report)) for report in reports if report.status is not Status.PASSED)


def _groups(first: str, groups: Sequence[Group], measures: Sequence[Measure], overview: Overview) -> Iterator[str]:
    yield _row((first, *(one.title for one in measures))) + _row(("---", *("---:",) * len(measures)))
    for group in groups:
        yield _row((escaped(group.name), *cells(group, measures, overview)))
    yield "\n"


def _cells(report: RepositoryReport) -> Iterable[str]:
    state, why = reason(report)
    summary = report.report.summary if report.report else None
    counts = (str(summary.errors), str(summary.warnings)) if summary else ("", "")
    texts = (report.repository.name, report.team, state or report.status.value, *counts, why)
    return map(escaped, texts)


def _row(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |\n"
