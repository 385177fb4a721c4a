"""What keeping scans costs: `python -m benchmarks.store [URL] [--repositories N] [--scans N] [--changed SHARE]`.

Made-up reports of the size of real ones (30 findings, 100 sources of 12 functions) are added to a new store as scans
would add them; the last two lines are what views wait for.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from typing import TypeVar

from linter.model.finding import Finding, Location, Position, Severity, Span
from linter.model.inventory import Repository
from linter.model.metrics import FunctionMetrics, SourceMetrics
from linter.model.report import Report, Target, summarise
from linter.model.review import SECTIONS
from linter.model.scan import Product, RepositoryReport, Status
from linter.store.store import Store, open_store

DAY = "2026-06-01"
RULES = ("RL007", "RL107", "RL203", "RL801", "RL803", "RL805", "RL809", "RL902")
FINDINGS, FILES, FUNCTIONS, TEAMS = 30, 100, 12, 20

Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", help="a new store (default: a file that is removed)")
    parser.add_argument("--repositories", type=int, default=1000)
    parser.add_argument("--scans", type=int, default=50)
    parser.add_argument(
        "--changed", type=float, default=0.05, help="the share of repositories that a scan finds changed"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = arguments.store or os.path.join(folder, "scans.db")
        with open_store(where) as store:
            measure(store, arguments.repositories, arguments.scans, arguments.changed)
        if "://" not in where:
            print(f"{os.path.getsize(where) / 1e6:.1f} MB in the end")


def measure(store: Store, repositories: int, scans: int, changed: float) -> None:
    dice = random.Random(1)
    revisions = dict.fromkeys((f"repository-{number}" for number in range(repositories)), 0)
    timed("the first scan", repositories, lambda: scan(store, revisions, set(revisions)))
    spent = time.perf_counter()
    for _ in range(scans - 1):
        new = set(dice.sample(sorted(revisions), round(changed * repositories)))
        revisions.update((name, revisions[name] + 1) for name in new)
        scan(store, revisions, new)
    spent = time.perf_counter() - spent
    print(f"{scans - 1} scans with {changed:.1%} changed: {spent / max(1, scans - 1):.3f} s each")
    last = store.last()
    assert last
    timed("the reports of the last scan", repositories, lambda: sum(1 for _ in store.reports(last)))
    timed("what is known", repositories, lambda: store.known(revisions))
    timed("the history", scans, store.history)
    timed("the history of a team", scans, lambda: store.history(team="team 3"))
    timed("the overview", scans * repositories, lambda: store.overview(last))


def scan(store: Store, revisions: dict[str, int], new: set[str]) -> None:
    """One scan: what changed is added, the rest is repeated."""
    current = store.begin("all", "terms", DAY, list(revisions))
    store.add_again(current, revisions.keys() - new)
    for name in sorted(new):
        store.add(current, report(name, revisions[name]))
    store.finish(current)


def timed(what: str, count: int, act: Callable[[], Result]) -> None:
    start = time.perf_counter()
    act()
    print(f"{what} ({count}): {time.perf_counter() - start:.3f} s")


def report(name: str, revision: int) -> RepositoryReport:
    """Files 0 to 4 differ from the revision before, and so do two findings."""
    key = f"{name}/{revision}"
    found = tuple(finding(name, number + (revision if number < 2 else 0) * FINDINGS) for number in range(FINDINGS))
    blobs = tuple(
        (f"src/{name}/file_{n}.py", f"{hash((name, n, revision if n < 5 else 0)) % 2**63:040x}") for n in range(FILES)
    )
    inner = Report(
        repository=name,
        path="",
        target=Target("revision", key, ()),
        fail_on=Severity.ERROR,
        findings=found,
        summary=summarise(found, FILES, FILES * FUNCTIONS),
        metrics=tuple((path, source(blob)) for path, blob in blobs),
    )
    team = f"team {sum(name.encode()) % TEAMS}"
    product = Product("REVIEW.yaml", name, team, "service", "production", 2, tuple((s, "adopted") for s in SECTIONS))
    return RepositoryReport(
        Repository(name, f"https://git.example.org/{name}.git", team=team),
        Status.FAILED if inner.is_failed else Status.PASSED,
        f"{hash(key) % 2**63:040x}",
        inner,
        None,
        (product,),
        key,
        DAY,
        "9999-12-31",
        blobs,
    )


def finding(name: str, number: int) -> Finding:
    symbol = f"Handler{number % 7}.method_{number}"
    return Finding(
        rule=RULES[number % len(RULES)],
        name="worse-complexity",
        severity=Severity(1 + number % 3),
        message=f"{symbol} has a cyclomatic complexity of {15 + number % 9}, the limit is 15",
        location=Location(f"src/{name}/file_{number % FILES}.py", Span(Position(10 + number, 5)), None, symbol),
        hint="take a part of it into a function of its own",
        excerpt=f"    def method_{number}(self, request: Request) -> Response:",
        data={"metric": "cyclomatic_complexity", "value": 15 + number % 9, "limit": 15, "base": None},
        fingerprint=f"{hash((name, number)) % 2**63:064x}",
    )


def source(blob: str) -> SourceMetrics:
    size = int(blob[-1], 16)
    return SourceMetrics(300, tuple(function(number, size) for number in range(FUNCTIONS)), 63.5)


def function(number: int, size: int) -> FunctionMetrics:
    line = number * 25 + 3
    return FunctionMetrics(
        f"Handler.method_{number}", "function", line, 5, line, line + 2, line + 20, 3 + size, 20, 3, 2, 11
    )


if __name__ == "__main__":
    main()
