"""Which function of a base each function of a change comes from."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from linter.engine.ratchet.renames import pair_files
from linter.engine.ratchet.similarity import Bag, Overlap, assign, overlaps
from linter.model.comparison import PathLimits, Source
from linter.model.metrics import FunctionMetrics, Shape, SourceMetrics

SAME_FUNCTION = 0.6
"""Share of statements from which on a function continues one that stood elsewhere."""

SPLIT_OFF = 0.5
"""Share of a new function's statements that stood in another one, from which on it was split from that."""

LimitsOf = Callable[[str], PathLimits]
ShapesOf = Callable[[Source], Mapping[str, Shape]]
Place = tuple[str, str]

NO_SHAPE = Shape("", ())


class Block(NamedTuple):
    """One function in one version of its file."""

    source: Source
    metrics: FunctionMetrics

    @property
    def place(self) -> Place:
        """Path and symbol, which identify the function within one side."""
        return (self.source.path, self.metrics.symbol)


def blocks_of(sources: Iterable[Source]) -> Iterator[Block]:
    """The functions of those sources that could be analysed, in their order."""
    for source in sources:
        if isinstance(source.metrics, SourceMetrics):
            for metrics in source.metrics.functions:
                yield Block(source, metrics)


class Yardstick(NamedTuple):
    """By which of their figures functions are compared: that which the limit `metric` is about."""

    metric: str
    limits: LimitsOf

    def value(self, block: Block) -> int:
        return block.metrics.figure(self.metric)

    def limit(self, block: Block) -> int:
        return self.limits(block.source.path).limit(self.metric)

    def is_above(self, block: Block) -> bool:
        return self.value(block) > self.limit(block)

    def is_less(self, new: Block, old: Block) -> bool:
        return self.value(new) < self.value(old)


class Matching(NamedTuple):
    """How a change answers to one base. `files` has the base's version of changed paths, renames followed; `origins`
    the function of the base that one of the change continues; `splits` the one that a new function was split from.
    """

    files: Mapping[str, Source]
    origins: Mapping[Place, Block]
    splits: Mapping[Place, Block]


def match_by_name(changed: Sequence[Source], base: Mapping[str, Source]) -> Matching:
    """Match by path, renames followed, and symbol."""
    files = pair_files(changed, base)
    return Matching(files, _namesakes(blocks_of(changed), files), {})


def match_by_shape(
    named: Matching, blocks: Sequence[Block], base: Mapping[str, Source], yardstick: Yardstick, shapes: ShapesOf
) -> Matching:
    """Match, by their shapes, also those of the functions above their limit that were left without an origin or with
    one that is less. Functions within their limit keep to path and symbol: nothing depends on their origin.
    """
    seekers = [block for block in blocks if yardstick.is_above(block) and _is_seeking(block, named, yardstick)]
    heirs = _heirs(blocks, named) if seekers else {}
    donors = _donors(base.values(), heirs, yardstick) if seekers else []
    if not donors:
        return named
    look = _Look(shapes)
    free = [old for old in donors if not _is_still_above(old, heirs, yardstick)]
    moved = named._replace(origins={**named.origins, **_moves(seekers, free, named, look, yardstick)})
    lessened = _lessened(donors, _heirs(blocks, moved), look, yardstick)
    return moved._replace(splits=_splits(_without_origin(seekers, moved), lessened, look))


Heirs = Mapping[Place, Sequence[Block]]
"""The functions of the change that continue one of the base, by the place of that."""


class _Look:
    """The shapes of functions; those of each version of a file are asked for once."""

    def __init__(self, shapes: ShapesOf) -> None:
        self._shapes = shapes
        self._known: dict[tuple[str, str], Mapping[str, Shape]] = {}

    def of(self, block: Block) -> Shape:
        key = (block.source.path, block.source.blob)
        if key not in self._known:
            self._known[key] = self._shapes(block.source)
        return self._known[key].get(block.metrics.symbol, NO_SHAPE)

    def bags(self, blocks: Iterable[Block]) -> list[Bag[int]]:
        return [Counter(self.of(block).statements) for block in blocks]


