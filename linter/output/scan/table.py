"""A scan as CSV: one line for each repository, for spreadsheets and scripts."""

import csv
from collections.abc import Iterable
from typing import TextIO

from linter.adapters.terminal import Look
from linter.model.overview import Overview
from linter.model.scan import RepositoryReport
from linter.output.printable import printable
from linter.output.scan.words import reason

COUNTS = ("errors", "warnings", "advice", "suppressed", "files", "functions")
COLUMNS = ("repository", "team", "status", "revision", *COUNTS, "review_files", "state", "why")


def render(
    overview: Overview,  # noqa: ARG001 - the lines can be added up
    reports: Iterable[RepositoryReport],
    stream: TextIO,
    look: Look,  # noqa: ARG001 - a table for programs has no look
) -> None:
    """Write a line with the names of the columns, then the lines in the order of the repositories' names."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(report) for report in reports)


def _row(report: RepositoryReport) -> list[str]:
    repository, summary = report.repository, report.report.summary if report.report else None
    counts = [str(getattr(summary, name)) if summary else "" for name in COUNTS]
    texts = (repository.name, report.team, report.status.value, report.revision)
    return [*map(cell, texts), *counts, str(len(report.products)), *map(cell, reason(report))]


def cell(text: str) -> str:
    """The text in one line. Spreadsheets take what begins like a formula for one (https://owasp.org/CSV_Injection); a
    handle such as @acme/orders is none.
    """
    shown = printable(text)
    is_formula = shown.startswith("=") or (shown.startswith(("+", "-", "@")) and any(sign in shown for sign in "(|!"))
    return f"'{shown}" if is_formula else shown
