"""What earlier runs in a repository computed, kept inside the git directory that all its working trees share.

It may be removed at any time. What is damaged, locked or may not be written is done without: no run waits for another
one, and none fails for it. Whoever can write there can also write hooks, so its content is as trusted as they are.
"""

import marshal
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import linter
from linter.model.memory import Memory

if TYPE_CHECKING:
    from linter.adapters.git.storage import Storage

FOLDER = "review-lint"
"""Below git's common directory."""


@contextmanager
def open_memory(common_dir: str) -> Iterator[Memory]:
    """The memory of the repository with that git directory. What is kept is written when the block ends well."""
    memory = _Kept(os.path.join(common_dir, FOLDER))
    try:
        yield memory
        memory.write()
    finally:
        memory.close()


class _Kept:
    """Opened by the first question: SQLite takes 5 ms to import, and many runs have nothing to ask."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._new: dict[str, Any] = {}
        self._storage: Storage | None = None
        self._version = ""

    def recall(self, kind: str, key: str) -> Any:
        name = self._name(kind, key)
        if name in self._new:
            return self._new[name]
        record = self._opened().find(name)
        return None if record is None else _value(name, record)

    def keep(self, kind: str, key: str, value: Any) -> None:
        self._new[self._name(kind, key)] = value

    def write(self) -> None:
        if self._new:
            self._opened().add([(name, _record(name, value)) for name, value in self._new.items()])

    def close(self) -> None:
        if self._storage is not None:
            self._storage.close()

    def _opened(self) -> "Storage":
        if self._storage is None:
            from linter.adapters.git.storage import Storage  # noqa: PLC0415

            self._storage = Storage(self._folder)
        return self._storage

    def _name(self, kind: str, key: str) -> str:
        self._version = self._version or _version()
        return f"{self._version}/{kind}/{key}"


def _record(name: str, value: Any) -> bytes:
    """A checksum, then the value."""
    data = marshal.dumps(value)
    return _checksum(name, data) + data


def _value(name: str, record: bytes) -> Any:
    """The value of a record; None where that is damaged."""
    sum_length = 4
    data = record[sum_length:]
    return marshal.loads(data) if record[:sum_length] == _checksum(name, data) else None  # noqa: S302


def _checksum(name: str, data: bytes) -> bytes:
    return zlib.crc32(data, zlib.crc32(name.encode())).to_bytes(4, "big")


def _version() -> str:
    """What is computed with: the release, the Python, and the day of the newest file, so that none answers for
    another.
    """
    python = ".".join(map(str, sys.version_info))
    adapters = os.path.join(os.path.dirname(os.path.abspath(linter.__file__)), "adapters")
    return f"{linter.__version__} {python} {max(_times(adapters))}"


def _times(folder: str) -> Iterator[int]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _times(entry.path)
            else:
                yield entry.stat().st_mtime_ns
