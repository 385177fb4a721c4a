"""How repositories, teams and rules stood after each scan, from what the store says about spans of scans."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from linter.model.overview import RuleStanding, Scan, Standing


class Point(NamedTuple):
    """How a repository stood from one scan on, until its next point. `complexity` is the mean of its functions, and
    `complex` how many are above sheet.COMPLEX; None where that is not known.
    """

    number: int
    day: str
    status: str
    open: int
    waived: int
    new: int
    fixed: int
    complexity: float | None
    complex: int | None


class Row(NamedTuple):
    """Counts after one scan."""

    day: str
    counts: tuple[int, ...]


class Trends(NamedTuple):
    """What `trends_of` makes: the points of each repository, and rows for everything and for each team: repositories,
    those with a review, those that passed, and open findings.
    """

    points: dict[str, tuple[Point, ...]]
    total: tuple[Row, ...]
    teams: dict[str, tuple[Row, ...]]


OF_TEAMS = ("Repositories", "With a review", "Passing", "Open findings")
OF_RULES = ("Repositories that break it",)


def trends_of(standings: Iterable[Standing], scans: Sequence[Scan]) -> Trends:
    """How it went in these scans, oldest first; the first of them has the number 1."""
    points: dict[str, list[Point]] = {}
    total = _Steps(len(scans), len(OF_TEAMS))
    teams: dict[str, _Steps] = {}
    for standing in standings:
        points.setdefault(standing.repository, []).append(_point(standing, scans))
        tally = standing.tally
        # Who has nothing to be judged by does not pass.
        counts = (1, tally.with_review, tally.passed * tally.with_review, tally.open)
        team = teams.setdefault(standing.team, _Steps(len(scans), len(OF_TEAMS)))
        for steps in (total, team):
            steps.add(standing.first, standing.last, counts)
    return Trends(
        {name: _changes(one) for name, one in points.items()},
        total.rows(scans),
        {name: one.rows(scans) for name, one in teams.items()},
    )


def rule_trends(
    standings: Iterable[RuleStanding], scans: Sequence[Scan], since: int, rules: Iterable[str]
) -> dict[str, tuple[Row, ...]]:
    """How many repositories broke each rule, from the scan of the number `since` on: what was before is not known."""
    steps = {rule: _Steps(len(scans), 1) for rule in rules}
    for standing in standings:
        if standing.rule in steps:
            steps[standing.rule].add(standing.first, standing.last, (standing.repositories,))
    return {name: one.rows(scans)[since - 1 :] for name, one in steps.items()}


class _Steps:
    """Counts that come with a scan and go after another: the work grows with what changes, not with scans."""

    def __init__(self, scans: int, width: int) -> None:
        self._steps = [[0] * (scans + 2) for _ in range(width)]

    def add(self, first: int, last: int, counts: Sequence[int]) -> None:
        for steps, count in zip(self._steps, counts, strict=True):
            steps[first] += count
            steps[last + 1] -= count

    def rows(self, scans: Sequence[Scan]) -> tuple[Row, ...]:
        columns = [list(accumulate(steps))[1:-1] for steps in self._steps]
        return tuple(Row(scan.day, counts) for scan, counts in zip(scans, zip(*columns, strict=True), strict=True))


def _point(standing: Standing, scans: Sequence[Scan]) -> Point:
    tally = standing.tally
    mean = standing.complexity / standing.functions if standing.complexity and standing.functions else None
    return Point(
        number=standing.first,
        day=scans[standing.first - 1].day,
        status=standing.status,
        open=tally.open,
        waived=tally.waived,
        new=tally.new,
        fixed=tally.fixed,
        complexity=mean and round(mean, 2),
        complex=standing.complex,
    )


def _changes(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points that say something else than the one before: a new commit need not change how it stands."""
    kept = [
        after for before, after in pairwise(points) if _stance(after) != _stance(before) or after.new or after.fixed
    ]
    return (*points[:1], *kept)


def _stance(point: Point) -> tuple[object, ...]:
    """How a repository stands, whenever that began and whatever it began with."""
    return point.status, point.open, point.waived, point.complexity, point.complex
