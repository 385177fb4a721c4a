"""What a site costs: `python -m benchmarks.site [--products N] [--scans N] [--store F] [--out FOLDER]`.

A store is made of made-up reports (`world.py`). Then the site is written three times, each by a process of its own:
where nothing is there yet, where nothing has changed since, and after one more scan that found one percent changed. A
store that is there already is taken as it is, with one more scan each time. docs/site.md says what follows from the
figures.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.world import World

PROJECT = Path(__file__).parents[1]

Result = TypeVar("Result")


class Cost(NamedTuple):
    """Seconds by the clock, megabytes that the process and its children had at most, and how many files changed."""

    seconds: float
    memory: float
    files: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=10_000)
    parser.add_argument("--scans", type=int, default=50)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        where = arguments.store or Path(room) / "scans.db"
        out = arguments.out or Path(room) / "site"
        world = World(arguments.products, arguments.scans)
        if not where.exists():
            world.fill(where)
        shutil.rmtree(out, ignore_errors=True)
        costs = {"cold": site(where, out), "nothing changed": site(where, out)}
        world.scan_once_more(where)
        costs["1 % changed"] = site(where, out)
        tell(costs, where, out)


def tell(costs: Mapping[str, Cost], where: Path, out: Path) -> None:
    print("| | seconds | MB of memory | files written |\n|---|--:|--:|--:|")
    for title, cost in costs.items():
        print(f"| {title} | {cost.seconds:.1f} | {cost.memory:.0f} | {cost.files:,} |")
    files = [path for path in out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"\n{len(files):,} files, {size / 1e6:.0f} MB; the store has {where.stat().st_size / 1e6:.0f} MB")


def site(where: Path, out: Path) -> Cost:
    """Write the site, as a process of its own."""
    before = _times(out)
    start = "import sys; sys.path.insert(0, sys.argv.pop(1)); from linter.__main__ import main; sys.exit(main())"
    order = ("site", "--store", str(where), "--out", str(out))
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-P", "-c", start, str(PROJECT), *order]) as process:
        watch = Watch(process.pid)
        code = process.wait()
    seconds = time.perf_counter() - begun
    if code:
        sys.exit(f"review-lint site ended with {code}")
    after = _times(out)
    return Cost(seconds, watch.most, sum(before.get(path) != stamp for path, stamp in after.items()))


def _times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


class Watch(threading.Thread):
    """Adds up how much memory a process and its children have, for as long as there is one; pages that several share
    count once.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.most = 0.0
        self.start()

    def run(self) -> None:
        while os.path.exists(f"/proc/{self._pid}/smaps_rollup"):
            self.most = max(self.most, sum(map(_share, _family(self._pid))) / 1024)
            time.sleep(0.1)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in _read(lambda: os.listdir(f"/proc/{pid}/task"), []):
        for child in _read(lambda task=task: Path(f"/proc/{pid}/task/{task}/children").read_text(), "").split():
            yield from _family(int(child))


def _share(pid: int) -> int:
    """Kilobytes."""
    words = _read(lambda: Path(f"/proc/{pid}/smaps_rollup").read_text(), "").split()
    return int(words[words.index("Pss:") + 1]) if "Pss:" in words else 0


def _read(look: Callable[[], Result], otherwise: Result) -> Result:
    """What a file of a process says that may be gone."""
    try:
        return look()
    except OSError:
        return otherwise


if __name__ == "__main__":
    main()
