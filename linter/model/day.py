"""Days as REVIEW.yaml writes them: YYYY-MM-DD. Such texts sort as the days do."""

import re
from typing import TypeGuard

LAST = "9999-12-31"
"""The last day that there is."""


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
    """How many days `end` is after `start`; negative when it is before. Raises ValueError for what is no day.

    Whoever asks how long ago something is gets another answer tomorrow: where the question is only whether it is long
    ago, `shifted` days are compared.
    """
    for day in (start, end):
        if isinstance(day, Today):
            day.tell()
    return _ordinal(end) - _ordinal(start)


def shifted(day: str, days: float) -> str:
    """The day so many whole days later (or earlier), as far as there are such days."""
    from datetime import date  # noqa: PLC0415

    least, most = date.min.toordinal(), date.max.toordinal()
    return date.fromordinal(int(min(max(_ordinal(day) + days, least), most))).isoformat()


class Today(str):
    """The day that a run goes by, which notes how long everything that it was asked would be answered alike: up to the
    day `good_until`.

    It is compared like the text that it is, so that no rule can forget to tell.
    """

    __slots__ = ("good_until",)

    def __init__(self, day: str) -> None:  # noqa: ARG002 - taken by __new__
        self.good_until = LAST

    def tell(self) -> None:
        """Note that an answer holds for this one day."""
        self.good_until = str.__str__(self)

    def share(self, good_until: str) -> None:
        """Note what holds up to a day only."""
        self.good_until = min(self.good_until, good_until)

    def _meet(self, other: str, last: int) -> None:
        """Note an answer that is given for the last time so many days after another day, if that is to come."""
        if not is_day(other):
            self.tell()
        elif str.__le__(str.__str__(self), end := shifted(other, last)):
            self.good_until = min(self.good_until, end)

    def __lt__(self, other: str) -> bool:
        self._meet(other, -1)
        return str.__lt__(self, other)

    def __le__(self, other: str) -> bool:
        self._meet(other, 0)
        return str.__le__(self, other)

    def __gt__(self, other: str) -> bool:
        self._meet(other, 0)
        return str.__gt__(self, other)

    def __ge__(self, other: str) -> bool:
        self._meet(other, -1)
        return str.__ge__(self, other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            self._meet(other, -1)
            self._meet(other, 0)
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def __str__(self) -> str:
        self.tell()
        return str.__str__(self)

    def __format__(self, form: str) -> str:
        self.tell()
        return str.__format__(self, form)


def _ordinal(day: str) -> int:
    # datetime is imported here because it costs every commit 1 ms and few of them meet a date.
    from datetime import date  # noqa: PLC0415

    return date.fromisoformat(day).toordinal()
