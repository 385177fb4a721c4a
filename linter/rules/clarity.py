"""RL101 to RL103: promises that contradict each other, that nobody can keep, or that the capacity cannot bear."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.model.finding import Location, Severity
from linter.model.pointer import join
from linter.model.review import Review
from linter.model.rule import Fix, Hit, rule
from linter.model.units import MINUTE, WINDOWS, Rate, error_budget, exact, shown

if TYPE_CHECKING:
    from fractions import Fraction

SLA, SLO, FAIR_USAGE = "/clarity/sla", "/clarity/slo", "/clarity/fair_usage"

FIGURES = ("availability_percent", "error_rate_percent", "durability_percent", "rpo", "rto", "support")
"""The keys of an SLA that are compared with the same keys of the SLO, each by itself."""

SUPPORT = ("best-effort", "business-hours", "24x7")
"""From the least to the most."""

HIGH_AVAILABILITY = 99.9
"""From here on, in percent, one replica or one zone is too few."""

OF_ONE_CONSUMER = ("tenant", "user", "key", "ip", "consumer")
"""The scopes of limits that every consumer has for itself."""


@rule("RL101", "slo-below-sla", Severity.ERROR, Review, Fix.SUGGEST)
def slo_below_sla(review: Review) -> Iterator[Hit]:
    """What it checks:
        That no figure of `clarity.slo` is looser than the same figure of `clarity.sla`: availability, error rate,
        durability, latency, recovery point and time, support. Latencies are compared where the operation is the same
        and the objective's percentile is no higher. Where the objective's window is the longer one, the outage that it
        allows in all, (1 - availability) * window, is compared as well, because all of it may fall into one window of
        the agreement.

    Why it matters:
        The objective is what the team steers by. If it is looser than the promise, everything looks fine on the team's
        dashboards while customers are owed money.

    Example:
        sla: {availability_percent: 99.9, window: 30d}
        slo: {availability_percent: 99.5, window: 30d}

    Remedy:
        Aim higher than you promise, or promise less. What is only promised needs no objective: leave the figure out of
        `slo`.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    for key in FIGURES:
        promise, objective = (_strictness(review, base, key) for base in (SLA, SLO))
        if promise is not None and objective is not None and objective < promise:
            yield _looser(review, key)
    yield from _longer_window(review)
    promises = [latency for _, latency in _latencies(review, SLA)]
    for item, latency in _latencies(review, SLO):
        yield from _slower(review, item, latency, promises)


@rule("RL102", "implausible-sla", Severity.WARNING, Review)
def implausible_sla(review: Review) -> Iterator[Hit]:
    """What it checks:
        That the SLA can be kept: it promises nothing for 100 %; the outage that it allows in its window is no shorter
        than one rollback takes (`release_plan.rollback.max_minutes`); and from an availability of 99.9 % on there are
        more than one replica and more than one zone (`quality.scaling`), where these are stated.

        The outage allowed is (1 - availability) * window; a month counts as 30 days, a quarter as 90.

    Why it matters:
        One bad release, or one machine that fails, then breaks the promise. 100 % leaves no room for any release.

    Example:
        sla: {availability_percent: 99.99, window: 30d}
        rollback: {how: docs/rollback.md, max_minutes: 10}

        99.99 % of 30 days allow 4.32 minutes.

    Remedy:
        Promise what was measured, less a margin; or make the rollback faster and add replicas and zones.

    Options:
        A section with `status: draft` is advice only.
    """
    yield from _without_exception(review)
    pointer = f"{SLA}/availability_percent"
    promise = review.number(pointer)
    reasons = list(_reasons_to_doubt(review, promise)) if promise is not None and promise < 100 else []
    if reasons:
        message = f"{promise} % can hardly be kept: {'; '.join(reasons)}"
        yield Hit(message, review.at(pointer), "promise less, or make these fit the promise")


@rule("RL103", "fair-usage-over-capacity", Severity.WARNING, Review)
def fair_usage_over_capacity(review: Review) -> Iterator[Hit]:
    """What it checks:
        That what every consumer may take, times `consumers_expected`, is no more than `capacity`. Limits and capacity
        are compared per second and only where they count the same metric; a month is 30 days. A limit of scope
        `global` is shared by all consumers and not multiplied. Where no limit counts what the capacity counts, an
        advice says that they cannot be compared.

    Why it matters:
        If all consumers do what they are allowed to do, the product fails for all of them, and nobody has broken a
        rule.

    Example:
        limits:
          - {name: per tenant, scope: tenant, rate: {count: 300, per: second, metric: requests}}
        on_exceed: throttle
        capacity: {count: 2000, per: second, metric: requests}
        consumers_expected: 8

    Remedy:
        Lower the limit, raise the capacity and prove it by a load test, or expect fewer consumers.

    Options:
        A section with `status: draft` is advice only.
    """
    capacity, count = review.rate(f"{FAIR_USAGE}/capacity"), review.number(f"{FAIR_USAGE}/consumers_expected")
    consumers = None if count is None else exact(count)
    if capacity and consumers:
        limits = dict(_limits_of_one(review))
        yield from _incomparable(review, capacity, limits.values())
        for pointer, limit in limits.items():
            yield from _oversubscribed(review.at(pointer), limit, consumers, capacity)


def _limits_of_one(review: Review) -> Iterator[tuple[str, Rate]]:
    """The rates of the limits that every consumer has for itself, by their pointers."""
    for item in review.items(f"{FAIR_USAGE}/limits"):
        limit = review.rate(f"{item}/rate")
        if limit and review.text(f"{item}/scope") in OF_ONE_CONSUMER:
            yield f"{item}/rate", limit


