"""Which function of a base each function of a change comes from."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.engine.renames import pair_files
from linter.engine.similarity import Bag, assign, dice, overlaps
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


class Matching(NamedTuple):
    """How a change answers to one base. `files` has the base's version of changed paths, renames followed; `origins`
    the function of the base that one of the change continues; `splits` the one that a new function was split from.
    """

    files: Mapping[str, Source]
    origins: Mapping[Place, Block]
    splits: Mapping[Place, Block]


def match(changed: Sequence[Source], base: Mapping[str, Source], limits: LimitsOf, shapes: ShapesOf) -> Matching:
    """Match by path and symbol; then, by their shapes, the functions above their limit that this leaves without an
    origin or above it. Functions within their limit keep to path and symbol: nothing depends on where they come from.
    """
    files = pair_files(changed, base)
    origins = _namesakes(changed, files)
    seekers = [block for block in blocks_of(changed) if _is_seeking(block, files, origins, limits)]
    donors = _donors(changed, base.values(), origins, limits) if seekers else []
    if not donors:
        return Matching(files, origins, {})
    shape_of = _asker(shapes)
    moves = _moves([donor for donor in donors if donor.is_free], seekers, origins, shape_of)
    origins = {**origins, **moves}
    return Matching(files, origins, _splits(seekers, donors, origins, shape_of))


class _Donor(NamedTuple):
    """A function of the base that the change removed or shrank. `is_free`: no namesake above its limit continues it."""

    block: Block
    namesake: Block | None
    is_free: bool


_ShapeOf = Callable[[Block], Shape]


def _namesakes(changed: Sequence[Source], files: Mapping[str, Source]) -> dict[Place, Block]:
    pairs = {}
    for source in changed:
        olds = {old.metrics.symbol: old for old in blocks_of([files[source.path]])} if source.path in files else {}
        for new in blocks_of([source]):
            if new.metrics.symbol in olds:
                pairs[new.place] = olds[new.metrics.symbol]
    return pairs


def _is_seeking(block: Block, files: Mapping[str, Source], origins: Mapping[Place, Block], limits: LimitsOf) -> bool:
    if not _is_above(block, limits):
        return False
    origin = origins.get(block.place)
    if origin:
        return block.metrics.complexity > origin.metrics.complexity
    old = files.get(block.source.path)
    return old is None or isinstance(old.metrics, SourceMetrics)


def _is_above(block: Block, limits: LimitsOf) -> bool:
    return block.metrics.complexity > limits(block.source.path).limits.cyclomatic_complexity


def _donors(
    changed: Sequence[Source], base: Iterable[Source], origins: Mapping[Place, Block], limits: LimitsOf
) -> list[_Donor]:
    namesakes = {origins[block.place].place: block for block in blocks_of(changed) if block.place in origins}
    donors = []
    for old in blocks_of(base):
        namesake = namesakes.get(old.place)
        if namesake is None or _has_shrunk(old.metrics, namesake.metrics):
            donors.append(_Donor(old, namesake, namesake is None or not _is_above(namesake, limits)))
    return donors


def _has_shrunk(old: FunctionMetrics, new: FunctionMetrics) -> bool:
    """What can be known without asking for shapes, which costs another parse of both files."""
    return new.complexity < old.complexity or new.lines < old.lines


def _asker(shapes: ShapesOf) -> _ShapeOf:
    """Ask for the shapes of each version of a file once."""
    known: dict[tuple[str, str], Mapping[str, Shape]] = {}

    def shape_of(block: Block) -> Shape:
        key = (block.source.path, block.source.blob)
        if key not in known:
            known[key] = shapes(block.source)
        return known[key].get(block.metrics.symbol, NO_SHAPE)

    return shape_of


def _moves(
    donors: Sequence[_Donor], seekers: Sequence[Block], origins: Mapping[Place, Block], shape_of: _ShapeOf
) -> dict[Place, Block]:
    """The functions that continue one that stood elsewhere: equal trees first, then the most similar statements."""
    news, olds = [shape_of(block) for block in seekers], [shape_of(donor.block) for donor in donors]
    ranked = []
    for pair in overlaps([_bag(shape) for shape in news], [_bag(shape) for shape in olds]):
        new, old = news[pair.new], olds[pair.old]
        similarity = dice(pair.shared, len(new.statements), len(old.statements))
        seeker, donor = seekers[pair.new], donors[pair.old].block
        if similarity >= SAME_FUNCTION and _is_more_lenient(donor, origins.get(seeker.place)):
            rank = (new.tree != old.tree, -similarity, *_distance(seeker, donor), seeker.place)
            ranked.append((rank, pair.new, pair.old))
    return {seekers[new].place: donors[old].block for new, old in assign(ranked).items()}


def _bag(shape: Shape) -> Bag[int]:
    return Counter(shape.statements)


def _is_more_lenient(donor: Block, origin: Block | None) -> bool:
    return origin is None or donor.metrics.complexity > origin.metrics.complexity


def _distance(new: Block, old: Block) -> tuple[bool, str, int]:
    return (new.source.path != old.source.path, old.source.path, old.metrics.line)


def _splits(
    seekers: Sequence[Block], donors: Sequence[_Donor], origins: Mapping[Place, Block], shape_of: _ShapeOf
) -> dict[Place, Block]:
    """The new functions of which at least half stood in one function that shrank."""
    news = [block for block in seekers if block.place not in origins]
    heirs = defaultdict(list)
    for seeker in seekers:
        if seeker.place in origins:
            heirs[origins[seeker.place].place].append(seeker)
    olds = [donor.block for donor in donors if _is_smaller(donor, heirs[donor.block.place], shape_of)]
    bags = [_bag(shape_of(block)) for block in news]
    ranked: dict[Place, list[tuple[float, tuple[bool, str, int], Block]]] = defaultdict(list)
    for pair in overlaps(bags, [_bag(shape_of(block)) for block in olds]):
        new, old = news[pair.new], olds[pair.old]
        share = pair.shared / bags[pair.new].total()
        if share >= SPLIT_OFF:
            ranked[new.place].append((-share, _distance(new, old), old))
    return {place: min(candidates)[-1] for place, candidates in ranked.items()}


def _is_smaller(donor: _Donor, movers: Sequence[Block], shape_of: _ShapeOf) -> bool:
    """Whether what continues the function, if anything does, is less than it was. The statements of a closure count to
    the function around it, its complexity does not: who splits a function into closures makes it less complex only.
    """
    heirs = [*movers, donor.namesake] if donor.namesake else movers
    size, complexity = len(shape_of(donor.block).statements), donor.block.metrics.complexity
    return not heirs or any(
        heir.metrics.complexity < complexity or len(shape_of(heir).statements) < size for heir in heirs
    )
