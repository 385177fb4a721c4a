"""Every builder of subjects from more than a review file alone.

A builder reads nothing until it knows that the file says something that its rules are about.
"""

from collections.abc import Callable, Iterator

from linter.engine.evidence import builder as evidence
from linter.engine.governance import staleness, weakening
from linter.engine.ground import Ground
from linter.engine.repository import diagram, ownership, releases, undeclared

Builder = Callable[[Ground], Iterator[object]]

BUILDERS: tuple[Builder, ...] = (
    evidence.build,
    ownership.build,
    diagram.build,
    undeclared.build,
    releases.build,
    staleness.build,
    weakening.build,
)
