"""Whole processes, timed in turns: what the machine does meanwhile happens to all of them alike."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Contestant(NamedTuple):
    """Commands that run one after the other in a folder. `prepare` is called before each run and not timed.

    `exits` are the codes that are no failure: a linter that finds something ends with 1.
    """

    name: str
    commands: Sequence[Sequence[str]]
    folder: str
    prepare: Callable[[], None] | None = None
    exits: Sequence[int] = (0, 1)
    environment: Mapping[str, str] = {}


class Timing(NamedTuple):
    """What the runs of a contestant took: seconds of the wall clock, and bytes of its largest process."""

    seconds: tuple[float, ...]
    memory: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


class FailedError(Exception):
    """A contestant ended otherwise than it should: its time says nothing."""


def race(contestants: Sequence[Contestant], rounds: int) -> dict[str, Timing]:
    """Time each contestant once a round, after one round that does not count; by name."""
    runs: dict[str, list[tuple[float, int]]] = {contestant.name: [] for contestant in contestants}
    for number in range(rounds + 1):
        for contestant in contestants:
            run = _run(contestant)
            if number or rounds == 1:
                runs[contestant.name].append(run)
    return {
        name: Timing(tuple(seconds for seconds, _ in times), max(memory for _, memory in times))
        for name, times in runs.items()
    }


def _run(contestant: Contestant) -> tuple[float, int]:
    if contestant.prepare:
        contestant.prepare()
    started, memory = time.perf_counter(), 0
    for command in contestant.commands:
        memory = max(memory, _execute(contestant, command))
    return time.perf_counter() - started, memory


def _execute(contestant: Contestant, command: Sequence[str]) -> int:
    """The memory of the largest process of a command, in bytes."""
    with subprocess.Popen(
        command,
        cwd=contestant.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **contestant.environment},
    ) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in contestant.exits:
        raise FailedError(f"{contestant.name}: {' '.join(command)} ended with {process.returncode}: {said.decode()}")
    return usage.ru_maxrss * 1024
