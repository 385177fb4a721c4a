"""RL201 and RL401: what the repository's past says about its present."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from linter.model.day import days_between
from linter.model.finding import Location, Severity
from linter.model.past import Diagram, Releases
from linter.model.quote import listed, named
from linter.model.rule import Hit, rule

CADENCES = {"daily": 1, "weekly": 7, "monthly": 30}
"""The days between two releases."""

RELEASES = 5
"""So many of the last ones are looked at."""

TOLERANCE = 3
"""So many times the promised days may lie between two releases."""

DEEPEN = "fetch it with its past: git fetch --unshallow --tags (in a workflow `fetch-depth: 0`)"


@rule("RL201", "stale-diagram", Severity.WARNING, Diagram)
def stale_diagram(diagram: Diagram) -> Iterator[Hit]:
    """What it checks:
        That the dependencies have the names that they had when the architecture diagram was last changed.

        The diagram is a file of the repository; its last change is the last commit below the one that is judged. A
        diagram that is changed but not yet committed is up to date, and one that is older than the review file is held
        against the first version of that. Where the clone is shallow, or git does not answer in time, an advice says
        that it cannot be known.

    Why it matters:
        A diagram that leaves out a neighbour, or shows one that is gone, misleads those who look at it first: new
        people, and whoever is on call.

    Example:
        REVIEW.yaml has gained the dependency `kafka`, and docs/architecture.mmd is as it was before.

    Remedy:
        Draw what is new and remove what is gone, in the commit that changes the dependencies.

    Options:
        In a change-based run the rule looks at review files whose dependencies the change adds, removes or renames.
    """
    place = diagram.review.at("/planning/architecture_diagram")
    yield from _unknown(diagram, place) if diagram.commit is None else _stale(diagram, place, diagram.commit)


@rule("RL401", "cadence-drift", Severity.ADVICE, Releases)
def cadence_drift(releases: Releases) -> Iterator[Hit]:
    """What it checks:
        That the last five releases are no more than three times as far apart as `iterating.release_cadence` says:
        3 days for daily, 21 for weekly, 90 for monthly. The median of the four gaps counts.

        Releases are tags such as `1.2.3`, `v1.2.3`, `release-1.2.3`, or with the product's name, `orders-1.2.3` and
        `orders/v1.2.3`, dated by their commits; several of one day are one, and pre-releases are none. With fewer than
        five nothing is said, but in a shallow clone that it cannot be known.

    Why it matters:
        What is learned from users comes back at the pace of the releases. Who reads "weekly" plans with it.

    Example:
        iterating: {release_cadence: weekly}

        The last versions were tagged in January, February, March, April and May.

    Remedy:
        Release more often, or say what is true: a slower cadence, or `on-demand`.

    Options:
        `on-demand` promises nothing. In a change-based run the rule looks at the tags when the change touches the
        review file.
    """
    cadence = releases.review.text("/iterating/release_cadence") or ""
    promised = CADENCES.get(cadence)
    place = releases.review.at("/iterating/release_cadence")
    if promised is None:
        return
    if len(releases.days) >= RELEASES:
        yield from _slower(releases.days[-RELEASES:], cadence, promised, place)
    elif releases.is_shallow:
        yield Hit(f"whether releases are {cadence} cannot be known in this shallow clone", place, DEEPEN)


def _slower(days: Sequence[str], cadence: str, promised: int, place: Location) -> Iterator[Hit]:
    median = _median_gap(days)
    if median > TOLERANCE * promised:
        period = "1 day" if promised == 1 else f"{promised} days"
        message = (
            f"the last {RELEASES} releases, until {days[-1]}, are {median:g} days apart (median), more than"
            f" three times the {period} of {named(cadence)}"
        )
        hint = "release more often, or say a slower cadence or `on-demand`"
        yield Hit(message, place, hint, data={"median_days": median, "promised_days": promised})


def _unknown(diagram: Diagram, place: Location) -> Iterator[Hit]:
    reason = "in this shallow clone" if diagram.is_shallow else "because git does not say it in time"
    message = f"whether {named(diagram.path)} is older than the dependencies cannot be known {reason}"
    hint = DEEPEN if diagram.is_shallow else "see how long `git log -1` takes for that file"
    yield Hit(message, place, hint, Severity.ADVICE)


def _stale(diagram: Diagram, place: Location, commit: str) -> Iterator[Hit]:
    new, gone = sorted(diagram.now - diagram.then), sorted(diagram.then - diagram.now)
    changes = [f"{_names(names)} {what}" for names, what in ((new, "new"), (gone, "gone")) if names]
    if changes:
        message = f"{named(diagram.path)} was last changed in {commit[:10]}; since then {listed(changes)}"
        hint = "bring the diagram up to date, or change it to say that it is"
        yield Hit(message, place, hint, data={"commit": commit, "new": new, "gone": gone})


def _names(names: list[str]) -> str:
    return f"{listed([named(name) for name in names])} {'are' if len(names) > 1 else 'is'}"


def _median_gap(days: Sequence[str]) -> float:
    """The median of an even number of gaps: the mean of the two in the middle."""
    gaps = sorted(days_between(earlier, later) for earlier, later in pairwise(days))
    middle = len(gaps) // 2
    return (gaps[middle - 1] + gaps[middle]) / 2
