"""Which review file covers which path."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from linter.engine.scope.simplicity import globs_of
from linter.model.document import Document
from linter.model.glob import Globs
from linter.model.review_files import Overlap


class _Claim(NamedTuple):
    """A review file and its `covers`; None: its folder less the folders that have a file of their own."""

    document: Document
    covers: Globs | None

    def includes(self, path: str, is_nearest: bool) -> bool:
        if self.covers is None:
            return is_nearest
        return self.covers.match(path, self.document.folder)


class Coverage:
    """The review files of a tree, asked by path. Nothing is computed for paths that nobody asks about."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._claims = {document.folder: _claim(document) for document in documents}
        self._chains: dict[str, tuple[_Claim, ...]] = {}

    def document_for(self, path: str) -> Document | None:
        """The nearest review file, from the path's folder upwards, that covers it; None where none does.

        A file that could not be read, or whose `covers` is invalid, covers its folder.
        """
        claim = next(self._covering(path), None)
        return claim.document if claim else None

    def overlaps(self, paths: Iterable[str]) -> tuple[Overlap, ...]:
        """Every two review files that both cover some of `paths`, with the first such path. The second of them is the
        one in the outer folder: only a `covers` that reaches into a folder with a file of its own overlaps with it.
        Where there is none, `paths` is not looked at.
        """
        if not any(claim.covers for folder in self._claims for claim in self._chain(folder)[1:]):
            return ()
        examples: dict[tuple[str, str], str] = {}
        for path in paths:
            for inner, outer in combinations(self._covering(path), 2):
                examples.setdefault((inner.document.path, outer.document.path), path)
        return tuple(Overlap(*pair, example) for pair, example in sorted(examples.items()))

    def _covering(self, path: str) -> Iterator[_Claim]:
        for index, claim in enumerate(self._chain(path.rpartition("/")[0])):
            if claim.includes(path, is_nearest=index == 0):
                yield claim

    def _chain(self, folder: str) -> tuple[_Claim, ...]:
        """The claims of the folder and of those around it, the nearest first."""
        if folder not in self._chains:
            around = [folder]
            while around[-1]:
                around.append(around[-1].rpartition("/")[0])
            self._chains[folder] = tuple(self._claims[name] for name in around if name in self._claims)
        return self._chains[folder]


def _claim(document: Document) -> _Claim:
    covers = document.data.get("covers") if isinstance(document.data, dict) else None
    return _Claim(document, globs_of(covers))
