"""What has come up lately."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from linter.model.overview import News, Scan
from linter.store.rows import streamed
from linter.store.scans import Place, finished
from linter.store.sql import sa
from linter.store.standing import stands_in
from linter.store.tables import findings, reports, repositories, scans, standings


def news(connection: "sa.Connection", place: Place, scans_back: int) -> Iterator[News]:
    """Findings of the repositories in a scan that are open and came with one of the last scans up to it, but not with
    the one that judged their repository first; the newest first, then by repository.

    A finding that a scan of other repositories saw first came with the next one of the series.
    """
    done = finished(connection, place)
    recent = done[max(0, len(done) - scans_back) :]
    if not recent:
        return
    since = done[-len(recent) - 1].id if len(recent) < len(done) else 0
    # Databases sort texts by rules of their own.
    found = (_news(row, recent) for row in streamed(connection, _question(place, since)))
    for _, group in groupby(found, key=lambda one: one.first_seen):
        yield from sorted(group)


def _news(row: Any, recent: Sequence[Scan]) -> News:
    """It came with the first of the scans that was not before it."""
    scan = recent[bisect_left(recent, row.first_seen, key=lambda scan: scan.id)]
    return News(row.name, row.rule, row.severity, row.path, row.place, row.fingerprint, scan)


def _question(place: Place, since: int) -> Any:
    """Open findings that were first seen after the scan `since`, with the names of their repositories."""
    names = ("rule", "severity", "path", "place", "fingerprint", "first_seen")
    beginnings = _beginnings()
    return (
        sa.select(repositories.c.name, *(findings.c[name] for name in names))
        .join(findings, findings.c.repository_id == repositories.c.id)
        .join(standings, standings.c.repository_id == repositories.c.id)
        .join(beginnings, beginnings.c.repository_id == repositories.c.id)
        .where(stands_in(place), _was_open(place), findings.c.first_seen > beginnings.c.id)
        .where(findings.c.first_seen > since, findings.c.first_seen <= place.scan.id)
        .order_by(findings.c.first_seen.desc())
    )


def _was_open(place: Place) -> Any:
    """Whether a finding is open, or was until after that scan: a later one may be under way."""
    is_fixed_since = sa.and_(findings.c.state == "fixed", findings.c.last_seen >= place.scan.id)
    return sa.or_(findings.c.state == "open", is_fixed_since)


def _beginnings() -> Any:
    """Which scan judged each repository first, in whatever series."""
    is_its = sa.and_(scans.c.series_id == standings.c.series_id, scans.c.number == standings.c.first)
    return (
        sa.select(standings.c.repository_id, sa.func.min(scans.c.id).label("id"))
        .join(scans, is_its)
        .join(reports, reports.c.id == standings.c.report_id)
        .where(reports.c.is_judgement)
        .group_by(standings.c.repository_id)
        .subquery()
    )
