"""The code side of a run: which sources are judged, and how their functions stand to those of the bases."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.engine.library import Library
from linter.engine.ratchet import judge, unread
from linter.engine.scope import Scope
from linter.engine.sources import ending, is_other_language
from linter.model.comparison import BaseSide, JudgedFunction, Source, UnreadSource
from linter.model.metrics import Unanalysable
from linter.model.snapshot import Change, Snapshot, is_whole


class Analysis(NamedTuple):
    """The sources of a run, sorted by path, what the rules judge of them, and how many files of which endings were
    left out.
    """

    sources: tuple[Source, ...] = ()
    functions: tuple[JudgedFunction, ...] = ()
    unread: tuple[UnreadSource, ...] = ()
    not_analysed: tuple[tuple[str, int], ...] = ()


def analyse(
    snapshot: Snapshot, changes: Sequence[Change], library: Library, scope: Scope, required_python: str | None
) -> Analysis:
    """Measure every Python source among the changes and judge its functions against the bases.

    `required_python` is the version that the project asks for, where it is newer than the running one.

    The bases are read only when some function is above its limit, or some file has no figures: else nothing can be
    worse than before.
    """
    sources = tuple(_sources(snapshot, changes, library, scope))
    others = Counter(ending(change.path) for change in changes if change.entry and is_other_language(change.entry))
    not_analysed = tuple(sorted(others.items()))
    if not any(_needs_bases(source, scope) for source in sources):
        return Analysis(sources, not_analysed=not_analysed)
    sides = [_side(base, index, changes, library) for index, base in enumerate(snapshot.bases)]
    functions = judge(sources, sides, scope.limits, library.shapes, is_whole(snapshot))
    return Analysis(sources, functions, unread(sources, sides, required_python), not_analysed)


def _sources(snapshot: Snapshot, changes: Sequence[Change], library: Library, scope: Scope) -> Iterator[Source]:
    for change in changes:
        source = library.source(snapshot, change.entry) if change.entry else None
        if source and not scope.is_generated(source):
            yield source


def _needs_bases(source: Source, scope: Scope) -> bool:
    if isinstance(source.metrics, Unanalysable):
        return True
    limit = scope.limits(source.path).limits.cyclomatic_complexity
    return any(function.complexity > limit for function in source.metrics.functions)


def _side(base: Snapshot, index: int, changes: Sequence[Change], library: Library) -> BaseSide:
    """What the base with that index holds of the changed paths."""
    entries = [change.old[index] for change in changes]
    sources = [library.source(base, entry) for entry in entries if entry]
    return BaseSide(base.revision or "", {source.path: source for source in sources if source})
