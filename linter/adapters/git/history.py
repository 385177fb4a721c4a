"""What git knows about a repository besides its trees."""

import os
import time
from functools import cached_property

from linter.adapters.git.paths import decoded, localised
from linter.adapters.git.process import SilenceError
from linter.adapters.git.repository import Git
from linter.model.history import Tag
from linter.model.snapshot import TooLargeError

MAX_SECONDS = 10
"""How long the questions of one run about the past may take together; afterwards their answers are unknown."""

_MAX_COMMIT = 1 << 20
_DIGITS = frozenset("0123456789abcdef")


class GitHistory:
    """The commits that a revision (by default HEAD) comes from; see `linter.model.history.History`.

    Nothing is asked before it is needed, and nothing twice.
    """

    def __init__(self, git: Git, revision: str | None = None, seconds: float = MAX_SECONDS) -> None:
        self._git = git
        self._revision = revision or "HEAD"
        self._seconds = seconds
        self._last_changes: dict[str, str | None] = {}

    @cached_property
    def is_shallow(self) -> bool:
        return self._git.run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def has_commit(self, name: str) -> bool:
        digits = name.lower()
        if not (4 <= len(digits) <= 64 and _DIGITS.issuperset(digits)):
            return False
        try:
            found = self._git.object(f"{digits}^{{commit}}", _MAX_COMMIT)
        except TooLargeError:
            return False
        # A branch or a tag can have a name like that too.
        return found is not None and found.oid.startswith(digits)

    def last_change(self, path: str) -> str | None:
        if path not in self._last_changes:
            found = self._ask("rev-list", "--max-count=1", self._revision, "--", _literal(path))
            self._last_changes[path] = found if found and not self._is_cut_off(found) else None
        return self._last_changes[path]

    def changes(self, path: str, count: int) -> tuple[str, ...]:
        found = self._ask("rev-list", f"--max-count={count}", self._revision, "--", _literal(path))
        return tuple(found.split())

    def read_at(self, commit: str, path: str, limit: int) -> bytes | None:
        try:
            found = self._git.object(f"{commit}:{path}", limit)
        except TooLargeError:
            return None
        return found.data if found and found.type == "blob" else None

    def tags(self) -> tuple[Tag, ...]:
        day = "%(if)%(*objecttype)%(then)%(*committerdate:short)%(else)%(committerdate:short)%(end)"
        lines = self._ask("for-each-ref", f"--format={day} %(refname:strip=2)", "refs/tags").split("\n")
        dated = (line.partition(" ") for line in lines if not line.startswith(" "))
        return tuple(sorted((Tag(name, day) for day, _, name in dated if name), key=lambda tag: (tag.day, tag.name)))

    def _ask(self, *arguments: str) -> str:
        """What git says within the time that is left; empty when it cannot tell."""
        if self._seconds <= 0:
            return ""
        started = time.monotonic()
        try:
            result = self._git.attempt(*arguments, patience=self._seconds)
        except SilenceError:
            return ""
        finally:
            self._seconds -= time.monotonic() - started
        return decoded(result.output).removesuffix("\n") if result.code == 0 else ""

    def _is_cut_off(self, commit: str) -> bool:
        """Whether a shallow clone ends at a commit, so that all its files only seem to come from there."""
        if not self.is_shallow:
            return False
        known_parents = self._ask("rev-list", "--no-walk", "--parents", commit).split(" ")[1:]
        found = self._git.object(commit, _MAX_COMMIT)
        return found is not None and found.data.startswith(b"parent ", found.data.find(b"\n") + 1) and not known_parents


def recent_authors(git: Git, count: int = 300) -> tuple[str, ...]:
    """The e-mail addresses of the authors of that many commits below HEAD, newest first, merges aside."""
    result = git.attempt("rev-list", f"--max-count={count}", "--no-merges", "--format=%ae", "HEAD", "--")
    # Every address stands below a line that names its commit (git 2.33 could leave that out).
    return tuple(decoded(result.output).split("\n")[1::2])


def own_address(git: Git) -> str:
    """The e-mail address of the person who works here, as git is told it; empty when it is not."""
    return os.fsdecode(git.attempt("config", "--get", "user.email").output).strip()


def remote_name(git: Git) -> str:
    """The last part of the address that the repository was cloned from, without `.git`; empty when there is none."""
    result = git.attempt("config", "--get", "remote.origin.url")
    address = decoded(result.output).strip().rstrip("/").removesuffix(".git")
    return address.replace(":", "/").rpartition("/")[2]


def hooks_folder(git: Git) -> str:
    """The absolute path of the folder that git takes hooks from: core.hooksPath, else that of the repository, which all
    its working trees share.
    """
    question = ("rev-parse", "--path-format=absolute", "--git-path", "hooks")
    # Without the door's own core.hooksPath; rev-parse runs no hook and reads no index.
    return os.fsdecode(git.run(*question, options=())).removesuffix("\n")


def _literal(path: str) -> str:
    """What git takes for exactly this path."""
    return f":(top,literal){localised(path)}"
