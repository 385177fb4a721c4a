"""How an organisation stands after a scan, and how that went over time."""

from typing import NamedTuple


class Scan(NamedTuple):
    """One scan that a store keeps. `day` (YYYY-MM-DD) is the one on which it judges."""

    id: int
    day: str


class Tally(NamedTuple):
    """Counts over some repositories, or over one.

    `with_review` have a review file, `errors` could not be judged. `open` are findings at or above the fail level that
    nothing hides, `told` those below it, `waived` those that something hides. `new` are open and were not in the scan
    before, `fixed` were open there and are neither open nor waived; both are 0 where there is no scan before.
    """

    repositories: int = 0
    with_review: int = 0
    passed: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    open: int = 0
    told: int = 0
    waived: int = 0
    new: int = 0
    fixed: int = 0


class Group(NamedTuple):
    """The tally of a team ("" for the repositories that have none) or of a guideline. For a guideline `with_review`
    counts the repositories whose review files hold it, `passed` and `failed` those without and with open findings of
    it.
    """

    name: str
    tally: Tally


class Overview(NamedTuple):
    """How all repositories of a scan stand. `previous` is the finished scan of the same kind before it, None for the
    first. `teams` are in the order of their names, `guidelines` in their own order with the file itself first and
    governance last. `statuses` counts products: (guideline, "adopted" and so on, count).
    """

    scan: Scan
    previous: Scan | None
    total: Tally
    teams: tuple[Group, ...]
    guidelines: tuple[Group, ...]
    statuses: tuple[tuple[str, str, int], ...]


class Trend(NamedTuple):
    """How it stood after one finished scan."""

    scan: Scan
    tally: Tally


class Known(NamedTuple):
    """What the last report of a repository says about itself, as in `RepositoryReport`."""

    status: str
    revision: str
    basis: str
    judged_on: str
    good_until: str


class Tracked(NamedTuple):
    """A finding over time. `state` is open, waived or fixed; `first_seen` and `last_seen` are scans. `place` is the
    symbol or the pointer that it is about.
    """

    rule: str
    severity: str
    path: str
    place: str
    fingerprint: str
    state: str
    first_seen: Scan
    last_seen: Scan


class Standing(NamedTuple):
    """One report of a repository for as long as it stood: in the scans of a series from the `first` to the `last`,
    which count from 1. `tally` is that of the repository, `new` and `fixed` in it are what came with the first scan.
    `functions`, the sum of their `complexity` and how many of them are `complex` (above sheet.COMPLEX) are None where
    an older release kept the report.
    """

    repository: str
    team: str
    first: int
    last: int
    status: str
    tally: Tally
    functions: int | None
    complexity: int | None
    complex: int | None


class RuleStanding(NamedTuple):
    """How many repositories had findings of a rule that nothing hides in the scans from the `first` to the `last`,
    counted where they stand alike: there may be several for one scan, which add up. `open`, `told` and `waived` as in
    Tally.
    """

    rule: str
    first: int
    last: int
    repositories: int
    open: int
    told: int
    waived: int


class News(NamedTuple):
    """A finding that is open and was not there in the first scan of its repository."""

    repository: str
    rule: str
    severity: str
    path: str
    place: str
    fingerprint: str
    first_seen: Scan
