"""How an organisation, a team or a repository stood after each scan."""

from collections import defaultdict
from typing import Any

from linter.model.overview import Scan, Tally, Trend
from linter.store.overviews import COUNTED, added, tally_of
from linter.store.sql import sa
from linter.store.tables import key_of, reports, repositories, scans, standings


def history(connection: "sa.Connection", repository: str | None, team: str | None) -> tuple[Trend, ...]:
    """The finished scans of one series, oldest first, with what they say of a repository, a team, or everything: of the
    series with the newest scan that says something. Scans that say nothing are left out.
    """
    conditions = []
    if repository is not None:
        conditions.append(repositories.c.digest == key_of(repository))
    if team is not None:
        conditions.append(reports.c.team == team)
    series_id = _series(connection, conditions)
    steps = _steps(connection, standings.c.series_id == series_id, *conditions)
    trends, tally = [], Tally()
    question = sa.select(scans).where(scans.c.series_id == series_id).order_by(scans.c.number)
    for scan in connection.execute(question):
        tally = added(tally._replace(new=0, fixed=0), steps[scan.number])
        if scan.is_finished and tally.repositories:
            trends.append(Trend(Scan(scan.id, scan.day), tally))
    return tuple(trends)


def _series(connection: "sa.Connection", conditions: list[Any]) -> int | None:
    is_its = sa.and_(
        scans.c.series_id == standings.c.series_id, scans.c.number.between(standings.c.first, standings.c.last)
    )
    question = (
        _joined(sa.select(scans.c.series_id))
        .join(scans, is_its)
        .where(scans.c.is_finished, *conditions)
        .order_by(scans.c.id.desc())
        .limit(1)
    )
    return connection.execute(question).scalar()


def _steps(connection: "sa.Connection", *conditions: Any) -> dict[int, Tally]:
    """What each scan adds to the tally of the one before: a standing comes with its first scan and goes after its last.
    So the work grows with what changed, not with scans times repositories.
    """
    steps: dict[int, Tally] = defaultdict(Tally)
    for row in connection.execute(_joined(sa.select(*COUNTED)).where(*conditions)):
        tally = tally_of(row, row.first)
        steps[row.first] = added(steps[row.first], tally)
        gone = Tally(*(-count for count in tally._replace(new=0, fixed=0)))
        steps[row.last + 1] = added(steps[row.last + 1], gone)
    return steps


def _joined(question: "sa.Select[Any]") -> "sa.Select[Any]":
    return (
        question.select_from(standings)
        .join(reports, reports.c.id == standings.c.report_id)
        .join(repositories, repositories.c.id == standings.c.repository_id)
    )
