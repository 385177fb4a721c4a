"""What the code side of a run is asked."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from linter.engine.code.library import Library
from linter.engine.scope.scope import Scope
from linter.model.comparison import Source
from linter.model.snapshot import Change, Snapshot


class Task(NamedTuple):
    """The changed paths of a tree, where their files are read, what is asked of them (`scope`), by which rules,
    and what the configuration excludes.

    `required_python` is the version that the project asks for, where it is newer than the running one.
    """

    snapshot: Snapshot
    changes: Sequence[Change]
    library: Library
    scope: Scope
    asks: Callable[[str], bool]
    is_excluded: Callable[[str], bool]
    required_python: str | None = None

    def changed(self, sources: Iterable[Source]) -> list[Source]:
        """Those of some sources that differ from all their bases; none where there is no base."""
        if not self.snapshot.bases:
            return []
        known = {(entry.path, entry.blob) for change in self.changes for entry in change.old if entry}
        return [source for source in sources if (source.path, source.blob) not in known]


def texts_of_base(task: Task, index: int) -> Callable[[str], str]:
    """The text of each changed path in the base with that index; empty where it has none."""
    base = task.snapshot.bases[index]
    entries = {change.path: change.old[index] for change in task.changes}

    def text(path: str) -> str:
        entry = entries.get(path)
        return task.library.text(base, entry) if entry else ""

    return text
