"""Every finding of a repository over time: since when, until when, and whether something hides it."""

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
    columns = (findings.c.id, findings.c.fingerprint, findings.c.first_seen, *(findings.c[name] for name in _VARYING))
    question = sa.select(*columns).where(findings.c.repository_id == owner)
    known = {row.fingerprint: row for row in connection.execute(question)}
    now = {finding.fingerprint: _row(finding) for finding in report.findings}
    new = [{"repository_id": owner, "first_seen": scan.id, **row} for key, row in now.items() if key not in known]
    if new:
        connection.execute(findings.insert(), new)
    for key, row in known.items():
        if key in now and any(getattr(row, name) != now[key][name] for name in _VARYING):
            connection.execute(findings.update().where(findings.c.id == row.id).values(now[key]))
    _note_fixed(
        connection, scan, owner, [row for key, row in known.items() if key not in now and row.last_seen is None]
    )


def tracked(connection: "sa.Connection", owner: int) -> tuple[Tracked, ...]:
    """The findings of a repository (by its id) in the order of their places; those that are fixed too."""
    last = _last_scan(connection, owner, sa.true())
    days = dict(connection.execute(sa.select(scans.c.id, scans.c.day)).all())
    question = sa.select(findings).where(findings.c.repository_id == owner)
    found = []
    for row in connection.execute(question):
        spell = [Scan(key, days[key]) for key in (row.first_seen, row.last_seen or last or row.first_seen)]
        found.append(Tracked(row.rule, row.severity, row.path, row.place, row.fingerprint, row.state, *spell))
    return tuple(sorted(found))


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


def _note_fixed(connection: "sa.Connection", scan: Scan, owner: int, gone: list[Any]) -> None:
    """What only this scan had seen, before it was interrupted, never was."""
    never = [row.id for row in gone if row.first_seen == scan.id]
    for ids in chunks(never):
        connection.execute(findings.delete().where(findings.c.id.in_(ids)))
    last = _last_scan(connection, owner, scans.c.id < scan.id) if gone else None
    for ids in chunks(row.id for row in gone if row.first_seen != scan.id):
        connection.execute(findings.update().where(findings.c.id.in_(ids)).values(state="fixed", last_seen=last))


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
