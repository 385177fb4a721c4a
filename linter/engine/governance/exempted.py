"""Sources that every base judged, and that count as generated now: by their marker, or by .gitattributes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from linter.engine.code.task import Task
from linter.engine.project import Project
from linter.engine.reviews import find_reviews
from linter.engine.scope.coverage import Coverage
from linter.engine.scope.generated import ATTRIBUTE, is_marked, marked_line
from linter.engine.scope.scope import ATTRIBUTES, Scope
from linter.model.difference import ABSENT
from linter.model.finding import Location, Position, Span
from linter.model.memory import Memory
from linter.model.promise.change import PromiseChange, Weakening
from linter.model.quote import shown
from linter.model.snapshot import Change, Entry, Snapshot

GENERATED = "generated"


def newly_exempt(task: Task, project: Project, memory: Memory) -> Iterator[Weakening]:
    """The sources that some base judged and no base left out, one weakening for all that say `@generated` and one for
    each line of a .gitattributes file. What `simplicity.generated` names is told where that is compared.

    The bases are read only where a changed source has a marker, or a .gitattributes file changes.
    """
    bases = [_Before(base, task, project, memory) for base in task.snapshot.bases]
    marked = [place for change in task.changes if (place := _marked(change, task)) and _is_news(change.path, bases)]
    if marked:
        verbs = "says `@generated`", "say `@generated`"
        yield _weakening(marked[0], [place.path for place in marked], verbs)
    for place, paths in _attributed(task, bases).items():
        yield _weakening(place, paths, (f"is `{ATTRIBUTE}`", f"are `{ATTRIBUTE}`"))


class _Before:
    """What a base left out as generated; its review files are read when they are first asked about."""

    def __init__(self, base: Snapshot, task: Task, project: Project, memory: Memory) -> None:
        self._base = base
        self._task = task
        self._project = project
        self._memory = memory

    def judged(self, path: str) -> bool | None:
        """Whether the base judged a source; None where it has no such source."""
        entry = self._base.paths().get(path)
        text = self._task.library.python_text(self._base, entry) if entry else None
        if text is None:
            return None
        return not is_marked(text) and not self._scope.is_generated(path, text)

    @cached_property
    def _scope(self) -> Scope:
        reviews = find_reviews(self._base, self._project.is_excluded, False, memory=self._memory)
        return Scope(self._base, Coverage(reviews.documents), self._project.policy.simplicity)


def _is_news(path: str, bases: Iterable[_Before]) -> bool:
    answers = [base.judged(path) for base in bases]
    return True in answers and False not in answers


def _marked(change: Change, task: Task) -> Location | None:
    """Where a changed source that some base has says that it is generated."""
    entry = change.entry
    if entry is None or not any(change.old) or (entry.blob and entry in change.old):
        return None
    line = marked_line(task.library.python_text(task.snapshot, entry) or "")
    if not line or task.scope.settings(entry.path).is_generated(entry.path):
        return None
    return Location(entry.path, Span(Position(line, 1)))


def _attributed(task: Task, bases: Sequence[_Before]) -> dict[Location, list[str]]:
    """The sources of the tree that are news, by the lines of the .gitattributes files that are about them."""
    found: dict[Location, list[str]] = {}
    if not bases or not any(change.path.rpartition("/")[2] == ATTRIBUTES for change in task.changes):
        return found
    for entry in task.snapshot.paths().values():
        line = task.scope.attributes.setter(entry.path)
        if line and _is_left_to_attributes(entry, task) and _is_news(entry.path, bases):
            file = f"{line.folder}/{ATTRIBUTES}".lstrip("/")
            found.setdefault(Location(file, Span(Position(line.number, 1))), []).append(entry.path)
    return found


def _is_left_to_attributes(entry: Entry, task: Task) -> bool:
    """Whether an entry is a source that would be judged if no attribute said otherwise."""
    if task.is_excluded(entry.path) or task.scope.settings(entry.path).is_generated(entry.path):
        return False
    text = task.library.python_text(task.snapshot, entry)
    return text is not None and not marked_line(text)


def _weakening(place: Location, paths: Sequence[str], verbs: tuple[str, str]) -> Weakening:
    first, others = shown(paths[0]), len(paths) - 1
    if others:
        sentence = f"{first} and {others} other{'s' * (others > 1)} {verbs[1]} now, and are not judged any more"
    else:
        sentence = f"{first} {verbs[0]} now, and is not judged any more"
    return Weakening(PromiseChange("", GENERATED, ABSENT, list(paths), True, sentence, place.path), place)
