"""Entries and changes out of git's NUL-separated listings."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from linter.model.snapshot import Entry, Kind

_KINDS = {"10": Kind.FILE, "12": Kind.LINK, "16": Kind.SUBMODULE}


class Difference(NamedTuple):
    """One line of `git diff --raw`: `status` is its letter (A, D, M, T, U)."""

    path: str
    old: Entry | None
    new: Entry | None
    status: str


def entry(path: str, mode: str, blob: str) -> Entry | None:
    """The entry of that octal mode, None for 000000."""
    if mode == "000000":
        return None
    return Entry(path, _KINDS.get(mode[:2], Kind.OTHER), blob, mode == "100755")


def differences(output: bytes) -> Iterator[Difference]:
    """What `diff-index` and `diff-tree` print with `--raw -z --no-renames --no-abbrev`."""
    fields = os.fsdecode(output).split("\0")
    for head, path in zip(fields[::2], fields[1::2], strict=False):
        old_mode, mode, old_blob, blob, status = head[1:].split(" ")
        yield Difference(path, entry(path, old_mode, old_blob), entry(path, mode, blob), status)


def tree(output: bytes) -> Iterator[Entry]:
    """What `ls-tree -r -z --full-tree` prints."""
    for record in os.fsdecode(output).split("\0")[:-1]:
        head, _, path = record.partition("\t")
        mode, _, blob = head.split(" ")
        if found := entry(path, mode, blob):
            yield found
