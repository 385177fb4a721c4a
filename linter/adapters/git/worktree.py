"""The working tree, read without ever leaving it: no link is followed, no device or pipe is opened for reading."""

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence

from linter.adapters.git.listing import Listed, by_path, read_files
from linter.adapters.git.paths import localised
from linter.adapters.git.repository import Git
from linter.adapters.git.snapshots import read_blob
from linter.model.snapshot import (
    Change,
    Entry,
    Kind,
    Snapshot,
    TargetKind,
    TooLargeError,
    UnreadableError,
    find_named,
)

_SAFELY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC


class WorktreeSnapshot:
    """Files on the disk: tracked, or neither tracked nor ignored.

    Files that a sparse checkout leaves out count with the content that the index has for them.
    """

    kind = TargetKind.WORKTREE
    revision: str | None = None

    def __init__(self, git: Git, top: str, base: Snapshot) -> None:
        self.bases: Sequence[Snapshot] = (base,)
        self._git = git
        self._top = top
        self._paths: Mapping[str, Entry] | None = None

    def paths(self) -> Mapping[str, Entry]:
        if self._paths is None:
            self._paths = by_path(self._entries())
        return self._paths

    def find(self, names: Collection[str]) -> Mapping[str, Entry]:
        return find_named(self.paths(), names)

    def changes(self) -> Sequence[Change]:
        new, old = self.paths(), self.bases[0].paths()
        return [Change(path, new.get(path), (old.get(path),)) for path in sorted(new.keys() | old.keys())]

    def read(self, entry: Entry, limit: int) -> bytes:
        if entry.blob is not None:
            return read_blob(self._git, entry, limit)
        if entry.kind not in (Kind.FILE, Kind.LINK):
            raise UnreadableError(f"is not a file but a {entry.kind.value}")
        try:
            return _read(self._top, entry, limit)
        except OSError as error:
            raise UnreadableError(f"cannot be read: {error.strerror}") from error

    def _entries(self) -> Iterator[Entry]:
        folders = _Folders(self._top)
        command = ("ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard")
        for listed in read_files(self._git.run(*command)):
            if entry := _entry(listed, folders.look(listed.path)):
                yield entry


class _Folders:
    """Looks at paths below a folder; remembers which folders on the way are real ones."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._real = {"": True}

    def look(self, path: str) -> Entry | None:
        """The entry at `path`, None where nothing is, where only a link leads to it, and for names that git forbids."""
        folder, _, name = path.rpartition("/")
        if _is_forbidden(name) or not self._is_real(folder):
            return None
        try:
            mode = os.lstat(self._locate(path)).st_mode
        except OSError:
            return None
        return Entry(path, self._kind(path, mode), None, stat.S_ISREG(mode) and bool(mode & stat.S_IXUSR))

    def _kind(self, path: str, mode: int) -> Kind:
        if stat.S_ISDIR(mode):
            return Kind.SUBMODULE if os.path.lexists(self._locate(f"{path}/.git")) else Kind.OTHER
        if stat.S_ISLNK(mode):
            return Kind.LINK
        return Kind.FILE if stat.S_ISREG(mode) else Kind.OTHER

    def _is_real(self, folder: str) -> bool:
        known = self._real.get(folder)
        if known is None:
            parent, _, name = folder.rpartition("/")
            known = not _is_forbidden(name) and self._is_real(parent) and self._is_folder(folder)
            self._real[folder] = known
        return known

    def _is_folder(self, folder: str) -> bool:
        try:
            return stat.S_ISDIR(os.lstat(self._locate(folder)).st_mode)
        except OSError:
            return False

    def _locate(self, path: str) -> str:
        return f"{self._top}/{localised(path)}"


def _entry(listed: Listed, found: Entry | None) -> Entry | None:
    if found is None:
        return listed.indexed if listed.is_left_out else None
    is_empty_submodule = found.kind is Kind.OTHER and listed.indexed and listed.indexed.kind is Kind.SUBMODULE
    return found._replace(kind=Kind.SUBMODULE) if is_empty_submodule else found


def _is_forbidden(name: str) -> bool:
    """Git never adds such names, but an index can be forged."""
    return name in ("", ".", "..") or name.lower() == ".git"


def _read(top: str, entry: Entry, limit: int) -> bytes:
    *folders, name = localised(entry.path).split("/")
    folder = os.open(top, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in folders:
            folder = _replace(folder, os.open(part, _FOLDER, dir_fd=folder))
        if entry.kind is Kind.LINK:
            return os.fsencode(os.readlink(name, dir_fd=folder))
        with open(os.open(name, _SAFELY, dir_fd=folder), "rb") as file:
            return _read_file(file.fileno(), limit)
    finally:
        os.close(folder)


def _replace(old: int, new: int) -> int:
    os.close(old)
    return new


def _read_file(descriptor: int, limit: int) -> bytes:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise UnreadableError("is not a regular file")
    data = bytearray()
    while len(data) <= limit and (chunk := os.read(descriptor, min(1 << 20, limit + 1 - len(data)))):
        data += chunk
    if len(data) > limit:
        raise TooLargeError(f"is larger than {limit:,} bytes")
    return bytes(data)
