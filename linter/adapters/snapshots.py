"""Trees that git holds: an index and commits. They are made by the functions of `targets`."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from linter.adapters.git import Git, printable
from linter.adapters.listing import Difference, by_path, read_differences, read_tree
from linter.errors import RepositoryError
from linter.model.snapshot import Change, Entry, Kind, Snapshot, TargetKind, UnreadableError

_RAW = ("--raw", "-z", "--no-renames", "--no-ext-diff", "--no-abbrev", "--no-relative", "--ignore-submodules=none")

_EMPTY_TREE = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}


class CommitSnapshot:
    """The tree of a commit (or a tree itself). A range has bases, a revision has none."""

    def __init__(self, git: Git, kind: TargetKind, revision: str, bases: Sequence[Snapshot] = ()) -> None:
        self.kind = kind
        self.revision: str | None = revision
        self.bases = bases
        self._git = git
        self._oid = revision
        self._paths: Mapping[str, Entry] | None = None

    def paths(self) -> Mapping[str, Entry]:
        if self._paths is None:
            self._paths = by_path(read_tree(self._git.run("ls-tree", "-r", "-z", "--full-tree", self._oid)))
        return self._paths

    def changes(self) -> Sequence[Change]:
        if self.kind is TargetKind.REVISION:
            return [Change(path, entry) for path, entry in self.paths().items()]
        return _changes(self.bases, lambda base: self._git.run("diff-tree", "-r", *_RAW, base, self._oid))

    def read(self, entry: Entry, limit: int) -> bytes:
        return read_blob(self._git, entry, limit)


class IndexSnapshot:
    """The index as the next commit will hold it: without paths that are only intended to be added."""

    kind = TargetKind.STAGED
    revision: str | None = None

    def __init__(self, git: Git, bases: Sequence[Snapshot]) -> None:
        self.bases = bases
        self._git = git
        self._paths: Mapping[str, Entry] | None = None

    def paths(self) -> Mapping[str, Entry]:
        if self._paths is None:
            # The difference to the empty tree, because ls-files cannot tell an entry that is only intended to be added.
            found = read_differences(self._compare(empty_tree(self._git)))
            self._paths = by_path(difference.new for difference in _merged(found) if difference.new)
        return self._paths

    def changes(self) -> Sequence[Change]:
        return _changes(self.bases, self._compare)

    def read(self, entry: Entry, limit: int) -> bytes:
        return read_blob(self._git, entry, limit)

    def _compare(self, base: str) -> bytes:
        return self._git.run("diff-index", "--cached", "--ita-invisible-in-index", *_RAW, base)


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
        raise UnreadableError(*_absence(git, entry.blob))
    return found.data


def _absence(git: Git, blob: str) -> tuple[str, str]:
    if git.attempt("config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$").output:
        return f"git object {blob} was left out of this partial clone", "fetch it: git fetch --refetch --no-filter"
    return f"git object {blob} is missing or damaged", "run git fsck"


def _changes(bases: Sequence[Snapshot], compare: Callable[[str], bytes]) -> Sequence[Change]:
    """What differs from every base (a path that one base holds just so brings nothing new), and what is gone from any:
    a function may have moved from there.
    """
    found = [
        {difference.path: difference for difference in _merged(read_differences(compare(base.revision or "")))}
        for base in bases
    ]
    changed = {path: difference.new for differences in found for path, difference in differences.items()}
    return [
        Change(path, new, tuple(differences[path].old if path in differences else None for differences in found))
        for path, new in sorted(changed.items())
        if new is None or all(path in differences for differences in found)
    ]


def _merged(differences: Iterable[Difference]) -> list[Difference]:
    listed = list(differences)
    open_conflicts = sorted({difference.path for difference in listed if difference.status == "U"})
    if open_conflicts:
        raise RepositoryError(
            f"{len(open_conflicts)} path(s) of the index are unmerged, the first is {printable(open_conflicts[0])}",
            "resolve the conflicts and git add the files",
        )
    return listed
