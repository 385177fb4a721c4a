"""Every finding of a repository over time: since when, until when, and whether something hides it."""

from collections.abc import Sequence
from typing import Any

from linter.model.finding import Finding
from linter.model.overview import Scan, Tracked
from linter.model.report import Report
from linter.store.rows import chunks
from linter.store.sql import sa
from linter.store.tables import findings, reports, scans, standings

_VARYING = ("severity", "state", "last_seen")


def track(connection: "sa.Connection", scan: Scan, owner: int, report: Report) -> None:
    """Note what a new judgement of a repository (by its id) finds, and what it finds no more."""
    known = {row.fingerprint: row for row in connection.execute(_findings_of(owner))}
    now = {finding.fingerprint: _row(finding) for finding in report.findings}
    _note_new(connection, scan, owner, [now[key] for key in now if key not in known])
    for key in known.keys() & now.keys():
        _note_again(connection, known[key], now[key])
    _note_gone(connection, scan, owner, [known[key] for key in known.keys() - now.keys()])


def tracked(connection: "sa.Connection", owner: int) -> tuple[Tracked, ...]:
    """The findings of a repository (by its id) in the order of their places; those that are fixed too."""
    last = _last_scan(connection, owner, sa.true())
    days = dict(connection.execute(sa.select(scans.c.id, scans.c.day)).all())
    found = []
    for row in connection.execute(_findings_of(owner)):
        spell = [Scan(key, days[key]) for key in (row.first_seen, row.last_seen or last or row.first_seen)]
        found.append(Tracked(row.rule, row.severity, row.path, row.place, row.fingerprint, row.state, *spell))
    return tuple(sorted(found))


def _findings_of(owner: int) -> Any:
    return sa.select(findings).where(findings.c.repository_id == owner)


def _row(finding: Finding) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity.label,
        "path": finding.location.path,
        "place": finding.location.symbol or finding.location.pointer or "",
        "state": "waived" if finding.suppressed else "open",
        "last_seen": None,
    }


def _note_new(connection: "sa.Connection", scan: Scan, owner: int, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(findings.insert(), [{"repository_id": owner, "first_seen": scan.id, **row} for row in rows])


def _note_again(connection: "sa.Connection", known: Any, now: dict[str, Any]) -> None:
    if any(getattr(known, name) != now[name] for name in _VARYING):
        connection.execute(findings.update().where(findings.c.id == known.id).values(now))


def _note_gone(connection: "sa.Connection", scan: Scan, owner: int, rows: Sequence[Any]) -> None:
    """Of the findings that are not found: what only this scan had seen, before it was interrupted, never was."""
    for chunk in chunks(row.id for row in rows if row.first_seen == scan.id):
        connection.execute(findings.delete().where(findings.c.id.in_(chunk)))
    fixed = [row.id for row in rows if row.first_seen != scan.id and row.last_seen is None]
    last = _last_scan(connection, owner, scans.c.id < scan.id) if fixed else None
    for chunk in chunks(fixed):
        connection.execute(findings.update().where(findings.c.id.in_(chunk)).values(state="fixed", last_seen=last))


def _last_scan(connection: "sa.Connection", owner: int, condition: Any) -> int | None:
    """The last scan that judged the repository, of those that meet a condition."""
    is_its = sa.and_(
        scans.c.series_id == standings.c.series_id, scans.c.number.between(standings.c.first, standings.c.last)
    )
    question = (
        sa.select(sa.func.max(scans.c.id))
        .join(standings, is_its)
        .join(reports, reports.c.id == standings.c.report_id)
        .where(standings.c.repository_id == owner, reports.c.is_judgement, condition)
    )
    found: int | None = connection.execute(question).scalar()
    return found
