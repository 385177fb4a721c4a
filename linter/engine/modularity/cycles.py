"""Cycles of files that load each other, which a change closes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.engine.modularity.graph import LoadGraph
from linter.model.comparison import Source
from linter.model.imports import Cycle, Import


class Before(NamedTuple):
    """What one base had: its graph, the texts of the changed paths, and its versions of them, renames followed."""

    graph: Callable[[], LoadGraph]
    text: Callable[[str], str]
    versions: Callable[[], Mapping[str, Source]]


def new_cycles(sources: Iterable[Source], graph: LoadGraph, bases: Sequence[Before]) -> Iterator[Cycle]:
    """The cycles that imports of some files close and no base had: for each import that is new the shortest one, each
    cycle once.
    """
    told = set()
    for source in sources:
        for target, imported in _new_imports(source, graph, bases):
            way = graph.way(target, source.path)
            steps = (source.path, *way[:-1])
            if way and frozenset(steps) not in told and not any(_had(base, steps) for base in bases):
                told.add(frozenset(steps))
                yield Cycle(source.path, imported, steps)


def _new_imports(source: Source, graph: LoadGraph, bases: Iterable[Before]) -> Iterator[tuple[str, Import]]:
    """What a file loads by statements that are not literally in a base, where only those at the margin count: others
    may have run at another time.
    """
    if not any(item.is_loading for item in source.imports):
        return
    lines = source.text.split("\n")
    texts = ["\n" + base.text(source.path) + "\n" for base in bases]
    for target, imported in graph.edges(source.path).items():
        statement = "\n".join(["", *lines[imported.position.line - 1 : imported.end_line], ""])
        if statement[1].isspace() or not any(statement in text for text in texts):
            yield target, imported


def _had(base: Before, steps: Sequence[str]) -> bool:
    """Whether these files, renames followed, imported each other in a base."""
    versions, graph = base.versions(), base.graph()
    olds = [versions[path].path if path in versions else path for path in steps]
    return all(after in graph.edges(path) for path, after in zip(olds, [*olds[1:], olds[0]], strict=True))
