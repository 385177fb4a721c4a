"""Everything that is known when the pages about many products are written."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from linter.model.overview import Scan
from linter.site.address import Addresses
from linter.site.board import Due, Grown, Move, due, growing, moves
from linter.site.entry import Entry
from linter.site.past import Row, Trends

BACK = 10
"""Scans over which functions are watched, and in which findings are news."""


class Past(NamedTuple):
    """What was before: the scans of the series, the newest last; how repositories and teams stood after each; how many
    repositories broke each rule; and complexities of functions some scans ago, by repository, path and symbol.
    """

    scans: Sequence[Scan]
    trends: Trends
    rules: Mapping[str, Sequence[Row]]
    complexities: Mapping[tuple[str, str, str], int]


class Material:
    """The entries in the order of their names, what was before, and where their pages are."""

    def __init__(self, entries: Iterable[Entry], past: Past, addresses: Addresses) -> None:
        self.entries = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.repository, entry.path))
        self.past = past
        self.addresses = addresses

    @property
    def scan(self) -> Scan:
        return self.past.scans[-1]

    @property
    def previous(self) -> Scan | None:
        return self.past.scans[-2] if len(self.past.scans) > 1 else None

    @property
    def watched_since(self) -> str:
        """The day of the scan with which functions are compared."""
        return self.past.scans[max(0, len(self.past.scans) - 1 - BACK)].day

    @cached_property
    def teams(self) -> dict[str, list[Entry]]:
        """The entries of each team, those of nobody last."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.team, []).append(entry)
        return {name: found[name] for name in sorted(found, key=lambda name: (not name, name.casefold(), name))}

    @cached_property
    def due(self) -> list[Due]:
        return due(self.entries, self.scan.day)

    @cached_property
    def stale(self) -> list[Entry]:
        """The products with sign-offs that do not hold any more."""
        return [entry for entry in self.entries if entry.stale]

    @cached_property
    def growing(self) -> list[Grown]:
        return growing(self.entries, self.past.complexities)

    @cached_property
    def moves(self) -> tuple[list[Move], list[Move]]:
        """What got better with the last scan, and what got worse."""
        return moves(self.entries, self.past.trends.points, len(self.past.scans))

    def page_of(self, entry: Entry) -> str:
        return f"{self.addresses.product(entry.repository, entry.path)}/index.html"

    def page_of_team(self, name: str) -> str:
        return f"{self.addresses.team(name)}/index.html"
