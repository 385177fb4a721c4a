"""The REVIEW.yaml side of a run: which files there are and what they say."""

from collections.abc import Callable

from linter.adapters.yaml.text import MAX_BYTES
from linter.engine.coverage import Coverage
from linter.model.document import Document, Problem
from linter.model.finding import TOP
from linter.model.review_files import ReviewFiles, find_candidates
from linter.model.snapshot import Entry, Snapshot, TooLargeError, UnreadableError


def find_reviews(snapshot: Snapshot, is_excluded: Callable[[str], bool], with_schema: bool) -> ReviewFiles:
    """Find and read the review files of a tree.

    `with_schema`: their shape is judged too; it always is where waivers or debts depend on it.
    """
    entries = snapshot.paths()
    candidates = find_candidates(entry for entry in entries.values() if not is_excluded(entry.path))
    documents = tuple(read_document(snapshot, entry, with_schema) for entry in candidates.files)
    overlaps = Coverage(documents).overlaps(path for path in entries if not is_excluded(path))
    return ReviewFiles(documents, candidates.misnamed, candidates.not_files, overlaps)


def read_document(snapshot: Snapshot, entry: Entry, with_schema: bool) -> Document:
    """One review file. What keeps it from being read is a problem inside the document."""
    try:
        content = snapshot.read(entry, MAX_BYTES)
    except UnreadableError as error:
        return Document(entry.path, problems=(_unreadable(error),))
    document = _read(entry.path, content)
    return _with_shape(document) if with_schema or _has_exemptions(document) else document


def _read(path: str, content: bytes) -> Document:
    # PyYAML takes 16 ms to import: a repository without a review file does not pay for it.
    from linter.adapters.yaml.reader import read_review  # noqa: PLC0415

    return read_review(path, content)


def _with_shape(document: Document) -> Document:
    # jsonschema takes 60 ms to import: only those who have the file judged pay for it.
    from linter.adapters.schema.files import load_schema  # noqa: PLC0415
    from linter.adapters.schema.judge import check_schema  # noqa: PLC0415

    return check_schema(document, load_schema("review"))


def _has_exemptions(document: Document) -> bool:
    return bool(document.marks) and (document.marked("/waivers") or document.marked("/simplicity/debt"))


def _unreadable(error: UnreadableError) -> Problem:
    if isinstance(error, TooLargeError):
        hint = "keep long material in files of its own and name them as evidence"
        return Problem("RL001", f"the file is larger than {MAX_BYTES >> 10} KiB", TOP, hint=hint)
    return Problem("RL001", f"the file cannot be read: {error}", TOP, hint=error.hint or None)
