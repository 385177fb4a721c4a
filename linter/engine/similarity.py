"""How much two multisets share, and which of many belong together; linear in what they hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

Element = TypeVar("Element", str, int)
Bag = Counter[Element]
Rank = TypeVar("Rank", bound=tuple[object, ...])

COMMON = 50
"""What so many old bags hold says nothing about which of them a new one comes from."""

NEAREST = 10
"""So many old bags, those with the most uncommon elements in common, are compared with each new one."""


class Overlap(NamedTuple):
    """The number of elements that a new and an old bag (indices into their sequences) share, duplicates counted."""

    new: int
    old: int
    shared: int


def overlaps(news: Sequence[Bag[Element]], olds: Sequence[Bag[Element]]) -> Iterator[Overlap]:
    """The pairs worth a look: up to NEAREST old bags for every new one."""
    holders = _holders(olds)
    for index, new in enumerate(news):
        for old in _nearest(new, olds, holders):
            yield Overlap(index, old, _shared(new, olds[old]))


def dice(shared: int, new: int, old: int) -> float:
    """Sørensen and Dice's coefficient of two multisets of `new` and `old` elements: 0 nothing shared, 1 equal."""
    return 2 * shared / (new + old) if new + old else 0.0


def assign(ranked: Iterable[tuple[Rank, int, int]]) -> dict[int, int]:
    """New to old, each used once, the pairs of the lowest rank first."""
    taken: dict[int, int] = {}
    used = set()
    for _, new, old in sorted(ranked):
        if new not in taken and old not in used:
            taken[new] = old
            used.add(old)
    return taken


def _holders(olds: Sequence[Bag[Element]]) -> Mapping[Element, list[int]]:
    holders: dict[Element, list[int]] = defaultdict(list)
    for index, old in enumerate(olds):
        for element in old:
            holders[element].append(index)
    return {element: indices for element, indices in holders.items() if len(indices) <= COMMON}


def _nearest(new: Bag[Element], olds: Sequence[Bag[Element]], holders: Mapping[Element, list[int]]) -> list[int]:
    votes: Counter[int] = Counter()
    for element, count in new.items():
        for old in holders.get(element, ()):
            votes[old] += min(count, olds[old][element])
    return sorted(votes, key=lambda old: (-votes[old], old))[:NEAREST]


def _shared(new: Bag[Element], old: Bag[Element]) -> int:
    small, large = sorted((new, old), key=len)
    return sum(min(count, large[element]) for element, count in small.items())
