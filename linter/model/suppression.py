"""What hides findings for a while: ignores in the code, waivers and debt in the review file."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from linter.model.day import days_between, is_day, shifted
from linter.model.document import Document
from linter.model.finding import Finding, Location, Span
from linter.model.glob import Globs
from linter.model.metrics import FunctionMetrics

MIN_REASON = 10
"""Characters that the reason of an inline ignore has at least."""

MIN_WAIVER_REASON = 20
"""Characters that the reason of a waiver has at least."""

MAX_WAIVER_DAYS = 180
"""How long a waiver lasts at most, unless a policy says otherwise."""

UNWAIVABLE = frozenset({f"RL00{digit}" for digit in range(1, 6)} | {f"RL90{digit}" for digit in range(3, 9)})
"""What keeps a review file from being read, and what guards the waivers themselves, cannot be waived."""

UNIGNORABLE = UNWAIVABLE | {"RL809", "RL810"}
"""Nor can an inline ignore hide what is said about inline ignores."""

JUDGES_CHANGES = frozenset(("RL202", "RL302", "RL804", "RL805", "RL807", "RL808"))
"""Rules that are silent about what a base has too: that a waiver of theirs hides nothing then means nothing."""

LEGACY = {"RL801": "RL803", "RL802": "RL803"}
"""What a rule about a change becomes once the change is in the base, where another rule goes on to report it."""


class Terms(NamedTuple):
    """What everything that hides findings is judged by: the day (YYYY-MM-DD), the codes of all rules, and of those
    whose findings a policy lets nothing hide.
    """

    today: str
    known_codes: frozenset[str]
    max_waiver_days: int = MAX_WAIVER_DAYS
    forbidden: frozenset[str] = frozenset()


class InlineIgnore(NamedTuple):
    """A comment `# review-lint: ignore[codes] reason until day`, as it is written.

    `signature` is the line of the `def` or `class` in whose signature it stands, None where it stands elsewhere.
    `is_readable` is false where the comment says something else than `ignore`.
    """

    span: Span
    signature: int | None = None
    is_readable: bool = True
    codes: tuple[str, ...] = ()
    reason: str = ""
    until: str | None = None


class IgnoreFault(Enum):
    """Why an inline ignore hides nothing."""

    UNREADABLE = "unreadable"
    NO_CODE = "no code"
    UNKNOWN_CODE = "unknown code"
    UNIGNORABLE = "cannot be ignored"
    FORBIDDEN = "forbidden by the policy"
    NO_REASON = "no reason"
    NO_DAY = "no day"
    MISPLACED = "misplaced"


class PlacedIgnore(NamedTuple):
    """An inline ignore beside the function whose signature holds it, None where there is none. `is_touched`: the change
    touches that function.
    """

    path: str
    ignore: InlineIgnore
    function: FunctionMetrics | None
    is_touched: bool
    terms: Terms

    @property
    def fault(self) -> IgnoreFault | None:
        """The first thing that is wrong with it, whatever the day."""
        ignore = self.ignore
        checks = (
            (IgnoreFault.UNREADABLE, not ignore.is_readable),
            (IgnoreFault.NO_CODE, not ignore.codes),
            (IgnoreFault.UNKNOWN_CODE, bool(self.unknown_codes)),
            (IgnoreFault.UNIGNORABLE, not UNIGNORABLE.isdisjoint(ignore.codes)),
            (IgnoreFault.FORBIDDEN, not self.terms.forbidden.isdisjoint(ignore.codes)),
            (IgnoreFault.NO_REASON, len(ignore.reason) < MIN_REASON),
            (IgnoreFault.NO_DAY, ignore.until is not None and not is_day(ignore.until)),
            (IgnoreFault.MISPLACED, self.function is None),
        )
        return next((fault for fault, is_met in checks if is_met), None)

    @property
    def is_expired(self) -> bool:
        """Whether its last day is past."""
        return is_day(self.ignore.until) and self.ignore.until < self.terms.today

    @property
    def unknown_codes(self) -> tuple[str, ...]:
        """The codes that no rule has."""
        return tuple(code for code in self.ignore.codes if code not in self.terms.known_codes)


class Waiver(NamedTuple):
    """One entry of `waivers`. What is absent or of the wrong type is empty, and `is_sound` is false unless the entry
    has the shape that it should have. `paths` None: everything that the file covers.
    """

    pointer: str
    is_sound: bool
    id: str = ""
    rules: tuple[str, ...] = ()
    reason: str = ""
    owner: str = ""
    approved_by: str = ""
    created: str = ""
    expires: str = ""
    paths: Globs | None = None
    symbol: str | None = None
    ceiling: float | None = None


class Debt(NamedTuple):
    """One entry of `simplicity.debt`: like a `Waiver`, for one figure of one function. `path` is the repository's."""

    pointer: str
    is_sound: bool
    symbol: str = ""
    path: str = ""
    metric: str = ""
    ceiling: float | None = None
    until: str = ""
    owner: str = ""


