"""Who does the work: one worker, as many as there are cores, or those of a cluster."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from linter.adapters.cluster import cluster
from linter.errors import UsageError
from linter.scan import workers
from linter.scan.runner import Hands

SERIAL, PROCESSES, CLUSTER = "serial", "processes", "dask="


@contextmanager
def executor_of(name: str, jobs: int) -> Iterator[Hands]:
    """The executor of that name (`serial`, `processes`, `dask=local`, `dask=tcp://host:port`) for so many jobs at once;
    a cluster elsewhere has as many workers as it has.

    Raises UsageError for another name and for a cluster that is not there, MissingExtraError.
    """
    if name.startswith(CLUSTER):
        with cluster(name.removeprefix(CLUSTER), jobs) as (executor, number):
            yield Hands(executor, number)
    elif name in (SERIAL, PROCESSES):
        yield from _threads(1 if name == SERIAL else jobs)
    else:
        raise UsageError(f"there is no executor {name}", "serial, processes, dask=local or dask=tcp://host:port")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _threads(jobs: int) -> Iterator[Hands]:
    """Threads that wait for worker processes."""
    executor = ThreadPoolExecutor(jobs)
    workers.prepare()
    try:
        yield Hands(executor, jobs)
    finally:
        workers.stop()
        executor.shutdown(cancel_futures=True)
