"""How scans follow each other, and how one goes on that was interrupted."""

from collections.abc import Callable

import pytest

from linter.errors import StoreError
from linter.model.overview import Known, Scan
from linter.model.scan import RepositoryReport
from linter.store.store import Store, open_store
from tests.support.scans import DAY, finding, judged, unjudged

NAMES = ("api", "shop", "web")


def scanned(store: Store, *reports: RepositoryReport, key: str = "all", day: str = DAY) -> Scan:
    """A whole scan of these repositories."""
    scan = store.begin(key, "terms", day, [report.repository.name for report in reports])
    store.add(scan, *reports)
    store.finish(scan)
    return scan


def names(store: Store, scan: Scan) -> list[str]:
    return [report.repository.name for report in store.reports(scan)]


def test_what_was_added_comes_back_by_name(store: Store) -> None:
    reports = [
        judged("web", finding("f")),
        unjudged("Zoo"),
        judged("api"),
        judged("äther"),
        judged("a-b"),
        judged("ab"),
    ]
    scan = scanned(store, *reports)
    assert list(store.reports(scan)) == sorted(reports, key=lambda report: report.repository.name)
    assert store.last() == scan


def test_a_new_store_has_no_scan(store: Store) -> None:
    assert store.last() is None
    assert store.history() == ()
    assert store.known(NAMES) == {}
    assert store.findings("shop") == store.figures("shop") == ()


def test_an_interrupted_scan_goes_on(where: str) -> None:
    with open_store(where) as first:
        scan = first.begin("all", "terms", DAY, NAMES)
        first.add(scan, judged("api"), unjudged("shop"))
    with open_store(where) as second:
        assert second.last() is None
        assert second.begin("all", "terms", DAY, NAMES) == scan
        assert second.done(scan) == {"api", "shop"}
        second.add(scan, judged("web"))
        second.finish(scan)
        assert names(second, scan) == ["api", "shop", "web"]
        assert second.begin("all", "terms", DAY, NAMES) != scan


@pytest.mark.parametrize(("terms", "day"), [("others", DAY), ("terms", "2026-06-02")])
def test_on_other_terms_or_another_day_all_is_to_be_looked_at_again(where: str, terms: str, day: str) -> None:
    with open_store(where) as first:
        scanned(first, judged("api"), judged("shop"))
        scan = first.begin("all", "terms", DAY, NAMES)
        first.add(scan, judged("api"), judged("shop", revision="b2"))
    with open_store(where) as second:
        again = second.begin("all", terms, day, NAMES)
        assert (again.id, again.day) == (scan.id, day)
        assert second.done(again) == frozenset()
        # What was computed is known nevertheless.
        assert {name: known.revision for name, known in second.known(NAMES).items()} == {"api": "a1", "shop": "b2"}
        second.add_again(again, ["api", "shop"])
        second.finish(again)
        assert [report.revision for report in second.reports(again)] == ["a1", "b2"]


def test_a_repository_that_is_not_to_be_scanned_any_more_is_left_out(where: str) -> None:
    with open_store(where) as first:
        scan = first.begin("all", "terms", DAY, NAMES)
        first.add(scan, *map(judged, NAMES))
    with open_store(where) as second:
        scan = second.begin("all", "terms", DAY, ["api", "web"])
        assert second.done(scan) == {"api", "web"}
        second.finish(scan)
        assert names(second, scan) == ["api", "web"]


def test_the_last_report_of_a_repository_in_a_scan_counts(store: Store) -> None:
    scanned(store, judged("shop", finding("f")))
    scan = store.begin("all", "terms", DAY, ["shop"])
    for report in (judged("shop", revision="b2"), unjudged("shop"), judged("shop", finding("g"), revision="c3")):
        store.add(scan, report)
    store.finish(scan)
    assert [report.revision for report in store.reports(scan)] == ["c3"]
    assert (store.overview(scan).total.new, store.overview(scan).total.fixed) == (1, 1)
    assert {(found.place, found.state, found.first_seen) for found in store.findings("shop")} == {
        ("f", "fixed", Scan(scan.id - 1, DAY)), ("g", "open", scan),
    }  # fmt: skip


def test_what_is_known_is_the_last_judgement(store: Store) -> None:
    scanned(store, judged("shop", revision="b2", judged_on="2026-05-05", good_until="2026-07-01"), unjudged("api"))
    scanned(store, unjudged("shop"), key="others")
    assert store.known(["shop", "api", "other"]) == {
        "shop": Known("passed", "b2", "basis of b2", "2026-05-05", "2026-07-01"),
    }


def test_a_judgement_that_still_holds_can_be_that_of_another_scan(store: Store) -> None:
    first = scanned(store, judged("shop", finding("f")), unjudged("web"))
    other = store.begin("others", "terms", DAY, ["shop"])
    store.add_again(other, ["shop"])
    store.add_again(other, ["shop"])
    store.finish(other)
    assert list(store.reports(other)) == [next(store.reports(first))]
    # Of web nothing is known that could hold.
    third = store.begin("all", "terms", DAY, ["shop", "web"])
    store.add(third, unjudged("shop"))
    for name in ("web", "never"):
        with pytest.raises(StoreError, match=f"the store has no judgement of {name}"):
            store.add_again(third, ["shop", name])
    store.add_again(third, ["shop"])
    store.finish(third)
    assert list(store.reports(third)) == [next(store.reports(first))]


def test_a_report_may_hold_longer_than_was_thought(store: Store) -> None:
    scanned(store, judged("shop", good_until="2026-06-10"))
    scan = scanned(store, judged("shop", judged_on="2026-06-11", good_until="2026-08-01"))
    assert store.known(["shop"])["shop"][-2:] == ("2026-06-11", "2026-08-01")
    assert [(report.judged_on, report.good_until) for report in store.reports(scan)] == [("2026-06-11", "2026-08-01")]


def test_all_reports_of_one_call_are_kept_or_none(store: Store) -> None:
    scan = store.begin("all", "terms", DAY, NAMES)
    broken = judged("shop", finding("f")._replace(data={"what": object()}))
    with pytest.raises(TypeError):
        store.add(scan, judged("api"), broken)
    assert store.done(scan) == frozenset()
    assert store.known(["api"]) == {}


def test_only_the_running_scan_takes_reports(store: Store) -> None:
    scan = scanned(store, judged("shop"))
    for act in (lambda: store.add(scan, judged("web")), lambda: store.add_again(scan, []), lambda: store.finish(scan)):
        with pytest.raises(StoreError, match=f"scan {scan.id} is finished already"):
            act()
    with pytest.raises(StoreError, match="there is no scan 77 in the store"):
        store.overview(Scan(77, DAY))


def test_who_only_reads_sees_what_is_acknowledged(opened: Callable[[], Store]) -> None:
    writer, reader = opened(), opened()
    scan = writer.begin("all", "terms", DAY, NAMES)
    writer.add(scan, judged("api"))
    assert reader.done(scan) == {"api"}
    assert reader.last() is None
    writer.finish(scan)
    assert reader.last() == scan
