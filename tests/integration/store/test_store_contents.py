"""What a store holds: equal to what was put in, once, and not more than is needed."""

from contextlib import closing
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.errors import StoreError
from linter.model.metrics import SourceMetrics
from linter.model.scan import RepositoryReport
from linter.store.ageing import KEPT
from linter.store.database import Database
from linter.store.sql import sa
from linter.store.store import Store, open_store
from linter.store.tables import metadata, reports, tallies
from tests.support.scans import (
    DAY,
    figures,
    finding,
    judged,
    product,
    repository_reports,
    sources,
    unjudged,
    with_figures,
)

KEYS = count()
BLOBS = ("0" * 40, "1" * 40, "2" * 64)


def scan_with(store: Store, *found: RepositoryReport, key: str = "all") -> None:
    scan = store.begin(key, "terms", DAY, [report.repository.name for report in found])
    store.add(scan, *found)
    store.finish(scan)


def rows(where: str) -> dict[str, int]:
    """How many rows each table has."""
    with closing(Database(where, must_exist=True)) as database, database.reading() as connection:
        return {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(repository_reports, max_size=3, unique_by=lambda report: report.repository.name))
def test_any_report_comes_back_equal(where: str, found: list[RepositoryReport]) -> None:
    with open_store(where) as store:
        scan = store.begin(str(next(KEYS)), "terms", DAY, [])
        store.add(scan, *found)
        assert store.done(scan) == {report.repository.name for report in found}
        store.finish(scan)
        assert list(store.reports(scan)) == sorted(found, key=lambda report: report.repository.name)
        assert store.overview(scan).total.repositories == len(found)
        for report in found:
            known = store.known([report.repository.name])
            if report.report:
                assert known[report.repository.name][:3] == (report.status.value, report.revision, report.basis)
                fingerprints = {found.fingerprint for found in store.findings(report.repository.name)}
                assert fingerprints >= {found.fingerprint for found in report.report.findings}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.dictionaries(st.text(max_size=3), st.tuples(st.sampled_from(BLOBS), sources), max_size=4), max_size=3)
)
def test_any_figures_come_back_equal(where: str, history: list[dict[str, tuple[str, SourceMetrics]]]) -> None:
    with open_store(where) as store:
        for contents in history:
            # One content has one set of figures.
            by_blob = dict(contents.values())
            alike = {path: (blob, by_blob[blob]) for path, (blob, _) in contents.items()}
            scan_with(store, with_figures(judged("shop"), alike), key=str(next(KEYS)))
            assert store.figures("shop") == tuple((path, alike[path][1]) for path in sorted(alike))


def test_names_of_any_length_are_told_apart(store: Store) -> None:
    long = "name" * 3000
    scan_with(store, judged(long), judged(f"{long}2", finding(long)), key=long)
    assert list(store.known([long, f"{long}2"])) == [long, f"{long}2"]


def test_scans_without_changes_cost_a_row(where: str) -> None:
    found = [judged("shop", finding("f"), products=(product(),)), unjudged("api")]
    with open_store(where) as store:
        scan_with(store, *found)
        before = rows(where)
        for _ in range(5):
            scan_with(store, *found)
    assert rows(where) == before | {"scans": 6}


def test_what_holds_again_is_no_new_report(where: str) -> None:
    """A server that answers every other day does not fill the store."""
    with open_store(where) as store:
        for _ in range(4):
            scan_with(store, judged("shop", finding("f")))
            scan_with(store, unjudged("shop"))
    assert (rows(where)["reports"], rows(where)["standings"], rows(where)["findings"]) == (2, 8, 1)


def test_equal_contents_have_their_figures_once(where: str) -> None:
    one, two = ("a" * 40, figures(3)), ("b" * 40, figures(5))
    with open_store(where) as store:
        scan_with(store, with_figures(judged("shop"), {"a.py": one, "b.py": two}))
        scan_with(store, with_figures(judged("fork"), {"lib/a.py": one, "copy.py": one}))
        assert (rows(where)["metrics"], rows(where)["files"]) == (2, 4)
        assert store.figures("fork") == (("copy.py", figures(3)), ("lib/a.py", figures(3)))
        scan_with(store, with_figures(judged("shop"), {"a.py": one}))
        assert (rows(where)["metrics"], rows(where)["files"]) == (1, 3)
        # Another release counts otherwise.
        scan_with(store, with_figures(judged("shop"), {"a.py": ("a" * 40, figures(4))}))
        assert store.figures("fork") == (("copy.py", figures(4)), ("lib/a.py", figures(4)))
        scan_with(store, unjudged("shop"))
        assert store.figures("shop") == (("a.py", figures(4)),)


