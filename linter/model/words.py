"""Did-you-mean: the words that someone probably meant."""

from collections.abc import Iterable

MAX_LENGTH = 64
"""Longer words are no misspellings of anything; the comparison takes time quadratic in the length."""


def closest(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The candidates nearest to `word`, all those at the least distance, sorted; none if even they are too far.

    Distance is the number of letters inserted, removed, replaced or swapped with their neighbour (optimal string
    alignment), case and the kind of dash aside. A third of the word's letters may differ, one in words of up to three.
    """
    if len(word) > MAX_LENGTH:
        return ()
    wanted, limit = _folded(word), max(1, len(word) // 3)
    near: dict[int, set[str]] = {}
    for candidate in candidates:
        if abs(len(candidate) - len(word)) <= limit:
            near.setdefault(_distance(wanted, _folded(candidate)), set()).add(candidate)
    least = min(near, default=limit + 1)
    return tuple(sorted(near[least])) if least <= limit else ()


def _folded(word: str) -> str:
    return word.lower().replace("_", "-")


def _distance(one: str, other: str) -> int:
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
