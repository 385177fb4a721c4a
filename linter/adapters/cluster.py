"""The door to Dask: an executor whose work is done by the workers of a cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from typing import Any

from linter.errors import MissingExtraError, UsageError

PATIENCE = 10
"""Seconds in which a scheduler answers."""


@contextmanager
def cluster(address: str, jobs: int) -> Iterator[tuple[Executor, int]]:
    """An executor of the cluster whose scheduler is at `address` (tcp://host:port), or of `jobs` processes of this
    machine where that is `local`; and how many tasks it works on at once.

    Raises MissingExtraError, and UsageError where there is no scheduler.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - a quarter of a second
    except ImportError as error:
        raise MissingExtraError("--executor dask", "dask") from error
    with ExitStack() as stack:
        if address == "local":
            own = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)  # type: ignore[no-untyped-call]
            place = stack.enter_context(own)
        else:
            place = address
        try:
            client = Client(place, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise UsageError(f"there is no Dask scheduler at {address}", "start one: dask scheduler") from error
        stack.enter_context(client)
        hands: Any = client
        yield hands.get_executor(pure=False), max(sum(hands.ncores().values()), 1)
