"""The repositories below a folder."""

import os
from collections.abc import Callable, Iterator

from linter.adapters.git.repository import printable
from linter.errors import InventoryError
from linter.model.inventory import Repository

MAX_DEPTH = 8
"""How many folders deep repositories are looked for."""

MAX_FOLDERS = 1_000_000
"""How many folders are looked into."""


def read_folder(folder: str, told: Callable[[str], None]) -> Iterator[Repository]:
    """The working trees and bare repositories in a folder, or the one that it is; by their paths below it.

    No link is followed, and nothing inside of a repository is looked at. Linked working trees are left out: they belong
    to a repository that has a place of its own. `told` hears which folders may not be read. Raises InventoryError.
    """
    if is_repository(folder):
        yield Repository(_name(os.path.basename(os.path.realpath(folder))), path=os.path.abspath(folder))
        return
    count = 0
    for path in _Walk(folder, told):
        count += 1
        yield Repository(_name(os.path.relpath(path, folder)), path=os.path.abspath(path))
    if not count:
        raise InventoryError(
            f"there is no repository in {printable(folder)}, nor in the folders below it, {MAX_DEPTH} deep",
            "name a folder that holds repositories, or one that is nearer to them",
        )


def is_repository(folder: str) -> bool:
    """Whether a folder is a working tree or a bare repository."""
    return os.path.lexists(os.path.join(folder, ".git")) or _is_bare(folder)


class _Walk:
    """The folders of repositories below a folder, in no particular order."""

    def __init__(self, folder: str, told: Callable[[str], None]) -> None:
        self._folder = folder
        self._told = told
        self._looked = 0

    def __iter__(self) -> Iterator[str]:
        level = [self._folder]
        for _ in range(MAX_DEPTH):
            below, level = [path for folder in level for path in self._folders(folder)], []
            for path in below:
                if not is_repository(path):
                    level.append(path)
                elif not _is_linked(path):
                    yield path

    def _folders(self, folder: str) -> list[str]:
        self._looked += 1
        if self._looked > MAX_FOLDERS:
            message = f"there are more than {MAX_FOLDERS:,} folders below {printable(self._folder)}"
            raise InventoryError(message, "name the folders that hold the repositories")
        try:
            with os.scandir(folder) as entries:
                return [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError as error:
            if folder == self._folder:
                raise InventoryError(f"cannot read {printable(folder)}: {error.strerror}") from error
            self._told(f"{printable(folder)} was not looked into: {error.strerror}")
            return []


def _is_bare(folder: str) -> bool:
    """As git itself tells."""
    parts = (("HEAD", os.path.lexists), ("objects", os.path.isdir), ("refs", os.path.isdir))
    return all(is_there(os.path.join(folder, name)) for name, is_there in parts)


def _is_linked(folder: str) -> bool:
    try:
        with open(os.path.join(folder, ".git"), "rb") as file:
            return b"/worktrees/" in file.read(1 << 12)
    except OSError:
        return False


def _name(path: str) -> str:
    return path.removesuffix(".git").rstrip("/") or path
