"""The commit that a repository shows first, judged away from its home: a mirror, or somebody else's folder."""

import os

from linter.adapters.git.repository import Git, printable
from linter.adapters.git.snapshots import CommitSnapshot
from linter.adapters.git.targets import revision
from linter.errors import RepositoryError
from linter.model.snapshot import Entry, Kind, Snapshot, TargetKind, TooLargeError, UnreadableError


class EmptyError(RepositoryError):
    """The repository has no commit at all."""


class NoDefaultBranchError(RepositoryError):
    """The repository has commits, and its HEAD names a branch that does not exist."""


class IntactCommit(CommitSnapshot):
    """A commit of which every file has to be there: what a mirror lacks is no mistake of those who wrote the code."""

    def read(self, entry: Entry, limit: int) -> bytes:
        try:
            return super().read(entry, limit)
        except TooLargeError:
            raise
        except UnreadableError as error:
            if entry.kind not in (Kind.FILE, Kind.LINK):
                raise
            raise RepositoryError(f"{printable(entry.path)}: {error}", error.hint) from error


def default_commit(git: Git, path: str) -> Snapshot:
    """What HEAD names in the repository at `path`.

    Raises EmptyError, NoDefaultBranchError, RepositoryError for a repository elsewhere and for a damaged one.
    """
    _refuse_elsewhere(git, path)
    try:
        return IntactCommit(git, TargetKind.REVISION, revision(git, "HEAD").revision or "")
    except RepositoryError as error:
        raise _reason(git) or error from error


def _refuse_elsewhere(git: Git, path: str) -> None:
    """Git looks for a repository in the folders above, too."""
    if not any(os.path.realpath(own) == os.path.realpath(path) for own in (git.git_dir, git.top) if own):
        raise RepositoryError("there is no repository in the folder itself")


def _reason(git: Git) -> RepositoryError | None:
    """Why there is no HEAD, where nothing is damaged."""
    head, references = git.attempt("symbolic-ref", "--quiet", "HEAD"), git.attempt("for-each-ref")
    if head.code or references.code or references.complaint or _is_there(head.output, references.output):
        return None
    if not references.output:
        return EmptyError("the repository has no commits yet")
    branch = printable(os.fsdecode(head.output).strip().removeprefix("refs/heads/"))
    return NoDefaultBranchError(f"HEAD names the branch {branch}, which does not exist")


def _is_there(reference: bytes, listed: bytes) -> bool:
    return any(line.endswith(b"\t" + reference.strip()) for line in listed.splitlines())
