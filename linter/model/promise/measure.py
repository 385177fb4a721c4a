"""How much a value promises: a number that is comparable with that of another value of the same place."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from linter.model import units
from linter.model.day import is_day
from linter.model.difference import ABSENT

Measure = Callable[[Any], Any]
"""More is a better promise; None where a value means nothing, or nothing that can be compared."""


def most(value: Any) -> Any:
    """The higher the number the better."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124
    return value if is_number else None


def least(value: Any) -> Any:
    """The lower the number the better."""
    number = most(value)
    return None if number is None else -number


def shortest(value: Any) -> Any:
    """The shorter the duration the better."""
    seconds = units.seconds(value) if isinstance(value, str) else None
    return None if seconds is None else -seconds


def narrowest(value: Any) -> Any:
    """The shorter the window of an SLA the better: less of its budget can be spent at once."""
    seconds = units.WINDOWS.get(value) if isinstance(value, str) else None
    return None if seconds is None else -seconds


def soonest(value: Any) -> Any:
    """The earlier the day the better."""
    from datetime import date  # noqa: PLC0415 - 1 ms that commits without dates do not pay

    return -date.fromisoformat(value).toordinal() if is_day(value) else None


def ranked(*words: Sequence[str]) -> Measure:
    """The words from the weakest to the strongest; those that stand together are equal."""
    ranks: Mapping[str, int] = {word: rank for rank, group in enumerate(words) for word in group}
    return lambda value: ranks.get(value) if isinstance(value, str) else None


def is_less(before: Any, after: Any, measure: Measure) -> bool:
    """Whether the new value promises less; a value that is gone does, one that nobody can compare does not."""
    old = measure(before) if before is not ABSENT else None
    if old is None:
        return False
    new = measure(after) if after is not ABSENT else None
    return after is ABSENT if new is None else bool(new < old)
