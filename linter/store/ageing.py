"""What of old scans is kept: their counts, but not their reports, so that a store grows little."""

from typing import Any

from linter.store.judgements import outline
from linter.store.scans import Place
from linter.store.sql import sa
from linter.store.tables import reports, repositories, scans, standings

KEPT = 30
"""The newest scans of a series whose reports are kept whole."""


def age(connection: "sa.Connection", place: Place) -> None:
    """Keep the outline only of reports that no scan among the newest of its series has, unless they are what the next
    judgement will be compared with.
    """
    question = (
        sa.select(standings.c.report_id)
        .distinct()
        .join(reports, reports.c.id == standings.c.report_id)
        .where(standings.c.series_id == place.series_id, standings.c.last <= place.number - KEPT)
        .where(reports.c.content.is_not(None), ~_is_needed())
    )
    outline(connection, connection.execute(question).scalars().all())


def _is_needed() -> Any:
    """Whether a report is the last judgement of its repository, or has a standing, in any series, that is new or that
    no other judgement has followed.
    """
    other, later, judgement = standings.alias(), standings.alias(), reports.alias()
    newest = sa.select(sa.func.max(scans.c.number)).where(scans.c.series_id == other.c.series_id).scalar_subquery()
    is_followed = (
        sa.exists()
        .where(later.c.series_id == other.c.series_id, later.c.repository_id == other.c.repository_id)
        .where(later.c.first > other.c.last, judgement.c.id == later.c.report_id, judgement.c.is_judgement)
    )
    is_fresh = sa.or_(other.c.last > newest - KEPT, ~is_followed)
    return sa.or_(
        sa.exists().where(repositories.c.judged_id == reports.c.id),
        sa.exists().where(other.c.report_id == reports.c.id, is_fresh),
    )
