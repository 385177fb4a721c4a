"""Which dependencies a review file named when its architecture diagram was changed last."""

from collections.abc import Iterator

from linter.engine.evidence.naming import resolved
from linter.engine.ground import Ground
from linter.engine.repository.reading import is_file
from linter.engine.reviews import read_document
from linter.model.document import MAX_BYTES, Document
from linter.model.history import History
from linter.model.memory import Memory
from linter.model.past import Diagram
from linter.model.pointer import resolve
from linter.model.review import Review
from linter.model.snapshot import Entry, Snapshot, TargetKind, UnreadableError, blob_id, is_whole

MAX_DIAGRAM = 16 << 20
"""Bytes; larger drawings in a working tree count as unchanged."""

MOST_VERSIONS = 1000
"""So many versions of a review file are looked through for the first one."""

DIAGRAM = "/planning/architecture_diagram"
DEPENDENCIES = "/planning/dependencies"


def build(ground: Ground) -> Iterator[Diagram]:
    """The diagrams of the repository that review files name, unless what is judged changes them itself.

    In change-based runs only where the change also touches which dependencies there are.
    """
    if ground.history is None:
        return
    for review in ground.reviews:
        path = diagram_path(review)
        if path and review.has(DEPENDENCIES) and is_file(ground.snapshot, path):
            yield from _diagram(review, path, ground, ground.history)


def diagram_path(review: Review) -> str | None:
    """The path in the repository of the diagram that a review file names, where it is named by one."""
    text = review.text(DIAGRAM) or review.text(DIAGRAM + "/path") or ""
    return None if text.startswith("https://") else resolved(text, review.document.folder)


def _diagram(review: Review, path: str, ground: Ground, history: History) -> Iterator[Diagram]:
    now = _names(review.document)
    is_asked = now is not None and _is_in_question(review.document.path, now, ground)
    if now is None or not is_asked or not _is_committed(path, ground.snapshot):
        return
    commit = history.last_change(path)
    if commit is None:
        yield Diagram(review, path, now, is_shallow=history.is_shallow)
        return
    then = _names_then(commit, review.document.path, history)
    if then is not None:
        yield Diagram(review, path, now, then, commit)


def _names(document: Document) -> frozenset[str] | None:
    """The names of the dependencies that a review file lists; None where it has no list."""
    items = resolve(document.data, DEPENDENCIES)
    if not isinstance(items, list):
        return None
    names = (item.get("name") for item in items if isinstance(item, dict))
    return frozenset(name for name in names if isinstance(name, str))


def _names_then(commit: str, path: str, history: History) -> frozenset[str] | None:
    """What a review file named at a commit or, where it was not there yet, in its first version."""
    # PyYAML takes 16 ms to import: a repository without a review file does not pay for it.
    from linter.adapters.yaml.reader import read_review  # noqa: PLC0415

    data = history.read_at(commit, path, MAX_BYTES)
    if data is None:
        first = history.changes(path, MOST_VERSIONS)[-1:]
        data = history.read_at(first[0], path, MAX_BYTES) if first else None
    return None if data is None else _names(read_review(path, data))


def _is_in_question(path: str, now: frozenset[str], ground: Ground) -> bool:
    """Whether the run asks about the dependencies of the review file at `path`: in a change-based run only when they
    are other than in every base.
    """
    if is_whole(ground.snapshot):
        return True
    old = next((change.old for change in ground.snapshot.changes() if change.path == path), None)
    return old is not None and all(
        _names_in(base, entry, ground.memory) != now for base, entry in zip(ground.snapshot.bases, old, strict=True)
    )


def _names_in(base: Snapshot, entry: Entry | None, memory: Memory) -> frozenset[str] | None:
    return _names(read_document(base, entry, True, memory=memory)) if entry else None


def _is_committed(path: str, snapshot: Snapshot) -> bool:
    """Whether the file at `path` is as in the commit that the past is asked from: a new version is up to date."""
    if snapshot.kind in (TargetKind.RANGE, TargetKind.REVISION):
        return True
    new, old = snapshot.paths()[path], snapshot.bases[0].paths().get(path)
    if old is None or old.blob is None or new.blob is not None:
        return old is not None and new.blob == old.blob
    try:
        return blob_id(snapshot.read(new, MAX_DIAGRAM), old.blob) == old.blob
    except UnreadableError:
        return True
