"""Who signed off which sections of a review file, and what of it counts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.model.day import is_day, shifted
from linter.model.pointer import join
from linter.model.review import SECTIONS, Review

APPROVED, CONDITIONAL, REJECTED = "approved", "conditional", "rejected"

ROLES = ("product", "engineering", "sre", "security", "qa", "finance")
"""The points of view of a review."""

VERDICTS = (APPROVED, CONDITIONAL, REJECTED)

PRODUCT_OWNER = "/owner/product_owner"


class Condition(NamedTuple):
    """What has to be done for an approval to stay, and by which day (YYYY-MM-DD)."""

    pointer: str
    what: str
    due: str


class SignOff(NamedTuple):
    """One entry of `reviews`. Of what is absent or unsound the value is empty. `conditions` are those still open;
    `is_bound` says whether there are any at all, open or done.
    """

    pointer: str
    sections: tuple[str, ...]
    by: str
    role: str
    signed_on: str
    verdict: str
    digest: str
    conditions: tuple[Condition, ...]
    is_bound: bool = False

    def past_due(self, today: str) -> Iterator[Condition]:
        """The open conditions whose day is over."""
        return (condition for condition in self.conditions if condition.due < today)

    def approves(self, today: str) -> bool:
        """Whether it is a sign-off today: approved, or on conditions that are named and none of which is past due."""
        if self.verdict == CONDITIONAL:
            return self.is_bound and not any(self.past_due(today))
        return self.verdict == APPROVED


class StaleSignOff(NamedTuple):
    """A sign-off whose digest is no longer that of what it was given for, and the `sections` for which it counts.

    `keys` (dotted) and `files` (as the file names them) are what changed since; both are empty where it is not known
    what was signed. `reason` says why no digest can be computed at all.
    """

    review: Review
    sign_off: SignOff
    sections: tuple[str, ...]
    keys: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    reason: str = ""


def latest(review: Review) -> Mapping[tuple[str, str], SignOff]:
    """The entry that counts for each section and role: the latest by its day, of equal days the last in the file.

    An entry from the future counts for nothing yet. (A day of grace: `today` is that of UTC, and it is tomorrow already
    where the sun rises first.)
    """
    entries = [entry for entry in sign_offs(review) if entry.role and entry.signed_on and not is_early(entry, review)]
    ordered = sorted(entries, key=lambda entry: entry.signed_on)
    return {(section, entry.role): entry for entry in ordered for section in entry.sections}


def standing(review: Review) -> Iterator[tuple[SignOff, tuple[str, ...]]]:
    """The entries that count, in the order of the file, each with the sections for which it does."""
    counting: dict[str, list[str]] = {}
    for (section, _), entry in latest(review).items():
        counting.setdefault(entry.pointer, []).append(section)
    for entry in sign_offs(review):
        if entry.pointer in counting:
            yield entry, tuple(counting[entry.pointer])


def sign_offs(review: Review) -> Sequence[SignOff]:
    """Every entry of `reviews`, in the order of the file."""
    return [_sign_off(review, pointer) for pointer in review.items("/reviews")]


def is_early(entry: SignOff, review: Review) -> bool:
    """Whether the entry is dated on a day that is yet to come."""
    return bool(entry.signed_on) and shifted(entry.signed_on, -1) > review.today


def is_owner(handle: str, review: Review) -> bool:
    """Whether a handle is that of the product owner; case does not count, as on GitHub and GitLab."""
    owner = review.text(PRODUCT_OWNER)
    return bool(handle) and owner is not None and owner.casefold() == handle.casefold()


def _sign_off(review: Review, pointer: str) -> SignOff:
    named = [name for _, name in review.texts(join(pointer, "sections")) if name in SECTIONS]
    role, verdict = _text(review, pointer, "role"), _text(review, pointer, "verdict")
    day = _text(review, pointer, "signed_on")
    return SignOff(
        pointer=pointer,
        sections=tuple(dict.fromkeys(named)),
        by=_text(review, pointer, "by"),
        role=role if role in ROLES else "",
        signed_on=day if is_day(day) else "",
        verdict=verdict if verdict in VERDICTS else "",
        digest=_text(review, pointer, "digest"),
        conditions=tuple(_conditions(review, pointer)),
        is_bound=any(review.items(join(pointer, "conditions"))),
    )


def _conditions(review: Review, pointer: str) -> Iterator[Condition]:
    for item in review.items(join(pointer, "conditions")):
        due = _text(review, item, "due")
        if is_day(due) and review.flag(join(item, "done")) is not True:
            yield Condition(item, _text(review, item, "what"), due)


def _text(review: Review, pointer: str, key: str) -> str:
    return review.text(join(pointer, key)) or ""
