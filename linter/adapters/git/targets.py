"""Which tree is judged, and against what: snapshots of the index, of commits and of the working tree.

Every function raises RepositoryError when a commit that it needs is not there.
"""

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linter.adapters.git.paths import unlocalised
from linter.adapters.git.process import Object
from linter.adapters.git.repository import Git, printable
from linter.adapters.git.snapshots import CommitSnapshot, IndexSnapshot, empty_tree
from linter.adapters.git.worktree import WorktreeSnapshot
from linter.errors import RepositoryError
from linter.model.snapshot import Snapshot, TargetKind, TooLargeError

_MAX_COMMIT = 64 << 20
_PUBLISHED = ("--remotes", "--glob=refs/pull", "--glob=refs/merge-requests", "--glob=refs/pipelines")
_DEFAULT_BRANCHES = ("--glob=refs/remotes/*/HEAD", "--glob=refs/remotes/*/main", "--glob=refs/remotes/*/master")


def staged(git: Git) -> Snapshot:
    """The index exactly as it will be committed, against HEAD and whatever else the commit will continue.

    These are the other parents of a merge and the parents of a commit that is being reverted. Before the first commit
    it is the empty tree.
    """
    if git.is_bare:
        raise RepositoryError(f"{printable(git.git_dir)} is a bare repository: it has nothing staged", "use --rev")
    head = _head(git)
    if head is None:
        return IndexSnapshot(git, _snapshots(git, [empty_tree(git)]))
    return IndexSnapshot(git, _snapshots(git, [head, *_merging(git), *_reverting(git)]))


def worktree(git: Git) -> Snapshot:
    """The files of the working tree, tracked or not, but not the ignored ones, against HEAD (or the empty tree)."""
    if git.top is None:
        raise RepositoryError(f"{printable(git.git_dir)} has no working tree", "use --rev")
    base = CommitSnapshot(git, TargetKind.REVISION, _head(git) or empty_tree(git))
    return WorktreeSnapshot(git, git.top, base)


def revision(git: Git, name: str) -> Snapshot:
    """One commit, without a base."""
    return CommitSnapshot(git, TargetKind.REVISION, _commit(git, name))


def commit_range(git: Git, old: str, new: str) -> Snapshot:
    """The commit `new` against its merge bases with `old`, and against what merges in between brought from elsewhere.

    Of a merge in the range, the parents that `old` or a remote-tracking branch reached before are bases too.
    """
    start, end = _commit(git, old), _commit(git, new)
    bases = [*_merge_bases(git, start, end)]
    for references in (_PUBLISHED, _DEFAULT_BRANCHES):
        bases += _outside_parents(git, start, end, references)
    return CommitSnapshot(git, TargetKind.RANGE, end, _snapshots(git, bases))


class Receiver(NamedTuple):
    """What a repository that is pushed to had before: `known` are arguments by which rev-list finds its commits,
    `trunk` are the names that its main line may have here, the first that exists being meant.
    """

    known: tuple[str, ...] = ("--all",)
    trunk: tuple[str, ...] = ("HEAD",)


SERVER = Receiver()
"""The repository whose hook runs, before it has taken the push."""


def pushed(git: Git, old: str, new: str, receiver: Receiver = SERVER) -> Snapshot | None:
    """What a push brings: `new` against `old`, None when it deletes a reference, what it names is no commit, or that is
    known, or part of the main line, already.

    A branch that has taken in the main line since is also held against that: it is not judged on other people's code.
    A new reference (`old` is all zeros), and one of which the old commit is not here, are held against the commits that
    they share with what is known. A history that shares none is judged as a whole.
    """
    if _is_nothing(new):
        return None
    found = _find(git, new)
    if found is not None and found.type != "commit":
        return None
    end = _commit(git, new)
    start = None if _is_nothing(old) else _oid(git, old)
    bases = _known(git, end, receiver.known) if start is None else _continued(git, start, end, receiver.trunk)
    if end in bases:
        return None
    if not bases:
        return CommitSnapshot(git, TargetKind.REVISION, end)
    return CommitSnapshot(git, TargetKind.RANGE, end, _snapshots(git, bases))


def _snapshots(git: Git, oids: Iterable[str]) -> tuple[Snapshot, ...]:
    return tuple(CommitSnapshot(git, TargetKind.REVISION, oid) for oid in dict.fromkeys(oids))


def _is_nothing(oid: str) -> bool:
    return not oid.strip("0")


