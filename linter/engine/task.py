"""What the code side of a run is asked."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from linter.engine.library import Library
from linter.engine.scope import Scope
from linter.model.comparison import Source
from linter.model.snapshot import Change, Snapshot


class Task(NamedTuple):
    """The changed paths of a tree, where their files are read, what is asked of them (`scope`), and by which rules.

    `required_python` is the version that the project asks for, where it is newer than the running one.
    """

    snapshot: Snapshot
    changes: Sequence[Change]
    library: Library
    scope: Scope
    asks: Callable[[str], bool]
    required_python: str | None = None

    def changed(self, sources: Iterable[Source]) -> list[Source]:
        """Those of some sources that differ from all their bases; none where there is no base."""
        if not self.snapshot.bases:
            return []
        known = {(entry.path, entry.blob) for change in self.changes for entry in change.old if entry}
        return [source for source in sources if (source.path, source.blob) not in known]
