"""What the subjects of rules are built from."""

from collections.abc import Sequence
from typing import NamedTuple

from linter.model.history import History
from linter.model.review import Review
from linter.model.snapshot import Snapshot, is_whole


class Ground(NamedTuple):
    """What builders work from: the tree, its past, and the review files that could be read."""

    snapshot: Snapshot
    history: History | None
    reviews: Sequence[Review]

    def concerns(self, *paths: str) -> bool:
        """Whether the run looks at one of some files: a whole run at every one, any other at those that changed."""
        return is_whole(self.snapshot) or any(change.path in paths for change in self.snapshot.changes())
