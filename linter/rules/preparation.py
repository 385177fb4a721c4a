"""RL303 to RL305: load tests that prove too little, proofs that are too old, holes that are known."""

from collections.abc import Iterator

from linter.model.day import days_between, is_day, shifted
from linter.model.finding import Severity
from linter.model.pointer import join, parent
from linter.model.review import Review
from linter.model.rule import Hit, rule
from linter.model.units import DAY, Rate

MAX_AGE_DAYS = 365
"""How long a proof counts where the file does not say."""

LOAD_TEST = "/preparation/load_test"

REMEDIES = {
    "achieved": "make the product carry the load, then test again",
    "target": "test the whole capacity, or promise less",
}
"""What is to be done about a rate that is too low."""

PROOFS = {
    "the load test": "/preparation/load_test/ran_on",
    "the penetration test": "/preparation/security_test/penetration_test/tested_on",
    "the restore of a backup": "/quality/backup/restored_on",
    "the rollback": "/release_plan/rollback/tested_on",
}
"""What was tried, and where the day stands."""


@rule("RL303", "load-test-short", Severity.ERROR, Review)
def load_test_short(review: Review) -> Iterator[Hit]:
    """What it checks:
        That the load test achieved its `target`, and that the target is no lower than the capacity promised in
        `clarity.fair_usage`. Rates are compared per second; a month is 30 days. What counts another metric cannot be
        compared: that is a warning beside the target, and advice beside the capacity.

    Why it matters:
        Capacity that was never reached in a test is a guess, and the first to learn that it was wrong are customers on
        the busiest day of the year.

    Example:
        load_test:
          script: tests/load/checkout.js
          target: {count: 200, per: second, metric: requests}
          achieved: {count: 9000, per: minute, metric: requests}
          ran_on: 2026-03-02

        9,000 per minute are 150 per second.

    Remedy:
        Make the product carry the load and test again, or promise less capacity.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    target, capacity = review.rate(f"{LOAD_TEST}/target"), review.rate("/clarity/fair_usage/capacity")
    yield from _short(review, "achieved", target, "the load test achieved {}; its target is {}", Severity.WARNING)
    yield from _short(review, "target", capacity, "the load test aims at {}; fair usage promises {}", Severity.ADVICE)


@rule("RL304", "stale-test-evidence", Severity.WARNING, Review)
def stale_test_evidence(review: Review) -> Iterator[Hit]:
    """What it checks:
        That the load test, the penetration test, the restore of a backup and the rollback are no older than their
        `max_age` (365 days where the file does not say), and that their day is not yet to come.

        A day more than one after today is taken for a mistake: it is tomorrow already somewhere on earth.

    Why it matters:
        A backup that was restored three years ago was a backup of another system. What is not tried again stops
        working without anybody noticing.

    Example:
        backup: {rpo: 15m, rto: 4h, restored_on: 2024-02-01, max_age: 180d}

    Remedy:
        Try it again and write down the day. Where that is too often, agree on another `max_age`.

    Options:
        `max_age` beside the day. A retired product is not asked. `--today` judges as on another day.
    """
    for what, pointer in PROOFS.items():
        day = review.text(pointer)
        if review.lifecycle != "retired" and is_day(day) and is_day(review.today):
            yield from _stale(review, what, pointer, day)


@rule("RL305", "open-critical-finding", Severity.ERROR, Review)
def open_critical_finding(review: Review) -> Iterator[Hit]:
    """What it checks:
        That a product in production, or a deprecated one that still runs, has no open critical findings of its
        penetration test.

    Why it matters:
        Somebody has already found the way in. Whoever finds it next may not write a report.

    Example:
        penetration_test: {by: Example Security Ltd, tested_on: 2026-01-20, open_critical: 1, open_high: 0}

    Remedy:
        Close the hole, have it tested again, and write down `open_critical: 0`.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    pointer = "/preparation/security_test/penetration_test/open_critical"
    count = review.number(pointer)
    if count is not None and count > 0 and review.is_in_production:
        findings = "1 critical finding" if count == 1 else f"{count} critical findings"
        message = f"{findings} of the penetration test open in production"
        yield Hit(message, review.at(pointer), "close the holes and have them tested again")


def _short(review: Review, key: str, wanted: Rate | None, words: str, doubt: Severity) -> Iterator[Hit]:
    """What is to be said of a rate of the load test beside another one; `doubt` is how much it weighs that they cannot
    be compared.
    """
    pointer = f"{LOAD_TEST}/{key}"
    rate = review.rate(pointer)
    if rate is None or wanted is None:
        return
    if rate.metric != wanted.metric:
        said = words.format(rate.in_words(), wanted.in_words())
        message = f"{said}: {rate.metric} and {wanted.metric} cannot be compared"
        yield Hit(message, review.at(pointer), "count both in one metric", doubt)
    elif rate.is_below(wanted):
        yield Hit(words.format(rate.in_words(wanted), wanted.in_words()), review.at(pointer), REMEDIES[key])


def _stale(review: Review, what: str, pointer: str, day: str) -> Iterator[Hit]:
    limit = join(parent(pointer), "max_age")
    most = MAX_AGE_DAYS * DAY if review.lacks(limit) else review.seconds(limit)
    if shifted(day, -1) > review.today:
        yield Hit(f"{what} is dated {day}, which is yet to come", review.at(pointer), "give the day of the latest one")
    elif most is not None and review.today > shifted(day, most // DAY):
        allowed = review.text(limit) or f"{MAX_AGE_DAYS} days"
        age = days_between(day, review.today)
        message = f"{what} was {age} days ago, on {day}; it counts for {allowed}"
        yield Hit(message, review.at(pointer), "do it again and write down the day")
