"""The REVIEW.yaml side of a run: which files there are and what they say."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from linter.engine.known import keep_document, recall_document
from linter.engine.scope.coverage import Coverage
from linter.model.document import MAX_BYTES, Document, Problem
from linter.model.finding import NO_DATA, TOP
from linter.model.memory import NO_MEMORY, Memory
from linter.model.pointer import join
from linter.model.review_files import ReviewFiles, find_candidates
from linter.model.snapshot import Entry, Snapshot, TargetKind, TooLargeError, UnreadableError, blob_id


def find_reviews(
    snapshot: Snapshot,
    is_excluded: Callable[[str], bool],
    with_schema: bool,
    supposed: Mapping[str, str | int] = NO_DATA,
    memory: Memory = NO_MEMORY,
) -> ReviewFiles:
    """Find and read the review files of a tree, with the values at their top that are `supposed` instead of their own.

    `with_schema`: their shape is judged too; it always is where waivers or debts depend on it.
    """
    entries = snapshot.paths()
    candidates = find_candidates(entry for entry in entries.values() if not is_excluded(entry.path))
    documents = tuple(read_document(snapshot, entry, with_schema, supposed, memory) for entry in candidates.files)
    overlaps = Coverage(documents).overlaps(path for path in entries if not is_excluded(path))
    are_staged = snapshot.kind is TargetKind.STAGED
    return ReviewFiles(documents, candidates.misnamed, candidates.not_files, overlaps, are_staged)


def read_document(
    snapshot: Snapshot,
    entry: Entry,
    with_schema: bool,
    supposed: Mapping[str, str | int] = NO_DATA,
    memory: Memory = NO_MEMORY,
) -> Document:
    """One review file. What keeps it from being read is a problem inside the document."""
    try:
        content = snapshot.read(entry, MAX_BYTES)
    except UnreadableError as error:
        return Document(entry.path, problems=(_unreadable(error),))
    if with_schema and not supposed:
        return _remembered(entry.path, entry.blob or blob_id(content), content, memory)
    document = _supposing(_read(entry.path, content), supposed)
    return _with_shape(document) if with_schema or _has_exemptions(document) else document


def judged_document(path: str, content: bytes) -> Document:
    """A review file out of its bytes, with its shape judged."""
    return _with_shape(_read(path, content))


@lru_cache(maxsize=16)  # a run that compares asks for the file of a base up to five times
def _remembered(path: str, blob: str, content: bytes, memory: Memory) -> Document:
    known = recall_document(memory, blob, path)
    if known is None:
        known = judged_document(path, content)
        keep_document(memory, blob, known)
    return known


def _read(path: str, content: bytes) -> Document:
    # PyYAML takes 16 ms to import: a repository without a review file does not pay for it.
    from linter.adapters.yaml.reader import read_review  # noqa: PLC0415

    return read_review(path, content)


def _supposing(document: Document, supposed: Mapping[str, str | int]) -> Document:
    """The document as if it said something else at its top; its places stay."""
    if not supposed or not isinstance(document.data, dict):
        return document
    pointers = frozenset(join("", key) for key in supposed)
    plain = {pointer: document.marks[pointer]._replace(plain=None) for pointer in pointers & document.marks.keys()}
    return document._replace(data={**document.data, **supposed}, marks={**document.marks, **plain}, supposed=pointers)


def _with_shape(document: Document) -> Document:
    # jsonschema takes 60 ms to import: only those who have the file judged pay for it.
    from linter.adapters.schema.check import check_schema  # noqa: PLC0415
    from linter.adapters.schema.files import load_schema  # noqa: PLC0415

    return check_schema(document, load_schema("review"))


def _has_exemptions(document: Document) -> bool:
    return bool(document.marks) and (document.marked("/waivers") or document.marked("/simplicity/debt"))


def _unreadable(error: UnreadableError) -> Problem:
    if isinstance(error, TooLargeError):
        hint = "keep long material in files of its own and name them as evidence"
        return Problem("RL001", f"the file is larger than {MAX_BYTES >> 10} KiB", TOP, hint=hint)
    return Problem("RL001", f"the file cannot be read: {error}", TOP, hint=error.hint or None)
