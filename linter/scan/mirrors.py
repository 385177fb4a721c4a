"""Copies of repositories: bare, with what a scan reads and no more, fetched again instead of cloned again.

A copy is made under a name of its own and renamed when it is whole. It may be removed at any time.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

from linter.adapters.forge.token import token_of
from linter.adapters.git.intact import EmptyError, NoDefaultBranchError, default_commit
from linter.adapters.git.process import SilenceError
from linter.adapters.git.repository import open_repository, printable
from linter.adapters.git.transport import LIMITS, Limits, Remote, size_of, tidy
from linter.errors import InventoryError, RepositoryError
from linter.model.inventory import TRANSPORTS, Repository
from linter.model.progress import Progress, untold
from linter.model.scan import Failure, MirrorError, Trouble
from linter.scan.address import read_address
from linter.scan.inventory.folder import is_repository
from linter.scan.lock import locked

MOST_PACKS = 20
"""Each fetch brings a pack; more of them become one."""


class Mirrored(NamedTuple):
    """A repository on this machine, a working tree or a bare one, and the commit that its HEAD names."""

    path: str
    revision: str


class Mirrors(NamedTuple):
    """The copies in one folder. Whoever asks for the same copy at the same time, in whatever process, waits within the
    limits. Repositories that have a path are used where they are.
    """

    folder: str
    transports: tuple[str, ...] = TRANSPORTS

    def mirror(
        self,
        repository: Repository,
        wants_history: bool = False,
        limits: Limits = LIMITS,
        progress: Progress = untold,
    ) -> Mirrored:
        """The repository as its server has it now. Without history the copy has one commit.

        `progress` hears how many objects have come. Raises MirrorError, which says why not; what was there stays.
        """
        if repository.path:
            return _found(repository.path)
        home = self._home(repository)
        with _failures_told():
            os.makedirs(home, mode=0o700, exist_ok=True)
            order = _Order(home, self._remote(repository), wants_history, limits, _now() + limits.seconds, progress)
            with locked(os.path.join(home, "lock"), limits.seconds):
                _remove_leftovers(home)
                return _updated(order) or _cloned(order)

    def present(self, repository: Repository) -> str:
        """Where the repository is on this machine already; nobody looks inside. Raises MirrorError where it is not."""
        copy = os.path.join(self._home(repository), _COPY)
        if not repository.path and not os.path.isdir(copy):
            raise MirrorError(Failure(Trouble.UNREACHABLE, "it has not been fetched to this machine yet"))
        return repository.path or copy

    def _home(self, repository: Repository) -> str:
        """The folder of one repository; another address is another repository, whatever its name."""
        name, url = repository.name, repository.url
        digest = sha256(f"{name}\n{url}".encode("utf-8", "surrogateescape")).hexdigest()
        readable = quote(name, safe="", errors="surrogateescape")
        return os.path.join(os.path.abspath(self.folder), f"{readable[:_LONGEST]}-{digest[:16]}")

    def _remote(self, repository: Repository) -> Remote:
        address = read_address(repository.url, self.transports)
        token = token_of(address.host) if address.transport == "https" else None
        return Remote(repository.url, self.transports, token)


class _Order(NamedTuple):
    """What is wanted: a copy inside of `home`, until `deadline`."""

    home: str
    remote: Remote
    wants_history: bool
    limits: Limits
    deadline: float
    progress: Progress

    @property
    def copy(self) -> str:
        return os.path.join(self.home, _COPY)

    @property
    def left(self) -> Limits:
        """The limits for what is still to be done."""
        return self.limits._replace(seconds=max(0.0, self.deadline - _now()))


_now = time.monotonic
_COPY = "copy.git"
_NEW = "new-"
_LONGEST = 100

_OF_THE_SERVER = (Trouble.AUTH, Trouble.EMPTY, Trouble.NO_DEFAULT_BRANCH, Trouble.UNREACHABLE, Trouble.TIMEOUT)
"""What another copy would not mend."""


def _updated(order: _Order) -> Mirrored | None:
    """The copy, fetched into if the server has something else. None where there is none that is worth keeping."""
    present = _sound(order)
    if present is None:
        return None
    try:
        if not order.wants_history and order.remote.head(order.left.seconds) == present.revision:
            return present
        order.remote.fetch(order.copy, order.wants_history, order.left, order.progress)
        if _packs(order.copy) > MOST_PACKS:
            tidy(order.copy, order.left.seconds)
    except MirrorError as error:
        if error.failure.kind in _OF_THE_SERVER:
            raise
        return None
    return _sound(order)


def _sound(order: _Order) -> Mirrored | None:
    """The copy as it is; None where there is none, or one that is damaged or has grown too large."""
    try:
        return _found(order.copy) if size_of(order.copy) <= order.limits.size else None
    except MirrorError:
        return None


def _cloned(order: _Order) -> Mirrored:
    """A new copy, whole before it stands where the next one looks for it."""
    with tempfile.TemporaryDirectory(prefix=_NEW, dir=order.home, ignore_cleanup_errors=True) as folder:
        new = os.path.join(folder, _COPY)
        order.remote.clone(new, order.wants_history, order.left, order.progress)
        found = _found(new)
        shutil.rmtree(order.copy, ignore_errors=True)
        os.rename(new, order.copy)
        return found._replace(path=order.copy)


def _remove_leftovers(home: str) -> None:
    """What a killed run left behind; whoever holds the lock knows that nobody else works here."""
    for name in os.listdir(home):
        if name.startswith(_NEW):
            shutil.rmtree(os.path.join(home, name), ignore_errors=True)
    for folder, _, names in os.walk(os.path.join(home, _COPY)):
        for name in names:
            if name.endswith(".lock") or name.startswith(("tmp_", "shallow_")):
                os.unlink(os.path.join(folder, name))


def _packs(copy: str) -> int:
    return sum(name.endswith(".pack") for name in os.listdir(os.path.join(copy, "objects", "pack")))


def _found(path: str) -> Mirrored:
    if not is_repository(path):
        raise MirrorError(Failure(Trouble.UNREACHABLE, "there is no repository"))
    with _failures_told(), open_repository(path) as git:
        return Mirrored(path, default_commit(git, path).revision or "")


@contextmanager
def _failures_told() -> Iterator[None]:
    """Turn what can go wrong into a MirrorError."""
    try:
        yield
    except (RepositoryError, InventoryError, OSError) as error:
        kind = next(trouble for errors, trouble in _TROUBLES if isinstance(error, errors))
        message = str(error.strerror or error) if isinstance(error, OSError) else str(error)
        raise MirrorError(Failure(kind, printable(message))) from error


_TROUBLES = (
    (EmptyError, Trouble.EMPTY),
    (NoDefaultBranchError, Trouble.NO_DEFAULT_BRANCH),
    ((SilenceError, TimeoutError), Trouble.TIMEOUT),
    (RepositoryError, Trouble.CORRUPT),
    (InventoryError, Trouble.CONFIGURATION),
    (OSError, Trouble.INTERNAL),
)