def _incomparable(review: Review, capacity: Rate, limits: Collection[Rate]) -> Iterator[Hit]:
    if limits and capacity.metric not in {limit.metric for limit in limits}:
        message = f"no limit of one consumer counts {capacity.metric}, so that none can be compared with the capacity"
        hint = "count the capacity as one of the limits does"
        yield Hit(message, review.at(f"{FAIR_USAGE}/capacity"), hint, Severity.ADVICE)


def _oversubscribed(place: Location, limit: Rate, consumers: "Fraction", capacity: Rate) -> Iterator[Hit]:
    total = limit.times(consumers)
    if capacity.is_below(total):
        allowed = f"{shown(consumers)} consumers with {limit.in_words()} each may take {total.in_words(capacity)}"
        message = f"{allowed}; the capacity is {capacity.in_words()}"
        yield Hit(message, place, "lower the limit, or raise the capacity")


def _strictness(review: Review, base: str, key: str) -> float | None:
    """How much a figure promises: the greater the stricter."""
    pointer = join(base, key)
    if key in ("rpo", "rto"):
        time = review.seconds(pointer)
        return None if time is None else float(-time)
    if key == "support":
        level = review.text(pointer)
        return SUPPORT.index(level) if level in SUPPORT else None
    number = review.number(pointer)
    return -number if number is not None and key == "error_rate_percent" else number


def _looser(review: Review, key: str) -> Hit:
    promise, objective = (review.text(join(base, key)) or review.number(join(base, key)) for base in (SLA, SLO))
    message = f"the SLO's {key} {objective} is looser than {promise} in the SLA that it guards"
    return Hit(message, review.at(join(SLO, key)), f"aim at {promise} or better")


class _Outage(NamedTuple):
    """How many minutes of outage an availability (percent) allows in its window."""

    availability: float
    window: str
    minutes: "Fraction"

    @property
    def in_words(self) -> str:
        return f"{shown(self.minutes)} min ({self.availability} % of {_spoken(self.window)})"


def _longer_window(review: Review) -> Iterator[Hit]:
    promise, objective = (_outage(review, base) for base in (SLA, SLO))
    if promise is None or objective is None or objective.availability < promise.availability:
        return
    if WINDOWS[objective.window] > WINDOWS[promise.window] and objective.minutes > promise.minutes:
        message = (
            f"the SLO allows an outage of {objective.in_words} at once, the SLA that it guards of {promise.in_words}"
        )
        yield Hit(message, review.at(f"{SLO}/window"), f"measure it over {_spoken(promise.window)} too")


def _outage(review: Review, base: str) -> _Outage | None:
    share, window = review.number(f"{base}/availability_percent"), review.text(f"{base}/window")
    budget = error_budget(share, window) if share is not None and window else None
    return _Outage(share, window, budget / MINUTE) if share is not None and window and budget is not None else None


class _Latency(NamedTuple):
    """How long an operation (None: all of them) takes at most, in milliseconds, at a percentile."""

    operation: str | None
    percentile: float
    most: float

    @property
    def in_words(self) -> str:
        return f"{self.most} ms at percentile {self.percentile}"

    def guards(self, promise: "_Latency") -> bool:
        """Whether it can be compared with a promise: who is slower at a lower percentile is slower at a higher one."""
        return self.operation == promise.operation and self.percentile <= promise.percentile


def _latencies(review: Review, base: str) -> Iterator[tuple[str, _Latency]]:
    """The latencies of an SLA or SLO, by their pointers."""
    for item in review.items(f"{base}/latency"):
        percentile, most = review.number(f"{item}/percentile"), review.number(f"{item}/max_ms")
        if percentile is not None and most is not None:
            yield item, _Latency(review.text(f"{item}/operation"), percentile, most)


def _slower(review: Review, item: str, objective: _Latency, promises: Iterable[_Latency]) -> Iterator[Hit]:
    strictest = min(filter(objective.guards, promises), key=lambda promise: promise.most, default=objective)
    if objective.most > strictest.most:
        message = f"the SLO allows {objective.in_words}, the SLA that it guards {strictest.in_words}"
        yield Hit(message, review.at(f"{item}/max_ms"), f"aim at {strictest.most} ms or less")


def _without_exception(review: Review) -> Iterator[Hit]:
    latencies = (f"{item}/percentile" for item in review.items(f"{SLA}/latency"))
    for pointer in (f"{SLA}/availability_percent", f"{SLA}/durability_percent", *latencies):
        if review.number(pointer) == 100:
            hint = "promise what was measured, less a margin"
            yield Hit("100 % without any exception cannot be promised", review.at(pointer), hint)


def _reasons_to_doubt(review: Review, promise: float) -> Iterator[str]:
    yield from _slow_rollback(review, promise)
    for key, words in (("min_replicas", "one replica"), ("zones", "one zone")):
        if promise >= HIGH_AVAILABILITY and review.number(f"/quality/scaling/{key}") == 1:
            yield f"there is only {words} (`quality.scaling.{key}`)"


def _slow_rollback(review: Review, promise: float) -> Iterator[str]:
    window, minutes = review.text(f"{SLA}/window") or "", review.number("/release_plan/rollback/max_minutes")
    budget, needed = error_budget(promise, window), exact(minutes or 0)
    if budget is not None and needed is not None and budget < needed * MINUTE:
        allowed = f"{_spoken(window)} it allows {shown(budget / MINUTE)} min of outage"
        yield f"in {allowed}, and one rollback takes up to {shown(needed)} min"


def _spoken(window: str) -> str:
    return window if window[0].isdigit() else f"a {window}"
