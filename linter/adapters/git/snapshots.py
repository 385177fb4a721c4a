"""Trees that git holds: an index and commits. They are made by the functions of `targets`."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence

from linter.adapters.git.listing import Difference, by_path, read_added, read_differences, read_tree
from linter.adapters.git.repository import Git, printable
from linter.errors import RepositoryError
from linter.model.snapshot import Change, Entry, Kind, Snapshot, TargetKind, UnreadableError, find_named

_RAW = ("--raw", "-z", "--no-renames", "--no-ext-diff", "--no-abbrev", "--no-relative", "--ignore-submodules=none")

_EMPTY_TREE = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}


class GitSnapshot(ABC):
    """What an index and a commit have in common: git compares them with trees and holds their contents."""

    def __init__(self, git: Git, kind: TargetKind, revision: str | None, bases: Sequence[Snapshot]) -> None:
        self.kind = kind
        self.revision = revision
        self.bases = bases
        self._git = git
        self._paths: Mapping[str, Entry] | None = None
        self._changes: Sequence[Change] | None = None

    def paths(self) -> Mapping[str, Entry]:
        if self._paths is None:
            self._paths = self._list()
        return self._paths

    def find(self, names: Collection[str]) -> Mapping[str, Entry]:
        if self._paths is not None or not names:
            return find_named(self.paths(), names)
        # Git's matching of `**/name` takes three times as long as that of `*name*`.
        return find_named(self._added(*(f":(top,icase)*{name}*" for name in names)), names)

    def changes(self) -> Sequence[Change]:
        if self._changes is None:
            self._changes = _joined([self._compare(base.revision or "") for base in self.bases])
        return self._changes

    def read(self, entry: Entry, limit: int) -> bytes:
        return read_blob(self._git, entry, limit)

    def _list(self) -> Mapping[str, Entry]:
        return self._added()

    def _added(self, *patterns: str) -> Mapping[str, Entry]:
        return read_added(self._comparison(empty_tree(self._git), *patterns))

    def _compare(self, base: str) -> Sequence[Difference]:
        return list(read_differences(self._comparison(base)))

    @abstractmethod
    def _comparison(self, base: str, *patterns: str) -> bytes:
        """What git says of the difference from a tree, at the paths that match."""


class IndexSnapshot(GitSnapshot):
    """The index as the next commit will hold it: without paths that are only intended to be added.

    That is why `ls-files` is not asked, which does not tell them from empty files.
    """

    def __init__(self, git: Git, bases: Sequence[Snapshot]) -> None:
        super().__init__(git, TargetKind.STAGED, None, bases)
        for tree in (*(base.revision or "" for base in bases), empty_tree(git)):
            git.begin(*self._command(tree))

    def _command(self, base: str, *patterns: str) -> tuple[str, ...]:
        return ("diff-index", "--cached", "--ita-invisible-in-index", *_RAW, base, "--", *patterns)

    def _comparison(self, base: str, *patterns: str) -> bytes:
        output = self._git.run(*self._command(base, *patterns))
        # Reading all of it takes time; what looks like a status may be the end of a path.
        records = read_differences(output) if b" U\0" in output else ()
        unmerged = sorted({record.path for record in records if record.status == "U"})
        if unmerged:
            raise RepositoryError(
                f"{len(unmerged)} path(s) of the index are unmerged, the first is {printable(unmerged[0])}",
                "resolve the conflicts and git add the files",
            )
        return output


class CommitSnapshot(GitSnapshot):
    """The tree of a commit (or a tree itself). A range has bases, a revision has none."""

    def __init__(self, git: Git, kind: TargetKind, revision: str, bases: Sequence[Snapshot] = ()) -> None:
        super().__init__(git, kind, revision, bases)
        self._oid = revision

    def changes(self) -> Sequence[Change]:
        if self.kind is TargetKind.REVISION:
            return [Change(path, entry) for path, entry in self.paths().items()]
        return super().changes()

    def _list(self) -> Mapping[str, Entry]:
        return by_path(read_tree(self._git.run("ls-tree", "-r", "-z", "--full-tree", self._oid)))

    def _comparison(self, base: str, *patterns: str) -> bytes:
        return self._git.run("diff-tree", "-r", *_RAW, base, self._oid, "--", *patterns)


def empty_tree(git: Git) -> str:
    """The object id of the tree without entries, which git knows without having it."""
    return _EMPTY_TREE[git.object_format]


def read_blob(git: Git, entry: Entry, limit: int) -> bytes:
    """The content of a file or link by its object id.

    Raises TooLargeError above `limit` bytes, UnreadableError for what is no file and for what git does not have.
    """
    if entry.kind not in (Kind.FILE, Kind.LINK) or entry.blob is None:
        raise UnreadableError(f"is not a file but a {entry.kind.value}")
    found = git.object(entry.blob, limit)
    if found is None:
        git.lacks_objects = True
        raise UnreadableError(*_absence(git, entry.blob))
    return found.data


def _absence(git: Git, blob: str) -> tuple[str, str]:
    if git.attempt("config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$").output:
        return f"git object {blob} was left out of this partial clone", "fetch it: git fetch --refetch --no-filter"
    return f"git object {blob} is missing or damaged", "run git fsck"


def _joined(comparisons: Sequence[Sequence[Difference]]) -> Sequence[Change]:
    """What differs from every base (a path that one base holds just so brings nothing new), and what is gone from any:
    a function may have moved from there.
    """
    by_base = [{difference.path: difference for difference in comparison} for comparison in comparisons]
    new = set.intersection(*map(set, by_base))
    gone = {difference.path for comparison in comparisons for difference in comparison if difference.new is None}
    return [_change(path, [differences.get(path) for differences in by_base]) for path in sorted(new | gone)]


def _change(path: str, differences: Sequence[Difference | None]) -> Change:
    entry = next(difference.new for difference in differences if difference)
    return Change(path, entry, tuple(difference and difference.old for difference in differences))
