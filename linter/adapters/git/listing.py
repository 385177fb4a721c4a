"""Entries and differences out of git's NUL-separated listings."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.adapters.git.paths import decoded
from linter.model.snapshot import Entry, Kind

_KINDS = {"10": Kind.FILE, "12": Kind.LINK, "16": Kind.SUBMODULE}


class Difference(NamedTuple):
    """One record of a raw diff. `status` is its letter (A, D, M, T; U for an unmerged path)."""

    path: str
    old: Entry | None
    new: Entry | None
    status: str


class Listed(NamedTuple):
    """One path of a working tree: what the index says of it (None: untracked), and whether it is not checked out."""

    path: str
    indexed: Entry | None
    is_left_out: bool


def make_entry(path: str, mode: str, blob: str) -> Entry | None:
    """The entry of that octal mode, None for 000000: there is nothing."""
    if mode == "000000":
        return None
    return Entry(path, _KINDS.get(mode[:2], Kind.OTHER), blob, mode == "100755")


def read_differences(output: bytes) -> Iterator[Difference]:
    """What `diff-index` and `diff-tree` print with `--raw -z --no-renames --no-abbrev`."""
    fields = decoded(output).split("\0")
    for head, path in zip(fields[::2], fields[1::2], strict=False):
        old_mode, mode, old_blob, blob, status = head[1:].split(" ")
        yield Difference(path, make_entry(path, old_mode, old_blob), make_entry(path, mode, blob), status)


def read_added(output: bytes) -> Mapping[str, Entry]:
    """The entries, sorted by path, in what `diff-index` and `diff-tree` print of a comparison with the empty tree:
    thousands, so that it is done without a call for each.
    """
    fields = decoded(output).split("\0")
    records = sorted(zip(fields[1::2], fields[::2], strict=False))
    return {
        path: Entry(path, _KINDS.get(head[8:10], Kind.OTHER), head.split(" ", 4)[3], head[8:14] == "100755")
        for path, head in records
    }


def read_tree(output: bytes) -> Iterator[Entry]:
    """What `ls-tree -r -z --full-tree` prints."""
    for record in decoded(output).split("\0")[:-1]:
        head, path = record.split("\t", 1)
        mode, _, blob = head.split(" ")
        if entry := make_entry(path, mode, blob):
            yield entry


def read_files(output: bytes) -> Iterator[Listed]:
    """What `ls-files -z -t --stage --cached --others` prints; an unmerged path comes once per stage."""
    for record in decoded(output).split("\0")[:-1]:
        tag, rest = record[0], record[2:]
        if tag == "?":
            yield Listed(rest.rstrip("/"), None, False)
            continue
        head, path = rest.split("\t", 1)
        mode, blob, _ = head.split(" ")
        yield Listed(path, make_entry(path, mode, blob), tag == "S")


def by_path(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """The entries keyed and sorted by path."""
    found = {entry.path: entry for entry in entries}
    return {path: found[path] for path in sorted(found)}
