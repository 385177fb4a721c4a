"""RL901 to RL904: sections that nobody signed off, and sign-offs that no longer hold."""

from collections.abc import Iterator, Mapping, Sequence

from linter.model.day import days_between, shifted
from linter.model.finding import Severity
from linter.model.pointer import join
from linter.model.quote import listed, named, shown, some
from linter.model.review import SECTIONS, Review
from linter.model.rule import Fix, Hit, rule
from linter.model.sign_off import REJECTED, SignOff, StaleSignOff, is_early, is_owner, latest, sign_offs, standing


@rule("RL901", "review-missing", Severity.WARNING, Review)
def review_missing(review: Review) -> Iterator[Hit]:
    """What it checks:
        That somebody other than the product owner signed off every adopted section of a product in production.

        No sign-off at all is a warning; a role that the policy requires for the section at this tier, and that has not
        signed, is an error. Per section and role only the latest entry of `reviews` counts. A rejection is no sign-off,
        one on conditions is none while none is named, and once one is past due. A section that is not applicable needs
        none: whoever agreed to that is named there. While an entry of `reviews` is malformed, only that is said: what
        it signs off is not known.

    Why it matters:
        What only its author has read holds what its author believes. Others see the missing alert, the plan that
        nobody can carry out, and the promise that the platform does not keep.

    Example:
        lifecycle: production
        quality: {scaling: {strategy: horizontal, min_replicas: 2}}

        No entry of `reviews` has `quality` among its `sections`.

    Remedy:
        Ask a colleague to read the section and to sign it: `review-lint sign quality --role sre`.

    Options:
        The policy says which roles have to sign which sections (`tiers.1.reviewers`). A section with `status: draft` or
        `status: proposed` needs no sign-off yet.
    """
    if not review.is_faultless("/reviews"):
        return
    required = review.policy.terms(review.tier).reviewers
    given = _given(review)
    for section in _owing(review) if review.lifecycle == "production" else ():
        missing = [role for role in required.get(section, ()) if role not in given.get(section, ())]
        if missing:
            yield _unsigned_by(review, section, missing)
        elif section not in given:
            message = f"{named(section)} has no sign-off that counts by anyone other than the product owner"
            hint = f"ask a colleague to read it and to sign: {_command(review, [section], 'engineering')}"
            yield Hit(message, review.at(join("", section), key=True), hint, data={"section": section})


@rule("RL902", "stale-review", Severity.WARNING, StaleSignOff, Fix.SUGGEST)
def stale_review(stale: StaleSignOff) -> Iterator[Hit]:
    """What it checks:
        That what was signed is still what the file says: the digest in an entry of `reviews` is recomputed from its
        sections and from the files that they cite as evidence, contract or runbook. The finding names the keys and
        files that changed, where the base or the commit that brought the sign-off can be looked at. Where it takes the
        history to tell whether anything changed, and that is not here, it is advice.

        The status of a section, layout, comments, and what a repeated test brings (`ran_on`, `restored_on`,
        `tested_on`, `checked`, `achieved`, `p99_ms`) make no sign-off stale. Only the latest entry of each section and
        role counts.

    Why it matters:
        A sign-off says that somebody read these words. Once the words are others it says nothing, and looks the same.

    Example:
        An SRE signed `quality` with `min_replicas: 3`; today it says 2.

    Remedy:
        Show the reviewer what changed, and sign again: `review-lint sign quality --role sre`.

    Options:
        The configuration or the policy may make it an error.
    """
    entry = stale.sign_off
    location = stale.review.at(join(entry.pointer, "digest"))
    sections = listed([named(section) for section in stale.sections])
    signer = f"the sign-off of {sections} by {shown(entry.by)} ({entry.role}, {entry.signed_on})"
    if stale.reason:
        message = f"{signer} cannot be compared with what it was given for: {stale.reason}"
        yield Hit(message, location, "mend that, or sign again to be sure", Severity.ADVICE)
        return
    changes = [*map(shown, stale.keys), *map(named, stale.files)]
    what = some(changes) if changes else "something in what was signed or in the files that it cites"
    hint = f"let them read it, and sign again: {_command(stale.review, stale.sections, entry.role)}"
    data = {"sections": list(stale.sections), "keys": list(stale.keys), "files": list(stale.files)}
    yield Hit(f"{signer} is out of date: {what} changed since", location, hint, data=data)


