"""What is wrong with the things that a review file cites: files, workflows, commits, symbols, runbooks, contracts."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from linter.model.finding import NO_DATA, Location, Severity


class EvidenceFault(NamedTuple):
    """One citation that does not hold, or of which this run cannot know whether it does.

    `rule` is the code of the rule that makes a finding of it, `severity` only where it differs from that rule's own.
    `data` has `evidence`, the path of the repository concerned, where there is one.
    """

    rule: str
    message: str
    location: Location
    hint: str | None = None
    severity: Severity | None = None
    fixable: bool = False
    data: Mapping[str, Any] = NO_DATA
