"""Promises beside those of the bases: where less is promised now than in every one of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from linter.adapters.configuration import OWN_FILE, PYPROJECT, SIZE_LIMIT, find_words
from linter.engine.governance.handover import handed_over
from linter.engine.governance.origin import origin_in
from linter.engine.ground import Ground
from linter.engine.project import own_configuration
from linter.errors import ConfigurationError
from linter.model.finding import Location, Severity, Span
from linter.model.pointer import split
from linter.model.promise.change import PromiseChange, Weakening
from linter.model.promise.configuration import compare_configurations
from linter.model.promise.review import compare_reviews
from linter.model.review import Review
from linter.model.snapshot import Entry, Snapshot, UnreadableError
from linter.rules.catalogue import ALL_RULES

CONFIGURATIONS = (PYPROJECT, OWN_FILE)
"""The files that a configuration can stand in."""


def build(ground: Ground) -> Iterator[Weakening]:
    """What every base promised, and the tree does not. Without a base there is nothing to compare with."""
    if ground.snapshot.bases:
        for review in ground.reviews:
            if ground.concerns(review.document.path):
                yield from _of_review(review, ground)
        yield from handed_over(ground)
        if ground.concerns(*CONFIGURATIONS):
            yield from _of_configuration(ground.snapshot)


def own_severities() -> Mapping[str, Severity]:
    """How much the findings of each rule weigh by themselves, by code."""
    return {rule.code: rule.severity for rule in ALL_RULES}


def _of_review(review: Review, ground: Ground) -> Iterator[Weakening]:
    document = review.document
    for change in _weaker([_changes(review, ground, base) for base in ground.snapshot.bases]):
        yield Weakening(change, Location(document.path, document.span(change.pointer), change.pointer))


def _of_configuration(snapshot: Snapshot) -> Iterator[Weakening]:
    changes = list(_weaker([_configured(snapshot, base) for base in snapshot.bases]))
    if changes:
        yield from map(Weakening, changes, _locations(snapshot, changes))


def _weaker(by_base: Sequence[Sequence[PromiseChange]]) -> Iterator[PromiseChange]:
    """The changes that promise less than every base does."""
    weaker = [{(change.kind, change.name): change for change in changes if change.is_weaker} for changes in by_base]
    for key, change in weaker[0].items():
        if all(key in changes for changes in weaker):
            yield change


def _differs(snapshot: Snapshot, base: Snapshot, path: str) -> bool:
    """Whether a file may say something else than in a base; false where both have none."""
    new, old = snapshot.paths().get(path), base.paths().get(path)
    if new is None or old is None:
        return new is not old
    return new.blob is None or new.blob != old.blob


def _changes(review: Review, ground: Ground, base: Snapshot) -> list[PromiseChange]:
    """What differs from a base; nothing where that has no such file, or one that cannot be read."""
    if not _differs(ground.snapshot, base, review.document.path):
        return []
    old = origin_in(base, review.document, ground.snapshot, ground.memory)
    if old is None or not isinstance(old.data, dict):
        return []
    changes = compare_reviews(old.data, review.document.data, review.policy.simplicity)
    return [change for change in changes if change.pointer not in review.document.supposed]


def _configured(snapshot: Snapshot, base: Snapshot) -> list[PromiseChange]:
    if not any(_differs(snapshot, base, path) for path in CONFIGURATIONS):
        return []
    try:
        return compare_configurations(own_configuration(base), own_configuration(snapshot), own_severities())
    except ConfigurationError:  # that of the base: nothing is known about what it promised
        return []


def _locations(snapshot: Snapshot, changes: Iterable[PromiseChange]) -> Iterator[Location]:
    """Where a configuration makes each difference; the first line of its file where something is gone."""
    source = own_configuration(snapshot).source or PYPROJECT
    entry = snapshot.paths().get(source)
    content = _read(snapshot, entry) if entry else b""
    for position in find_words(source, content, (split(change.pointer) for change in changes)):
        yield Location(source, Span(position))


def _read(snapshot: Snapshot, entry: Entry) -> bytes:
    try:
        return snapshot.read(entry, SIZE_LIMIT)
    except UnreadableError:
        return b""
