"""What comes of measuring the sources of a run."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linter.model.comparison import JudgedFile, JudgedFunction, Source, UnreadSource
from linter.model.duplicates import Copy
from linter.model.imports import JudgedImport
from linter.model.suppression import InlineIgnore


class Analysis(NamedTuple):
    """The sources of a run, sorted by path, what the rules judge of them, the inline ignores by path, how many files of
    which endings were left out, and how many sources because a tool wrote them.
    """

    sources: tuple[Source, ...] = ()
    functions: tuple[JudgedFunction, ...] = ()
    files: tuple[JudgedFile, ...] = ()
    unread: tuple[UnreadSource, ...] = ()
    imports: tuple[JudgedImport, ...] = ()
    copies: tuple[Copy, ...] = ()
    ignores: Mapping[str, tuple[InlineIgnore, ...]] = {}
    not_analysed: tuple[tuple[str, int], ...] = ()
    generated: int = 0

    @property
    def subjects(self) -> Iterator[object]:
        """Everything that rules are asked about."""
        yield from self.functions
        yield from self.files
        yield from self.unread
        yield from self.imports
        yield from self.copies
