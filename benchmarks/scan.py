"""What scans of many repositories cost: `python -m benchmarks.scan FOLDER [--runs N] [--copies N] [--small N]`.

FOLDER holds bare repositories of real projects with Python in them; each is copied so many times. Beside them stand
small repositories that are made here, each with a history. Every figure is the median of so many runs; those that are
compared take turns, because machines are not always equally fast. docs/scaling.md says what follows from the figures.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from linter.api import judge_commit
from linter.errors import ReviewLintError
from linter.model.request import Request

PROJECT = Path(__file__).parents[1]
DAY = "2026-06-01"
MEMORY = "review-lint"
COMMITS, FILES, FUNCTIONS = 5, 8, 6

REVIEW = """\
version: 1
name: product-{number}
description: Keeps one kind of small thing in order.
kind: library
lifecycle: beta
tier: 4
owner: {{team: "@acme/team-{team}", product_owner: "@ada"}}
clarity:
  why: Everybody kept these small things in a way of their own.
  use_cases: [{{id: keep, actor: a program, outcome: finds what it kept, priority: must}}]
"""

TITLES = (
    "whole-repository checks in one process on one core",
    "cold, 1 worker",
    "cold, 2 workers",
    "again, nothing changed",
    "again, 1 % changed",
)


class Cost(NamedTuple):
    """What a run took: seconds by the clock, seconds of cores, and the most memory (MB) that its first process had."""

    seconds: float
    work: float
    memory: float


class Place(NamedTuple):
    """A folder of repositories, and the store of its scans."""

    folder: Path
    store: Path

    @property
    def repositories(self) -> list[Path]:
        return sorted(self.folder.iterdir())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("--small", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder.parent) as room:
        real = Place(Path(room) / "real", Path(room) / "real.db")
        small = Place(Path(room) / "small", Path(room) / "small.db")
        copied(arguments.folder, real.folder, arguments.copies)
        made(small.folder, arguments.small)
        for title, place in (("real", real), ("small", small)):
            files, size = python_in(place)
            repositories = len(place.repositories)
            print(
                f"## {title}: {repositories:,} repositories, {files:,} Python files, {size / 1e6:.1f} MB\n", flush=True
            )
            report(place, arguments.runs, repositories, size)
        dask(real, arguments.runs)


def report(place: Place, runs: int, repositories: int, size: int) -> None:
    """The costs of first and later scans, on one worker and on two."""
    costs: dict[str, list[Cost]] = {title: [] for title in TITLES}
    single, one, two, nothing, few = costs.values()
    for _ in range(runs):
        single.append(by_itself(place))
        one.append(cold(place, "--executor", "serial"))
        two.append(cold(place))
        nothing.append(scan(place))
        change(place, max(1, repositories // 100))
        few.append(scan(place))
    for title, found in costs.items():
        seconds, work = median(found), statistics.median(cost.work for cost in found)
        each = f"{seconds / repositories * 1000:.1f} ms a repository, {size / 1e6 / seconds:.1f} MB/s"
        print(f"- {title}: {seconds:.2f} s, {each}, {work:.2f} s of cores, {max(one.memory for one in found):.0f} MB")
    print(f"\n- cold on 2 workers: {median(single) / median(two) / 2:.2f} of twice the rate of one core (target 0.80)")
    share = statistics.median(cost.work for cost in single) / statistics.median(cost.work for cost in two)
    print(f"- {share:.2f} of the work of that scan is what the one core does by itself")
    print(f"- again with 1 % changed: {median(few) / median(two):.3f} of cold (target 0.030)")
    print(f"- store: {place.store.stat().st_size / 1e6:.1f} MB\n", flush=True)


def median(costs: Iterable[Cost]) -> float:
    return statistics.median(cost.seconds for cost in costs)


def by_itself(place: Place) -> Cost:
    """The same judgements without a scan: one process on one core, which starts nothing but git."""
    forget(place)
    child = os.fork()
    if child == 0:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        for path in place.repositories:
            try:
                judge_commit(str(path), Request(DAY))
            except ReviewLintError as error:
                print(f"{path.name}: {error}", file=sys.stderr)
        os._exit(0)
    begun = time.perf_counter()
    _, _, used = os.wait4(child, 0)
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def cold(place: Place, *options: str) -> Cost:
    """A scan of repositories that nobody has looked at yet."""
    forget(place)
    return scan(place, *options)


def forget(place: Place) -> None:
    for path in place.store.parent.glob(place.store.name + "*"):
        path.unlink()
    for repository in place.repositories:
        shutil.rmtree(repository / MEMORY, ignore_errors=True)


def scan(place: Place, *options: str) -> Cost:
    """One scan as a process of its own."""
    start = "import sys; sys.path.insert(0, sys.argv.pop(1)); from linter.__main__ import main; sys.exit(main())"
    output = ("--format", "csv", "--output", str(place.store.with_suffix(".csv")))
    order = ("scan", str(place.folder), "--store", str(place.store), "--today", DAY, "--no-fetch", *output, *options)
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-P", "-c", start, str(PROJECT), *order], stderr=subprocess.PIPE) as process:
        watch = Watch(process.pid)
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        print(said.decode(), file=sys.stderr)
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, watch.most)


class Watch(threading.Thread):
    """Reads how much memory a process had at most, for as long as there is one."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._status = Path(f"/proc/{pid}/status")
        self.most = 0.0
        self.start()

    def run(self) -> None:
        while True:
            try:
                words = self._status.read_text().split()
                self.most = int(words[words.index("VmHWM:") + 1]) / 1024
            except (OSError, ValueError):
                return
            time.sleep(0.02)


