"""What the subjects of rules are built from."""

from collections.abc import Sequence
from typing import NamedTuple

from linter.model.history import History
from linter.model.memory import NO_MEMORY, Memory
from linter.model.review import Review
from linter.model.snapshot import Entry, Snapshot, is_whole


class Ground(NamedTuple):
    """What builders work from: the tree, its past, the review files that could be read, and what is known already."""

    snapshot: Snapshot
    history: History | None
    reviews: Sequence[Review]
    memory: Memory = NO_MEMORY

    def concerns(self, *paths: str) -> bool:
        """Whether the run looks at some files together: a whole run always does, any other where they are not as some
        base has all of them. Two that each come from another base were never judged beside each other.
        """
        if is_whole(self.snapshot):
            return True
        if len(self.snapshot.bases) == 1:
            return any(change.path in paths for change in self.snapshot.changes())
        now = _versions(self.snapshot, paths)
        return all(_versions(base, paths) != now for base in self.snapshot.bases)


def _versions(tree: Snapshot, paths: Sequence[str]) -> list[Entry | None]:
    return [tree.paths().get(path) for path in paths]
