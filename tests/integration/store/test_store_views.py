"""What is said of scans equals what a plain count over all reports says, whatever happened before."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.model.finding import Severity
from linter.model.overview import Group, Scan, Tally, Trend
from linter.model.rule import FAMILIES
from linter.store.store import Store, open_store
from tests.support.histories import KEYS, NAMES, RULES, Reports, of_team, open_in, scanned, scans, tally
from tests.support.scans import finding, judged, product, unjudged


def of_family(digit: str, reports: Reports, before: Sequence[Reports]) -> Group:
    """What the table by guideline says; a repository has failed where a rule of the guideline has open findings."""
    rules = tuple(rule for rule in RULES if rule[2] == digit) or ("none",)
    plain = tally(reports, before, rules)
    failed = sum(any(key.startswith(rules) for key in open_in(report)) for report in reports.values())
    return Group(FAMILIES[digit], plain._replace(failed=failed, passed=plain.passed + plain.failed - failed))


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.lists(scans(), max_size=5), others=st.lists(scans(), max_size=2))
def test_views_equal_a_plain_count(where: str, history: list[Reports], others: list[Reports]) -> None:
    """Also where scans of other kinds, with the same repositories, come between."""
    key = str(next(KEYS))
    with open_store(where) as store:
        done = []
        for number, reports in enumerate(history):
            done.append(scanned(store, reports, key))
            for other in others[number : number + 1]:
                scanned(store, other, f"other {key}")
        for number, scan in enumerate(done):
            before, reports = history[:number], history[number]
            assert list(store.reports(scan)) == [reports[name] for name in sorted(reports)]
            view = store.overview(scan)
            assert view.previous == (done[number - 1] if number else None)
            assert view.total == tally(reports, before)
            assert view.teams == tuple(
                Group(team, tally(of_team(reports, team), before))
                for team in sorted({report.repository.team for report in reports.values()})
            )
            assert {group.name: group.tally._replace(with_review=0) for group in view.guidelines} == {
                group.name: group.tally._replace(with_review=0)
                for group in (of_family(digit, reports, before) for digit in FAMILIES)
            }


def trends(done: Sequence[Scan], history: Sequence[Reports], names: set[str], team: str | None = None) -> list[Trend]:
    """The plain counts after each scan, of some repositories and of a team; without those that know nothing of them."""
    result = []
    for number, scan in enumerate(done):
        reports = {name: report for name, report in history[number].items() if name in names}
        of_it = reports if team is None else of_team(reports, team)
        result.append(Trend(scan, tally(of_it, history[:number])))
    return [trend for trend in result if trend.tally.repositories]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.lists(scans().filter(bool), min_size=1, max_size=5))
def test_trends_equal_a_plain_count(where: str, history: list[Reports]) -> None:
    with open_store(where) as store:
        key = str(next(KEYS))
        done = [scanned(store, reports, key) for reports in history]
        assert list(store.history()) == trends(done, history, set(NAMES))
        for name in history[-1]:
            assert list(store.history(repository=name)) == trends(done, history, {name})
        for team in {report.repository.team for report in history[-1].values()}:
            assert list(store.history(team=team)) == trends(done, history, set(NAMES), team)


def test_an_overview_tells_what_changed(store: Store) -> None:
    old = (finding("f"), finding("g"), finding("h", "RL107", Severity.WARNING), finding("i", "RL902"))
    new = (old[0], finding("g", is_hidden=True), finding("j", "RL107"))
    first = scanned(store, {"shop": judged("shop", *old, team="blue"), "api": judged("api", team="red")}, "all")
    shop = judged("shop", *new, team="blue", revision="b2", products=(product(("clarity",), "draft"),))
    second = scanned(store, {"shop": shop, "api": unjudged("api", team="red")}, "all")
    assert store.overview(first).total == Tally(2, 0, passed=1, failed=1, open=3, told=1)
    view = store.overview(second)
    assert (view.scan, view.previous) == (second, first)
    blue = Tally(1, 1, failed=1, open=2, waived=1, new=1, fixed=1)
    assert view.teams == (Group("blue", blue), Group("red", Tally(1, errors=1)))
    guidelines = {group.name: group.tally for group in view.guidelines}
    assert tuple(guidelines) == tuple(FAMILIES.values())
    assert guidelines["clarity"] == Tally(2, 1, failed=1, errors=1, open=1, new=1)
    assert guidelines["governance"] == Tally(2, 1, passed=1, errors=1, fixed=1)
    assert guidelines["release-plan"] == Tally(2, 0, passed=1, errors=1)
    assert view.statuses == (("clarity", "draft", 1),)
    assert [trend.tally for trend in store.history(team="blue")] == [Tally(1, failed=1, open=3, told=1), blue]


def test_a_repository_without_a_team_is_of_the_team_that_its_review_file_names(store: Store) -> None:
    one = judged("shop", products=(product(), product(team="green"), product(team="red")))
    two = judged("api", team="blue", products=(product(team="green"),))
    view = store.overview(scanned(store, {"shop": one, "api": two}, "all"))
    assert [group.name for group in view.teams] == ["blue", "green"]


def test_findings_are_followed(store: Store) -> None:
    hidden, shown = finding("f", is_hidden=True), finding("f")
    history = [[shown, finding("g")], [hidden], [], [shown], [shown]]
    done = [scanned(store, {"shop": judged("shop", *found)}, "all") for found in history]
    seen = []
    scanned(store, {"shop": unjudged("shop")}, "all")
    for one in store.findings("shop"):
        seen.append((one.place, one.state, one.first_seen, one.last_seen))
    assert seen == [("f", "open", done[0], done[4]), ("g", "fixed", done[0], done[0])]
