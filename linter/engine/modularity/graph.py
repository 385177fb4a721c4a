"""Which files of a tree load which others, as far as somebody asks."""

import re
from collections import deque
from collections.abc import Callable, Mapping
from functools import cache

from linter.engine.code.library import Library
from linter.engine.modularity.module_tree import ModuleTree, is_own_package
from linter.model.imports import Import
from linter.model.snapshot import Snapshot

Edges = Callable[[str], Mapping[str, object]]


class LoadGraph:
    """The files of a tree and what each of them loads: exactly, for which it has to be parsed, or roughly, for which
    its text is searched for words: that finds everything that it may load, and more, several times as fast.

    Files are read when they are first asked about.
    """

    def __init__(self, snapshot: Snapshot, library: Library, tree: ModuleTree) -> None:
        self._snapshot = snapshot
        self._library = library
        self._tree = tree
        self._rough = cache(self._search)
        self._exact = cache(self._parse)

    def edges(self, path: str) -> Mapping[str, Import]:
        """The files that one loads, each with its first import, in the order of the text. A package that the file lies
        in is left out.
        """
        return self._exact(path)

    def words(self, path: str) -> Mapping[str, None]:
        """The files that one may load, and others that its text has words for."""
        return self._rough(path)

    def way(self, start: str, end: str) -> list[str]:
        """The shortest way from one file to another, both included; empty where there is none."""
        seen = _reached(start, end, self.words)
        if end not in seen:
            return []
        backwards: dict[str, set[str]] = {}
        for path in seen:
            for target in self.words(path):
                backwards.setdefault(target, set()).add(path)
        useful = _reached(end, None, lambda path: dict.fromkeys(backwards.get(path, ())))
        before = _reached(start, end, lambda path: {to: None for to in sorted(self.edges(path)) if to in useful})
        return _way_back(before, end) if end in before else []

    def _parse(self, path: str) -> Mapping[str, Import]:
        entry = self._snapshot.paths().get(path)
        source = self._library.source(self._snapshot, entry) if entry else None
        found: dict[str, Import] = {}
        for imported in source.imports if source else ():
            target = self._tree.target(path, imported) if imported.is_loading else None
            if target and target != path and not is_own_package(path, target):
                found.setdefault(target, imported)
        return found

    def _search(self, path: str) -> Mapping[str, None]:
        entry = self._snapshot.paths().get(path)
        text = self._library.text(self._snapshot, entry) if entry else ""
        found: dict[str, None] = {}
        for statement in _STATEMENT.finditer(text.replace("\\\n", " ")):
            origin = re.sub(r"[ \t]", "", statement["origin"] or "")
            module = origin.lstrip(".")
            for name in _NAME.findall(statement["names"]):
                asked = (len(origin) - len(module), module, name) if origin else (0, name, None)
                found.update(dict.fromkeys(self._tree.candidates(path, *asked)))
        return found


def _reached(start: str, end: str | None, edges: Edges) -> dict[str, str]:
    """Every file that is reached from `start`, nearest first, with the one before it; no further than to `end`."""
    before = {start: start}
    pending = deque([start])
    while pending and end not in before:
        path = pending.popleft()
        for target in edges(path):
            if target not in before:
                before[target] = path
                pending.append(target)
    return before


def _way_back(before: Mapping[str, str], end: str) -> list[str]:
    way = [end]
    while before[way[-1]] != way[-1]:
        way.append(before[way[-1]])
    return way[::-1]


# Linear: every repetition is possessive, a bracket ends at the next one, and among the dots of an origin only the first
# ones may have spaces. A name also stands for what follows `as` and for words of a comment: both find too much, never
# too little.
_STATEMENT = re.compile(
    r"\b(?:from\b[ \t]*+(?P<origin>(?:(?>\.[ \t]*+))*+(?:(?!import\b)\w[.\w]*+|))[ \t]*+import\b[ \t]*+|import\b)"
    r"(?P<names>\((?:(?>[^()#]++|#[^\n]*+))*+|[^\n;]*+)"
)
_NAME = re.compile(r"[\w.*]+")
