"""RL013 and RL015: what an organisation's policy does not let a review file say."""

from collections.abc import Iterator

from linter.model.finding import Severity
from linter.model.pointer import split
from linter.model.review import Review
from linter.model.rule import Hit, rule

AVAILABILITY = "/clarity/sla/availability_percent"


@rule("RL013", "forbidden-not-applicable", Severity.ERROR, Review)
def forbidden_not_applicable(review: Review) -> Iterator[Hit]:
    """What it checks:
        That no section or key is marked as `not_applicable` where the organisation's policy asks for an answer. A
        section that the policy names stands for everything in it.

    Why it matters:
        Some questions are never beside the point for an organisation: why a product exists, or how its failure would be
        noticed. There an exception takes more than a sentence and a name.

    Example:
        monitoring:
          not_applicable: {because: The dashboards are planned for next year., agreed_by: "@ada"}

        The policy says `not_applicable: {forbidden: [monitoring]}`.

    Remedy:
        Answer what the section or key asks for. Where that has to wait, a waiver for RL013 says until when, who answers
        for it and who agreed.

    Options:
        In the policy: `not_applicable.forbidden`. Without a policy everything that may say `not_applicable` does so
        freely. `review-lint policy --explain` shows what holds here.
    """
    for pointer in review.document.marks:
        name = _exception(pointer)
        banned = next((item for item in review.policy.never_not_applicable if _is_within(name, item)), None)
        if banned and review.has(pointer):
            rest = "" if banned == name else f", nor anything else in `{banned}`"
            message = f"`{name}` must not be `not_applicable`: {review.policy.title} does not allow it{rest}"
            hint = "answer it, or agree on a waiver for RL013 while that has to wait"
            yield Hit(message, review.at(pointer, key=True), hint)


@rule("RL015", "sla-outside-band", Severity.ERROR, Review)
def sla_outside_band(review: Review) -> Iterator[Hit]:
    """What it checks:
        That the availability of the SLA lies in the band that the organisation's policy has for the product's tier,
        both ends included.

    Why it matters:
        Below the band the product fails those who rely on its tier. Above it the promise costs more than anybody asked
        for, or nobody means to keep it.

    Example:
        tier: 1
        clarity:
          sla: {availability_percent: 99.5, window: 30d}

        The policy says `tiers: {1: {availability_percent: [99.9, 99.995]}}`.

    Remedy:
        Promise what the tier asks for, and see to it that the product can keep it; or give the product the tier that
        its promise belongs to.

    Options:
        In the policy: `tiers`, with `availability_percent: [least, most]` for each. Without a policy there is no band.
    """
    promised, band = review.number(AVAILABILITY), review.policy.terms(review.tier).availability_percent
    if promised is None or band is None or band[0] <= promised <= band[1]:
        return
    side = f"less than the {band[0]:.10g} %" if promised < band[0] else f"more than the {band[1]:.10g} %"
    message = f"the SLA promises an availability of {promised:.10g} %, {side} that {review.policy.title}"
    asks = "asks for" if promised < band[0] else "allows"
    hint = f"promise between {band[0]:.10g} and {band[1]:.10g} %, or give the product the tier that it belongs to"
    data = {"value": promised, "least": band[0], "most": band[1], "tier": review.tier}
    yield Hit(f"{message} {asks} in tier {review.tier}", review.at(AVAILABILITY), hint, data=data)


def _exception(pointer: str) -> str:
    """The section or key, with dots, of which a pointer says that it is not applicable; else ""."""
    *keys, last = split(pointer) or [""]
    is_own = any(key.startswith("x-") for key in keys)
    return ".".join(keys) if last == "not_applicable" and not is_own else ""


def _is_within(name: str, item: str) -> bool:
    return f"{name}.".startswith(f"{item}.")
