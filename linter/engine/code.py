"""The code side of a run: which sources are judged, and how their functions stand to those of the bases."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.adapters.inline_ignore import find_ignores
from linter.engine.library import Library
from linter.engine.ratchet.judge import judge, unread
from linter.engine.scope import Scope
from linter.engine.sources import ending, is_other_language
from linter.model.comparison import BaseSide, JudgedFunction, Source, UnreadSource
from linter.model.metrics import COMPLEXITY, SIZES, Unanalysable
from linter.model.snapshot import Change, Snapshot, is_whole
from linter.model.suppression import InlineIgnore


class Analysis(NamedTuple):
    """The sources of a run, sorted by path, what the rules judge of them, the inline ignores by path, and how many
    files of which endings were left out.
    """

    sources: tuple[Source, ...] = ()
    functions: tuple[JudgedFunction, ...] = ()
    unread: tuple[UnreadSource, ...] = ()
    ignores: Mapping[str, tuple[InlineIgnore, ...]] = {}
    not_analysed: tuple[tuple[str, int], ...] = ()


def analyse(
    snapshot: Snapshot, changes: Sequence[Change], library: Library, scope: Scope, required_python: str | None
) -> Analysis:
    """Measure every Python source among the changes and judge its functions against the bases.

    `required_python` is the version that the project asks for, where it is newer than the running one.

    The bases are read only when something is above one of its limits, some file has no figures, or some inline ignore
    has an end: else it does not matter what was before.
    """
    sources = tuple(_sources(snapshot, changes, library, scope))
    others = Counter(ending(change.path) for change in changes if change.entry and is_other_language(change.entry))
    not_analysed = tuple(sorted(others.items()))
    ignores = {source.path: find_ignores(source.text) for source in sources}
    if not any(_needs_bases(source, ignores[source.path], scope) for source in sources):
        return Analysis(sources, ignores=ignores, not_analysed=not_analysed)
    sides = [_side(base, index, changes, library) for index, base in enumerate(snapshot.bases)]
    functions = judge(sources, sides, scope.limits, library.shapes, is_whole(snapshot))
    return Analysis(sources, functions, unread(sources, sides, required_python), ignores, not_analysed)


def _sources(snapshot: Snapshot, changes: Sequence[Change], library: Library, scope: Scope) -> Iterator[Source]:
    for change in changes:
        source = library.source(snapshot, change.entry) if change.entry else None
        if source and not scope.is_generated(source):
            yield source


def _needs_bases(source: Source, ignores: Iterable[InlineIgnore], scope: Scope) -> bool:
    if isinstance(source.metrics, Unanalysable) or any(ignore.until for ignore in ignores):
        return True
    allowed = scope.limits(source.path)
    limits = [(name, allowed.limit(name)) for name in (COMPLEXITY, *SIZES)]
    return any(function.figure(name) > limit for function in source.metrics.functions for name, limit in limits)


def _side(base: Snapshot, index: int, changes: Sequence[Change], library: Library) -> BaseSide:
    """What the base with that index holds of the changed paths."""
    entries = [change.old[index] for change in changes]
    sources = [library.source(base, entry) for entry in entries if entry]
    return BaseSide(base.revision or "", {source.path: source for source in sources if source})
