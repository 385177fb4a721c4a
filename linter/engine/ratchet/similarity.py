"""How much two multisets share, and which of many belong together; linear in what they hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

Element = TypeVar("Element", str, int)
Bag = Counter[Element]

COMMON = 50
"""What so many old bags hold says nothing about which of them a new one comes from."""

NEAREST = 10
"""So many old bags, those with the most uncommon elements in common, are compared with each new one."""


class Overlap(NamedTuple):
    """What a new and an old bag (indices into their sequences) have in common: so many elements, duplicates counted."""

    new: int
    old: int
    shared: int
    new_size: int
    old_size: int

    @property
    def similarity(self) -> float:
        """Sørensen and Dice's coefficient: 0 nothing in common, 1 equal."""
        return 2 * self.shared / (self.new_size + self.old_size)

    @property
    def share(self) -> float:
        """Which part of the new bag the old one holds, from 0 to 1."""
        return self.shared / self.new_size


def overlaps(news: Sequence[Bag[Element]], olds: Sequence[Bag[Element]]) -> Iterator[Overlap]:
    """The pairs worth a look: up to NEAREST old bags for every new one, each with something in common."""
    holders = _holders(olds)
    for index, new in enumerate(news):
        for near in _nearest(new, olds, holders):
            old = olds[near]
            yield Overlap(index, near, _shared(new, old), new.total(), old.total())


def assign(pairs: Iterable[Overlap]) -> dict[int, int]:
    """New to old, each used once; the pairs come in the order of preference."""
    taken: dict[int, int] = {}
    used = set()
    for pair in pairs:
        if pair.new not in taken and pair.old not in used:
            taken[pair.new] = pair.old
            used.add(pair.old)
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
