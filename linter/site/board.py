"""What the overview and the teams say about many products: who meets which guideline, what changed, what is due."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from linter.model.day import days_between, is_day
from linter.model.sheet import COMPLEX, Complex, Exemption
from linter.output.printable import printable
from linter.site.entry import ERROR, EXCUSED, GUIDELINES, MET, PASSED, SKIPPED, Count, Entry
from linter.site.past import Point

NONE = "none"
"""What the page of products calls a team or a tier that is not there."""

NOT_MET = "not met"
"""What it calls every state but MET and EXCUSED."""

SOON = 30
"""Days before its end in which a waiver is due."""

LEVELS = 5
"""Shades of the heat map."""

NO_TIER = 9
"""Behind all tiers."""


class Cell(NamedTuple):
    """How many of the products that a guideline applies to meet it. `level` is from 0 to LEVELS, `query` selects the
    others on the page of products.
    """

    met: int
    of: int
    level: int
    query: str


class HeatRow(NamedTuple):
    """A team or a tier: how many products, how many of them have a review and pass, and a cell for each guideline."""

    key: str
    name: str
    products: int
    reviewed: int
    passing: int
    open: int
    cells: tuple[Cell, ...]


class Move(NamedTuple):
    """What changed in a repository with the last scan; `entry` is its first product, `name` what the repository is
    called: like its product, if it has only one. `was` and `now` are how the repository stood and stands.
    """

    entry: Entry
    name: str
    new: int
    fixed: int
    was: str
    now: str


class Due(NamedTuple):
    """A waiver, and the days until it ends."""

    entry: Entry
    exemption: Exemption
    days: int


class Grown(NamedTuple):
    """A complex function that has become more complex; `before` is what it was some scans ago."""

    entry: Entry
    function: Complex
    before: int


class Task(NamedTuple):
    """What is to be done about a product, by rule; what is below the fail level can wait."""

    entry: Entry
    findings: Count

    @property
    def can_wait(self) -> bool:
        return not self.findings.open


def judged(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.state not in (ERROR, SKIPPED)]


def heat(
    entries: Sequence[Entry], key: Callable[[Entry], str], field: str, name: Callable[[str], str]
) -> list[HeatRow]:
    """A row for each value of `key`, which the page of products calls `field`; the most products first."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    rows = [heat_row(group, value, field, name(value)) for value, group in groups.items()]
    return sorted(rows, key=lambda row: (-row.products, row.key))


def heat_row(entries: Sequence[Entry], value: str, field: str, name: str) -> HeatRow:
    return HeatRow(
        key=value,
        name=name,
        products=len(entries),
        reviewed=sum(entry.has_review for entry in entries),
        passing=sum(entry.state == PASSED for entry in entries),
        open=sum(entry.open for entry in entries),
        cells=tuple(_cell(entries, number, {field: value} if field else {}) for number in range(len(GUIDELINES))),
    )


def moves(entries: Iterable[Entry], points: Mapping[str, Sequence[Point]], last: int) -> tuple[list[Move], list[Move]]:
    """The repositories that got better with the scan of the number `last`, and those that got worse; the most first."""
    repositories: dict[str, list[Entry]] = {}
    for entry in entries:
        repositories.setdefault(entry.repository, []).append(entry)
    found = [
        _move(mine, points[name])
        for name, mine in repositories.items()
        if len(points.get(name, ())) > 1 and points[name][-1].number == last
    ]
    better = sorted((one for one in found if one.fixed > one.new), key=lambda one: (one.new - one.fixed, one.name))
    worse = sorted((one for one in found if one.new > one.fixed), key=lambda one: (one.fixed - one.new, one.name))
    return better, worse


def _move(entries: Sequence[Entry], points: Sequence[Point]) -> Move:
    first = min(entries, key=lambda entry: entry.path)
    name = first.name if len(entries) == 1 else first.repository
    before, now = points[-2:]
    return Move(first, name, now.new, now.fixed, before.status, now.status)


def due(entries: Iterable[Entry], today: str) -> list[Due]:
    """The waivers and debts that end within SOON days from today, the next ones first."""
    found = [
        Due(entry, exemption, days_between(today, exemption.expires))
        for entry in entries
        for exemption in entry.exemptions
        if is_day(exemption.expires) and 0 <= days_between(today, exemption.expires) <= SOON
    ]
    return sorted(found, key=lambda one: (one.days, one.entry.name, one.exemption))


def growing(entries: Iterable[Entry], before: Mapping[tuple[str, str, str], int]) -> list[Grown]:
    """The complex functions that have grown since: `before` has complexities by repository, path and symbol. The ones
    that grew most first.
    """
    found = []
    for entry in entries:
        for function in entry.shape.worst:
            was = before.get((entry.repository, function.path, function.symbol))
            if was is not None and was < function.complexity and function.complexity > COMPLEX:
                found.append(Grown(entry, function, was))
    return sorted(found, key=lambda one: (one.before - one.function.complexity, one.entry.name, one.function))


def tasks(entries: Iterable[Entry]) -> list[Task]:
    """What to do next: what is open before what can wait, the gravest first, then by tier, then the most."""
    found = [Task(entry, count) for entry in entries for count in entry.counts if count.open or count.told]
    return sorted(found, key=_weight)


def _weight(task: Task) -> tuple[bool, int, int, int, str, str]:
    tier = NO_TIER if task.entry.tier is None else task.entry.tier
    return (
        task.can_wait,
        -task.findings.weight,
        tier,
        -(task.findings.open or task.findings.told),
        task.entry.name,
        task.findings.rule,
    )


def _cell(entries: Sequence[Entry], number: int, selection: Mapping[str, str]) -> Cell:
    states = [entry.states[number] for entry in judged(entries)]
    applies = [state for state in states if state != EXCUSED]
    met = applies.count(MET)
    level = LEVELS * met // len(applies) if applies else 0
    # Whoever clicks wants to see what is wrong; where nothing is, what is right.
    state = MET if met == len(applies) else NOT_MET
    chosen = {field: printable(value) or NONE for field, value in selection.items()}
    query = {**chosen, "guideline": GUIDELINES[number], "is": state}
    return Cell(met, len(applies), level, urlencode(query))
