"""Who signed each section off, and whether that still holds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.engine.governance.staleness import build
from linter.engine.ground import Ground
from linter.model.day import days_between, shifted
from linter.model.page import NOTHING, Badge, Cell, Line, Link, Table, Tone
from linter.model.pointer import join, resolve
from linter.model.quote import listed
from linter.model.review import Review
from linter.model.sign_off import CONDITIONAL, REJECTED, SignOff, StaleSignOff, is_owner, latest

HOLDS = "holds"

SIGN_OFFS = "Sign-offs"

CHANGES = 5
"""So many changes since a sign-off are named."""


class SignedRole(NamedTuple):
    """A section seen from one role: the entry that counts, if any, and what is to be said about it, the worst first."""

    role: str
    entry: SignOff | None
    remarks: tuple[Line, ...]

    @property
    def badge(self) -> Badge:
        """The role, and what is the matter with its sign-off in a word or two."""
        first = self.remarks[0][0]
        if not isinstance(first, Badge) or first.tone is Tone.GOOD:
            return Badge(self.role, Tone.GOOD)
        return Badge(f"{self.role}: {first.text}", first.tone)


class SignOffs:
    """The sign-offs of a review file, today and in this tree. `counts_days`: what is said of them is read today.
    `stale` are those of the tree that no longer fit, if that is known.
    """

    def __init__(
        self, ground: Ground, review: Review, counts_days: bool, stale: Iterable[StaleSignOff] | None = None
    ) -> None:
        self._review = review
        self._counts_days = counts_days
        self._latest = latest(review)
        found = build(ground._replace(reviews=[review])) if stale is None else stale
        path = review.document.path
        own = (one for one in found if one.review.document.path == path)
        self._stale: Mapping[str, StaleSignOff] = {one.sign_off.pointer: one for one in own}

    def of(self, section: str) -> list[SignedRole]:
        """Every role that signed a section, and those that the policy wants to."""
        entries = {role: entry for (name, role), entry in self._latest.items() if name == section}
        found = [SignedRole(role, entry, self._remarks(entry, section)) for role, entry in entries.items()]
        required = self._review.policy.terms(self._review.tier).reviewers.get(section, ())
        missing: Line = (Badge("missing", Tone.BAD), " the policy requires it")
        return [*found, *(SignedRole(role, None, (missing,)) for role in required if role not in entries)]

    def table(self, roles: list[SignedRole]) -> Table:
        """Who signed in which role, when, with which verdict, and what that is worth today."""
        rows = (self._row(signed) for signed in roles)
        return Table(SIGN_OFFS, ("Role", "By", "Day", "Verdict", "Today"), tuple(rows))

    def _row(self, signed: SignedRole) -> tuple[Cell, ...]:
        if signed.entry is None:
            return ((signed.role,),), NOTHING, NOTHING, NOTHING, signed.remarks
        entry = signed.entry
        link = resolve(self._review.document.data, join(entry.pointer, "link"))
        day = Link(entry.signed_on, link) if isinstance(link, str) and "://" in link else entry.signed_on
        return (
            ((entry.role,),),
            ((entry.by,),),
            ((day,),),
            ((entry.verdict,),) if entry.verdict else NOTHING,
            signed.remarks,
        )

    def _remarks(self, entry: SignOff, section: str) -> tuple[Line, ...]:
        return tuple(self._faults(entry, section)) or ((Badge(HOLDS, Tone.GOOD),),)

    def _faults(self, entry: SignOff, section: str) -> Iterator[Line]:
        today = self._review.today
        if entry.verdict == REJECTED:
            yield (Badge(REJECTED, Tone.BAD),)
            return
        if is_owner(entry.by, self._review):
            yield Badge("does not count", Tone.BAD), " given by the product owner"
        if entry.verdict == CONDITIONAL:
            yield from _conditions(entry, today)
        most = self._review.policy.terms(self._review.tier).max_review_days
        if shifted(entry.signed_on, most) < today:
            age = f" {days_between(entry.signed_on, today)} days old," if self._counts_days else ""
            yield Badge("lapsed", Tone.FAIR), f"{age} lasts {most}{'' if self._counts_days else ' days'}"
        if not entry.digest:
            yield Badge("unknown", Tone.FAIR), " without a digest, nobody knows what was signed"
        stale = self._stale.get(entry.pointer)
        if stale and section in stale.sections:
            yield Badge("out of date", Tone.FAIR), f" {_changes(stale)}"


def _conditions(entry: SignOff, today: str) -> Iterator[Line]:
    if not entry.is_bound:
        yield Badge("does not count", Tone.FAIR), " no condition is named"
    for condition in sorted(entry.conditions, key=lambda one: one.due):
        if condition.due < today:
            yield Badge("condition past due", Tone.BAD), f" {condition.due}: {condition.what}"
        else:
            yield Badge("on condition", Tone.FAIR), f" until {condition.due}: {condition.what}"


def _changes(stale: StaleSignOff) -> str:
    if stale.reason:
        return stale.reason
    changed = [*stale.keys, *stale.files]
    if not changed:
        return "something that was signed has changed"
    more = len(changed) - CHANGES
    return f"{listed([*changed[:CHANGES], f'{more} more'] if more > 0 else changed)} changed since"
