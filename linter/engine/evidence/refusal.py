"""Why a citation does not hold."""

from enum import Enum
from typing import NamedTuple

from linter.model.finding import Severity


class Flaw(Enum):
    """What kind of thing is wrong with a citation, and how much it weighs where that differs from the rule's own."""

    MISSING = "the tree does not have it"
    UNMET = "the file does not hold the text"
    HOLLOW = "it shows nothing"
    UNKNOWN = "this run cannot look it up"
    UNREAD = "this run cannot read it"
    UNJUDGED = "a library is needed to judge it"

    @property
    def severity(self) -> Severity | None:
        return _SEVERITIES.get(self)

    def rule(self, is_event: bool) -> str:
        """The code of the rule that reports it. Whatever an event's code lacks is that event's own rule."""
        if is_event and self in (Flaw.MISSING, Flaw.UNMET, Flaw.UNKNOWN):
            return "RL603"
        return "RL011" if self in (Flaw.MISSING, Flaw.UNKNOWN) else "RL012"


_SEVERITIES = {Flaw.UNKNOWN: Severity.ADVICE, Flaw.UNREAD: Severity.ADVICE, Flaw.UNJUDGED: Severity.WARNING}


class Refusal(NamedTuple):
    """The first thing that is wrong with a citation.

    `key` is the key of the value concerned, empty for the cited value itself; `evidence` is a path of the repository;
    `candidates` are what was probably meant.
    """

    flaw: Flaw
    message: str
    hint: str | None = None
    key: str = ""
    evidence: str | None = None
    candidates: tuple[str, ...] = ()


class RefusalError(Exception):
    """A citation does not hold; never leaves this package."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal
