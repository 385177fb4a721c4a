"""RL204: dependencies whose failure nothing contains."""

from collections.abc import Iterator

from linter.model.finding import Severity
from linter.model.quote import named
from linter.model.review import Review
from linter.model.rule import Fix, Hit, rule

NEEDS = {
    "contract": ("service", "third-party"),
    "timeout": ("service", "third-party", "datastore", "queue"),
}
"""What a hard dependency needs, by its kind."""

EXAMPLES = {
    "contract": "`contract: {type: openapi, path: contracts/payments.yaml}`",
    "timeout": "`timeout: 2s`",
}


@rule("RL204", "unguarded-dependency", Severity.ERROR, Review, Fix.SUGGEST)
def unguarded_dependency(review: Review) -> Iterator[Hit]:
    """What it checks:
        That a hard dependency on a service or third party has a `contract`, that a hard one on a service, third party,
        datastore or queue has a `timeout`, and that a soft one has another `mitigation` than none.

        It is an error in production (for a soft dependency a warning), a warning in beta, and nothing before.

    Why it matters:
        A call without a timeout waits for ever: when the other side hangs, so does this product, and soon whatever
        calls it. Without a contract nobody knows what the other side may change.

    Example:
        dependencies:
          - {name: payments, kind: service, criticality: hard}

    Remedy:
        Agree on a contract with the other team, set a timeout in the code and state it here. For a soft dependency
        choose cache, fallback, async, retry or degrade, or admit that it is hard.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    severity = Severity.ERROR if review.is_in_production else Severity.WARNING
    if review.is_in_production or review.lifecycle == "beta":
        for item in review.items("/planning/dependencies"):
            criticality = review.text(f"{item}/criticality")
            if criticality == "hard":
                yield from _unguarded(review, item, severity)
            elif criticality == "soft":
                yield from _unmitigated(review, item)


def _unguarded(review: Review, item: str, severity: Severity) -> Iterator[Hit]:
    kind = review.text(f"{item}/kind")
    for key, kinds in NEEDS.items():
        if kind in kinds and review.lacks(f"{item}/{key}"):
            message = f"{_called(review, item)} is a hard dependency of kind {kind} without a {key}"
            yield Hit(message, review.at(f"{item}/{key}"), f"add, for example, {EXAMPLES[key]}", severity)


def _unmitigated(review: Review, item: str) -> Iterator[Hit]:
    if review.text(f"{item}/mitigation") == "none":
        message = f"{_called(review, item)} is called soft, and nothing softens its failure"
        hint = "choose cache, fallback, async, retry or degrade, or call it hard"
        yield Hit(message, review.at(f"{item}/mitigation"), hint, Severity.WARNING)


def _called(review: Review, item: str) -> str:
    name = review.text(f"{item}/name")
    return named(name) if name else "this dependency"