def outlines(where: str) -> int:
    """How many reports have lost what they say."""
    is_outline = reports.c.content.is_(None)
    with closing(Database(where, must_exist=True)) as database, database.reading() as connection:
        assert connection.execute(sa.select(tallies).join(reports).where(is_outline)).all() == []
        return connection.execute(sa.select(sa.func.count()).where(is_outline)).scalar_one()


def test_old_reports_are_kept_in_outline(where: str) -> None:
    with open_store(where) as store:
        first = store.begin("all", "terms", DAY, ["busy", "calm", "lost"])
        store.add(first, judged("busy", finding("f")), judged("calm", finding("g")), judged("lost", finding("h")))
        store.finish(first)
        for number in range(KEPT):
            assert len(list(store.reports(first))) == 3
            assert outlines(where) == 0
            busy = judged("busy", finding(f"f{number}"), revision=str(number))
            scan_with(store, busy, judged("calm", finding("g")), unjudged("lost"))
        assert outlines(where) == 1
        for view in (lambda: list(store.reports(first)), lambda: store.overview(first)):
            with pytest.raises(StoreError, match="kept in outline only"):
                view()
        assert [trend.tally.new for trend in store.history()] == [0] + [1] * KEPT
        # What the next judgement is compared with is there, however old it is.
        scan_with(store, judged("busy", finding("f")), judged("calm"), judged("lost", finding("i")))
        trend = store.history()[-1].tally
        assert (trend.new, trend.fixed) == (2, 3)
        # That of busy in the second scan has grown old, and that of lost has been followed by another.
        assert outlines(where) == 2


def test_an_outline_is_filled_again_by_the_same_report(where: str) -> None:
    with open_store(where) as store:
        scan_with(store, judged("shop", finding("f")))
        for _ in range(KEPT):
            scan_with(store, judged("shop", finding("g"), revision="b2"))
        assert outlines(where) == 1
        scan = store.begin("all", "terms", DAY, ["shop"])
        store.add(scan, judged("shop", finding("f")))
        store.finish(scan)
        assert outlines(where) == 0
        assert list(store.reports(scan)) == [judged("shop", finding("f"))]


def cited(store: Store) -> set[str]:
    return {digest for digest, _ in store.pictures(["a", "b", "c"])}


def test_equal_pictures_are_kept_once_for_as_long_as_somebody_cites_them(where: str) -> None:
    def shown(name: str, revision: str, *digests: str) -> RepositoryReport:
        pictures = tuple((digest, b"\x89PNG" + digest.encode()) for digest in digests)
        return judged(name, revision=revision, pictures=pictures)

    with open_store(where) as store:
        scan_with(store, shown("shop", "1", "a", "b"), shown("fork", "1", "a"))
        assert (rows(where)["pictures"], rows(where)["citations"]) == (2, 3)
        assert list(store.pictures(["b", "none", "a"])) == [("b", b"\x89PNGb"), ("a", b"\x89PNGa")]
        for number in range(KEPT):
            scan_with(store, shown("shop", "2", "c"), shown("fork", f"b{number}"))
        # The first report of the shop has become an outline; that of the fork too.
        assert cited(store) == {"c"}
        assert (rows(where)["pictures"], rows(where)["citations"]) == (1, 1)
        scan_with(store, shown("shop", "1", "a", "b"), shown("fork", "b2"))
        assert cited(store) == {"a", "b", "c"}
        (shop,) = (report for report in store.reports(store.last()) if report.repository.name == "shop")
        assert shop == shown("shop", "1", "a", "b")._replace(pictures=())


def test_other_series_keep_what_they_need(where: str) -> None:
    with open_store(where) as store:
        other = store.begin("others", "terms", DAY, ["shop"])
        store.add(other, judged("shop", finding("f")))
        store.finish(other)
        scan_with(store, judged("shop", finding("f")))
        for _ in range(KEPT + 1):
            scan_with(store, judged("shop", finding("g"), revision="b2"))
        assert list(store.reports(other)) == [judged("shop", finding("f"))]
