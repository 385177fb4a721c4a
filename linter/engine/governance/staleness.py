"""Sign-offs beside what they were given for: which no longer fit, and what changed since."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from linter.engine.governance.origin import origin_in
from linter.engine.governance.signing import (
    MAX_BYTES,
    Files,
    SnapshotFiles,
    Substance,
    identify,
    substance_of,
)
from linter.engine.ground import Ground
from linter.engine.reviews import judged_document
from linter.model.difference import differences
from linter.model.document import MAX_BYTES as MAX_REVIEW_BYTES
from linter.model.history import History
from linter.model.sign_off import REJECTED, StaleSignOff, standing
from linter.model.snapshot import UnreadableError

UNKNOWN = "some of its sections were signed anew since, and what it was given for is not in the history here"

MAX_COMMITS = 200
"""So many versions of a review file are looked through for the one that was signed."""


def build(ground: Ground) -> Iterator[StaleSignOff]:
    """The sign-offs that count, and whose digest is not that of the tree."""
    files = SnapshotFiles(ground.snapshot)
    for review in ground.reviews:
        for sign_off, sections in standing(review):
            if sign_off.digest and sign_off.verdict != REJECTED:
                yield from _judge(StaleSignOff(review, sign_off, sections), files, ground)


class _Version(NamedTuple):
    """A review file in some tree: what it says, and the files that it may cite."""

    data: Any
    files: Files
    folder: str

    def substance(self, sections: Sequence[str]) -> Substance:
        """Raises UnreadableError for a cited file that is there and cannot be read."""
        return substance_of(self.data if isinstance(self.data, dict) else {}, self.folder, sections, self.files)


def _judge(stale: StaleSignOff, files: SnapshotFiles, ground: Ground) -> Iterator[StaleSignOff]:
    document = stale.review.document
    now = _Version(document.data, files, document.folder)
    try:
        if now.substance(stale.sign_off.sections).digest == stale.sign_off.digest:
            return
    except (UnreadableError, ValueError) as error:
        yield stale._replace(reason=str(error))
        return
    then = _signed(stale, files, ground)
    if then is None:
        # A shallow clone or a squashed merge does not have it. What changed may be what was signed anew.
        is_whole = set(stale.sections) == set(stale.sign_off.sections)
        yield stale if is_whole else stale._replace(reason=UNKNOWN)
        return
    keys, paths = _changes(then.substance(stale.sections), now.substance(stale.sections))
    # Of sections that the same role signed anew in a later entry it does not matter what changed.
    if keys or paths:
        yield stale._replace(keys=keys, files=paths)


def _changes(old: Substance, new: Substance) -> tuple[tuple[str, ...], tuple[str, ...]]:
    keys = dict.fromkeys(difference.name for difference in differences(dict(old.sections), dict(new.sections)))
    paths = old.evidence.keys() & new.evidence.keys()
    return tuple(keys), tuple(sorted(path for path in paths if old.evidence[path] != new.evidence[path]))


def _signed(stale: StaleSignOff, files: SnapshotFiles, ground: Ground) -> _Version | None:
    """What was signed: the version, in a base or in the commit that brought the sign-off, that has its digest."""
    for version in _versions(stale, files, ground):
        try:
            if version.substance(stale.sign_off.sections).digest == stale.sign_off.digest:
                return version
        except (UnreadableError, ValueError):
            continue
    return None


def _versions(stale: StaleSignOff, files: SnapshotFiles, ground: Ground) -> Iterator[_Version]:
    document, history = stale.review.document, ground.history
    for base in ground.snapshot.bases:
        then = origin_in(base, document, ground.snapshot, ground.memory)
        if then:
            yield _Version(then.data, SnapshotFiles(base), then.folder)
    commit = _signing_commit(history, document.path, stale.sign_off.digest.encode()) if history else None
    if history and commit:
        past = _PastFiles(history, commit, files)
        yield _Version(past.data(document.path), past, document.folder)


def _signing_commit(history: History, path: str, digest: bytes) -> str | None:
    """The commit that brought a digest into a review file: from there back to it, every version has it."""
    found = None
    for commit in history.changes(path, MAX_COMMITS):
        content = history.read_at(commit, path, MAX_REVIEW_BYTES)
        if content is None or digest not in content:
            break
        found = commit
    return found


class _PastFiles:
    """The files of a commit. What is a folder now was one then: else the digest tells."""

    def __init__(self, history: History, commit: str, now: SnapshotFiles) -> None:
        self._history = history
        self._commit = commit
        self._now = now

    def data(self, path: str) -> Any:
        """What a review file said then."""
        content = self._history.read_at(self._commit, path, MAX_REVIEW_BYTES)
        return judged_document(path, content).data if content is not None else None

    def id(self, path: str) -> str | None:
        content = self._history.read_at(self._commit, path, MAX_BYTES)
        return identify(content) if content is not None else None

    def is_folder(self, path: str) -> bool:
        return self._now.is_folder(path)
