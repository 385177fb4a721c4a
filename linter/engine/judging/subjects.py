"""What the rules about a review file's content are asked about."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from linter.adapters.configuration import OWN_FILE, PYPROJECT
from linter.engine.exemption.waivers import governance_of
from linter.engine.ground import Ground
from linter.model.document import Document
from linter.model.history import History
from linter.model.memory import NO_MEMORY, Memory
from linter.model.organisation import NO_POLICY, Policy
from linter.model.review import Review
from linter.model.snapshot import Snapshot
from linter.model.suppression import Terms


class Circumstances(NamedTuple):
    """What review files are judged by: the day and the codes that waivers may name, the policy, the past, of which
    types the subjects of the rules are that are asked about more than the files themselves, and what is known already.
    """

    terms: Terms
    policy: Policy = NO_POLICY
    history: History | None = None
    wanted: Collection[type] = ()
    memory: Memory = NO_MEMORY


def subjects_of(snapshot: Snapshot, documents: Iterable[Document], by: Circumstances) -> Iterator[object]:
    """Everything that rules are asked about in some review files of a tree."""
    documents = list(documents)
    yield from documents
    yield from (governance_of(document, by.terms) for document in documents if document.is_readable)
    reviews = readable(documents, by)
    yield from reviews
    if by.wanted and (reviews or _configures_anew(snapshot)):
        yield from _built(Ground(snapshot, by.history, reviews, by.memory), by.wanted)


def readable(documents: Iterable[Document], by: Circumstances) -> list[Review]:
    """What those of some review files say that can be read."""
    return [Review(document, by.terms.today, by.policy) for document in documents if document.is_readable]


def _configures_anew(snapshot: Snapshot) -> bool:
    """Whether a change says how the tool runs: that is compared with what was said before, with or without a review
    file, which it may exclude.
    """
    return bool(snapshot.bases) and any(change.path in (PYPROJECT, OWN_FILE) for change in snapshot.changes())


def _built(ground: Ground, wanted: Collection[type]) -> Iterator[object]:
    # The builders take 10 ms to import: a repository without a review file does not pay for them.
    from linter.engine.judging.builders import BUILDERS  # noqa: PLC0415

    for kind, build in BUILDERS:
        if kind in wanted:
            yield from build(ground)
