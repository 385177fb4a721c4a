"""Globs that have to match something."""

from collections.abc import Iterator
from itertools import takewhile

from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.engine.evidence.tree import Tree
from linter.model.glob import Globs
from linter.model.quote import listed, named

MOST_COMPARED = 5_000_000
"""How many paths are compared with the globs of one tree: about five seconds."""

_WILDCARDS = frozenset("*?[")


class Patterns:
    """The globs of one tree, looked at one by one."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._left = MOST_COMPARED

    def check(self, pattern: str, folder: str) -> None:
        """Refuse a glob of a file in `folder` that matches no path."""
        start = _literal(pattern)
        place = "/".join([folder, *start] if folder else start)
        globs = Globs((pattern,))
        if not any(globs.match(path, folder) for path in self._candidates(place)):
            if self._left <= 0:
                raise RefusalError(Refusal(Flaw.UNKNOWN, f"{named(pattern)} was not looked for: too many globs"))
            raise RefusalError(Refusal(Flaw.MISSING, f"{named(pattern)} matches no file", self._hint(place, folder)))

    def _candidates(self, place: str) -> Iterator[str]:
        """The paths that begin with the names before a glob's first wildcard, as long as there is time."""
        if place in self._tree.entries:
            yield place
        for path in self._tree.below(place):
            self._left -= 1
            if self._left <= 0:
                return
            yield path

    def _hint(self, place: str, folder: str) -> str:
        if place and place not in self._tree.entries and not self._tree.is_folder(place):
            near = self._tree.suggest(place, folder)
            if near:
                return f"did you mean {listed([named(one) for one in near], 'or')} where it says {named(place)}?"
        return f"{self._tree.hint(folder)}; `*` stays in one folder, `**` crosses folders"


def _literal(pattern: str) -> list[str]:
    """The names before the first one with a wildcard."""
    names = [name for name in pattern.split("/") if name not in ("", ".")]
    return list(takewhile(_WILDCARDS.isdisjoint, names))
