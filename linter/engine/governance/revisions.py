"""Which promises changed between two trees."""

from collections.abc import Sequence
from typing import NamedTuple

from linter.engine.governance.weakening import own_severities
from linter.engine.project import Project, own_configuration, read_project
from linter.engine.reviews import read_document
from linter.model.document import Document
from linter.model.promise.change import PromiseChange
from linter.model.promise.configuration import compare_configurations
from linter.model.promise.origin import origins
from linter.model.promise.review import compare_reviews
from linter.model.request import Request
from linter.model.review_files import find_candidates
from linter.model.snapshot import Snapshot


class FileChanges(NamedTuple):
    """What changed in one file; `note` says what is to be known about the file as a whole."""

    path: str
    changes: tuple[PromiseChange, ...] = ()
    note: str = ""


def compare(old: Snapshot, new: Snapshot, today: str) -> list[FileChanges]:
    """The files whose promises differ, by their paths; files that the new configuration excludes are left out.

    Raises ConfigurationError where one of the trees has a broken configuration or policy.
    """
    project = read_project(new, Request(today))
    before, after = _documents(old, new, project), _documents(new, old, project)
    origin = origins(before, after)
    found = [_compared(origin.get(document.path), document, project) for document in after]
    kept = {document.path for document in (*origin.values(), *after)}
    gone = [FileChanges(document.path, note="is gone") for document in before if document.path not in kept]
    every = (*sorted((*found, *gone), key=lambda one: one.path), _configured(old, new))
    return [one for one in every if one.changes or one.note]


def _documents(snapshot: Snapshot, other: Snapshot, project: Project) -> Sequence[Document]:
    """The review files of a tree that are not just so in the other one."""
    entries, others = snapshot.paths(), other.paths()
    files = find_candidates(entry for entry in entries.values() if not project.is_excluded(entry.path)).files
    changed = (entry for entry in files if others.get(entry.path) != entry)
    return [read_document(snapshot, entry, True) for entry in changed]


def _compared(before: Document | None, after: Document, project: Project) -> FileChanges:
    if before is None:
        return FileChanges(after.path, note="is new")
    for when, document in (("before", before), ("after", after)):
        if not document.is_readable:
            return FileChanges(after.path, note=f"cannot be compared: {_fault(document)} ({when} the change)")
    changes = compare_reviews(before.data, after.data, project.policy.simplicity)
    note = f"was {before.path}" if before.path != after.path else ""
    return FileChanges(after.path, tuple(changes), note)


def _fault(document: Document) -> str:
    problem = document.problems[0]
    return f"line {problem.span.start.line}: {problem.message}"


def _configured(old: Snapshot, new: Snapshot) -> FileChanges:
    before, after = own_configuration(old), own_configuration(new)
    changes = compare_configurations(before, after, own_severities())
    return FileChanges(after.source or before.source or "", tuple(changes))
