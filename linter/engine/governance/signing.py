"""What is signed when sections are signed: their substance, and the files that they cite."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from linter.engine.evidence.citation import PLACES, Form
from linter.engine.evidence.naming import resolved
from linter.model.digest import digest, file_id, substance
from linter.model.pointer import split
from linter.model.schema import ITEM
from linter.model.snapshot import Kind, Snapshot

MAX_BYTES = 64 << 20
"""A larger file is not read: whoever cites it cannot be signed off."""

_LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\n"
_LFS_DIGEST = b"\noid sha256:"
_LFS_MOST = 1024
"""Bytes of a pointer, by the specification of Git LFS."""


class Substance(NamedTuple):
    """What a digest is computed over: the sections by name, the ids of the cited files by path (None: missing)."""

    sections: Mapping[str, Any]
    evidence: Mapping[str, str | None]

    @property
    def digest(self) -> str:
        """Raises ValueError where a section holds a value that JSON does not have."""
        return digest(self.sections, self.evidence)


class Files(Protocol):
    """The files of a tree, by their paths in the repository."""

    def id(self, path: str) -> str | None:
        """What stands for the file's content, None where there is no such file."""

    def is_folder(self, path: str) -> bool:
        """Whether files lie below the path."""


class SnapshotFiles:
    """The files of a snapshot, each read once. Raises UnreadableError for what is there and cannot be read."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._ids: dict[str, str | None] = {}

    def id(self, path: str) -> str | None:
        if path not in self._ids:
            entry = self._snapshot.paths().get(path)
            is_file = entry is not None and entry.kind is Kind.FILE
            self._ids[path] = identify(self._snapshot.read(entry, MAX_BYTES)) if entry and is_file else None
        return self._ids[path]

    def is_folder(self, path: str) -> bool:
        entry = self._snapshot.paths().get(path)
        if entry is not None:
            return entry.kind is Kind.SUBMODULE
        return not path or any(other.startswith(path + "/") for other in self._snapshot.paths())


def identify(content: bytes) -> str:
    """What stands for a file's content, fetched or not: a pointer of Git LFS names it."""
    if content.startswith(_LFS_POINTER) and _LFS_DIGEST in content and len(content) < _LFS_MOST:
        return content.partition(_LFS_DIGEST)[2][:64].decode("ascii", "replace")
    return file_id(content)


def substance_of(data: Mapping[str, Any], folder: str, names: Sequence[str], files: Files) -> Substance:
    """What some sections of a review file in `folder` stand for."""
    evidence = {text: files.id(path) for text, path in cited_files(data, folder, names, files).items()}
    return Substance(substance(data, names), evidence)


def cited_files(data: Mapping[str, Any], folder: str, names: Iterable[str], files: Files) -> dict[str, str]:
    """The paths of the repository that sections name literally, by what they call them; folders are left out.

    What lies outside the repository has the empty path, at which no tree has a file.
    """
    paths = {text: resolved(text, folder) for text in _cited(data, names) if text and not text.startswith("https://")}
    return {text: path or "" for text, path in paths.items() if path is None or not files.is_folder(path)}


def _cited(data: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    """The paths and addresses that sections name where they can name a file by its path."""
    wanted = set(names)
    for pattern, form in PLACES:
        keys = split(pattern)
        for value in _values(data, keys) if keys[0] in wanted else ():
            text = _READERS[form](value) if form in _READERS else None
            if isinstance(text, str):
                yield text


def _evidence(value: Any) -> Any:
    if isinstance(value, dict):
        return None if "contains" in value else value.get("path")
    return value


def _contract(value: Any) -> Any:
    return value.get("path") if isinstance(value, dict) else None


def _runbook(value: Any) -> Any:
    return value.partition("#")[0] if isinstance(value, str) else None


_READERS = {Form.EVIDENCE: _evidence, Form.EVENT: _evidence, Form.CONTRACT: _contract, Form.RUNBOOK: _runbook}
"""The forms that can name a file by its path; the others are globs, commits and symbols."""


def _values(data: Any, keys: list[str]) -> list[Any]:
    values = [data]
    for key in keys:
        if key == ITEM:
            values = [item for value in values if isinstance(value, list) for item in value]
        else:
            values = [value[key] for value in values if isinstance(value, dict) and key in value]
    return values
