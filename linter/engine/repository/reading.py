"""Files of a tree besides its sources and review files."""

from typing import Any

from linter.model.snapshot import Kind, Snapshot

MAX_BYTES = 256 * 1024
"""Longer files are not read: no manifest is that long, and reading YAML takes its time."""


def yaml_documents(snapshot: Snapshot, path: str) -> tuple[Any, ...]:
    """The values of the documents of a YAML file. Raises UnreadableError, with the place where there is one."""
    # PyYAML takes 16 ms to import: a repository without a review file does not pay for it.
    from linter.adapters.yaml.reader import read_yaml  # noqa: PLC0415

    return read_yaml(snapshot.read(snapshot.paths()[path], MAX_BYTES))


def is_file(snapshot: Snapshot, path: str) -> bool:
    """Whether a path is that of a file, not of a link or submodule."""
    entry = snapshot.paths().get(path)
    return entry is not None and entry.kind is Kind.FILE
