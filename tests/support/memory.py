"""A snapshot that needs no git: a tree of files in memory."""

from collections.abc import Collection, Mapping, Sequence

from linter.model.snapshot import (
    Change,
    Entry,
    Kind,
    Snapshot,
    TargetKind,
    TooLargeError,
    UnreadableError,
    blob_id,
    find_named,
    is_whole,
)

_NO_OID = "0" * 40


class MemorySnapshot:
    """Files by path. `base` is one snapshot, or a tuple of them; without any, the target is a revision.

    `links` maps paths to targets; paths in `submodules` have no content; those in `executables` may be run;
    those in `unreadable` raise UnreadableError when read.
    """

    def __init__(
        self,
        files: Mapping[str, str | bytes],
        base: "Snapshot | tuple[Snapshot, ...]" = (),
        kind: TargetKind | None = None,
        *,
        links: Mapping[str, str] | None = None,
        submodules: Sequence[str] = (),
        executables: Sequence[str] = (),
        unreadable: Sequence[str] = (),
        revision: str | None = None,
    ) -> None:
        self.bases: Sequence[Snapshot] = base if isinstance(base, tuple) else (base,)
        self.kind = kind or (TargetKind.STAGED if self.bases else TargetKind.REVISION)
        self.revision = revision
        contents, targets = _encoded(files), _encoded(links or {})
        entries = [_entry(path, Kind.FILE, data, path in executables) for path, data in contents.items()]
        entries += [_entry(path, Kind.LINK, data) for path, data in targets.items()]
        entries += [_entry(path, Kind.SUBMODULE, path.encode()) for path in submodules]
        self._entries = {entry.path: entry for entry in sorted(entries)}
        data_by_path = contents | targets
        self._contents = {entry.blob: data_by_path.get(entry.path) for entry in entries}
        self._unreadable = frozenset(unreadable)

    def paths(self) -> Mapping[str, Entry]:
        return self._entries

    def find(self, names: Collection[str]) -> Mapping[str, Entry]:
        return find_named(self._entries, names)

    def changes(self) -> Sequence[Change]:
        old = [base.paths() for base in self.bases]
        paths = sorted(self._entries.keys() | {path for entries in old for path in entries})
        changes = [Change(p, self._entries.get(p), tuple(entries.get(p) for entries in old)) for p in paths]
        if is_whole(self):
            return changes
        return [change for change in changes if change.entry is None or change.entry not in change.old]

    def read(self, entry: Entry, limit: int) -> bytes:
        data = self._contents.get(entry.blob)
        if data is None or entry.path in self._unreadable:
            raise UnreadableError("cannot be read")
        if len(data) > limit:
            raise TooLargeError(f"is larger than {limit:,} bytes")
        return data


def _encoded(texts: Mapping[str, str | bytes] | Mapping[str, str]) -> dict[str, bytes]:
    return {path: text if isinstance(text, bytes) else text.encode() for path, text in texts.items()}


def _entry(path: str, kind: Kind, data: bytes, executable: bool = False) -> Entry:
    return Entry(path, kind, blob_id(data, _NO_OID), executable)
