"""New functions of a change that repeat others of the tree."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.adapters.python.likeness import likeness_at, outlines
from linter.engine.code.sources import is_python_by_name
from linter.engine.code.task import Task, texts_of_base
from linter.model.comparison import BaseSide, Source
from linter.model.duplicates import LEAST_STATEMENTS, Copy, Likeness
from linter.model.metrics import FunctionMetrics
from linter.model.snapshot import Entry

MANY = 100
"""So many new functions are sought in every file by parsing it: comparing each with every outline would take longer."""


class _Function(NamedTuple):
    """A function of six statements and more in the tree that is judged."""

    path: str
    metrics: FunctionMetrics
    likeness: Likeness

    @property
    def place(self) -> tuple[str, int]:
        return (self.path, self.metrics.line)


def judge_copies(task: Task, sources: Iterable[Source], sides: Callable[[], Sequence[BaseSide]]) -> Iterator[Copy]:
    """The new functions of six statements and more that equal another one of the tree but for names and literals; of a
    function that is copied with those inside it, the outer one. Tests and generated files are left out.

    What is new is first asked of the texts, and what may be equal too: most commits parse nothing more for it. A
    function that moved is no copy: there have to be more of them than in each base (`sides`).
    """
    copies = sorted(_Search(task, sources, sides).copies(), key=lambda copy: (copy.path, copy.metrics.line))
    symbols = {(copy.path, copy.metrics.symbol) for copy in copies}
    for copy in copies:
        if not any((copy.path, around) in symbols for around in _around(copy.metrics.symbol)):
            yield copy


class _Search:
    def __init__(self, task: Task, sources: Iterable[Source], sides: Callable[[], Sequence[BaseSide]]) -> None:
        self._task = task
        self._sides = sides
        self._changed = [source for source in task.changed(sources) if not self._is_test(source.path)]
        self._paths = {source.path for source in self._changed}
        self._texts = [texts_of_base(task, index) for index in range(len(task.snapshot.bases))]

    def copies(self) -> Iterator[Copy]:
        wanted = [function for source in self._changed for function in self._new_functions(source)]
        repeated = self._repeated(wanted)
        befores = [self._count(side, repeated) for side in self._sides()] if repeated else []
        new = {function.place for function in wanted}
        for digest, functions in repeated.items():
            now = sum(function.path in self._paths for function in functions)
            yield from _copies(functions, new, min(now - before[digest] for before in befores))

    def _repeated(self, wanted: Iterable[_Function]) -> Mapping[str, Sequence[_Function]]:
        """Those of the wanted functions that there are more of, with all that equal them."""
        by_digest = {function.likeness.digest: function for function in wanted}
        found = self._alike(by_digest) if by_digest else {}
        return {digest: functions for digest, functions in found.items() if len(functions) > 1}

    def _new_functions(self, source: Source) -> list[_Function]:
        """The functions of a file whose names it defines more often than in every base."""
        names = self._new_names(source)
        new = [item for item in source.functions if item.kind == "function" and _name(item) in names]
        if not any(_statements(item, source.functions) >= LEAST_STATEMENTS for item in new):
            return []
        return [function for function in self._functions(source) if function.metrics in new]

    def _new_names(self, source: Source) -> set[str]:
        now = _defined(source.text)
        befores = [_defined(text(source.path)) for text in self._texts]
        return {name for name, count in now.items() if all(before[name] < count for before in befores)}

    def _alike(self, wanted: Mapping[str, _Function]) -> Mapping[str, list[_Function]]:
        """All functions of the tree that equal a wanted one, in the order of their places, by their digests."""
        found: dict[str, list[_Function]] = defaultdict(list)
        for source in self._candidates(wanted):
            for function in self._functions(source):
                if function.likeness.digest in wanted:
                    found[function.likeness.digest].append(function)
        return found

    def _candidates(self, wanted: Mapping[str, _Function]) -> Iterator[Source]:
        """The files of the tree that have a function that equals a wanted one, or may have one."""
        snapshot, library = self._task.snapshot, self._task.library
        for entry in filter(self._is_searched, snapshot.paths().values()):
            if len(wanted) >= MANY or _has_one_of(library.text(snapshot, entry), wanted):
                source = library.source(snapshot, entry)
                if source and not self._task.scope.is_generated(source.path, source.text):
                    yield source

    def _is_searched(self, entry: Entry) -> bool:
        return is_python_by_name(entry) and not self._task.is_excluded(entry.path) and not self._is_test(entry.path)

    def _count(self, side: BaseSide, repeated: Mapping[str, Sequence[_Function]]) -> Counter[str]:
        """How many functions of a base, in files that the change touched or took away, equal repeated ones."""
        wanted = {digest: functions[0] for digest, functions in repeated.items()}
        kept = self._task.snapshot.paths().keys() - self._paths
        olds = (old for path, old in side.sources.items() if path not in kept and not self._is_test(path))
        functions = (function for old in olds if _has_one_of(old.text, wanted) for function in self._functions(old))
        return Counter(function.likeness.digest for function in functions)

    def _functions(self, source: Source) -> Iterator[_Function]:
        found = self._task.library.likenesses(source)
        for metrics in source.functions:
            likeness = found.get(metrics.symbol) if metrics.kind == "function" else None
            if likeness and likeness.statements >= LEAST_STATEMENTS:
                yield _Function(source.path, metrics, likeness)

    def _is_test(self, path: str) -> bool:
        return self._task.scope.settings(path).is_test(path)


def _statements(function: FunctionMetrics, functions: Iterable[FunctionMetrics]) -> int:
    """The statements of a function and of those inside it, at most."""
    return sum(item.statements + 1 for item in functions if function.line <= item.line <= function.end_line)


def _copies(alike: Sequence[_Function], new: Container[tuple[str, int]], extra: int) -> Iterator[Copy]:
    """The last of some equal functions that are new, as many as there are more than before; never all of them."""
    blamed = [one for one in alike if one.place in new][-extra:] if extra > 0 else []
    original = next((one for one in alike if one not in blamed), alike[0])
    for one in blamed:
        if one is not original:
            statements = one.likeness.statements
            yield Copy(one.path, one.metrics, statements, original.path, original.metrics, len(alike))


def _has_one_of(text: str, wanted: Mapping[str, _Function]) -> bool:
    """Whether a text has a function that equals a wanted one (by digest), or one that cannot be parsed by itself."""
    for outline in outlines(text):
        if any(function.likeness.may_be(outline, function.metrics.lines) for function in wanted.values()):
            likeness = likeness_at(text, outline)
            if likeness is None or likeness.digest in wanted:
                return True
    return False


def _defined(text: str) -> Counter[str]:
    # What begins with letters is found ten times as fast as what begins with \b.
    return Counter(re.findall(r"def(?<=\bdef)[ \t]++(\w+)", text))


def _name(function: FunctionMetrics) -> str:
    return function.symbol.rpartition(".")[2].partition("#")[0]


def _around(symbol: str) -> Iterator[str]:
    """The symbols of what stands around a function."""
    while symbol := symbol.rpartition(".")[0]:
        yield symbol