def _head(git: Git) -> str | None:
    """HEAD, None when its branch has no commit yet."""
    oid = _oid(git, "HEAD")
    if oid is None:
        names_a_branch = git.attempt("symbolic-ref", "--quiet", "HEAD").code == 0
        if not names_a_branch or git.attempt("rev-parse", "--verify", "--quiet", "HEAD").code != 1:
            raise RepositoryError("HEAD, or the commit that it names, is missing or damaged", "run git fsck")
    return oid


def _merging(git: Git) -> list[str]:
    """The other parents of the merge that is being committed.

    While a pre-merge-commit hook runs there is no MERGE_HEAD yet. The environment may also name those of a merge in
    another repository, out of whose hook this one is committed to.
    """
    note = os.path.join(git.git_dir, "MERGE_HEAD")
    if os.path.isfile(note):
        return [_commit(git, oid) for oid in _read_oids(note)]
    return [oid for oid in git.parents_of_merge if _is_oid(oid) and _oid(git, oid)]


def _read_oids(note: str) -> list[str]:
    with open(note, encoding="ascii", errors="replace") as file:
        oids = file.read(_MAX_COMMIT).split()
    if not all(map(_is_oid, oids)):
        raise RepositoryError(f"{printable(note)} is damaged", "finish the merge, or git merge --abort")
    return oids


def _is_oid(text: str) -> bool:
    return len(text) in (40, 64) and not text.strip("0123456789abcdef")


def _find(git: Git, name: str) -> Object | None:
    """The object of that name, that of an annotated tag being what it stands for."""
    try:
        found = git.object(name, _MAX_COMMIT)
        return git.object(f"{found.oid}^{{}}", _MAX_COMMIT) if found and found.type == "tag" else found
    except TooLargeError as error:
        raise RepositoryError(f"{printable(name)} is no commit") from error


def _oid(git: Git, name: str) -> str | None:
    found = _find(git, name)
    return found.oid if found and found.type == "commit" else None


def _reverting(git: Git) -> list[str]:
    """The parents of the commit that is being reverted."""
    found = _find(git, "REVERT_HEAD")
    # A tag or a branch can have that name too, and comes with every clone.
    if found is None or git.run("rev-parse", "--symbolic-full-name", "REVERT_HEAD").strip() != b"REVERT_HEAD":
        return []
    head = found.data.partition(b"\n\n")[0].decode("ascii", "replace")
    return [line.removeprefix("parent ") for line in head.split("\n") if line.startswith("parent ")]


def _commit(git: Git, name: str) -> str:
    oid = _oid(git, unlocalised(name))
    if oid is None:
        is_young = not git.attempt("rev-list", "--all", "--max-count=1").output
        hint = "this repository has no commits yet" if is_young else "look for it with git log --all"
        raise _absent(git, f"there is no commit {printable(name)}", hint)
    return oid


def _absent(git: Git, message: str, hint: str) -> RepositoryError:
    if git.run("rev-parse", "--is-shallow-repository").strip() == b"true":
        return RepositoryError(f"{message} in this shallow clone", "deepen it: git fetch --unshallow")
    return RepositoryError(message, hint)


def _merge_bases(git: Git, start: str, end: str) -> list[str]:
    found = git.attempt("merge-base", "--all", start, end)
    if found.output:
        return found.output.decode("ascii").split()
    raise _absent(git, f"{start} and {end} have no common commit", "name a commit that both come from")


def _outside_parents(git: Git, start: str, end: str, references: tuple[str, ...]) -> list[str]:
    lines = git.run("rev-list", "--parents", end, "--not", start, *references).decode("ascii").splitlines()
    commits = [line.split(" ") for line in lines]
    own = {commit[0] for commit in commits}
    return [parent for commit in commits if len(commit) > 2 for parent in commit[1:] if parent not in own]


def _known(git: Git, end: str, known: Sequence[str]) -> list[str]:
    """The last commits that `end` and what is known have in common."""
    lines = git.run("rev-list", "--boundary", end, "--not", *known).decode("ascii").splitlines()
    boundary = [line[1:] for line in lines if line.startswith("-")]
    if not boundary:
        return [] if lines else [end]
    return _independent(git, boundary)


def _continued(git: Git, start: str, end: str, trunk: Iterable[str]) -> list[str]:
    """`start`, and the last commits of the main line that `end` holds, unless it held them at `start` already."""
    line = next(filter(None, (_oid(git, name) for name in trunk)), start)
    shared = git.attempt("merge-base", "--all", line, end).output.decode("ascii").split() if line != start else []
    return shared if end in shared else _independent(git, [start, *shared])


def _independent(git: Git, commits: Sequence[str]) -> list[str]:
    """Those of some commits that no other of them comes from."""
    return git.run("merge-base", "--independent", *commits).decode("ascii").split()
