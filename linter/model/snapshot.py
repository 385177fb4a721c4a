"""A tree of files at one moment (an index, a commit, a working tree) and what changed in it against its bases."""

from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from linter.errors import ReviewLintError


class Kind(Enum):
    """What a path of a tree is; executable files are files."""

    FILE = "file"
    LINK = "link"
    SUBMODULE = "submodule"
    OTHER = "other"


class Entry(NamedTuple):
    """One path of a tree. `path` is relative, with `/`; bytes that are not UTF-8 stand in it as surrogate escapes.

    `blob` is git's object id of the content, None where it is not known without reading (a working tree).
    """

    path: str
    kind: Kind
    blob: str | None
    executable: bool = False


class Change(NamedTuple):
    """One path whose entry differs from that of every base. `entry` is None when it is gone.

    `old` has one element per base of the snapshot, in their order: the entry of the same path there, or None.
    """

    path: str
    entry: Entry | None
    old: tuple[Entry | None, ...] = ()


class TargetKind(Enum):
    """Which content is judged, as the report names it."""

    STAGED = "staged"
    RANGE = "range"
    WORKTREE = "worktree"
    REVISION = "revision"


class UnreadableError(ReviewLintError):
    """One file of a snapshot cannot be read; `args[0]` says why in a few words. It never stops a run."""


class TooLargeError(UnreadableError):
    """The file is larger than the reader wants to take in."""


class Snapshot(Protocol):
    """What the engine and the rules may ask of a tree. They never know which implementation answers."""

    @property
    def kind(self) -> TargetKind: ...

    @property
    def revision(self) -> str | None:
        """The object id of the commit, None for an index or a working tree."""

    @property
    def bases(self) -> "Sequence[Snapshot]":
        """What the content is judged against; empty when there is nothing to compare with."""

    def paths(self) -> Mapping[str, Entry]:
        """Every path, sorted."""

    def find(self, names: Collection[str]) -> Mapping[str, Entry]:
        """The paths, sorted, of which the last part or a folder on the way has one of the names, whatever its case.

        Names are made of letters, digits, `.`, `-` and `_`. In large trees it is several times faster than `paths`.
        """

    def changes(self) -> Sequence[Change]:
        """What has to be analysed, sorted by path. In an index or range: what differs from every base, or is gone
        from any. In whole runs (working tree, revision): every path, and what a base has and the tree has no more.
        """

    def read(self, entry: Entry, limit: int) -> bytes:
        """The content of a file, or the name of a link's target.

        Raises TooLargeError above `limit` bytes, UnreadableError for whatever else keeps it from being read.
        """


def is_whole(snapshot: Snapshot) -> bool:
    """Whether the run looks at every file instead of only at what changed."""
    return snapshot.kind in (TargetKind.WORKTREE, TargetKind.REVISION)


def find_named(paths: Mapping[str, Entry], names: Collection[str]) -> Mapping[str, Entry]:
    """What `Snapshot.find` gives, out of all paths."""
    wanted = {name.lower() for name in names}
    return {path: entry for path, entry in paths.items() if not wanted.isdisjoint(path.lower().split("/"))}


def blob_id(data: bytes, like: str = "") -> str:
    """Git's object id of a content, so that a file can be compared with a blob without reading the blob.

    `like` is any object id of the same repository: SHA-256 has 64 digits; otherwise it is SHA-1.
    """
    import hashlib  # noqa: PLC0415 - 2 ms, where git has not told the id already

    algorithm = "sha256" if len(like) == 64 else "sha1"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
