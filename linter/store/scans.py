"""The scans of a series: which one runs, what it has acknowledged, and how it ends."""

from collections.abc import Collection
from typing import Any, NamedTuple

from linter.errors import StoreError
from linter.model.overview import Scan
from linter.store.rows import chunks, ids_of, inserted
from linter.store.sql import sa
from linter.store.tables import key_of, repositories, scans, series, standings


class Place(NamedTuple):
    """A scan and where it stands among those of its series."""

    scan: Scan
    series_id: int
    number: int
    terms: str
    is_finished: bool


def begin(connection: "sa.Connection", key: str, terms: str, day: str, names: Collection[str]) -> Place:
    """The unfinished scan of that series, or a new one. What it has acknowledged stays if it was acknowledged on the
    same terms and the same day, for the repositories that are still to be scanned.
    """
    series_id = _series(connection, key)
    last = _last(connection, scans.c.series_id == series_id)
    digest = key_of(terms)
    if last is None or last.is_finished:
        number = last.number + 1 if last else 1
        values = {"series_id": series_id, "number": number, "day": day, "terms": digest, "is_finished": False}
        return Place(Scan(inserted(connection, scans, values), day), series_id, number, digest, False)
    if (last.terms, last.scan.day) == (digest, day):
        gone = ids_of(connection, done(connection, last).difference(names))
        for ids in chunks(gone.values()):
            withdraw(connection, last, standings.c.repository_id.in_(ids))
        return last
    withdraw(connection, last, sa.true())
    connection.execute(scans.update().where(scans.c.id == last.scan.id).values(day=day, terms=digest))
    return last._replace(scan=last.scan._replace(day=day), terms=digest)


def place_of(connection: "sa.Connection", scan: Scan) -> Place:
    """Where a scan stands. Raises StoreError for one that the store does not have."""
    place = _last(connection, scans.c.id == scan.id)
    if place is None:
        raise StoreError(f"there is no scan {scan.id} in the store")
    return place


def newest(connection: "sa.Connection", condition: Any = None) -> Place | None:
    """The finished scan that began last, of those that meet the condition."""
    return _last(connection, scans.c.is_finished, *(() if condition is None else (condition,)))


def finished(connection: "sa.Connection", place: Place) -> tuple[Scan, ...]:
    """The finished scans of a series up to that one, oldest first. Their numbers are 1, 2, 3 and so on: one that was
    not finished goes on as the same.
    """
    is_its = sa.and_(scans.c.series_id == place.series_id, scans.c.number <= place.number, scans.c.is_finished)
    question = sa.select(scans.c.id, scans.c.day).where(is_its).order_by(scans.c.number)
    return tuple(Scan(*row) for row in connection.execute(question))


def before(connection: "sa.Connection", place: Place) -> Place | None:
    """The scan before that one in its series; it is finished."""
    return _last(connection, scans.c.series_id == place.series_id, scans.c.number == place.number - 1)


def done(connection: "sa.Connection", place: Place) -> frozenset[str]:
    """The names of the repositories whose reports the scan has acknowledged, while it is the last of its series."""
    question = sa.select(repositories.c.name).join(standings).where(_is_last_of(place))
    return frozenset(connection.execute(question).scalars())


def withdraw(connection: "sa.Connection", place: Place, condition: Any) -> None:
    """Take back that repositories (by a condition on their standings) have been scanned."""
    own = sa.and_(_is_last_of(place), condition)
    connection.execute(standings.delete().where(own, standings.c.first == place.number))
    connection.execute(standings.update().where(own).values(last=place.number - 1))


def finish(connection: "sa.Connection", place: Place) -> None:
    connection.execute(scans.update().where(scans.c.id == place.scan.id).values(is_finished=True))


def _is_last_of(place: Place) -> Any:
    return sa.and_(standings.c.series_id == place.series_id, standings.c.last == place.number)


def _series(connection: "sa.Connection", key: str) -> int:
    """The id of the series with that key, which is made if need be."""
    digest = key_of(key)
    known = connection.execute(sa.select(series.c.id).where(series.c.digest == digest)).scalar()
    return known or inserted(connection, series, {"digest": digest, "key": key})


def _last(connection: "sa.Connection", *conditions: Any) -> Place | None:
    question = sa.select(scans).where(*conditions).order_by(scans.c.id.desc()).limit(1)
    row = connection.execute(question).first()
    if row is None:
        return None
    return Place(Scan(row.id, row.day), row.series_id, row.number, row.terms, row.is_finished)
