"""What every view of a scan calls things."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from linter.model.overview import Group, Overview, Tally
from linter.model.scan import RepositoryReport

NOBODY = "(no team)"
ALL = "all"


class Measure(NamedTuple):
    """A column of figures: its title, how it is read from a tally, and whether it is good or bad news."""

    title: str
    figure: Callable[[Tally], int]
    is_bad: bool | None = None
    needs_previous: bool = False


NEWS = (
    Measure("New", lambda tally: tally.new, True, True),
    Measure("Fixed", lambda tally: tally.fixed, False, True),
)

OF_TEAMS = (
    Measure("Repositories", lambda tally: tally.repositories),
    Measure("With REVIEW.yaml", lambda tally: tally.with_review),
    Measure("Passed", lambda tally: tally.passed, False),
    Measure("Failed", lambda tally: tally.failed, True),
    Measure("Errors", lambda tally: tally.errors, True),
    Measure("Skipped", lambda tally: tally.skipped),
    *NEWS,
)

OF_GUIDELINES = (
    Measure("In files of", lambda tally: tally.with_review),
    Measure("Passed", lambda tally: tally.passed, False),
    Measure("Failed", lambda tally: tally.failed, True),
    Measure("Open", lambda tally: tally.open, True),
    Measure("Waived", lambda tally: tally.waived),
    *NEWS,
)


def cells(group: Group, measures: Iterable[Measure], overview: Overview) -> list[str]:
    """The figures of a group; what is new or fixed is not known of the first scan."""
    known = overview.previous is not None
    return [f"{one.figure(group.tally):,}" if known or not one.needs_previous else "-" for one in measures]


def teams(overview: Overview) -> list[Group]:
    """The teams, and all of them together."""
    named = [group._replace(name=group.name or NOBODY) for group in overview.teams]
    return [*named, Group(ALL, overview.total)]


def headline(overview: Overview) -> str:
    """The whole in one sentence."""
    total = overview.total
    found = [f"{total.passed:,} passed", f"{total.failed:,} failed"]
    found += [f"{total.errors:,} could not be judged"] if total.errors else []
    found += [f"{total.skipped:,} hold nothing to judge"] if total.skipped else []
    number = f"{total.repositories:,} {'repository' if total.repositories == 1 else 'repositories'}"
    whole = f"{number} on {overview.scan.day}, {total.with_review:,} with REVIEW.yaml: {', '.join(found)}"
    if overview.previous is None:
        return whole
    return f"{whole}; since {overview.previous.day}: {total.new:,} new findings, {total.fixed:,} fixed"


def reason(report: RepositoryReport) -> tuple[str, str]:
    """The state of a repository that was not judged, and why; empty for one that was."""
    return (report.failure.kind.value, report.failure.message) if report.failure else ("", "")
