"""What a site asks of a store equals what a plain look at all reports says, whatever happened before."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.errors import StoreError
from linter.model.overview import RuleStanding, Scan, Tally
from linter.model.scan import RepositoryReport
from linter.model.sheet import Shape, Sheet
from linter.store.ageing import KEPT
from linter.store.seal import opened
from linter.store.store import Store, open_store
from tests.support.histories import KEYS, Reports, scanned, scans, tally
from tests.support.scans import finding, judged


def stood(store: Store, scan: Scan) -> Iterator[tuple[int, str, Tally]]:
    """The tally of every repository in every scan, from the standings."""
    last = [("", 0)]
    for one in store.standings(scan):
        assert (one.repository, one.first) > last[-1]
        last.append((one.repository, one.first))
        for number in range(one.first, one.last + 1):
            is_new = number == one.first
            yield number, one.repository, one.tally._replace(new=one.tally.new * is_new, fixed=one.tally.fixed * is_new)


def plain_tallies(history: Sequence[Reports]) -> set[tuple[int, str, Tally]]:
    return {
        (number + 1, name, tally({name: report}, history[:number]))
        for number, reports in enumerate(history)
        for name, report in reports.items()
    }


def by_rule(standings: Iterator[RuleStanding]) -> Counter[tuple[int, str, str]]:
    found: Counter[tuple[int, str, str]] = Counter()
    for one in standings:
        for number in range(one.first, one.last + 1):
            for what in ("repositories", "open", "told", "waived"):
                found[number, one.rule, what] += getattr(one, what)
    return found


def plain_by_rule(history: Sequence[Reports]) -> Counter[tuple[int, str, str]]:
    found: Counter[tuple[int, str, str]] = Counter()
    for number, reports in enumerate(history, 1):
        for report in reports.values():
            rules = {one.rule for one in report.report.findings} if report.report else set()
            for rule in rules:
                counted = tally({"": report}, [], (rule,))
                found[number, rule, "repositories"] += counted.open + counted.told > 0
                for what in ("open", "told", "waived"):
                    found[number, rule, what] += getattr(counted, what)
    return found


def plain_before(history: Sequence[Reports], back: int) -> dict[str, RepositoryReport]:
    """The first judgements since so many scans before the last one, where the last one has another report."""
    found = {}
    for name, now in history[-1].items():
        since = (reports[name] for reports in history[max(0, len(history) - 1 - back) :] if name in reports)
        judgement = next((report for report in since if report.report), now)
        if judgement != now:
            found[name] = judgement
    return found


def plain_news(history: Sequence[Reports], done: Sequence[Scan], back: int) -> set[tuple[str, str, Scan]]:
    """What is open since one of the last scans, and was never there before since it was gone, by a look at all."""
    found = set()
    for name in history[-1]:
        judged = [(scan, shown[name].report) for scan, shown in zip(done, history, strict=True) if name in shown]
        known: dict[str, Scan] = {}
        for scan, report in judged:
            for one in report.findings if report else ():
                known.setdefault(one.fingerprint, scan)
        reports = [report for _, report in judged if report]
        first = next((scan for scan, report in judged if report), None)
        for one in reports[-1].findings if reports else ():
            since = known[one.fingerprint]
            if one.suppressed is None and since != first and since in done[-back:]:
                found.add((name, one.fingerprint, since))
    return found


def renamed(report: RepositoryReport, key: str) -> tuple[str, RepositoryReport]:
    name = f"{report.repository.name} of {key}"
    inner = report.report and report.report._replace(repository=name)
    return name, report._replace(repository=report.repository._replace(name=name), report=inner)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    history=st.lists(scans().filter(bool), min_size=1, max_size=6),
    others=st.lists(scans(), max_size=2),
    back=st.integers(1, 4),
)
def test_timelines_equal_a_plain_look(where: str, history: list[Reports], others: list[Reports], back: int) -> None:
    """Also of a scan that is not the last, and with scans of other repositories between."""
    key = str(next(KEYS))
    with open_store(where) as store:
        # Each run has repositories of its own: what was found in them is followed over all scans.
        history = [dict(renamed(report, key) for report in reports.values()) for reports in history]
        done = []
        for number, reports in enumerate(history):
            done.append(scanned(store, reports, key))
            for other in others[number : number + 1]:
                scanned(store, other, f"other {key}")
        assert {(one.repository, one.fingerprint, one.first_seen) for one in store.news(done[-1], back)} == plain_news(
            history, done, back
        )
        for number, scan in enumerate(done, 1):
            assert store.scans(scan) == tuple(done[:number])
            assert set(stood(store, scan)) == plain_tallies(history[:number])
            assert by_rule(store.rule_standings(scan)) == plain_by_rule(history[:number])
            reports = history[number - 1]
            names = sorted(reports, reverse=True)
            assert list(store.digests(scan)) == sorted(reports)
            assert [opened(one) for one in store.sealed(scan, [*names, "nobody"])] == [reports[name] for name in names]
            before = plain_before(history[:number], back)
            found = [opened(one) for one in store.sealed_before(scan, back, names)]
            assert found == [before[name] for name in names if name in before]


def test_what_another_scan_saw_first_came_with_the_next_one(store: Store) -> None:
    old, new, hidden = finding("f"), finding("g"), finding("h", is_hidden=True)
    scanned(store, {"shop": judged("shop", old)}, "all")
    scanned(store, {"shop": judged("shop", old, new, hidden)}, "others")
    second = scanned(store, {"shop": judged("shop", old, new, hidden), "api": judged("api", new)}, "all")
    third = scanned(store, {"shop": judged("shop", old, new, finding("i", "RL107"))}, "all")
    # Nothing is new in a repository that was not judged before, and nobody asks about one that is gone.
    assert [(one.repository, one.place, one.first_seen) for one in store.news(third, 9)] == [
        ("shop", "i", third),
        ("shop", "g", second),
    ]
    assert [one.place for one in store.news(third, 1)] == ["i"]
    assert list(store.news(third, 0)) == []


def test_outlines_have_their_counts_alone(store: Store) -> None:
    first = scanned(store, {"busy": judged("busy", finding("f"))}, "all")
    for number in range(KEPT + 2):
        last = scanned(store, {"busy": judged("busy", finding("f"), revision=str(number))}, "all")
    assert len(list(store.standings(last))) == KEPT + 3
    assert [one.first for one in store.rule_standings(last)] == list(range(4, KEPT + 4))
    assert list(store.digests(first)) == ["busy"]
    with pytest.raises(StoreError, match="kept in outline only"):
        list(store.sealed(first, ["busy"]))
    assert [opened(one).revision for one in store.sealed_before(last, KEPT - 1, ["busy"])] == ["2"]
    assert list(store.sealed_before(last, KEPT + 1, ["busy"])) == []


def test_what_was_measured_is_counted(store: Store) -> None:
    shapes = (Shape(3, 40, (1, 1, 1, 0, 0, 0)), Shape(4, 90, (2, 0, 0, 1, 0, 1)))
    sheets = tuple(Sheet(path, shape=shape) for path, shape in zip(("", "shop/REVIEW.yaml"), shapes, strict=True))
    scan = scanned(store, {"shop": judged("shop", sheets=sheets), "api": judged("api")}, "all")
    figures = {one.repository: (one.functions, one.complexity, one.complex) for one in store.standings(scan)}
    assert figures == {"shop": (7, 130, 3), "api": (None, None, None)}


def test_streams_do_not_disturb_each_other(store: Store) -> None:
    scan = scanned(store, {name: judged(name, finding("f")) for name in ("api", "shop")}, "all")
    names = []
    for one in store.standings(scan):
        for report in store.sealed(scan, [one.repository]):
            names.append((report.repository, len(list(store.rule_standings(scan))), store.last()))
    assert names == [("api", 1, scan), ("shop", 1, scan)]


def test_closing_a_store_closes_what_nobody_has_read_to_its_end(where: str) -> None:
    """Who breaks off holds the streams that he has begun, in the frames of his traceback."""
    with open_store(where) as store:
        scan = scanned(store, {"shop": judged("shop", finding("f")), "api": judged("api")}, "all")
        begun = [store.standings(scan), store.sealed(scan, ["shop", "api"]), store.rule_standings(scan)]
        assert all(next(stream) for stream in begun)
    assert not store._database._engine.pool.checkedout()
    del begun
    gc.collect()