@rule("RL903", "self-review", Severity.ERROR, Review)
def self_review(review: Review) -> Iterator[Hit]:
    """What it checks:
        That no sign-off that counts was given by the product owner (`owner.product_owner`); case does not matter.

    Why it matters:
        A review is a second pair of eyes. The product owner answers for what the file says already.

    Example:
        owner: {team: "@acme/orders", product_owner: "@ada"}
        reviews:
          - {sections: [clarity], by: "@Ada", role: product, signed_on: "2026-03-10", verdict: approved, digest: …}

    Remedy:
        Ask somebody else to read the sections and to sign them; a later entry for the same sections and role takes the
        place of this one.

    Options:
        Waivers cannot hide this rule; only a policy sets its severity.
    """
    for entry, _ in standing(review):
        if is_owner(entry.by, review):
            message = f"{shown(entry.by)} is the product owner, and signed off their own product"
            yield Hit(message, review.at(join(entry.pointer, "by")), "ask somebody else to read it and to sign it")


@rule("RL904", "lapsed-review", Severity.WARNING, Review)
def lapsed_review(review: Review) -> Iterator[Hit]:
    """What it checks:
        That no sign-off that counts is older than 365 days, that no condition of one is past due and not `done`, and
        that none is dated in the future.

        Nothing is asked of a retired product.

    Why it matters:
        The product may be the same, what is around it is not: the team, the load, the threats. And an approval on
        conditions that nobody met is no approval.

    Example:
        conditions: [{what: Try a restore of the replica., due: "2026-05-01"}]

        Today is 2026-06-01.

    Remedy:
        Meet the condition and write `done: true`, or have the sections reviewed again:
        `review-lint sign quality --role sre`.

    Options:
        The policy says how long a sign-off lasts at a tier (`tiers.1.max_review_age`). Waivers cannot hide this rule;
        only a policy sets its severity.
    """
    if review.lifecycle == "retired":
        return
    yield from _early(review)
    for entry, sections in standing(review):
        if entry.verdict != REJECTED:
            yield from _aged(review, entry, sections)
            yield from _past_due(review, entry)


def _owing(review: Review) -> Iterator[str]:
    """The sections that need a sign-off: those that are there, apply, and are adopted."""
    for section in SECTIONS:
        pointer = join("", section)
        if review.mapping(pointer) and review.document.status(pointer) == "adopted":
            yield section


def _given(review: Review) -> Mapping[str, Sequence[str]]:
    """The roles in which somebody other than the product owner signed each section."""
    roles: dict[str, list[str]] = {}
    for (section, role), entry in latest(review).items():
        if entry.approves(review.today) and not is_owner(entry.by, review):
            roles.setdefault(section, []).append(role)
    return roles


def _unsigned_by(review: Review, section: str, roles: Sequence[str]) -> Hit:
    message = f"{named(section)} is not signed off by {listed(list(roles))}, as {review.policy.title} requires"
    if review.tier:
        message += f" at tier {review.tier}"
    hint = f"ask them to read it and to sign: {_command(review, [section], roles[0])}"
    location, data = review.at(join("", section), key=True), {"section": section, "roles": list(roles)}
    return Hit(message, location, hint, Severity.ERROR, data=data)


def _command(review: Review, sections: Sequence[str], role: str) -> str:
    """What those who reviewed the sections type at the root of the repository."""
    folder = review.document.folder
    place = f" --path {shown(folder)}" if folder else ""
    return f"review-lint sign {' '.join(sections)} --role {role}{place}"


def _early(review: Review) -> Iterator[Hit]:
    for entry in sign_offs(review):
        if is_early(entry, review):
            message = f"this sign-off is dated {entry.signed_on}, which is yet to come: it does not count"
            yield Hit(message, review.at(join(entry.pointer, "signed_on")), "give the real day")


def _aged(review: Review, entry: SignOff, sections: Sequence[str]) -> Iterator[Hit]:
    most = review.policy.terms(review.tier).max_review_days
    if review.today > shifted(entry.signed_on, most):
        age = days_between(entry.signed_on, review.today)
        what = listed([named(section) for section in sections])
        message = f"the sign-off of {what} by {shown(entry.by)} is {age} days old; it lasts {most} days"
        hint = f"have it reviewed again: {_command(review, sections, entry.role)}"
        yield Hit(message, review.at(join(entry.pointer, "signed_on")), hint, data={"days": age, "limit": most})


def _past_due(review: Review, entry: SignOff) -> Iterator[Hit]:
    for condition in entry.past_due(review.today):
        message = f"a condition of this sign-off was due on {condition.due}: {shown(condition.what)}"
        hint = "meet it and write `done: true`, or have the sections reviewed again"
        yield Hit(message, review.at(join(condition.pointer, "due")), hint)
