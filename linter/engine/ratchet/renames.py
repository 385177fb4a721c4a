"""Which file of a base each changed file continues."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from linter.engine.ratchet.similarity import Bag, assign, overlaps
from linter.model.comparison import Source

SAME_FILE = 0.5
"""Share of lines from which on an added file continues a deleted one."""


def pair_files(changed: Sequence[Source], base: Mapping[str, Source]) -> dict[str, Source]:
    """The base's version of every changed path that has one: of the same path, else of a deleted file with the same
    bytes, with a name that differs by case only, or with the most similar lines.
    """
    pairs = {source.path: base[source.path] for source in changed if source.path in base}
    present = {source.path for source in changed}
    for find in (_same_bytes, _same_but_case, _similar_lines):
        added = [source for source in changed if source.path not in pairs]
        deleted = _others(base, present.union(old.path for old in pairs.values()))
        for new, old in find(added, deleted) if deleted else ():
            pairs[new.path] = old
    return pairs


def lines_of(source: Source) -> Bag[str]:
    """The lines of a file without indentation and blank ones."""
    return Counter(line for line in map(str.strip, source.text.split("\n")) if line)


def _others(base: Mapping[str, Source], paths: Set[str]) -> list[Source]:
    return [base[path] for path in sorted(base) if path not in paths]


def _same_bytes(added: Sequence[Source], deleted: Sequence[Source]) -> Iterator[tuple[Source, Source]]:
    return _equal(added, deleted, lambda source: source.blob)


def _same_but_case(added: Sequence[Source], deleted: Sequence[Source]) -> Iterator[tuple[Source, Source]]:
    return _equal(added, deleted, lambda source: source.path.casefold())


def _equal(
    added: Sequence[Source], deleted: Sequence[Source], key: Callable[[Source], str]
) -> Iterator[tuple[Source, Source]]:
    groups: dict[str, list[Source]] = defaultdict(list)
    for old in reversed(deleted):
        groups[key(old)].append(old)
    for new in added:
        if groups[key(new)]:
            yield new, groups[key(new)].pop()


def _similar_lines(added: Sequence[Source], deleted: Sequence[Source]) -> Iterator[tuple[Source, Source]]:
    news, olds = [lines_of(source) for source in added], [lines_of(source) for source in deleted]
    pairs = [pair for pair in overlaps(news, olds) if pair.similarity >= SAME_FILE]
    pairs.sort(key=lambda pair: -pair.similarity)
    for new, old in assign(pairs).items():
        yield added[new], deleted[old]
