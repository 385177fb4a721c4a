"""RL804: files that a change makes hard to maintain."""

from collections.abc import Iterator

from linter.model.comparison import JudgedFile, Standing
from linter.model.finding import TOP, Location, Severity
from linter.model.metrics import MAINTAINABILITY, MODULE
from linter.model.rule import Hit, rule

NOTICEABLE = 1.0
"""A fall of so many points counts; less comes from a reworded comment."""


@rule("RL804", "low-maintainability", Severity.WARNING, JudgedFile)
def low_maintainability(file: JudgedFile) -> Iterator[Hit]:
    """What it checks:
        That no new file has a maintainability index below the limit, and that the index of none below it has fallen by
        a point or more.

        The index is Radon's, from 0 to 100: it falls with the volume of operators and operands, with complexity and
        with lines, and rises with comments. Renames are followed, a file that was split from another is compared with
        that, and with several bases only what fell against each of them counts. Files that a change does not touch are
        not judged: without a base to compare with, in `--rev`, there is nothing to say.

    Why it matters:
        The index is no measure of beauty. But a file whose index is low and falling is one that has had too much put
        into it, and the day to notice is the day it happens.

    Example:
        A file of 900 lines gets 200 more, and its index falls from 24 to 17, where the limit is 20.

    Remedy:
        Move what belongs together into a file of its own.

    Options:
        In REVIEW.yaml: `simplicity.limits.maintainability_index_min` (20), for tests
        `simplicity.test_limits.maintainability_index_min` (10), `simplicity.overrides` for single paths. 0 switches it
        off. `simplicity.mode: absolute` speaks of every file below the limit; with `mode: advice` it never blocks.
    """
    is_new = file.standing is Standing.NEW
    if is_new or file.allowed.is_absolute or file.fall >= NOTICEABLE:
        location = Location(file.path, TOP, symbol=MODULE)
        yield Hit(_message(file), location, "move what belongs together into a file of its own", data=_data(file))


def _message(file: JudgedFile) -> str:
    news = "is new and " if file.standing is Standing.NEW else ""
    figure = f"this file {news}has a maintainability index of {file.maintainability:.1f}"
    return f"{figure}{_before(file)}; at least {file.limit} is asked for"


def _before(file: JudgedFile) -> str:
    if file.base is None or file.base.maintainability is None:
        return ""
    elsewhere = f" in {file.base.path}" if file.base.path != file.path else ""
    return f", before it was {file.base.maintainability:.1f}{elsewhere}"


def _data(file: JudgedFile) -> dict[str, object]:
    base = file.base
    return {
        "metric": MAINTAINABILITY,
        "value": round(file.maintainability, 2),
        "limit": file.limit,
        "base": round(base.maintainability, 2) if base and base.maintainability is not None else None,
        "base_path": base.path if base else None,
        "base_symbol": MODULE if base else None,
        "base_line": 1 if base else None,
    }
