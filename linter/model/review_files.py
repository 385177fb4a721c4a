"""Which files of a tree are, or should be, its REVIEW.yaml files."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.model.document import FILE_NAME, Document
from linter.model.snapshot import Entry, Kind


class Overlap(NamedTuple):
    """Two review files that both cover `example`; the second is the one to change."""

    first: str
    second: str
    example: str


class ReviewFiles(NamedTuple):
    """What was found in a tree: `documents` are read; the others are named by path and by what they are instead.
    `are_staged`: the tree is an index, beside which there may be a file that nobody has staged.
    """

    documents: tuple[Document, ...] = ()
    misnamed: tuple[str, ...] = ()
    not_files: tuple[tuple[str, str], ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    are_staged: bool = False


class Candidates(NamedTuple):
    """The entries of a tree that bear on RL005, sorted by path: proper files, wrong names, links and folders."""

    files: tuple[Entry, ...]
    misnamed: tuple[str, ...]
    not_files: tuple[tuple[str, str], ...]


def find_candidates(entries: Iterable[Entry]) -> Candidates:
    """Sort the entries out by their names. A wrong case or ending counts at the root, below it only in capitals:
    `.github/workflows/review.yml` is somebody else's file.
    """
    files, misnamed, others = [], [], {}
    for entry in entries:
        folder, _, name = entry.path.rpartition("/")
        if name == FILE_NAME:
            if entry.kind is Kind.FILE:
                files.append(entry)
            else:
                others[entry.path] = "a symbolic link" if entry.kind is Kind.LINK else "not a file"
        elif is_misspelt(name) and (not folder or name.startswith("REVIEW")):
            misnamed.append(entry.path)
        elif FILE_NAME in folder.split("/"):
            others[entry.path[: entry.path.index(FILE_NAME) + len(FILE_NAME)]] = "a folder"
    return Candidates(tuple(files), tuple(misnamed), tuple(sorted(others.items())))


def upwards(folder: str) -> Iterator[str]:
    """The paths at which the review file that is nearest to a folder ("" for the root) may stand, the nearest first."""
    while folder:
        yield f"{folder}/{FILE_NAME}"
        folder = folder.rpartition("/")[0]
    yield FILE_NAME


def is_misspelt(name: str) -> bool:
    """Whether a file name is REVIEW.yaml but for its case or ending."""
    return name.lower() in ("review.yaml", "review.yml") and name != FILE_NAME
