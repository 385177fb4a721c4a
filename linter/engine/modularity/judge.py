"""What the imports of a change break: boundaries between the parts of a product, and the order of loading."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from linter.engine.code.task import Task, texts_of_base
from linter.engine.modularity.boundaries import crossings, new_crossings, parts_of
from linter.engine.modularity.cycles import Before, new_cycles
from linter.engine.modularity.graph import LoadGraph
from linter.engine.modularity.module_tree import ModuleTree
from linter.engine.ratchet.renames import pair_files
from linter.model.comparison import BaseSide, Source
from linter.model.imports import Crossing, Cycle, JudgedImport, Part
from linter.model.snapshot import Snapshot, is_whole

Sides = Callable[[], Sequence[BaseSide]]


def judge_imports(task: Task, sources: Sequence[Source], sides: Sides) -> Iterator[JudgedImport]:
    """The imports against boundaries (in a whole run all of them, else those that no base had), and those that close a
    cycle which no base had. `sides` is asked only where one is found.
    """
    judge = _Judge(task, sources, sides)
    yield from map(JudgedImport, judge.crossings())
    yield from map(JudgedImport, judge.cycles())


class _Judge:
    def __init__(self, task: Task, sources: Sequence[Source], sides: Sides) -> None:
        self._task = task
        self._sources = sources
        self._sides = sides
        self._parts = cache(self._parts_for)

    def crossings(self) -> list[Crossing]:
        found = list(self._crossings(self._sources, self._task.snapshot))
        if is_whole(self._task.snapshot) or not found:
            return found
        for base, side in zip(self._task.snapshot.bases, self._sides(), strict=True):
            before = self._crossings(side.sources.values(), base)
            new = new_crossings(found, before, pair_files(self._sources, side.sources))
            found = [crossing for crossing in found if crossing in new]
        return found

    def cycles(self) -> Iterator[Cycle]:
        changed = self._task.changed(self._sources)
        bases = [self._before(index) for index in range(len(self._task.snapshot.bases))]
        return new_cycles(changed, self._graph(self._task.snapshot), bases)

    def _crossings(self, sources: Iterable[Source], snapshot: Snapshot) -> Iterator[Crossing]:
        for source in sources:
            if self._parts(source.path):
                yield from crossings(source, self._parts(source.path), self._tree(snapshot))

    def _parts_for(self, path: str) -> tuple[Part, ...]:
        return parts_of(self._task.scope.document_for(path))

    def _folder(self, path: str) -> str:
        document = self._task.scope.document_for(path)
        return document.folder if document else ""

    def _tree(self, snapshot: Snapshot) -> ModuleTree:
        return ModuleTree(snapshot.paths(), self._folder)

    def _graph(self, snapshot: Snapshot) -> LoadGraph:
        return LoadGraph(snapshot, self._task.library, self._tree(snapshot))

    def _before(self, index: int) -> Before:
        """What the base with that index had."""
        base = self._task.snapshot.bases[index]

        @cache
        def graph() -> LoadGraph:
            return self._graph(base)

        @cache
        def versions() -> Mapping[str, Source]:
            return pair_files(self._sources, self._sides()[index].sources)

        return Before(graph, texts_of_base(self._task, index), versions)
