"""Reports of a scan as bytes: which they are, and a few at a time."""

from collections.abc import Iterable, Iterator
from typing import Any

from linter.errors import StoreError
from linter.store.rows import chunks
from linter.store.scans import Place
from linter.store.seal import Sealed
from linter.store.sql import sa
from linter.store.standing import stands_in
from linter.store.tables import reports, repositories, standings

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
    now = _now(connection, place)
    for name, row in _read(connection, now, names):
        if row.content is None:
            raise StoreError(
                f"the reports of scan {place.scan.id} are kept in outline only",
                "`review-lint history` shows its counts",
            )
        yield Sealed(name, row.digest, row.content, row.judged_on, row.good_until)


def sealed_before(connection: "sa.Connection", place: Place, back: int, names: Iterable[str]) -> Iterator[Sealed]:
    """The judgements that stood `back` scans before, or the first there was since then, in the order of the names: of
    repositories whose report in the scan is another one. Those that are kept in outline only are left out.
    """
    now, then = _now(connection, place), _since(connection, place, place.number - back)
    others = {name: report_id for name, report_id in then.items() if now.get(name) != report_id}
    for name, row in _read(connection, others, names):
        if row.content is not None:
            yield Sealed(name, row.digest, row.content, row.judged_on, row.good_until)


def _now(connection: "sa.Connection", place: Place) -> dict[str, int]:
    """The ids of the reports in a scan, by the names of the repositories."""
    question = _standing(repositories.c.name, standings.c.report_id).where(stands_in(place))
    return dict(connection.execute(question).all())


def _since(connection: "sa.Connection", place: Place, number: int) -> dict[str, int]:
    """The ids of the first judgements that stood in the scan of a number or a later one, up to that place."""
    question = (
        _standing(repositories.c.name, standings.c.report_id)
        .where(standings.c.series_id == place.series_id, standings.c.last >= number)
        .where(standings.c.first <= place.number, reports.c.is_judgement)
        .order_by(standings.c.first.desc())
    )
    return dict(connection.execute(question).all())


def _read(connection: "sa.Connection", ids: dict[str, int], names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """What is kept of reports by their ids, in the order of the names."""
    columns = (reports.c[name] for name in ("id", "digest", "content", "judged_on", "good_until"))
    question = sa.select(*columns)
    for chunk in chunks((name for name in names if name in ids), _REPORTS):
        wanted = reports.c.id.in_([ids[name] for name in chunk])
        found = {row.id: row for row in connection.execute(question.where(wanted))}
        yield from ((name, found[ids[name]]) for name in chunk)


def _standing(*columns: Any) -> "sa.Select[Any]":
    return (
        sa.select(*columns)
        .select_from(standings)
        .join(reports, reports.c.id == standings.c.report_id)
        .join(repositories, repositories.c.id == standings.c.repository_id)
    )
