"""How things went equals a plain count over all scans, although only changes are looked at."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from linter.model.overview import RuleStanding, Scan, Standing, Tally
from linter.site.past import Row, rule_trends, trends_of

MOST = 6
RULES = ("RL107", "RL801")

spans = st.tuples(st.integers(1, MOST), st.integers(1, MOST)).map(sorted)
tallies = st.builds(
    lambda reviewed, **counts: Tally(1, *reviewed, **counts),
    # What has no review does not pass as a product.
    reviewed=st.sampled_from(((0, 0), (1, 0), (1, 1))),
    open=st.integers(0, 2),
    waived=st.integers(0, 1),
    new=st.integers(0, 1),
    fixed=st.integers(0, 1),
)


def scans(number: int) -> list[Scan]:
    return [Scan(one, f"2026-06-{one:02}") for one in range(1, number + 1)]


@st.composite
def timelines(draw: st.DrawFn, repository: str, number: int) -> list[Standing]:
    """How a repository stood, with gaps: spans between sorted borders."""
    borders = sorted(draw(st.sets(st.integers(1, number + 1), max_size=number + 1)))
    found = []
    for first, after in pairwise(borders):
        if draw(st.booleans()):
            last = draw(st.integers(first, after - 1))
            figures = draw(st.sampled_from(((None, None, None), (0, 0, 0), (3, 7, 1), (4, 7, 1))))
            team, status = draw(st.sampled_from(("", "blue"))), draw(st.sampled_from(("passed", "failed", "error")))
            found.append(Standing(repository, team, first, last, status, draw(tallies), *figures))
    return found


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Scan], list[Standing]]:
    number = draw(st.integers(1, MOST))
    found = [one for name in ("api", "shop", "web") for one in draw(timelines(name, number))]
    return scans(number), found


def standing_in(standings: Sequence[Standing], number: int) -> list[Standing]:
    return [one for one in standings if one.first <= number <= one.last]


def plain(standings: Sequence[Standing], done: Sequence[Scan]) -> tuple[Row, ...]:
    rows = []
    for number, scan in enumerate(done, 1):
        tallied = [one.tally for one in standing_in(standings, number)]
        sums = (sum(getattr(one, name) for one in tallied) for name in ("with_review", "passed", "open"))
        rows.append(Row(scan.day, (len(tallied), *sums)))
    return tuple(rows)


@given(histories())
def test_trends_equal_a_plain_count(history: tuple[list[Scan], list[Standing]]) -> None:
    done, standings = history
    trends = trends_of(standings, done)
    assert trends.total == plain(standings, done)
    assert trends.teams == {
        team: plain([one for one in standings if one.team == team], done) for team in {one.team for one in standings}
    }


@given(histories())
def test_the_last_point_says_how_a_repository_stands(history: tuple[list[Scan], list[Standing]]) -> None:
    """At any time; and what is new or fixed with a scan is said at that scan."""
    done, standings = history
    points = trends_of(standings, done).points
    assert set(points) == {one.repository for one in standings}
    for name, mine in points.items():
        assert [point.number for point in mine] == sorted({point.number for point in mine})
        for one in standings:
            if one.repository != name:
                continue
            point = next(point for point in reversed(mine) if point.number <= one.first)
            assert (point.status, point.open, point.waived) == (one.status, one.tally.open, one.tally.waived)
            mean = one.complexity / one.functions if one.complexity and one.functions else None
            assert (point.complexity, point.complex) == (mean and round(mean, 2), one.complex)
            assert point.day == done[point.number - 1].day
            if one.tally.new or one.tally.fixed:
                assert (point.number, point.new, point.fixed) == (one.first, one.tally.new, one.tally.fixed)


def test_what_does_not_change_is_no_point() -> None:
    tally = Tally(1, 1, passed=1)
    standings = [
        Standing("shop", "", number, number, status, tally, 3, 7, 1)
        for number, status in enumerate(("passed", "passed", "failed", "failed", "passed"), 1)
    ]
    points = trends_of(standings, scans(5)).points["shop"]
    assert [(point.number, point.status) for point in points] == [(1, "passed"), (3, "failed"), (5, "passed")]


def test_what_is_new_with_each_scan_is_a_point_each_time() -> None:
    """Where one finding is mended and another one made with every scan, the counts stay the same."""
    standings = [
        Standing("shop", "", number, number, "failed", Tally(1, open=1, new=1, fixed=1), 3, 7, 1)
        for number in (1, 2, 3)
    ]
    assert [point.number for point in trends_of(standings, scans(3)).points["shop"]] == [1, 2, 3]


def test_scans_without_repositories_are_scans() -> None:
    trends = trends_of([], scans(2))
    assert trends.total == (Row("2026-06-01", (0, 0, 0, 0)), Row("2026-06-02", (0, 0, 0, 0)))


@given(
    st.integers(1, MOST),
    st.lists(st.tuples(st.sampled_from((*RULES, "of another release")), spans, st.integers(0, 3)), max_size=6),
    st.data(),
)
def test_trends_of_rules_equal_a_plain_count(
    number: int, found: list[tuple[str, list[int], int]], data: st.DataObject
) -> None:
    since = data.draw(st.integers(1, number))
    standings = [
        RuleStanding(rule, min(first, number), min(last, number), count, 9, 9, 9)
        for rule, (first, last), count in found
    ]
    trends = rule_trends(standings, scans(number), since, RULES)
    assert trends == {
        rule: tuple(
            Row(
                scan.day,
                (sum(one.repositories for one in standings if one.rule == rule and one.first <= scan.id <= one.last),),
            )
            for scan in scans(number)[since - 1 :]
        )
        for rule in RULES
    }
