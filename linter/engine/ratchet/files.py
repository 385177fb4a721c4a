"""Judge files by their maintainability index against what the bases had."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from linter.engine.ratchet.matching import SPLIT_OFF, LimitsOf
from linter.engine.ratchet.renames import lines_of, pair_files
from linter.engine.ratchet.similarity import overlaps
from linter.model.comparison import BaseFile, BaseSide, JudgedFile, Source, Standing
from linter.model.metrics import SourceMetrics

IndexOf = Callable[[Source], float | None]


def judge_files(
    poor: Sequence[Source], changed: Sequence[Source], bases: Sequence[BaseSide], limits: LimitsOf, index: IndexOf
) -> tuple[JudgedFile, ...]:
    """The files below the limit (`poor`, among those of the change), each with the base's version that excuses most.

    `index` gives the maintainability index of a version; it is asked for few of them, because it takes another parse.
    """
    views = [_against(base, poor, changed, index) for base in bases] if poor else []
    judged = []
    for source in poor:
        value = index(source) or 0.0
        alone = JudgedFile(source.path, value, limits(source.path), Standing.LEGACY)
        found = [alone._replace(standing=_standing(view[source.path]), base=view[source.path]) for view in views]
        judged.append(min(found, key=_strictness, default=alone))
    return tuple(judged)


def _against(
    base: BaseSide, poor: Sequence[Source], changed: Sequence[Source], index: IndexOf
) -> Mapping[str, BaseFile | None]:
    """What each of the poor files was in one base."""
    pairs = pair_files(changed, base.sources)
    news = [source for source in poor if source.path not in pairs]
    origins = {**_split_from(news, _lessened(changed, base)), **pairs} if news else pairs
    found = {source.path: origins.get(source.path) for source in poor}
    return {path: old and BaseFile(base.revision, old.path, index(old)) for path, old in found.items()}


def _lessened(changed: Iterable[Source], base: BaseSide) -> list[Source]:
    """The files of a base that the change took away or made shorter."""
    lengths = {source.path: _length(source) for source in changed}
    return [old for path, old in sorted(base.sources.items()) if lengths.get(path, 0) < _length(old)]


def _length(source: Source) -> int:
    return source.metrics.lines if isinstance(source.metrics, SourceMetrics) else 0


def _split_from(news: Sequence[Source], lessened: Sequence[Source]) -> dict[str, Source]:
    """The files of the base that held at least half of the lines of a new one."""
    pairs = overlaps([lines_of(source) for source in news], [lines_of(source) for source in lessened])
    shares = sorted((pair for pair in pairs if pair.share >= SPLIT_OFF), key=lambda pair: pair.share)
    return {news[pair.new].path: lessened[pair.old] for pair in shares}


def _standing(base: BaseFile | None) -> Standing:
    if base is None:
        return Standing.NEW
    return Standing.LEGACY if base.maintainability is None else Standing.KNOWN


def _strictness(file: JudgedFile) -> tuple[bool, float]:
    return (file.standing is Standing.NEW, file.fall)
