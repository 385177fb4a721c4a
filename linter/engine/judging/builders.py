"""Every builder of subjects from more than a review file alone, and what it builds.

A builder is asked only where some rule about its subjects is, and reads nothing until it knows that the file says
something that these rules are about.
"""

from collections.abc import Callable, Iterator

from linter.engine.evidence import builder as evidence
from linter.engine.governance import staleness, weakening
from linter.engine.ground import Ground
from linter.engine.repository import diagram, ownership, releases, undeclared
from linter.model.evidence import EvidenceFault
from linter.model.need import Needs
from linter.model.ownership import Ownership
from linter.model.past import Diagram, Releases
from linter.model.promise.change import Weakening
from linter.model.sign_off import StaleSignOff

Builder = Callable[[Ground], Iterator[object]]

BUILDERS: tuple[tuple[type, Builder], ...] = (
    (EvidenceFault, evidence.build),
    (Ownership, ownership.build),
    (Diagram, diagram.build),
    (Needs, undeclared.build),
    (Releases, releases.build),
    (StaleSignOff, staleness.build),
    (Weakening, weakening.build),
)
