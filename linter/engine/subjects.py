"""What the rules about a review file's content are asked about: each builder turns one tree into the subjects of some
rules. A builder reads nothing until it knows that the file says something that its rules are about.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from linter.engine.evidence import builder as evidence
from linter.engine.exemption.waivers import governance_of
from linter.engine.ground import Ground
from linter.engine.repository import diagram, ownership, releases, undeclared
from linter.model.document import Document
from linter.model.history import History
from linter.model.organisation import NO_POLICY, Policy
from linter.model.review import Review
from linter.model.snapshot import Snapshot
from linter.model.suppression import Terms


class Circumstances(NamedTuple):
    """What review files are judged by: the day and the codes that waivers may name, the policy, the past."""

    terms: Terms
    policy: Policy = NO_POLICY
    history: History | None = None


Builder = Callable[[Ground], Iterator[object]]

BUILDERS: tuple[Builder, ...] = (evidence.build, ownership.build, diagram.build, undeclared.build, releases.build)


def subjects_of(snapshot: Snapshot, documents: Iterable[Document], by: Circumstances) -> Iterator[object]:
    """Everything that rules are asked about in some review files of a tree."""
    readable = []
    for document in documents:
        yield document
        if isinstance(document.data, dict):
            yield governance_of(document, by.terms)
        if document.is_readable:
            readable.append(Review(document, by.terms.today, by.policy))
    yield from readable
    ground = Ground(snapshot, by.history, readable)
    for builder in BUILDERS:
        yield from builder(ground)
