"""When the organisation is scanned."""

from datetime import date, timedelta

SCANS = 6

LAST = date(2026, 11, 23)
"""The day of the last scan; the others are a week apart."""

SHARES = (0.60, 0.70, 0.80, 0.90, 0.97, 1.0)
"""How much of its history (commits along first parents) a repository has in each scan."""


def day_of(scan: int, days: int = 0) -> str:
    """The day of a scan (counted from 1), or so many days after it."""
    return (LAST - timedelta(weeks=SCANS - scan) + timedelta(days=days)).isoformat()
