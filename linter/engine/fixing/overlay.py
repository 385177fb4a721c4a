"""A tree of which some files have another content, in memory."""

from collections.abc import Collection, Mapping, Sequence

from linter.model.snapshot import Change, Entry, Snapshot, TargetKind, TooLargeError


class Overlay:
    """A snapshot seen through other contents of files that it has."""

    def __init__(self, snapshot: Snapshot, contents: Mapping[str, bytes]) -> None:
        self._snapshot = snapshot
        self._contents = contents

    @property
    def kind(self) -> TargetKind:
        return self._snapshot.kind

    @property
    def revision(self) -> str | None:
        return self._snapshot.revision

    @property
    def bases(self) -> Sequence[Snapshot]:
        return self._snapshot.bases

    def paths(self) -> Mapping[str, Entry]:
        return {path: self._seen(entry) for path, entry in self._snapshot.paths().items()}

    def find(self, names: Collection[str]) -> Mapping[str, Entry]:
        return {path: self._seen(entry) for path, entry in self._snapshot.find(names).items()}

    def changes(self) -> Sequence[Change]:
        changes = self._snapshot.changes()
        return [change._replace(entry=change.entry and self._seen(change.entry)) for change in changes]

    def read(self, entry: Entry, limit: int) -> bytes:
        content = self._contents.get(entry.path)
        if content is None:
            return self._snapshot.read(entry, limit)
        if len(content) > limit:
            raise TooLargeError(f"is larger than {limit:,} bytes")
        return content

    def _seen(self, entry: Entry) -> Entry:
        # Git's id of the old content would stand for the new one.
        return entry._replace(blob=None) if entry.path in self._contents else entry
