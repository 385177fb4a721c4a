"""What a scan says of a repository: the report that stands, since when, and what is new in it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from linter.errors import StoreError
from linter.model.scan import RepositoryReport
from linter.store.judgements import load, open_findings, waived_findings
from linter.store.rows import chunks, ids_of, inserted
from linter.store.scans import Place, withdraw
from linter.store.sql import sa
from linter.store.tables import changes, reports, repositories, standings


def stand(connection: "sa.Connection", place: Place, owner: int, report_id: int, report: RepositoryReport) -> None:
    """Let a report be that of a repository (by its id) in the scan."""
    withdraw(connection, place, standings.c.repository_id == owner)
    before = _latest(connection, place, owner)
    if before is not None and (before.report_id, before.last) == (report_id, place.number - 1):
        connection.execute(standings.update().where(standings.c.id == before.id).values(last=place.number))
        return
    news = _news(connection, place, owner, report)
    keys = {"series_id": place.series_id, "repository_id": owner, "report_id": report_id}
    span = {"first": place.number, "last": place.number}
    counts = {name: sum(count for (_, kind), count in news.items() if kind == name) for name in ("new", "fixed")}
    standing = inserted(connection, standings, {**keys, **span, **counts})
    rows = [
        {"standing_id": standing, "rule": rule, "new": news[rule, "new"], "fixed": news[rule, "fixed"]}
        for rule in sorted({rule for rule, _ in news})
    ]
    if rows:
        connection.execute(changes.insert(), rows)


def stand_again(connection: "sa.Connection", place: Place, names: Iterable[str]) -> None:
    """Let the last judgement of each of these repositories be that of the scan too."""
    for chunk in chunks(names):
        last = _judgements(connection, chunk)
        withdraw(connection, place, standings.c.repository_id.in_(last))
        same = _still(connection, place, last)
        connection.execute(standings.update().where(standings.c.id.in_(same.values())).values(last=place.number))
        changed = {owner: report_id for owner, report_id in last.items() if owner not in same}
        found = load(connection, changed.values())
        for owner, report_id in changed.items():
            stand(connection, place, owner, report_id, found[report_id])


def report_ids(connection: "sa.Connection", place: Place) -> list[int]:
    """The reports of the repositories in a scan, in the order of the names."""
    question = (
        sa.select(repositories.c.name, standings.c.report_id)
        .join(repositories, repositories.c.id == standings.c.repository_id)
        .where(stands_in(place))
    )
    # Databases sort texts by rules of their own.
    return [report_id for _, report_id in sorted(connection.execute(question))]


def stands_in(place: Place) -> Any:
    """The condition on a standing that it is one of that scan."""
    is_its_time = sa.literal(place.number).between(standings.c.first, standings.c.last)
    return sa.and_(standings.c.series_id == place.series_id, is_its_time)


def _judgements(connection: "sa.Connection", names: Iterable[str]) -> dict[int, int]:
    """The last judgements of repositories, by their ids. Raises StoreError for one that was never judged."""
    ids = ids_of(connection, names)
    columns = (repositories.c.id, repositories.c.judged_id)
    found = dict(connection.execute(sa.select(*columns).where(repositories.c.id.in_(ids.values()))).all())
    for name in names:
        if found.get(ids.get(name)) is None:
            raise StoreError(f"the store has no judgement of {name}")
    return found


def _still(connection: "sa.Connection", place: Place, owners: Iterable[int]) -> dict[int, int]:
    """By repository the standing in the scan before, where it is that of the last judgement."""
    question = (
        sa.select(standings.c.repository_id, standings.c.id)
        .join(repositories, repositories.c.id == standings.c.repository_id)
        .where(standings.c.series_id == place.series_id, standings.c.repository_id.in_(owners))
        .where(standings.c.last == place.number - 1, standings.c.report_id == repositories.c.judged_id)
    )
    return dict(connection.execute(question).all())


def _latest(connection: "sa.Connection", place: Place, owner: int, *conditions: Any) -> Any:
    """The last standing of a repository in the series, of those that meet conditions on it and its report."""
    question = (
        sa.select(standings)
        .join(reports, reports.c.id == standings.c.report_id)
        .where(standings.c.series_id == place.series_id, standings.c.repository_id == owner, *conditions)
        .order_by(standings.c.first.desc())
        .limit(1)
    )
    return connection.execute(question).first()


def _news(connection: "sa.Connection", place: Place, owner: int, report: RepositoryReport) -> Counter[tuple[str, str]]:
    """How many findings of a rule are new or fixed, against the last judgement in the series: (rule, which)."""
    if place.number == 1 or report.report is None:
        return Counter()
    before = _latest(connection, place, owner, reports.c.is_judgement)
    former = load(connection, [before.report_id])[before.report_id] if before else None
    were = open_findings(former) if former else {}
    now = open_findings(report)
    gone = were.keys() - now.keys() - waived_findings(report)
    new = Counter((now[key], "new") for key in now.keys() - were.keys())
    return new + Counter((were[key], "fixed") for key in gone)
