"""A review file as an earlier tree has it."""

from linter.engine.reviews import read_document
from linter.model.document import FILE_NAME, Document
from linter.model.memory import Memory
from linter.model.promise.origin import origins
from linter.model.review_files import find_candidates
from linter.model.snapshot import Snapshot


def origin_in(base: Snapshot, document: Document, snapshot: Snapshot, memory: Memory) -> Document | None:
    """The file of a base that a review file of the snapshot comes from: at its path, or where the product stood."""
    there, here = base.paths(), snapshot.paths()
    moved = document.path not in there
    paths = [path for path in base.find([FILE_NAME]) if path not in here] if moved else [document.path]
    files = find_candidates(there[path] for path in paths).files
    return origins((read_document(base, entry, True, memory=memory) for entry in files), [document]).get(document.path)
