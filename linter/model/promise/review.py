"""Which promises changed between two versions of a review file."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from linter.model.difference import ABSENT, NOT_APPLICABLE, Difference, differences
from linter.model.pointer import join
from linter.model.policy import Limits
from linter.model.promise.change import PromiseChange
from linter.model.promise.measure import (
    Measure,
    is_less,
    least,
    most,
    narrowest,
    ranked,
    shortest,
)
from linter.model.promise.override import override_changes
from linter.model.promise.waiver import waiver_changes
from linter.model.promise.words import change_in_words
from linter.model.review import SECTIONS
from linter.model.schema import ITEM
from linter.model.simplicity import LIMITS_OF_CODE, LIMITS_OF_TESTS, MODES, Simplicity


class Promise(NamedTuple):
    """What a place promises: how much, and whether an item that is added or dropped there makes it less."""

    kind: str
    measure: Measure = lambda _: None
    added: bool = False
    dropped: bool = False


_RUNNING = ("service", "website", "app", "pipeline", "job")
_LATENCY = f"/clarity/sla/latency/{ITEM}"

PROMISES: Mapping[str, Promise] = {
    "/tier": Promise("tier", least),
    "/lifecycle": Promise(
        "lifecycle", ranked(("retired",), ("experimental",), ("beta",), ("deprecated", "production"))
    ),
    "/kind": Promise("kind", ranked(("library", "tool"), _RUNNING)),
    **{
        join("", name, "status"): Promise("status", ranked(("draft",), ("proposed",), ("adopted",)))
        for name in SECTIONS
    },
    "/clarity/sla": Promise("sla", dropped=True),
    "/clarity/sla/availability_percent": Promise("sla", most),
    "/clarity/sla/durability_percent": Promise("sla", most),
    "/clarity/sla/error_rate_percent": Promise("sla", least),
    "/clarity/sla/window": Promise("sla", narrowest),
    "/clarity/sla/rpo": Promise("sla", shortest),
    "/clarity/sla/rto": Promise("sla", shortest),
    "/clarity/sla/support": Promise("sla", ranked(("best-effort",), ("business-hours",), ("24x7",))),
    "/clarity/sla/latency": Promise("sla", dropped=True),
    _LATENCY: Promise("sla", dropped=True),
    f"{_LATENCY}/max_ms": Promise("sla", least),
    **{
        join("/simplicity", kind, key): Promise("limit", most if key.endswith("_min") else least)
        for kind in (LIMITS_OF_CODE, LIMITS_OF_TESTS)
        for key in Limits._fields
    },
    "/simplicity/legacy_tolerance": Promise("limit", least),
    "/simplicity/mode": Promise("mode", ranked(*((mode,) for mode in reversed(MODES)))),
    f"/simplicity/generated/{ITEM}": Promise("generated", added=True),
    f"/simplicity/debt/{ITEM}/ceiling": Promise("ceiling", least),
}
"""The promises of which people are told when they become less, by the pointer of their place."""


def compare_reviews(before: Mapping[str, Any], after: Mapping[str, Any], simplicity: Simplicity) -> list[PromiseChange]:
    """What differs between two versions of a review file, in the order of the new one.

    `simplicity` holds what counts where a version does not say it.
    """
    return [
        *_others(before, after, simplicity),
        *override_changes(before, after, simplicity),
        *waiver_changes(before.get("waivers"), after.get("waivers")),
    ]


def _others(before: Mapping[str, Any], after: Mapping[str, Any], simplicity: Simplicity) -> Iterator[PromiseChange]:
    for difference in differences(_completed(before, simplicity), _completed(after, simplicity)):
        for part in _parts(difference):
            yield _judged(part)


def _judged(difference: Difference) -> PromiseChange:
    pattern, sentence = difference.pattern, change_in_words(difference)
    kind, is_weaker = difference.keys[0] if difference.keys else "", False
    promise = PROMISES.get(pattern)
    if difference.keys[-1:] == (NOT_APPLICABLE,) and difference.before is ABSENT:
        kind, is_weaker = NOT_APPLICABLE, True
        sentence = f"`{difference.name.rpartition('.')[0]}` is declared not applicable"
    elif promise:
        kind, is_weaker = promise.kind, _is_weaker(promise, difference)
    pair = difference.before, difference.after
    return PromiseChange(difference.pointer, kind, *pair, is_weaker, sentence, difference.name)


def _is_weaker(promise: Promise, difference: Difference) -> bool:
    before, after = difference.before, difference.after
    if before is ABSENT:
        return promise.added
    if after is ABSENT and promise.dropped:
        return True
    return is_less(before, after, promise.measure)


def _parts(difference: Difference) -> Iterator[Difference]:
    """A list that is new as a whole, item by item where each promises less than nothing did."""
    item = PROMISES.get(join(difference.pattern, ITEM))
    if item and item.added and difference.before is ABSENT:
        for inner in differences([], difference.after):
            keys, names = (*difference.keys, *inner.keys), (*difference.names, *inner.names)
            yield Difference(difference.pointer + inner.pointer, keys, names, inner.before, inner.after)
    else:
        yield difference


def _completed(data: Mapping[str, Any], simplicity: Simplicity) -> dict[str, Any]:
    """A version with what counts where it does not say it, without what is compared in other ways."""
    result = {key: value for key, value in data.items() if key != "waivers"}
    for name in SECTIONS:
        if isinstance(result.get(name), dict):
            result[name] = {"status": "adopted", **result[name]}
    section = result.get("simplicity", {})
    if isinstance(section, dict) and NOT_APPLICABLE not in section:
        result["simplicity"] = _with_limits(section, simplicity)
    return result


def _with_limits(section: Mapping[str, Any], simplicity: Simplicity) -> dict[str, Any]:
    limits = {LIMITS_OF_CODE: simplicity.limits._asdict(), LIMITS_OF_TESTS: simplicity.test_limits._asdict()}
    given = {key: value for key, value in section.items() if key != "overrides"}
    for kind, defaults in limits.items():
        if isinstance(given.get(kind), dict):
            given[kind] = {**defaults, **given[kind]}
    return {**limits, "legacy_tolerance": simplicity.legacy_tolerance, "mode": simplicity.mode, **given}
