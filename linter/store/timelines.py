"""How repositories and rules stood over the scans of a series, for as long as each stood."""

from collections.abc import Iterator
from typing import Any

from linter.model.overview import RuleStanding, Standing
from linter.store.overviews import COUNTED, tally_of
from linter.store.rows import chunks, streamed
from linter.store.scans import Place
from linter.store.sql import sa
from linter.store.tables import reports, repositories, standings, tallies


def timelines(connection: "sa.Connection", place: Place) -> Iterator[Standing]:
    """Every standing up to that scan, by repository and time."""
    names = _names(connection, place)
    # Databases sort texts by rules of their own.
    for owners in chunks(sorted(names, key=names.__getitem__)):
        own = standings.c.repository_id.in_(owners)
        rows = connection.execute(_standings(place).where(own)).all()
        found = (_standing(names[row.repository_id], row, place.number) for row in rows)
        yield from sorted(found, key=lambda one: (one.repository, one.first))


def rule_timelines(connection: "sa.Connection", place: Place) -> Iterator[RuleStanding]:
    """How rules stood up to that scan, of the reports that are kept whole; in the database's order of rules."""
    last = _last(place)
    keys = (tallies.c.rule, standings.c.first, last)
    is_broken = sa.func.sum(sa.case((tallies.c.open + tallies.c.told > 0, 1), else_=0))
    sums = (sa.func.sum(tallies.c[name]) for name in ("open", "told", "waived"))
    question = (
        sa.select(*keys, is_broken, *sums)
        .join(standings, standings.c.report_id == tallies.c.report_id)
        .where(*_is_in_time(place))
        .group_by(*keys)
        .order_by(*keys)
    )
    for row in streamed(connection, question):
        rule, first, until, *counts = tuple(row)
        yield RuleStanding(rule, first, until, *map(int, counts))


def _names(connection: "sa.Connection", place: Place) -> dict[int, str]:
    """The repositories that stood at some time, by their ids."""
    question = sa.select(repositories.c.id, repositories.c.name).distinct().join(standings).where(*_is_in_time(place))
    return dict(connection.execute(question).all())


def _standings(place: Place) -> "sa.Select[Any]":
    figures = (reports.c[name] for name in ("functions", "complexity", "complex"))
    return (
        sa.select(standings.c.repository_id, *COUNTED, *figures)
        .join(reports, reports.c.id == standings.c.report_id)
        .where(*_is_in_time(place))
    )


def _standing(name: str, row: Any, number: int) -> Standing:
    functions = None if row.complexity is None else row.functions
    last = min(row.last, number)
    tally = tally_of(row, row.first)
    return Standing(name, row.team, row.first, last, row.status, tally, functions, row.complexity, row.complex)


def _is_in_time(place: Place) -> tuple[Any, Any]:
    return standings.c.series_id == place.series_id, standings.c.first <= place.number


def _last(place: Place) -> Any:
    return sa.case((standings.c.last > place.number, place.number), else_=standings.c.last)
