"""Durations, rates and shares as REVIEW.yaml writes them, in exact numbers.

Exact, because rounding would turn comparisons over: 0.1 % of 30 days are 43.2 minutes, and 43.20000000000004 in binary
floating point. `fractions` is imported where it is needed: it costs every commit 3 ms, and few of them compare figures.

Seconds, minutes, hours and days are those of the SI Brochure (9th edition, BIPM 2019, table 8). A month counts as 30
days and a quarter as 90, so that a promise means the same in February and in July.
"""

import re
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

PERIODS = {"second": 1, "minute": MINUTE, "hour": HOUR, "day": DAY, "month": 30 * DAY}
"""What a rate may be `per`, in seconds."""

WINDOWS = {"7d": 7 * DAY, "28d": 28 * DAY, "30d": 30 * DAY, "90d": 90 * DAY, "month": 30 * DAY, "quarter": 90 * DAY}
"""What an SLA is measured over, in seconds."""


class Rate(NamedTuple):
    """So many of a metric per period: `per` is a key of PERIODS. Rates of one metric can be compared, no others."""

    number: "Fraction"
    per: str
    metric: str

    @property
    def per_second(self) -> "Fraction":
        """number / period: 12,000 per minute are 200 per second."""
        return self.number / PERIODS[self.per]

    def times(self, factor: "Fraction") -> "Rate":
        """So many times that rate."""
        return self._replace(number=self.number * factor)

    def is_below(self, other: "Rate") -> bool:
        """Whether it is the lower one of two rates of the same metric; False where the metrics differ."""
        return self.metric == other.metric and self.per_second < other.per_second

    def in_words(self, beside: "Rate | None" = None) -> str:
        """`200 requests per second`, and in the period of the rate that it stands beside if that is another one."""
        words = f"{shown(self.number)} {self.metric} per {self.per}"
        if beside is None or beside.per == self.per:
            return words
        return f"{words} ({shown(self.per_second * PERIODS[beside.per])} per {beside.per})"


def exact(number: float) -> "Fraction | None":
    """The number that a file writes: 99.9 is 999/10, not the binary fraction next to it. None for infinity and NaN."""
    from fractions import Fraction  # noqa: PLC0415

    # The shortest text that reads back as the same float is what was written, up to 15 digits.
    return Fraction(repr(number)) if isinstance(number, int) or isfinite(number) else None


def seconds(duration: str) -> "Fraction | None":
    """How many seconds `250ms`, `90s`, `15m`, `4h` or `7d` are; None for what is no duration."""
    match = _DURATION.fullmatch(duration)
    count = exact(int(match[1])) if match else None
    return count * _UNITS[match[2]] / 1000 if match and count is not None else None


def duration_in_words(duration: str) -> str | None:
    """`1 hour` for `1h`, `250 ms` for `250ms`; None for what is no duration."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    count, name = int(match[1]), _NAMES[match[2]]
    return f"{count:,} {name}" + ("s" if count != 1 and name != "ms" else "")


def rate(count: float, per: str, metric: str) -> Rate | None:
    """The rate; None for an unknown period or a count that is no finite number."""
    number = exact(count)
    return Rate(number, per, metric) if number is not None and per in PERIODS else None


def error_budget(availability_percent: float, window: str) -> "Fraction | None":
    """How many seconds of outage a promise allows in its window: (1 - availability) * window. For 99.9 % of 30 days
    these are 43.2 minutes. None for an unknown window.

    The term and the formula are those of Beyer et al., Site Reliability Engineering (O'Reilly 2016), chapters 3 and 4.
    """
    share = exact(availability_percent)
    return (100 - share) / 100 * WINDOWS[window] if share is not None and window in WINDOWS else None


def shown(number: "Fraction") -> str:
    """A number for people: whole ones with thousands separators, decimal ones as they are, others (thirds, say) with
    seven digits.
    """
    if number.denominator == 1 and abs(number) < _LONGEST_WHOLE:
        return f"{number.numerator:,}"
    # Unlike a float, a decimal takes any size.
    from decimal import Decimal  # noqa: PLC0415

    digits = 7 if _LONGEST_WHOLE % number.denominator else 15
    return f"{(Decimal(number.numerator) / number.denominator).normalize():,.{digits}g}"


_DURATION = re.compile("([0-9]{1,9})(ms|s|m|h|d)")
_UNITS = {"ms": 1, "s": 1000, "m": 1000 * MINUTE, "h": 1000 * HOUR, "d": 1000 * DAY}
"""In milliseconds."""

_NAMES = {"ms": "ms", "s": "second", "m": "minute", "h": "hour", "d": "day"}

_LONGEST_WHOLE = 10**15
