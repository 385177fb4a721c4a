"""Reports of a scan as bytes: which they are, and a few at a time."""

from collections.abc import Iterable, Iterator
from typing import Any

from linter.errors import StoreError
from linter.store.rows import chunks
from linter.store.scans import Place
from linter.store.seal import Sealed
from linter.store.sql import sa
from linter.store.standing import stands_in
from linter.store.tables import key_of, reports, repositories, standings

_REPORTS = 50
"""Reports that are in memory at once."""


def digests(connection: "sa.Connection", place: Place) -> dict[str, str]:
    """By the name of each repository in a scan, the digest of its report; in the order of the names."""
    question = _standing(repositories.c.name, reports.c.digest).where(stands_in(place))
    return dict(sorted(connection.execute(question).all()))


def sealed(connection: "sa.Connection", place: Place, names: Iterable[str]) -> Iterator[Sealed]:
    """The reports of repositories, in the order of the names; those that are not in the scan are left out. Raises
    StoreError for those that are kept in outline only.
    """
    for chunk in chunks(names, _REPORTS):
        found = _found(connection, chunk, stands_in(place))
        for name in chunk:
            if name in found and found[name].content is None:
                raise StoreError(
                    f"the reports of scan {place.scan.id} are kept in outline only",
                    "`review-lint history` shows its counts",
                )
            if name in found:
                yield found[name]


def sealed_before(connection: "sa.Connection", place: Place, back: int, names: Iterable[str]) -> Iterator[Sealed]:
    """The judgements that stood `back` scans before, or the first there was since then, in the order of the names: of
    repositories whose report in the scan is another one. Those that are kept in outline only are left out.
    """
    for chunk in chunks(names, _REPORTS):
        found = _found(connection, chunk, standings.c.id.in_(_earliest(place, place.number - back, chunk)))
        now = _standing(repositories.c.name, reports.c.digest).where(stands_in(place), _is_one_of(chunk))
        for name, digest in connection.execute(now):
            if name in found and found[name].digest == digest:
                del found[name]
        yield from (found[name] for name in chunk if name in found and found[name].content is not None)


def _found(connection: "sa.Connection", names: Iterable[str], condition: Any) -> dict[str, Sealed]:
    columns = (reports.c.digest, reports.c.content, reports.c.judged_on, reports.c.good_until)
    question = _standing(repositories.c.name, *columns).where(condition, _is_one_of(names))
    return {row.name: Sealed(*row) for row in connection.execute(question)}


def _earliest(place: Place, number: int, names: Iterable[str]) -> Any:
    """The ids of the first standings of repositories with a judgement that the scan of a number had, or a later one."""
    # A standing's id is higher than that of the one before it in the series.
    return (
        _standing(sa.func.min(standings.c.id))
        .where(standings.c.series_id == place.series_id, standings.c.last >= number)
        .where(standings.c.first <= place.number, reports.c.is_judgement, _is_one_of(names))
        .group_by(standings.c.repository_id)
    )


def _standing(*columns: Any) -> "sa.Select[Any]":
    return (
        sa.select(*columns)
        .select_from(standings)
        .join(reports, reports.c.id == standings.c.report_id)
        .join(repositories, repositories.c.id == standings.c.repository_id)
    )


def _is_one_of(names: Iterable[str]) -> Any:
    return repositories.c.digest.in_([key_of(name) for name in names])
