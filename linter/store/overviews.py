"""How an organisation stands after a scan, by team and by guideline."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from linter.errors import StoreError
from linter.model.overview import Group, Overview, Tally
from linter.model.review import SECTIONS
from linter.model.rule import FAMILIES
from linter.store.ageing import KEPT
from linter.store.scans import Place, before, newest
from linter.store.sql import sa
from linter.store.standing import stands_in
from linter.store.tables import changes, guidelines, products, reports, scans, standings, tallies

COUNTED = (
    *(reports.c[name] for name in ("team", "status", "has_review", "open", "told", "waived")),
    *(standings.c[name] for name in ("first", "last", "new", "fixed")),
)
"""What a tally is made of: reading what reports say takes much longer."""

_FAMILY = 3
"""The character of a rule's code, counted from 1, that tells its family."""


def overview(connection: "sa.Connection", place: Place) -> Overview:
    """How the repositories of a scan stand. Raises StoreError for one that is kept in outline only."""
    last = newest(connection, scans.c.series_id == place.series_id)
    if last is not None and last.number - place.number >= KEPT:
        raise StoreError(f"scan {place.scan.id} is kept in outline only", "`review-lint history` shows its counts")
    previous = before(connection, place)
    teams: dict[str, Tally] = {}
    for row in connection.execute(sa.select(*COUNTED).join(standings).where(stands_in(place))):
        teams[row.team] = added(teams.get(row.team, Tally()), tally_of(row, place.number))
    total = reduce(added, teams.values(), Tally())
    return Overview(
        scan=place.scan,
        previous=previous and previous.scan,
        total=total,
        teams=tuple(Group(name, teams[name]) for name in sorted(teams)),
        guidelines=_guidelines(connection, place, total),
        statuses=_statuses(connection, place),
    )


def tally_of(row: Any, number: int) -> Tally:
    """The tally of one repository in the scan of that number: a row of what is COUNTED."""
    is_new = row.first == number
    return Tally(
        repositories=1,
        with_review=int(row.has_review),
        **{name: int(row.status == status) for name, status in _STATUSES.items()},
        open=row.open,
        told=row.told,
        waived=row.waived,
        new=row.new * is_new,
        fixed=row.fixed * is_new,
    )


def added(one: Tally, other: Tally) -> Tally:
    return Tally(*map(sum, zip(one, other, strict=True)))


_STATUSES = {"passed": "passed", "failed": "failed", "errors": "error", "skipped": "skipped"}


def _guidelines(connection: "sa.Connection", place: Place, total: Tally) -> tuple[Group, ...]:
    """By family of rules. A repository has failed in one whose rules have findings that are open."""
    found = {family: Tally() for family in FAMILIES}
    for family, tally in (*_weights(connection, place), *_news(connection, place)):
        if family in found:
            found[family] = added(found[family], tally)
    held = _held(connection, place)
    return tuple(_guideline(name, found[family], held, total) for family, name in FAMILIES.items())


def _guideline(name: str, counted: Tally, held: dict[str, int], total: Tally) -> Group:
    section = name.replace("-", "_")
    tally = counted._replace(
        repositories=total.repositories,
        with_review=held.get(section, 0) if section in SECTIONS else total.with_review,
        passed=total.passed + total.failed - counted.failed,
        errors=total.errors,
        skipped=total.skipped,
    )
    return Group(name, tally)


def _weights(connection: "sa.Connection", place: Place) -> Iterable[tuple[str, Tally]]:
    """The findings of each family, and how many repositories have open ones."""
    family = sa.func.substr(tallies.c.rule, _FAMILY, 1).label("family")
    counts = [sa.func.sum(tallies.c[name]).label(name) for name in ("open", "told", "waived")]
    of_one = (
        sa.select(family, *counts)
        .join(standings, standings.c.report_id == tallies.c.report_id)
        .where(stands_in(place))
        .group_by(tallies.c.report_id, family)
        .subquery()
    )
    sums = [sa.func.sum(of_one.c[name]) for name in ("open", "told", "waived")]
    failed = sa.func.sum(sa.case((of_one.c.open > 0, 1), else_=0))
    for name, *values in connection.execute(sa.select(of_one.c.family, *sums, failed).group_by(of_one.c.family)):
        open_, told, waived, failing = map(int, values)
        yield name, Tally(open=open_, told=told, waived=waived, failed=failing)


def _news(connection: "sa.Connection", place: Place) -> Iterable[tuple[str, Tally]]:
    family = sa.func.substr(changes.c.rule, _FAMILY, 1)
    question = (
        sa.select(family, sa.func.sum(changes.c.new), sa.func.sum(changes.c.fixed))
        .join(standings)
        .where(standings.c.series_id == place.series_id, standings.c.first == place.number)
        .group_by(family)
    )
    for name, new, fixed in connection.execute(question):
        yield name, Tally(new=int(new), fixed=int(fixed))


def _held(connection: "sa.Connection", place: Place) -> dict[str, int]:
    """How many repositories have a review file with that guideline in it."""
    question = (
        sa.select(guidelines.c.guideline, sa.func.count(sa.distinct(products.c.report_id)))
        .join(products, products.c.id == guidelines.c.product_id)
        .join(standings, standings.c.report_id == products.c.report_id)
        .where(stands_in(place))
        .group_by(guidelines.c.guideline)
    )
    return dict(connection.execute(question).all())


def _statuses(connection: "sa.Connection", place: Place) -> tuple[tuple[str, str, int], ...]:
    names = (guidelines.c.guideline, guidelines.c.status)
    question = (
        sa.select(*names, sa.func.count())
        .join(products, products.c.id == guidelines.c.product_id)
        .join(standings, standings.c.report_id == products.c.report_id)
        .where(stands_in(place))
        .group_by(*names)
    )
    return tuple(sorted((name, status, count) for name, status, count in connection.execute(question)))
