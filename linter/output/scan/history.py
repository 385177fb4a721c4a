"""How it stood after each scan, and what is open in one repository and since when."""

from collections.abc import Sequence

from linter.adapters.terminal import Column, Look, can_draw, table
from linter.model.overview import Tracked, Trend
from linter.output.printable import printable

SCANS = (
    Column("Day"),
    Column("Repositories", True),
    Column("Passed", True, "green"),
    Column("Failed", True, "red"),
    Column("Errors", True, "red"),
    Column("Open", True),
    Column("New", True, "red"),
    Column("Fixed", True, "green"),
    Column("Open findings"),
)

FINDINGS = (Column("Open since"), Column("Rule"), Column("Severity"), Column("Where"))

MOST_SHOWN = 50
"""Lines of a table: the last scans, and the findings that are open longest."""

BAR = 30
"""Characters of the longest bar."""


def render(trends: Sequence[Trend], findings: Sequence[Tracked], look: Look) -> str:
    """The scans as a table with a bar for what is open, then the open findings, the oldest first."""
    most = max((trend.tally.open for trend in trends), default=0)
    rows = [_row(trend, most, look.encoding) for trend in trends[-MOST_SHOWN:]]
    text = table("Scans", SCANS, rows, look)
    still = sorted((one for one in findings if one.state == "open"), key=lambda one: (one.first_seen.id, one.rule))
    if still:
        found = [[printable(cell, look.encoding) for cell in _cells(one)] for one in still[:MOST_SHOWN]]
        text += "\n" + table("Open", FINDINGS, found, look)
    if len(still) > MOST_SHOWN:
        text += f"and {len(still) - MOST_SHOWN:,} more\n"
    return text


def _row(trend: Trend, most: int, encoding: str) -> list[str]:
    tally = trend.tally
    counts = (tally.repositories, tally.passed, tally.failed, tally.errors, tally.open, tally.new, tally.fixed)
    return [trend.scan.day, *(f"{count:,}" for count in counts), _bar(tally.open, most, encoding)]


def _bar(value: int, most: int, encoding: str) -> str:
    """As long as the value is large; what is there at all shows."""
    mark = "█" if can_draw(encoding) else "#"
    return mark * -(-value * BAR // most) if most else ""


def _cells(finding: Tracked) -> tuple[str, ...]:
    where = f"{finding.path}: {finding.place}" if finding.place else finding.path
    return finding.first_seen.day, finding.rule, finding.severity, where
