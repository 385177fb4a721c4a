"""Durations, rates and shares are exact: no comparison turns over by rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.model.units import DAY, MINUTE, PERIODS, WINDOWS, Rate, error_budget, exact, rate, seconds, shown
from tests.support.review_schema import SCHEMA


def of(count: float, per: str, metric: str = "requests") -> Rate:
    made = rate(count, per, metric)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("250ms", Fraction(1, 4)),
        ("90s", 90),
        ("15m", 900),
        ("4h", 14_400),
        ("7d", 604_800),
        ("0s", 0),
        ("999999999d", 999_999_999 * 86_400),
    ],
)
def test_durations_are_seconds(text: str, expected: Fraction) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "7", "d", "7 d", "1.5h", "-1d", "1w", "7D", "1h30m", "7d\n", "1234567890s", "٣d"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert seconds(text) is None


def test_the_same_time_in_other_units_is_equal() -> None:
    assert seconds("1000ms") == seconds("1s")
    assert seconds("24h") == seconds("1440m") == seconds("1d")


@pytest.mark.parametrize(
    ("availability", "window", "minutes"),
    [
        (99.9, "30d", "43.2"),
        (99.9, "month", "43.2"),
        (99.99, "month", "4.32"),
        (99.95, "quarter", "64.8"),
        (99.9, "7d", "10.08"),
        (99, "28d", "403.2"),
        (99.999, "90d", "1.296"),
        (100, "30d", "0"),
        (0, "7d", "10080"),
    ],
)
def test_the_error_budget_is_exact(availability: float, window: str, minutes: str) -> None:
    assert error_budget(availability, window) == Fraction(minutes) * MINUTE


def test_the_error_budget_of_nonsense_is_none() -> None:
    assert error_budget(99.9, "2 weeks") is None
    assert error_budget(float("nan"), "30d") is None


def test_windows_and_periods_are_those_of_the_format() -> None:
    assert list(WINDOWS) == SCHEMA["$defs"]["sla"]["properties"]["window"]["enum"]
    assert list(PERIODS) == SCHEMA["$defs"]["rate"]["properties"]["per"]["enum"]
    assert WINDOWS["month"] == PERIODS["month"] == 30 * DAY
    assert WINDOWS["quarter"] == 3 * WINDOWS["month"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of(12_000, "minute"), of(200, "second")),
        (of(0.1, "second"), of(6, "minute")),
        (of(1, "hour"), of(24, "day")),
        (of(30, "month"), of(1, "day")),
        (of(0.3, "second"), of(777_600, "month")),
    ],
)
def test_equal_rates_are_not_below_each_other(one: Rate, other: Rate) -> None:
    assert one.per_second == other.per_second
    assert not one.is_below(other)
    assert not other.is_below(one)


def test_only_rates_of_one_metric_are_compared() -> None:
    assert of(1, "day").is_below(of(1, "hour"))
    assert not of(1, "day", "bytes").is_below(of(1, "hour", "requests"))


def test_a_tenth_three_times_is_three_tenths() -> None:
    assert not of(0.1, "second").times(Fraction(3)).is_below(of(0.3, "second"))
    assert not of(0.3, "second").is_below(of(0.1, "second").times(Fraction(3)))


@pytest.mark.parametrize(
    ("count", "per"), [(float("inf"), "day"), (float("nan"), "day"), (1, "year"), (1, ""), (1, "Second")]
)
def test_what_is_no_rate_is_none(count: float, per: str) -> None:
    assert rate(count, per, "requests") is None


def test_rates_are_told_in_the_period_of_the_other_one_too() -> None:
    assert of(12_000, "minute").in_words() == "12,000 requests per minute"
    assert of(12_000, "minute").in_words(of(1, "minute")) == "12,000 requests per minute"
    assert of(10_000, "minute").in_words(of(200, "second")) == "10,000 requests per minute (166.6667 per second)"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (2400, "2,400"),
        (5_000_000_000, "5,000,000,000"),
        (43.2, "43.2"),
        (99.999999, "99.999999"),
        (Fraction(500, 3), "166.6667"),
        (0.0001, "0.0001"),
        (0, "0"),
        (-1.5, "-1.5"),
        (10**400, "1e+400"),
        (Fraction(1, 10**400), "1e-400"),
    ],
)
def test_numbers_are_told_as_they_are(number: float, expected: str) -> None:
    assert shown(Fraction(str(number))) == expected


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**100), 10**100))
def test_a_number_is_what_its_text_says(number: float) -> None:
    assert exact(number) == Fraction(repr(number))
    assert len(shown(Fraction(repr(number)))) < 30


@given(st.floats(), st.floats(), st.sampled_from(sorted(PERIODS)), st.sampled_from(sorted(PERIODS)))
def test_no_rate_is_too_large_or_too_small(count: float, factor: float, per: str, other: str) -> None:
    made, times = rate(count, per, "requests"), exact(factor)
    if made is not None and times is not None:
        assert made.times(times).in_words(of(1, other)).startswith(shown(made.times(times).number))
