"""Judge a change function by function against what its bases had: only what is worse than in every base is new."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from linter.engine.ratchet.matching import (
    Block,
    LimitsOf,
    Matching,
    Place,
    ShapesOf,
    Yardstick,
    blocks_of,
    match_by_name,
    match_by_shape,
)
from linter.engine.ratchet.own_text import Texts
from linter.engine.ratchet.renames import pair_files
from linter.model.comparison import BaseFunction, BaseSide, JudgedFunction, Source, Standing, UnreadSource
from linter.model.metrics import COMPLEXITY, SIZES, SourceMetrics, Unanalysable


def judge(
    changed: Sequence[Source],
    bases: Sequence[BaseSide],
    limits: LimitsOf,
    shapes: ShapesOf,
    everything_of: Container[str] = (),
) -> tuple[JudgedFunction, ...]:
    """The functions of the files of the change that are above a limit, in their order, with what they were in the
    bases, judged by their complexity and by each of their sizes. `everything_of`: paths of which every function is
    judged by its complexity.

    `changed` are the files that differ from every base, or all files: one with the bytes of its base is known function
    by function. Without bases all functions are legacy; where everything is new (a first commit) there is one base
    without sources. `limits` answers for the path of a file. `shapes` gives the shapes of a file's functions by symbol;
    it is asked only where functions above their limit may have come from another place.
    """
    limits = cache(limits)
    yardsticks = [Yardstick(metric, limits) for metric in (COMPLEXITY, *SIZES)]
    settled = {(source.path, source.blob) for source in changed if _is_settled(source, bases, limits)}
    changed = [source for source in changed if (source.path, source.blob) not in settled]
    blocks = list(blocks_of(changed))
    texts = Texts()
    sides = [_Side(base, match_by_name(changed, base.sources), texts) for base in map(_less(settled), bases)]
    told = frozenset(block.place for block in blocks if block.source.path in everything_of)
    return tuple(function for yardstick in yardsticks for function in _judged(blocks, told, sides, yardstick, shapes))


def unread(
    changed: Sequence[Source], bases: Sequence[BaseSide], required_python: str | None = None
) -> tuple[UnreadSource, ...]:
    """The files of the change without figures. `required_python` is the version that the project asks for, where it is
    newer than the running one: then one value stands for all files whose text could be read and not parsed.
    """
    broken = [source for source in changed if isinstance(source.metrics, Unanalysable)]
    files = [pair_files(changed, base.sources) for base in bases] if broken else []
    if required_python is None:
        return tuple(_unread(broken, files))
    unparsed = _unread((source for source in broken if source.text), files)
    undecoded = _unread((source for source in broken if not source.text), files)
    return (*_told_once(list(unparsed), required_python), *undecoded)


def _is_settled(source: Source, bases: Sequence[BaseSide], limits: LimitsOf) -> bool:
    """Whether every base has the file just so, and nothing in it is above a limit. On both sides its functions answer
    to each other, and to nothing else; most files of a whole run are like this.
    """
    olds = [base.sources.get(source.path) for base in bases]
    if isinstance(source.metrics, Unanalysable) or any(old is None or old.blob != source.blob for old in olds):
        return False
    return not any(map(limits(source.path).is_exceeded_by, source.functions))


def _less(settled: set[tuple[str, str]]) -> Callable[[BaseSide], BaseSide]:
    def less(base: BaseSide) -> BaseSide:
        kept = {path: source for path, source in base.sources.items() if (path, source.blob) not in settled}
        return base._replace(sources=kept)

    return less


class _Side(NamedTuple):
    """A base, how the change answers to it by names, and the texts of both."""

    base: BaseSide
    named: Matching
    texts: Texts


def _judged(
    blocks: Sequence[Block], told: Container[Place], sides: Sequence[_Side], yardstick: Yardstick, shapes: ShapesOf
) -> list[JudgedFunction]:
    """The functions by one of their figures: those above the limit, by complexity also all that are to be told."""
    is_first = yardstick.metric == COMPLEXITY
    wanted = [block for block in blocks if yardstick.is_above(block) or (is_first and block.place in told)]
    if not sides:
        return [_unjudged(block, yardstick)._replace(is_touched=False) for block in wanted]
    views = [_against(side, blocks, wanted, yardstick, shapes) for side in sides if wanted]
    return [_most_lenient(same) for same in zip(*views, strict=True)]


def _against(
    side: _Side, blocks: Sequence[Block], wanted: Sequence[Block], yardstick: Yardstick, shapes: ShapesOf
) -> list[JudgedFunction]:
    """The wanted ones of the functions of the change (`blocks`) as this base alone shows them, in their order."""
    base, named, texts = side
    matching = match_by_shape(named, blocks, base.sources, yardstick, shapes)
    forgiven = _forgiven(blocks, matching, yardstick)
    view = []
    for block in wanted:
        origin, split = matching.origins.get(block.place), matching.splits.get(block.place)
        old = matching.files.get(block.source.path)
        is_unreadable = old is not None and isinstance(old.metrics, Unanalysable)
        view.append(
            _unjudged(block, yardstick)._replace(
                standing=Standing.KNOWN if origin else Standing.LEGACY if is_unreadable else Standing.NEW,
                base=_base_function(base, origin),
                split_from=_base_function(base, split),
                is_touched=texts.differ(block, origin),
                is_forgiven=block.place in forgiven,
            )
        )
    return view


def _unjudged(block: Block, yardstick: Yardstick) -> JudgedFunction:
    path = block.source.path
    return JudgedFunction(path, block.metrics, yardstick.limits(path), Standing.LEGACY, metric=yardstick.metric)


def _base_function(base: BaseSide, block: Block | None) -> BaseFunction | None:
    return BaseFunction(base.revision, block.source.path, block.metrics) if block else None


def _most_lenient(views: Sequence[JudgedFunction]) -> JudgedFunction:
    """One function as the base shows it that excuses most. It is touched if its text is that of no base."""
    best = min(views, key=_strictness)
    return best._replace(is_touched=all(view.is_touched for view in views))


def _strictness(function: JudgedFunction) -> tuple[int, int]:
    if function.is_forgiven or (function.standing is Standing.KNOWN and function.rise <= 0):
        return (0, function.rise)
    return ([Standing.LEGACY, Standing.KNOWN, Standing.NEW].index(function.standing) + 1, function.rise)


def _forgiven(blocks: Sequence[Block], matching: Matching, yardstick: Yardstick) -> set[Place]:
    """The functions of those families whose total excess did not rise: what continues a function of the base, and what
    was split from it.
    """
    heads = {head.place: head for head in matching.splits.values()}
    families: dict[Place, list[Block]] = defaultdict(list)
    for block in blocks:
        origin = matching.origins.get(block.place) or matching.splits.get(block.place)
        if origin and origin.place in heads:
            families[origin.place].append(block)
    forgiven = [family for place, family in families.items() if not _has_risen(heads[place], family, yardstick)]
    return {block.place for family in forgiven for block in family}


def _has_risen(head: Block, family: Sequence[Block], yardstick: Yardstick) -> bool:
    """Whether the total excess of a family is more than that of the function that it was. This is measured by the
    strictest limit that the family has now: what moves to a place with another limit does not get worse by that.
    """
    before = max(0, yardstick.value(head) - min(map(yardstick.limit, family)))
    return sum(max(0, yardstick.value(block) - yardstick.limit(block)) for block in family) > before


def _unread(sources: Iterable[Source], files: Sequence[Mapping[str, Source]]) -> Iterator[UnreadSource]:
    for source in sources:
        if isinstance(source.metrics, Unanalysable):
            olds = [pairs[source.path] for pairs in files if source.path in pairs]
            had_figures = any(isinstance(old.metrics, SourceMetrics) for old in olds)
            yield UnreadSource(source.path, source.metrics, bool(files), bool(olds), had_figures)


def _told_once(found: Sequence[UnreadSource], required_python: str) -> Iterator[UnreadSource]:
    if found:
        others = tuple(other.path for other in found[1:])
        yield found[0]._replace(required_python=required_python, others=others)
