"""Changed promises in words."""

from collections.abc import Mapping
from typing import Any

from linter.model.difference import ABSENT, Difference
from linter.model.quote import named, shown
from linter.model.schema import ITEM

NOUNS: Mapping[str, str] = {
    "/clarity/use_cases/*": "use case",
    "/clarity/fair_usage/limits/*": "fair-usage limit",
    "/planning/dependencies/*": "dependency",
    "/planning/provides/*": "interface",
    "/quality/alerts/*": "alert",
    "/monitoring/slis/*": "SLI",
    "/monitoring/usage_metrics/*": "usage metric",
    "/monitoring/events/*": "event",
    "/release_plan/stages/*": "stage",
    "/simplicity/modules/*": "module",
    "/simplicity/debt/*": "debt",
    "/simplicity/overrides/*": "override",
    "/reviews/*": "sign-off",
    "/waivers/*": "waiver",
}
"""What the items of a list are called; any other place is called by its keys."""

_NAMES = ("tier", "version")
"""Numbers that are names: tier 1 is not less than tier 3."""

_UNITS = {"_percent": " %", "_ms": " ms", "_minutes": " min"}


def change_in_words(difference: Difference, what: str = "") -> str:
    """What differs, without judging it; `what` instead of the name of the place."""
    subject, before, after = what or subject_of(difference), difference.before, difference.after
    key = difference.keys[-1] if difference.keys else ""
    if before is ABSENT:
        return f"{subject} is added{_content(after, key)}"
    if after is ABSENT:
        return f"{subject} is dropped{_content(before, key)}"
    if isinstance(before, list) and isinstance(after, list):
        return f"the order of {subject} changes"
    old, new = value_in_words(before, key), value_in_words(after, key)
    verb = "changes" if key in _NAMES else _verb(before, after)
    return f"{subject} {verb} from {old} to {new}"


def subject_of(difference: Difference) -> str:
    """The name of a place: `stage canary`, `percent of stage canary`, or its keys with dots."""
    for end in range(len(difference.keys), 0, -1):
        noun = NOUNS.get("/" + "/".join(difference.keys[:end]))
        if noun:
            item = f"{noun} {shown(difference.names[end - 1])}"
            inner = difference._replace(keys=difference.keys[end:], names=difference.names[end:]).name
            return f"{named(inner)} of {item}" if inner else item
    return named(difference.name)


def value_in_words(value: Any, key: str) -> str:
    """A value with the unit that its key names."""
    if value is None or isinstance(value, bool):
        return str(value).lower() if value is not None else "nothing"
    if isinstance(value, dict | list):
        return "another value"
    unit = next((unit for ending, unit in _UNITS.items() if key.endswith(ending)), "")
    return shown(str(value)) + unit


def _content(value: Any, key: str) -> str:
    """What is added or dropped, where that is short enough to be said."""
    if isinstance(value, dict | list) or key == ITEM:
        return ""
    return f": {value_in_words(value, key)}"


def _verb(before: Any, after: Any) -> str:
    numbers = [value for value in (before, after) if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) < 2:
        return "changes"
    return "is raised" if numbers[1] > numbers[0] else "is lowered"
