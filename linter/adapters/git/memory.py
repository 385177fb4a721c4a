"""What earlier runs in a repository computed, kept inside the git directory that all its working trees share.

It may be removed at any time. What is damaged, locked or may not be written is done without: no run waits for another
one, and none fails for it. Its content is believed as far as the rest of that directory is, which can hold hooks;
reading it runs nothing, and takes no more time and memory than reading a file.
"""

import json
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        storage = self._opened()
        record = storage.find(name) if storage else None
        return None if record is None else _value(name, record)

    def keep(self, kind: str, key: str, value: Any) -> None:
        self._new[self._name(kind, key)] = value

    def write(self) -> None:
        storage = self._opened() if self._new else None
        if storage:
            records = ((name, _record(name, value)) for name, value in self._new.items())
            storage.add([(name, record) for name, record in records if record])

    def close(self) -> None:
        if self._storage is not None:
            self._storage.close()

    def _opened(self) -> "Storage | None":
        """None for a Python that was built without SQLite."""
        if self._storage is None:
            with suppress(ImportError):
                from linter.adapters.git.storage import Storage  # noqa: PLC0415

                self._storage = Storage(self._folder)
        return self._storage

    def _name(self, kind: str, key: str) -> str:
        self._version = self._version or _version()
        return f"{self._version}/{kind}/{key}"


def _record(name: str, value: Any) -> bytes | None:
    """A checksum, then the value; None for numbers of more digits than Python writes (0xfff... in a review file)."""
    try:
        data = json.dumps(value, separators=(",", ":")).encode()
    except ValueError:
        return None
    return _checksum(name, data) + data


def _value(name: str, record: bytes) -> Any:
    """The value of a record; None where that is damaged."""
    sum_length = 4
    data = record[sum_length:]
    if record[:sum_length] != _checksum(name, data):
        return None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _checksum(name: str, data: bytes) -> bytes:
    return zlib.crc32(data, zlib.crc32(name.encode())).to_bytes(4, "big")


def _version() -> str:
    """What is computed with: the release, the Python, and the days of the files, so that none answers for another."""
    python = ".".join(map(str, sys.version_info))
    package = os.path.dirname(os.path.abspath(linter.__file__))
    # In a checkout the schemas stand beside the package.
    folders = (os.path.join(package, name) for name in ("adapters", "engine", "model", "schemas", "../schemas"))
    return f"{linter.__version__} {python} {sum(time for folder in folders for time in _times(folder))}"


def _times(folder: str) -> Iterator[int]:
    """Of the sources: compiled files come and go while other runs start."""
    if not os.path.isdir(folder):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".json")):
                yield entry.stat().st_mtime_ns
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _times(entry.path)
