"""Look for what the gate lets through: functions that rose above the limit by Radon's figures and were not told.

    python benchmarks/silent_passes.py FOLDER[@COMMIT]...

replays the same commits as replay.py and shares none of the ratchet with it: Radon measures every changed file and the
file of the same path before, and functions are compared by path and name. What it lists is either a function that moved
(then a function of that name, as complex as this one, is gone from another place, which is named) or has to be
explained. The last lines say how many commits a gate would block that looks at changed files only.
"""

import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from radon.complexity import cc_visit
from radon.visitors import Class, Function
from replay import REQUEST, History, history_of

from linter.api import Content, check_repo
from linter.model.finding import Severity
from linter.model.simplicity import Simplicity
from linter.model.snapshot import TargetKind

COMMITS = 200
SETTINGS = Simplicity()

Figures = Mapping[str, int]
"""The complexity of functions by qualified name; of several with one name, the highest."""


class Rise(NamedTuple):
    """A function above its limit and above what Radon found before under its path and name (0: nothing)."""

    path: str
    symbol: str
    before: int
    after: int


class Version(NamedTuple):
    """The figures of one changed file before and after; nothing for what is not there or Radon cannot parse."""

    path: str
    old: Figures
    new: Figures


def main() -> int:
    totals: Counter[str] = Counter()
    for repository in sys.argv[1:]:
        history = history_of(repository, COMMITS)
        for commit in history.commits:
            totals.update(replay(history, commit))
    print(*(f"{count:6} {what}" for what, count in totals.items()), sep="\n")
    return 0


def replay(history: History, commit: str) -> Iterator[str]:
    """What to count of a commit; prints what was not told."""
    content = Content(TargetKind.RANGE, f"{commit}^1", commit)
    findings = check_repo(history.folder, content, REQUEST).findings
    told = {(f.location.path, f.location.symbol) for f in findings if f.rule in ("RL801", "RL802")}
    versions = list(versions_of(history, commit))
    yield "commits"
    yield from verdict(versions, any(finding.severity is Severity.ERROR for finding in findings))
    for rise in rises(versions):
        yield "functions that rose or are new, above the limit, by path and name"
        if not any(path == rise.path and (symbol or "").partition("#")[0] == rise.symbol for path, symbol in told):
            yield "of these functions, not told"
            print(history.name, commit[:10], f"{rise.path}:{rise.symbol} {rise.before} → {rise.after}", end=": ")
            print(f"moved from {origin}" if (origin := origin_of(rise, versions)) else "TO BE EXPLAINED")


def verdict(versions: list[Version], is_blocked: bool) -> Iterator[str]:
    if any(value > limit(version.path) for version in versions for value in version.new.values()):
        yield "commits with a changed file that has a function above the limit"
        yield "of these, " + ("blocked by review-lint" if is_blocked else "passed by review-lint")
    elif is_blocked:
        yield "other commits blocked by review-lint"


def rises(versions: list[Version]) -> Iterator[Rise]:
    for path, old, new in versions:
        for symbol, value in new.items():
            if value > limit(path) and value > old.get(symbol, 0):
                yield Rise(path, symbol, old.get(symbol, 0), value)


def origin_of(rise: Rise, versions: list[Version]) -> str | None:
    """A function of the same qualified name that is gone from another place and was as complex."""
    places = (version.path for version in versions if version.old.get(rise.symbol, 0) >= rise.after)
    gone = {version.path for version in versions if rise.symbol not in version.new}
    return next((path for path in places if path in gone), None)


def limit(path: str) -> int:
    return SETTINGS.limits_for(path).cyclomatic_complexity


def versions_of(history: History, commit: str) -> Iterator[Version]:
    raw = history.ask("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", f"{commit}^1", commit)
    fields = raw.split("\0")
    for head, path in zip(fields[::2], fields[1::2], strict=False):
        if path.endswith(".py"):
            old, new = head.split()[2:4]
            yield Version(path, figures(history, old), figures(history, new))


@cache
def figures(history: History, blob: str) -> Figures:
    if not blob.strip("0"):
        return {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = cc_visit(history.ask("cat-file", "blob", blob))
    except (SyntaxError, ValueError, RecursionError):
        return {}
    highest: dict[str, int] = {}
    for symbol, value in named(block for block in found if not getattr(block, "is_method", False)):
        highest[symbol] = max(value, highest.get(symbol, 0))
    return highest


def named(blocks: Iterable[Function | Class], prefix: str = "") -> Iterator[tuple[str, int]]:
    for block in blocks:
        symbol = prefix + block.name
        if isinstance(block, Class):
            yield from named((*block.methods, *block.inner_classes), f"{symbol}.")
        else:
            yield symbol, block.complexity
            yield from named(block.closures, f"{symbol}.")


if __name__ == "__main__":
    sys.exit(main())
