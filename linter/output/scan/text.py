"""A scan for people at a terminal: tables by team and by guideline, and what could not be judged."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TextIO

from linter.adapters.terminal import Column, Look, table
from linter.model.overview import Group, Overview
from linter.model.scan import RepositoryReport
from linter.output.printable import printable
from linter.output.scan.words import OF_GUIDELINES, OF_TEAMS, Measure, cells, headline, reason, teams

COLORS = {True: "red", False: "green", None: ""}

TROUBLES = (Column("Repository"), Column("State", color="red"), Column("Why"))

MOST_SHOWN = 50
"""Repositories that are listed; the others are counted."""


def render(overview: Overview, reports: Iterable[RepositoryReport], stream: TextIO, look: Look) -> None:
    """Write the tables, then the repositories that could not be judged, then the whole in one line."""
    show = _Tables(overview, look)
    stream.write(show.groups("By team", "Team", teams(overview), OF_TEAMS))
    stream.write(show.groups("By guideline", "Guideline", overview.guidelines, OF_GUIDELINES))
    troubled = [(report.repository.name, *reason(report)) for report in reports if report.failure]
    if troubled:
        stream.write(show.table("Not judged", TROUBLES, troubled[:MOST_SHOWN]))
    if len(troubled) > MOST_SHOWN:
        stream.write(f"and {len(troubled) - MOST_SHOWN:,} more: `--format csv` lists all of them\n\n")
    stream.write(printable(headline(overview), look.encoding) + "\n")


class _Tables(NamedTuple):
    """How the tables of one overview are shown."""

    overview: Overview
    look: Look

    def groups(self, title: str, first: str, groups: Sequence[Group], measures: Sequence[Measure]) -> str:
        columns = [Column(first), *(Column(one.title, True, COLORS[one.is_bad]) for one in measures)]
        return self.table(title, columns, [[group.name, *cells(group, measures, self.overview)] for group in groups])

    def table(self, title: str, columns: Sequence[Column], rows: Iterable[Iterable[str]]) -> str:
        shown = [[printable(cell, self.look.encoding) for cell in row] for row in rows]
        return table(title, columns, shown, self.look) + "\n"
