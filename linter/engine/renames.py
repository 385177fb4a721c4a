"""Which file of a base each changed file continues."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from linter.engine.similarity import Bag, assign, dice, overlaps
from linter.model.comparison import Source

SAME_FILE = 0.5
"""Share of lines from which on an added file continues a deleted one."""


def pair_files(changed: Sequence[Source], base: Mapping[str, Source]) -> dict[str, Source]:
    """The base's version of every changed path that has one: of the same path, else of a deleted file with the same
    bytes, with a name that differs by case only, or with the most similar lines.
    """
    present = {source.path for source in changed}
    pairs = {path: base[path] for path in present & base.keys()}
    for find in (_same_bytes, _same_but_case, _similar_lines):
        taken = {old.path for old in pairs.values()} | present
        added = [source for source in changed if source.path not in pairs]
        deleted = [base[path] for path in sorted(base) if path not in taken]
        if added and deleted:
            pairs.update((new.path, old) for new, old in find(added, deleted))
    return pairs


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
    news, olds = [_lines(source) for source in added], [_lines(source) for source in deleted]
    ranked = []
    for pair in overlaps(news, olds):
        similarity = dice(pair.shared, news[pair.new].total(), olds[pair.old].total())
        if similarity >= SAME_FILE:
            ranked.append(((-similarity,), pair.new, pair.old))
    for new, old in assign(ranked).items():
        yield added[new], deleted[old]


def _lines(source: Source) -> Bag[str]:
    return Counter(line for line in map(str.strip, source.text.split("\n")) if line)
