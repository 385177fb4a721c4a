"""A tree that notes at which Python sources somebody looks: what is found without that depends on none of the others.

Which paths there are, and everything about files that are no Python sources, counts as looked at.
"""

from collections.abc import Collection, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView

from linter.engine.code.sources import is_python_by_name
from linter.model.snapshot import Change, Entry, Snapshot, TargetKind, UnreadableError


class Seen:
    """The tree itself, and its bases, for whoever asks; `looked` are the paths of sources that were asked for.
    `is_whole`: nothing was missing.
    """

    def __init__(self, snapshot: Snapshot, looked: set[str] | None = None) -> None:
        self.kind: TargetKind = snapshot.kind
        self.revision = snapshot.revision
        self.looked: set[str] = set() if looked is None else looked
        self.bases: Sequence[Seen] = [Seen(base, self.looked) for base in snapshot.bases]
        self._snapshot = snapshot
        self._lacks = False

    @property
    def is_whole(self) -> bool:
        return not self._lacks and all(base.is_whole for base in self.bases)

    def paths(self) -> Mapping[str, Entry]:
        return _SeenPaths(self._snapshot.paths(), self.looked)

    def find(self, names: Collection[str]) -> Mapping[str, Entry]:
        found = self._snapshot.find(names)
        self.looked.update(path for path, entry in found.items() if is_python_by_name(entry))
        return found

    def changes(self) -> Sequence[Change]:
        return self._snapshot.changes()

    def read(self, entry: Entry, limit: int) -> bytes:
        if is_python_by_name(entry):
            self.looked.add(entry.path)
        try:
            return self._snapshot.read(entry, limit)
        except UnreadableError:
            self._lacks = True
            raise


class _SeenPaths(Mapping[str, Entry]):
    """Walking through all of them is no look at one."""

    def __init__(self, paths: Mapping[str, Entry], looked: set[str]) -> None:
        self._paths = paths
        self._looked = looked

    def __getitem__(self, path: str) -> Entry:
        entry = self._paths[path]
        if is_python_by_name(entry):
            self._looked.add(path)
        return entry

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def keys(self) -> KeysView[str]:
        return self._paths.keys()

    def values(self) -> ValuesView[Entry]:
        return self._paths.values()

    def items(self) -> ItemsView[str, Entry]:
        return self._paths.items()
