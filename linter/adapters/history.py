"""What git knows about a repository besides its trees."""

import os

from linter.adapters.git import Git


def recent_authors(git: Git, count: int = 300) -> tuple[str, ...]:
    """The e-mail addresses of the authors of that many commits below HEAD, newest first, merges aside."""
    result = git.attempt("rev-list", f"--max-count={count}", "--no-merges", "--format=%ae", "HEAD", "--")
    # Every address stands below a line that names its commit (git 2.33 could leave that out).
    return tuple(os.fsdecode(result.output).split("\n")[1::2])


def remote_name(git: Git) -> str:
    """The last part of the address that the repository was cloned from, without `.git`; empty when there is none."""
    result = git.attempt("config", "--get", "remote.origin.url")
    address = os.fsdecode(result.output).strip().rstrip("/").removesuffix(".git")
    return address.replace(":", "/").rpartition("/")[2]


def hooks_folder(git: Git) -> str:
    """The absolute path of the folder that git takes hooks from: core.hooksPath, else that of the repository, which all
    its working trees share.
    """
    question = ("rev-parse", "--path-format=absolute", "--git-path", "hooks")
    # Without the door's own core.hooksPath; rev-parse runs no hook and reads no index.
    return os.fsdecode(git.run(*question, options=())).removesuffix("\n")
