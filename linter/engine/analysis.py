"""The code side of a run: which sources are judged, and how their functions stand to those of the bases."""

import posixpath
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property

from linter.adapters.python.inline_ignore import find_ignores
from linter.engine.code.copies import judge_copies
from linter.engine.code.sources import ending, is_link_by_name, is_other_language
from linter.engine.code.task import Task
from linter.engine.modularity.judge import judge_imports
from linter.engine.project import MAINTAINABILITY_RULE
from linter.engine.ratchet.files import judge_files
from linter.engine.ratchet.judge import judge, unread
from linter.engine.scope.scope import Scope
from linter.model.analysis import Analysis
from linter.model.comparison import BaseSide, JudgedFunction, Source
from linter.model.metrics import MAINTAINABILITY, Unanalysable
from linter.model.snapshot import Entry, Snapshot, UnreadableError, is_whole
from linter.model.suppression import InlineIgnore

IMPORT_RULE = "RL807"
COPY_RULE = "RL808"

LONGEST_TARGET = 4096
"""Characters of a link's target; no system allows more (PATH_MAX)."""


def analyse(task: Task) -> Analysis:
    """Measure every Python source among the changes and judge its functions, and itself, against the bases.

    The bases are read only when something is above one of its limits, some file has no figures, or some inline ignore
    has an end: else it does not matter what was before.
    """
    every = list(_sources(task))
    sources = tuple(source for source in every if not task.scope.is_generated(source.path, source.text))
    ignores = {source.path: find_ignores(source.text) for source in sources}
    bases = _Bases(task)
    analysis = Analysis(
        sources,
        imports=tuple(judge_imports(task, sources, bases.all)) if task.asks(IMPORT_RULE) else (),
        copies=tuple(judge_copies(task, sources, bases.all)) if task.asks(COPY_RULE) else (),
        ignores=ignores,
        not_analysed=_not_analysed(task),
        generated=len(every) - len(sources),
    )
    poor = _poorly_maintainable(task, sources)
    if not poor and not any(_needs_bases(source, ignores[source.path], task.scope) for source in sources):
        return analysis
    return analysis._replace(
        functions=_judged(task, sources, bases.all(), {path for path, found in ignores.items() if found}),
        files=judge_files(poor, sources, bases.all(), task.scope.limits, task.library.index),
        unread=unread(sources, bases.all(), task.required_python),
    )


def _judged(
    task: Task, sources: Sequence[Source], sides: Sequence[BaseSide], ignoring: Container[str]
) -> tuple[JudgedFunction, ...]:
    """The functions above a limit, and all of the files that hide findings: of those it is asked which are touched."""
    in_whole_run = is_whole(task.snapshot)
    judged = judge(sources, sides, task.scope.limits, task.library.shapes, ignoring)
    return tuple(function._replace(in_whole_run=in_whole_run) for function in judged)


class _Bases:
    """What the bases hold of the changed paths, read when it is first needed."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def all(self) -> list[BaseSide]:
        return self._sides

    @cached_property
    def _sides(self) -> list[BaseSide]:
        return [self._side(base, index) for index, base in enumerate(self._task.snapshot.bases)]

    def _side(self, base: Snapshot, index: int) -> BaseSide:
        entries = [entry for change in self._task.changes if (entry := change.old[index])]
        self._task.library.prepare(base, entries)
        sources = [self._task.library.source(base, entry) for entry in entries]
        return BaseSide(base.revision or "", {source.path: source for source in sources if source})


def _sources(task: Task) -> Iterator[Source]:
    """The sources of the change, generated ones too, with the maintainability index where every version is judged."""
    entries, is_every = _entries(task), _is_every_index(task)
    task.library.prepare(task.snapshot, entries, is_every)
    for entry in entries:
        source = task.library.source(task.snapshot, entry, is_every)
        if source:
            yield source


def _entries(task: Task) -> list[Entry]:
    return [change.entry for change in task.changes if change.entry]


def _is_every_index(task: Task) -> bool:
    """Whether the maintainability index of every changed source is judged."""
    return not is_whole(task.snapshot) and task.asks(MAINTAINABILITY_RULE)


def _not_analysed(task: Task) -> tuple[tuple[str, int], ...]:
    """How many changed files of other languages have which ending, and how many links only look like sources."""
    entries = _entries(task)
    others = Counter(ending(entry.path) for entry in entries if is_other_language(entry))
    others.update(
        f"{ending(entry.path)} (link)" for entry in entries if is_link_by_name(entry) and _misleads(entry, task)
    )
    return tuple(sorted(others.items()))


def _misleads(link: Entry, task: Task) -> bool:
    """Whether a link leads to something else than a source of the tree: links are not followed, that one is judged."""
    try:
        name = task.snapshot.read(link, LONGEST_TARGET).decode("utf-8", "surrogateescape")
    except UnreadableError:
        return True
    target = task.snapshot.paths().get(posixpath.normpath(posixpath.join(posixpath.dirname(link.path), name)))
    return target is None or task.library.python_text(task.snapshot, target) is None


def _poorly_maintainable(task: Task, sources: Iterable[Source]) -> list[Source]:
    """The sources that differ from all their bases (in absolute mode all sources) and whose maintainability index is
    below the limit.
    """
    if not task.asks(MAINTAINABILITY_RULE):
        return []
    changed = {source.path for source in task.changed(sources)}
    poor = []
    for source in sources:
        allowed = task.scope.limits(source.path)
        is_judged = allowed.is_absolute or source.path in changed
        index = task.library.index(source) if is_judged else None
        if index is not None and index < allowed.limit(MAINTAINABILITY):
            poor.append(source)
    return poor


def _needs_bases(source: Source, ignores: Iterable[InlineIgnore], scope: Scope) -> bool:
    if isinstance(source.metrics, Unanalysable) or any(ignore.until for ignore in ignores):
        return True
    allowed = scope.limits(source.path)
    return any(map(allowed.is_exceeded_by, source.metrics.functions))
