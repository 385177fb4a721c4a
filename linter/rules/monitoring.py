"""RL601 and RL602: promises that nobody measures, and use cases of which nobody knows whether they are used."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from linter.model.finding import Severity
from linter.model.pointer import join, parent, resolve
from linter.model.quote import named, quoted
from linter.model.review import Review
from linter.model.rule import Fix, Hit, rule
from linter.model.words import closest

SLA, SLIS, ALERTS = "/clarity/sla", "/monitoring/slis", "/quality/alerts"
USE_CASES, USAGE_METRICS = "/clarity/use_cases", "/monitoring/usage_metrics"

FIGURES = ("availability_percent", "latency", "error_rate_percent", "durability_percent", "rpo", "rto")
"""What of an SLA can be measured; its window and the hours of support cannot."""

WEIGHTS = {"draft": Severity.ADVICE, "proposed": Severity.WARNING}
"""How much may be made of what a section lacks that is no more than that."""

MOST_COMPARED = 50
"""A guess at what was meant takes up to a millisecond for each pair of names."""


@rule("RL601", "unmeasured-sla", Severity.ERROR, Review, Fix.SUGGEST)
def unmeasured_sla(review: Review) -> Iterator[Hit]:
    """What it checks:
        That every figure of the SLA (availability, latency, error rate, durability, recovery point and time) has an SLI
        that is `for` it, that every SLI has an alert that is `for` its name (a warning), and that no alert is for an
        SLI that does not exist (a warning).

        It asks where there is a list of SLIs, or of alerts, and of every product in production that promises an SLA.
        Where the list itself is required and missing, that is one finding of RL007.

    Why it matters:
        A promise that nobody measures is a wish: customers learn first that it is broken. A measurement that alerts
        nobody is looked at afterwards.

    Example:
        sla: {availability_percent: 99.9, window: 30d, latency: [{percentile: 99, max_ms: 300}]}
        slis:
          - {name: availability, kind: availability, for: availability_percent, source: ops/slis.yaml}

        Nothing measures the latency.

    Remedy:
        Measure it and name where: a query, a dashboard's definition, the report of a restore exercise. Or take the
        figure out of the promise.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning; here the status of the
        section counts that lacks something, too.
    """
    yield from _unmeasured(review)
    yield from _unwatched(review)


@rule("RL602", "unmeasured-use-case", Severity.WARNING, Review, Fix.SUGGEST)
def unmeasured_use_case(review: Review) -> Iterator[Hit]:
    """What it checks:
        Where there are usage metrics: that every use case with priority `must` has one that `answers` it, and that no
        metric answers a use case that does not exist.

    Why it matters:
        The product exists for these use cases. Without a figure nobody knows whether anyone succeeds in them, and what
        is improved is what somebody shouts about.

    Example:
        use_cases:
          - {id: place-order, actor: shopper, outcome: pays for the cart, priority: must}
        usage_metrics:
          - {name: visits, answers: browse, source: {symbol: "shop.metrics:visits"}}

    Remedy:
        Count how often the outcome is reached, and let the metric answer the use case by its `id`.

    Options:
        A section with `status: draft` is advice only.
    """
    cases, metrics = _by_text(review, USE_CASES, "id"), _by_text(review, USAGE_METRICS, "answers")
    guesses = _guesses(metrics, cases)
    if cases and review.all_say(USE_CASES, "id"):
        yield from _unknown_use_cases(review, metrics, cases, guesses)
    if metrics and review.all_say(USAGE_METRICS, "answers"):
        yield from _unanswered(review, cases, set(_unreferred(cases, metrics, guesses)))


def _unknown_use_cases(
    review: Review, metrics: Mapping[str, str], cases: Container[str], guesses: Mapping[str, tuple[str, ...]]
) -> Iterator[Hit]:
    for name, pointer in metrics.items():
        if name not in cases:
            hint = _did_you_mean(guesses, name) or "use cases are named by their `id`"
            yield Hit(f"there is no use case {named(name)}", review.at(pointer), hint)


def _unanswered(review: Review, cases: Mapping[str, str], names: Collection[str]) -> Iterator[Hit]:
    """The use cases that matter most among some names."""
    for name, pointer in cases.items():
        if name in names and review.text(join(parent(pointer), "priority")) == "must":
            message = f"nothing measures the use case {named(name)}"
            hint = f"add a usage metric, for example `{{name: …, answers: {name}, source: …}}`"
            yield Hit(message, review.at(pointer), hint, _at_most(review, "monitoring", Severity.WARNING))


def _unmeasured(review: Review) -> Iterator[Hit]:
    slis = [review.text(f"{item}/for") for item in review.items(SLIS)]
    # An SLI that does not say what it is for, or not in words of the schema, may be for any figure.
    if not _is_asked(review, SLIS) or None in slis:
        return
    for figure in FIGURES:
        pointer = f"{SLA}/{figure}"
        if review.has(pointer) and figure not in slis:
            hint = f"add an SLI, for example `{{name: …, kind: …, for: {figure}, source: …}}`"
            severity = _at_most(review, "monitoring", Severity.ERROR)
            yield Hit(f"nothing measures {named(figure)} of the SLA", review.at(pointer, key=True), hint, severity)


def _unwatched(review: Review) -> Iterator[Hit]:
    slis, alerts = _by_text(review, SLIS, "name"), _by_text(review, ALERTS, "for")
    if not slis or not _is_asked(review, ALERTS):
        return
    guesses = _guesses(alerts, slis)
    if review.all_say(SLIS, "name"):
        yield from _unknown_slis(review, alerts, slis, guesses)
    for name in _unreferred(slis, alerts, guesses):
        hint = "add an alert whose `for` is this name"
        severity = _at_most(review, "quality", Severity.WARNING)
        yield Hit(f"nobody is alerted by the SLI {quoted(name)}", review.at(slis[name]), hint, severity)


def _unknown_slis(
    review: Review, alerts: Mapping[str, str], slis: Container[str], guesses: Mapping[str, tuple[str, ...]]
) -> Iterator[Hit]:
    for name, pointer in alerts.items():
        if name not in slis:
            hint = _did_you_mean(guesses, name) or "an alert is `for` the name of an SLI, or leaves `for` out"
            yield Hit(f"there is no SLI {quoted(name)}", review.at(pointer), hint, Severity.WARNING)


def _is_asked(review: Review, pointer: str) -> bool:
    """Whether it is asked what the list at `pointer` holds: where it is there, and in production also where it is
    absent, unless it is excused or its absence is a finding already.
    """
    data, section = review.document.data, parent(pointer)
    if review.document.marked(pointer):
        return isinstance(resolve(data, pointer), list) and review.has(pointer)
    is_excused = review.document.marked(section, "not_applicable")
    is_missing = any(one.rule == "RL007" and one.pointer in (pointer, section) for one in review.document.problems)
    return review.is_in_production and not is_excused and not is_missing


def _by_text(review: Review, pointer: str, key: str) -> Mapping[str, str]:
    """The texts under `key` in the items of a list, each with the pointer of its first place."""
    found: dict[str, str] = {}
    for item in review.items(pointer):
        text = review.text(join(item, key))
        if text is not None:
            found.setdefault(text, join(item, key))
    return found


def _guesses(references: Iterable[str], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each reference to a name that does not exist the names that are probably meant."""
    known, unknown = set(names), set(references) - set(names)
    if len(known) > MOST_COMPARED or len(unknown) > MOST_COMPARED:
        return {}
    return {reference: closest(reference, known) for reference in unknown}


def _unreferred(
    names: Iterable[str], references: Iterable[str], guesses: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """The names that no reference is about; one that is misspelt is about the name that is meant."""
    referred = {*references, *(name for meant in guesses.values() for name in meant)}
    return (name for name in names if name not in referred)


def _did_you_mean(guesses: Mapping[str, tuple[str, ...]], name: str) -> str | None:
    meant = guesses.get(name, ())
    return f"did you mean {quoted(meant[0])}?" if len(meant) == 1 else None


def _at_most(review: Review, section: str, usual: Severity) -> Severity:
    """The severity of what a section lacks, where the finding stands in another section."""
    return min(usual, WEIGHTS.get(review.document.status(join("", section)), usual))