class FlawKind(Enum):
    """Why a waiver that has the right shape hides nothing."""

    SELF_APPROVED = "self-approved"
    TOO_LONG = "too long"
    NOT_YET_CREATED = "created later"
    UNKNOWN_CODE = "unknown code"
    UNWAIVABLE = "cannot be waived"
    FORBIDDEN = "forbidden by the policy"


class Flaw(NamedTuple):
    """What is wrong with a waiver, and the pointer of the value that is to be changed."""

    kind: FlawKind
    pointer: str


class Governance(NamedTuple):
    """The waivers and debts of a review file, and what they are judged by."""

    document: Document
    waivers: tuple[Waiver, ...]
    debts: tuple[Debt, ...]
    terms: Terms

    def flaws(self, waiver: Waiver) -> Iterator[Flaw]:
        """Everything that is wrong with a waiver but for its shape."""
        yield from self._approval_flaws(waiver)
        yield from self._date_flaws(waiver)
        yield from self._rule_flaws(waiver)

    def works(self, entry: Waiver | Debt) -> bool:
        """Whether an entry hides anything today."""
        if isinstance(entry, Debt):
            return entry.is_sound and entry.until >= self.terms.today
        return entry.is_sound and entry.expires >= self.terms.today and not any(self.flaws(entry))

    def _approval_flaws(self, waiver: Waiver) -> Iterator[Flaw]:
        if waiver.owner and waiver.owner.casefold() == waiver.approved_by.casefold():
            yield Flaw(FlawKind.SELF_APPROVED, waiver.pointer + "/approved_by")

    def _date_flaws(self, waiver: Waiver) -> Iterator[Flaw]:
        if waiver.created and shifted(waiver.created, -1) > self.terms.today:
            # A day of grace: `today` is that of UTC, and it is tomorrow already where the sun rises first.
            yield Flaw(FlawKind.NOT_YET_CREATED, waiver.pointer + "/created")
        if (
            waiver.created
            and waiver.expires
            and days_between(waiver.created, waiver.expires) > self.terms.max_waiver_days
        ):
            yield Flaw(FlawKind.TOO_LONG, waiver.pointer + "/expires")

    def _rule_flaws(self, waiver: Waiver) -> Iterator[Flaw]:
        for index, code in enumerate(waiver.rules):
            if code in UNWAIVABLE:
                yield Flaw(FlawKind.UNWAIVABLE, f"{waiver.pointer}/rules/{index}")
            elif code in self.terms.forbidden:
                yield Flaw(FlawKind.FORBIDDEN, f"{waiver.pointer}/rules/{index}")
            elif code and code not in self.terms.known_codes:
                yield Flaw(FlawKind.UNKNOWN_CODE, f"{waiver.pointer}/rules/{index}")


class Exemption(NamedTuple):
    """An ignore, a waiver or a debt that works, reduced to what it hides: findings of `rules` that meet every condition
    given. `by` and `reason` are for people.

    `path` is one file, `paths` are globs relative to the folder of `document`; `document` hides nothing but in the
    files that it covers and in itself. `ceiling` is the worst value of `metric` (of any, where that is None).
    `location` is where it is written.
    """

    by: str
    reason: str
    expires: str | None
    rules: tuple[str, ...]
    document: str | None = None
    path: str | None = None
    paths: Globs | None = None
    symbol: str | None = None
    metric: str | None = None
    ceiling: float | None = None
    location: Location = Location("")


def is_waiver(exemption: Exemption) -> bool:
    """Whether it is an entry of `waivers`."""
    return (exemption.location.pointer or "").startswith("/waivers/")


class Use(NamedTuple):
    """What an exemption that works hid in a whole run, or would have hidden if no other had.

    There is one for every exemption whose rules the run asked, all of them: of another it is not known. What its rules
    have become since (LEGACY) counts too.
    """

    exemption: Exemption
    hidden: tuple[Finding, ...]
