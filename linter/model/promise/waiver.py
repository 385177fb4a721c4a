"""Which waivers changed, and which hide more than was agreed to."""

from collections.abc import Iterator, Mapping
from typing import Any

from linter.model.difference import ABSENT, Difference, differences
from linter.model.pointer import join
from linter.model.promise.change import WAIVER, PromiseChange
from linter.model.promise.measure import is_less, least, soonest
from linter.model.promise.words import change_in_words
from linter.model.quote import listed, shown
from linter.model.schema import ITEM

_AGREEMENT = ("approved_by", "created")
_SYMBOL, _PATHS = "symbol", "paths"

Waivers = Mapping[str, Mapping[str, Any]]
"""Waivers by their pointers."""


def waiver_changes(before: Any, after: Any) -> Iterator[PromiseChange]:
    """What differs between the waivers of two versions. Less is promised where one lasts longer or hides more, although
    `approved_by` and `created` are those of the old one.
    """
    old, new = _waivers(before), _waivers(after)
    origins = _origins(old, new)
    for place, waiver in new.items():
        origin = origins.get(place)
        yield from _changed(place, old[origin], waiver) if origin else [_added(place, waiver)]
    for place in old.keys() - set(origins.values()):
        name = _name(old[place])
        yield PromiseChange(
            "/waivers", WAIVER, old[place], ABSENT, False, f"waiver {name} is dropped", f"waiver {name}"
        )


def _origins(old: Waivers, new: Waivers) -> dict[str, str]:
    """The old waivers of the new ones: equal ones, then by their names, then by who agreed to them and when, so that
    another name makes no new waiver.
    """
    origins: dict[str, str] = {}
    for keys in ((), ("id",), (*_AGREEMENT, "rules"), _AGREEMENT):
        for place, waiver in new.items():
            free = (other for other in old if other not in origins.values())
            found = next((other for other in free if _is_origin(old[other], waiver, keys)), None)
            if found and place not in origins:
                origins[place] = found
    return origins


def _is_origin(one: Mapping[str, Any], other: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    return _agree(one, other, keys) if keys else one == other


def _agree(one: Mapping[str, Any], other: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    return all(key in one and key in other and one[key] == other[key] for key in keys)


def _added(place: str, waiver: Mapping[str, Any]) -> PromiseChange:
    rules = waiver.get("rules")
    codes = listed([shown(str(code)) for code in rules]) if isinstance(rules, list) else "no rule"
    until, by = shown(str(waiver.get("expires"))), shown(str(waiver.get("approved_by")))
    sentence = f"waiver {_name(waiver)} is added: {codes} until {until}, approved by {by}"
    return PromiseChange(place, WAIVER, ABSENT, waiver, False, sentence, f"waiver {_name(waiver)}")


def _changed(place: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[PromiseChange]:
    is_agreed = not _agree(before, after, _AGREEMENT)
    for inner in differences(before, after):
        keys, names = ("waivers", ITEM, *inner.keys), ("waivers", _name(after), *inner.names)
        difference = Difference(place + inner.pointer, keys, names, inner.before, inner.after)
        is_weaker = not is_agreed and _hides_more(inner)
        sentence = change_in_words(difference)
        if is_weaker:
            sentence += ", and nobody has agreed to that: `approved_by` and `created` are as they were"
        pair = inner.before, inner.after
        yield PromiseChange(difference.pointer, WAIVER, *pair, is_weaker, sentence, difference.name)


def _hides_more(difference: Difference) -> bool:
    """Whether a waiver lasts longer or hides more for what differs inside it."""
    key, before, after = difference.keys[0], difference.before, difference.after
    if key == "expires":
        return is_less(before, after, soonest)
    if key == "ceiling":
        return is_less(before, after, least)
    if key == "rules":
        return before is ABSENT
    if key == _PATHS:
        return after is ABSENT if len(difference.keys) == 1 else before is ABSENT
    return key == _SYMBOL and before is not ABSENT


def _waivers(items: Any) -> Waivers:
    members = enumerate(items if isinstance(items, list) else ())
    return {join("/waivers", index): item for index, item in members if isinstance(item, dict)}


def _name(waiver: Mapping[str, Any]) -> str:
    return shown(str(waiver.get("id", "without an id")))
