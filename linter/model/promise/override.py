"""Which limits of `simplicity.overrides` changed: each is compared with what counted for the same paths before."""

from collections.abc import Iterator, Mapping
from typing import Any

from linter.model.pointer import join, resolve
from linter.model.policy import Limits
from linter.model.promise.change import PromiseChange
from linter.model.promise.measure import is_less, least, most
from linter.model.quote import shown
from linter.model.simplicity import Simplicity

_PLACE = "/simplicity/overrides"


def override_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], simplicity: Simplicity
) -> Iterator[PromiseChange]:
    """The limits that differ, override by override; one that is new or gone is compared with the limits for code."""
    old, new = _overrides(before), _overrides(after)
    general = _general(before, simplicity), _general(after, simplicity)
    for paths in dict.fromkeys((*old, *new)):
        _, was = old.get(paths, (_PLACE, {}))
        pointer, now = new.get(paths, (_PLACE, {}))
        for key in Limits._fields:
            pair = was.get(key, general[0][key]), now.get(key, general[1][key])
            is_own = key in was or key in now
            if is_own and pair[0] != pair[1] and None not in map(most, pair):
                yield _change(pointer, paths, key, pair)


def _change(pointer: str, paths: str, key: str, pair: tuple[Any, Any]) -> PromiseChange:
    before, after = pair
    verb = "raised" if after > before else "lowered"
    sentence = f"`{key}` for {shown(paths)} is {verb} from {before} to {after}"
    is_weaker = is_less(before, after, most if key.endswith("_min") else least)
    place = join(pointer, "limits", key) if pointer != _PLACE else pointer
    return PromiseChange(place, "limit", before, after, is_weaker, sentence, f"overrides[{paths}].{key}")


def _overrides(data: Mapping[str, Any]) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """The pointers and limits of the overrides, by their paths; where two have the same paths the later one counts."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    items = resolve(data, _PLACE)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        paths, limits = (item.get("paths"), item.get("limits")) if isinstance(item, dict) else (None, None)
        if isinstance(paths, list) and isinstance(limits, dict):
            found[", ".join(map(str, paths))] = join(_PLACE, index), limits
    return found


def _general(data: Mapping[str, Any], simplicity: Simplicity) -> dict[str, Any]:
    given = resolve(data, "/simplicity/limits")
    return {**simplicity.limits._asdict(), **(given if isinstance(given, dict) else {})}
