"""A scan in a process of its own that says what the store has acknowledged: `python -m tests.support.store_writer`."""

import sys
from collections.abc import Sequence

from linter.model.overview import Scan
from linter.model.scan import RepositoryReport
from linter.store.store import Store, open_store
from tests.support.scans import DAY, figures, finding, judged, unjudged, with_figures

NAMES = tuple(f"repository {number:03}" for number in range(60))


def report_of(number: int) -> RepositoryReport:
    if number % 10 == 9:
        return unjudged(NAMES[number])
    found = judged(NAMES[number], *(finding(f"f{place}") for place in range(number)))
    return with_figures(found, {f"{path}.py": (f"{number % 7:039}{path}", figures(number % 7)) for path in range(5)})


def resume(store: Store) -> Scan:
    return store.begin("all", "terms", DAY, NAMES)


def write(store: Store, scan: Scan) -> None:
    """Add what is missing, one report or three at once, and tell the names when they are acknowledged."""
    rest = [number for number in range(len(NAMES)) if NAMES[number] not in store.done(scan)]
    while rest:
        size = 3 if rest[0] % 4 == 0 else 1
        now, rest = rest[:size], rest[size:]
        store.add(scan, *map(report_of, now))
        tell([NAMES[number] for number in now])
    store.finish(scan)
    tell(["finished"])


def tell(words: Sequence[str]) -> None:
    print(*words, sep=",", flush=True)


if __name__ == "__main__":
    tell(["ready"])
    with open_store(sys.argv[1]) as store:
        write(store, resume(store))