def _namesakes(blocks: Iterable[Block], files: Mapping[str, Source]) -> dict[Place, Block]:
    olds = {old.place: old for old in blocks_of(files.values())}
    pairs = {}
    for block in blocks:
        path, symbol = block.place
        origin = olds.get((files[path].path, symbol)) if path in files else None
        if origin:
            pairs[block.place] = origin
    return pairs


def _heirs(blocks: Iterable[Block], matching: Matching) -> Heirs:
    heirs = defaultdict(list)
    for block in blocks:
        if block.place in matching.origins:
            heirs[matching.origins[block.place].place].append(block)
    return heirs


def _is_still_above(old: Block, heirs: Heirs, yardstick: Yardstick) -> bool:
    """Whether what goes by its name is judged by what it was, so that nothing else can be."""
    return any(yardstick.is_above(heir) for heir in heirs.get(old.place, ()))


def _is_seeking(block: Block, named: Matching, yardstick: Yardstick) -> bool:
    """Whether a function has risen, or has no origin although the base version of its file, if any, could be read."""
    origin = named.origins.get(block.place)
    if origin:
        return yardstick.is_less(origin, block)
    old = named.files.get(block.source.path)
    return old is None or isinstance(old.metrics, SourceMetrics)


def _without_origin(seekers: Iterable[Block], matching: Matching) -> list[Block]:
    return [block for block in seekers if block.place not in matching.origins]


def _donors(base: Iterable[Source], heirs: Heirs, yardstick: Yardstick) -> list[Block]:
    """The functions that the change removed or shrank, as far as that shows without asking for shapes, which would cost
    another parse.
    """

    def is_less(heir: Block, old: Block) -> bool:
        return yardstick.is_less(heir, old) or heir.metrics.lines < old.metrics.lines

    return [old for old in blocks_of(base) if _has_given(old, heirs, is_less)]


def _lessened(donors: Sequence[Block], heirs: Heirs, look: _Look, yardstick: Yardstick) -> list[Block]:
    """The functions that nothing continues, or something that is less than it was. The statements of a closure count to
    the function around it, its complexity does not: a function that is split into closures gets less complex only.
    """

    def is_less(heir: Block, old: Block) -> bool:
        return yardstick.is_less(heir, old) or len(look.of(heir).statements) < len(look.of(old).statements)

    return [old for old in donors if _has_given(old, heirs, is_less)]


def _has_given(old: Block, heirs: Heirs, is_less: Callable[[Block, Block], bool]) -> bool:
    found = heirs.get(old.place, ())
    return not found or any(is_less(heir, old) for heir in found)


def _moves(
    seekers: Sequence[Block], free: Sequence[Block], named: Matching, look: _Look, yardstick: Yardstick
) -> dict[Place, Block]:
    """The functions that continue one that stood elsewhere: equal trees first, then the most similar statements."""

    def rank(pair: Overlap) -> tuple[Any, ...]:
        new, old = seekers[pair.new], free[pair.old]
        return (look.of(new).tree != look.of(old).tree, -pair.similarity, *_distance(new, old), new.place)

    def is_better(pair: Overlap) -> bool:
        origin = named.origins.get(seekers[pair.new].place)
        return origin is None or yardstick.is_less(origin, free[pair.old])

    pairs = overlaps(look.bags(seekers), look.bags(free))
    similar = [pair for pair in pairs if pair.similarity >= SAME_FUNCTION and is_better(pair)]
    return {seekers[new].place: free[old] for new, old in assign(sorted(similar, key=rank)).items()}


def _splits(news: Sequence[Block], lessened: Sequence[Block], look: _Look) -> dict[Place, Block]:
    """The new functions of which at least half stood in one function that is less than it was."""
    pairs = [pair for pair in overlaps(look.bags(news), look.bags(lessened)) if pair.share >= SPLIT_OFF]
    splits: dict[Place, Block] = {}
    for pair in sorted(pairs, key=lambda pair: (-pair.share, *_distance(news[pair.new], lessened[pair.old]))):
        splits.setdefault(news[pair.new].place, lessened[pair.old])
    return splits


def _distance(new: Block, old: Block) -> tuple[bool, str, int]:
    return (new.source.path != old.source.path, old.source.path, old.metrics.line)
