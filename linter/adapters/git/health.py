"""Whether a repository and what is kept in it are fit for use."""

import os

from linter.adapters.git.memory import FOLDER
from linter.adapters.git.paths import decoded
from linter.adapters.git.repository import Git


def git_version(git: Git) -> str:
    """Such as 2.39.5."""
    return decoded(git.run("version")).strip().removeprefix("git version ")


def branch(git: Git) -> str:
    """The branch that is checked out, which may have no commit yet; empty when HEAD names a commit itself."""
    return decoded(git.attempt("symbolic-ref", "--quiet", "--short", "HEAD").output).strip()


def lacks(git: Git) -> str:
    """What a clone left out: "history", "content", or nothing."""
    if git.run("rev-parse", "--is-shallow-repository").strip() == b"true":
        return "history"
    partial = git.attempt("config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$").output
    return "content" if partial else ""


def kept_bytes(git: Git) -> int:
    """The size of what earlier runs have kept. Raises OSError where nothing can be kept."""
    from linter.adapters.git.storage import FILE, take_over  # noqa: PLC0415 - needs SQLite, which may be absent

    folder = os.path.join(git.common_dir, FOLDER)
    take_over(folder)
    if not os.access(folder, os.W_OK):
        raise PermissionError
    file = os.path.join(folder, FILE)
    return os.path.getsize(file) if os.path.exists(file) else 0
