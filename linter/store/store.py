"""Reports of many repositories, kept over time: what scans write and views read."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from linter.errors import StoreError
from linter.model.metrics import SourceMetrics
from linter.model.overview import Known, News, Overview, RuleStanding, Scan, Standing, Tracked, Trend
from linter.model.scan import RepositoryReport
from linter.store import (
    ageing,
    extracts,
    figures,
    judgements,
    news,
    overviews,
    pictures,
    scans,
    standing,
    timelines,
    tracking,
    trends,
)
from linter.store.database import Database
from linter.store.layout import prepare
from linter.store.lock import held
from linter.store.rows import chunks, ids_of
from linter.store.scans import Place
from linter.store.seal import Sealed
from linter.store.tables import repositories

if TYPE_CHECKING:
    from linter.store.sql import sa


class Store:
    """An open store; close it or use `with`. One thread of one process uses it, and a process that it forks does not.

    A scan `begin`s, which locks the store against other scans until it is finished or the store is closed; then it
    `add`s reports. When `add` or `add_again` returns, what it was given is on the disk. All methods raise StoreError
    when the database does not do what it is asked, and for a scan that the store does not have.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = ExitStack()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others scan. What was not finished can be resumed."""
        self._lock.close()
        self._database.close()

    def begin(self, key: str, terms: str, day: str, names: Collection[str]) -> Scan:
        """Begin a scan of the repositories called `names`, or resume the unfinished one.

        `key` says which scans are compared with each other: it stands for where the repositories come from. `terms`
        stands for what they are judged by. An interrupted scan with the same key is resumed; what it has acknowledged
        counts if terms and `day` (YYYY-MM-DD) are the same. Raises StoreError while another scan writes.
        """
        self._lock.enter_context(held(self._database))
        with self._database.writing() as connection:
            return scans.begin(connection, key, terms, day, names).scan

    def done(self, scan: Scan) -> frozenset[str]:
        """The names of the repositories whose reports the running scan has acknowledged."""
        with self._database.reading() as connection:
            return scans.done(connection, scans.place_of(connection, scan))

    def known(self, names: Iterable[str]) -> dict[str, Known]:
        """What the last judgement of each of these repositories says about itself, in whatever scan it was."""
        with self._database.reading() as connection:
            return judgements.known(connection, names)

    def add(self, scan: Scan, *reports: RepositoryReport) -> None:
        """Keep reports of the running scan, all of them or none. A second one of a repository replaces the first."""
        with self._database.writing() as connection:
            place = self._running(connection, scan)
            for report in reports:
                _add(connection, place, report)

    def add_again(self, scan: Scan, names: Iterable[str]) -> None:
        """Let the last judgements of these repositories, which `known` knows, count for the running scan too."""
        with self._database.writing() as connection:
            standing.stand_again(connection, self._running(connection, scan), names)

    def finish(self, scan: Scan) -> None:
        """End the running scan, so that later ones are compared with it, and let others scan."""
        with self._database.writing() as connection:
            place = self._running(connection, scan)
            scans.finish(connection, place)
            ageing.age(connection, place)
        self._lock.close()

    def last(self) -> Scan | None:
        """The finished scan that began last."""
        with self._database.reading() as connection:
            place = scans.newest(connection)
        return place and place.scan

    def reports(self, scan: Scan) -> Iterator[RepositoryReport]:
        """The reports of a scan in the order of the repositories' names: equal to what was added, without figures of
        sources, pictures and how long they took. Raises StoreError for old scans, which are kept in outline only.
        """
        with self._database.reading() as connection:
            report_ids = standing.report_ids(connection, scans.place_of(connection, scan))
        for chunk in chunks(report_ids):
            with self._database.reading() as connection:
                found = judgements.load(connection, chunk)
            yield from (found[key] for key in chunk)

    def figures(self, name: str) -> tuple[tuple[str, SourceMetrics], ...]:
        """The figures of the sources of a repository when it was judged last, by path."""
        with self._database.reading() as connection:
            return figures.figures(connection, _owner(connection, name))

    def findings(self, name: str) -> tuple[Tracked, ...]:
        """All findings that a repository has or had, in the order of rules and paths."""
        with self._database.reading() as connection:
            return tracking.tracked(connection, _owner(connection, name))

    def overview(self, scan: Scan) -> Overview:
        """How the repositories of a scan stand. Raises StoreError for old scans, which are kept in outline only."""
        with self._database.reading() as connection:
            return overviews.overview(connection, scans.place_of(connection, scan))

    def history(self, repository: str | None = None, team: str | None = None) -> tuple[Trend, ...]:
        """How everything, a team or a repository stood after each finished scan, oldest first."""
        with self._database.reading() as connection:
            return trends.history(connection, repository, team)

    def scans(self, scan: Scan) -> tuple[Scan, ...]:
        """The finished scans of the series of a scan up to that one, oldest first: `Standing` counts them from 1."""
        with self._database.reading() as connection:
            return scans.finished(connection, scans.place_of(connection, scan))

    def standings(self, scan: Scan) -> Iterator[Standing]:
        """How the repositories stood in the series of a scan up to that one, by repository and `first`."""
        with self._database.streaming() as connection:
            yield from timelines.timelines(connection, scans.place_of(connection, scan))

    def rule_standings(self, scan: Scan) -> Iterator[RuleStanding]:
        """How rules stood in the series of a scan up to that one, of the reports that are not kept in outline only."""
        with self._database.streaming() as connection:
            yield from timelines.rule_timelines(connection, scans.place_of(connection, scan))

    def digests(self, scan: Scan) -> dict[str, str]:
        """By the name of each repository in a scan the digest of its report, in the order of the names."""
        with self._database.reading() as connection:
            return extracts.digests(connection, scans.place_of(connection, scan))

    def sealed(self, scan: Scan, names: Iterable[str]) -> Iterator[Sealed]:
        """The reports of repositories in a scan, in the order of the names. Raises StoreError for old scans, which are
        kept in outline only.
        """
        with self._database.streaming() as connection:
            yield from extracts.sealed(connection, scans.place_of(connection, scan), names)

    def sealed_before(self, scan: Scan, back: int, names: Iterable[str]) -> Iterator[Sealed]:
        """The judgements that stood `back` scans before, or the first there was since then, in the order of the names:
        of repositories whose report in the scan is another one. Those that are kept in outline only are left out.
        """
        with self._database.streaming() as connection:
            yield from extracts.sealed_before(connection, scans.place_of(connection, scan), back, names)

    def pictures(self, digests: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Pictures by their digests, in the order of these; those that no report cites are left out."""
        with self._database.streaming() as connection:
            yield from pictures.pictures_of(connection, digests)

    def news(self, scan: Scan, scans_back: int) -> Iterator[News]:
        """The open findings of the repositories in a scan, severe or not, that came with one of the last `scans_back`
        scans up to it, but not with the first one that judged their repository; newest first, then by repository.
        """
        with self._database.streaming() as connection:
            yield from news.news(connection, scans.place_of(connection, scan), scans_back)

    def _running(self, connection: "sa.Connection", scan: Scan) -> Place:
        place = scans.place_of(connection, scan)
        if place.is_finished:
            raise StoreError(f"scan {scan.id} is finished already")
        return place


def open_store(where: str, must_exist: bool = False) -> Store:
    """The store in a file, or at a URL of SQLite or PostgreSQL. A new one is made unless it `must_exist`, and an older
    one is brought forward.

    Raises StoreError with what to do, MissingExtraError where a library is not installed.
    """
    database = Database(where, must_exist)
    try:
        prepare(database, is_new_welcome=not must_exist)
    except BaseException:
        database.close()
        raise
    return Store(database)


def _add(connection: "sa.Connection", place: Place, report: RepositoryReport) -> None:
    owner = judgements.repository_id(connection, report.repository.name)
    report_id = judgements.keep(connection, owner, report)
    standing.stand(connection, place, owner, report_id, report)
    if report.report is None:
        return
    tracking.track(connection, place.scan, owner, report.report)
    figures.keep_figures(connection, owner, report)
    connection.execute(repositories.update().where(repositories.c.id == owner).values(judged_id=report_id))


def _owner(connection: "sa.Connection", name: str) -> int:
    """The id of a repository; 0, which none has, for one that was never scanned."""
    return ids_of(connection, [name]).get(name, 0)