def change(place: Place, number: int) -> None:
    """One more commit, with one more file, in some of the repositories."""
    for path in place.repositories[:number]:
        head = git(path, "symbolic-ref", "HEAD")
        stream = b"commit %s\ncommitter A <a@example.org> now\ndata 4\nMore\nfrom %s^0\n" % (head, head)
        code = b"x = %d\n" % time.time_ns()
        stream += b"M 100644 inline added.py\ndata %d\n%s\n" % (len(code), code)
        git(path, "fast-import", "--quiet", "--date-format=now", words=stream)


def git(path: Path, *arguments: str, words: bytes = b"") -> bytes:
    command = ["git", "--git-dir", str(path), *arguments]
    return subprocess.run(command, input=words, stdout=subprocess.PIPE, check=True).stdout.strip()


def copied(source: Path, target: Path, copies: int) -> None:
    """Copies that share nothing but the packed objects on the disk."""
    for repository in sorted(source.iterdir()):
        for number in range(copies):
            place = target / f"{repository.name.removesuffix('.git')}-{number}.git"
            shutil.copytree(
                repository, place, copy_function=os.link, ignore=shutil.ignore_patterns(MEMORY, "packed-refs")
            )
            shutil.copy(repository / "packed-refs", place)


def made(target: Path, number: int) -> None:
    """Small repositories, no two of which have a file in common."""
    target.mkdir()
    for index in range(number):
        path = target / f"product-{index:05}.git"
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(path)], check=True)
        shutil.rmtree(path / "hooks", ignore_errors=True)
        git(path, "fast-import", "--quiet", "--date-format=raw", words=b"".join(history(index)))


def history(index: int) -> Iterator[bytes]:
    for commit in range(COMMITS):
        yield b"commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 4\nMore\n" % (1_750_000_000 + commit)
        files = {"REVIEW.yaml": REVIEW.format(number=index, team=index % 20)} if commit == 0 else {}
        files |= {f"src/part{file}.py": source(index, file, commit) for file in range(commit, FILES)}
        for path, text in files.items():
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(text), text.encode())
        yield b"\n"


def source(index: int, file: int, commit: int) -> str:
    body = "".join(f"    if value == {step}:\n        value += {step + index}\n" for step in range(6))
    return "".join(
        f"def part_{file}_{commit}_{name}(value):\n{body}    return value\n\n\n" for name in range(FUNCTIONS)
    )


def python_in(place: Place) -> tuple[int, int]:
    """How many Python files HEAD has in all the repositories, and how many bytes."""
    lines = [line for path in place.repositories for line in git(path, "ls-tree", "-r", "-l", "HEAD").splitlines()]
    sizes = [line.split()[3] for line in lines if line.endswith((b".py", b".pyi"))]
    return len(sizes), sum(int(size) for size in sizes if size.isdigit())


def dask(place: Place, runs: int) -> None:
    """One worker of a cluster against two, each on a core of its own."""
    cores = sorted(os.sched_getaffinity(0))
    costs: dict[int, list[Cost]] = {1: [], 2: []}
    for _ in range(runs):
        for number, found in costs.items():
            with cluster(cores[:number]) as address:
                found.append(cold(place, "--executor", f"dask={address}"))
    one, two = median(costs[1]), median(costs[2])
    print(f"## Dask\n\n- 1 worker: {one:.2f} s\n- 2 workers: {two:.2f} s, {one / two:.2f} times as fast (target 1.70)")


@contextmanager
def cluster(cores: Sequence[int]) -> Iterator[str]:
    """The address of a scheduler with a worker on each of some cores."""
    with tempfile.TemporaryDirectory() as room, ExitStack() as stack:
        note, log = Path(room) / "scheduler.json", stack.enter_context((Path(room) / "log").open("wb"))

        def begin(module: str, *options: str) -> "subprocess.Popen[bytes]":
            command = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(note), *options]
            environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
            process = subprocess.Popen(command, cwd=room, env=environment, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        begin("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0")
        wait(note.exists)
        for core in cores:
            worker = begin("dask_worker", "--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
            os.sched_setaffinity(worker.pid, {core})
        wait(lambda: (Path(room) / "log").read_bytes().count(b"Registered to") >= len(cores))
        yield json.loads(note.read_text())["address"]


def wait(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.05)


if __name__ == "__main__":
    main()
