"""Days as REVIEW.yaml writes them: YYYY-MM-DD. Such texts sort as the days do."""

import re
from typing import TypeGuard


def is_day(value: object) -> TypeGuard[str]:
    """Whether a value is the text of a day that exists, between 0001-01-01 and 9999-12-31."""
    # Since Python 3.11 fromisoformat takes `20260101` and `2026-W01-1` too.
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        _ordinal(value)
    except ValueError:
        return False
    return True


def days_between(start: str, end: str) -> int:
    """How many days `end` is after `start`; negative when it is before. Raises ValueError for what is no day."""
    return _ordinal(end) - _ordinal(start)


def _ordinal(day: str) -> int:
    # datetime is imported here because it costs every commit 1 ms and few of them meet a date.
    from datetime import date  # noqa: PLC0415

    return date.fromisoformat(day).toordinal()
