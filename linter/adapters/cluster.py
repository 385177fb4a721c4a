"""The door to Dask: an executor whose work is done by the workers of a cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from linter.errors import MissingExtraError, UsageError


@contextmanager
def cluster(address: str, jobs: int) -> Iterator[Executor]:
    """An executor of the cluster whose scheduler is at `address` (tcp://host:port), or of `jobs` processes of this
    machine where that is `local`.

    Raises MissingExtraError, and UsageError where there is no scheduler.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - a quarter of a second
    except ImportError as error:
        raise MissingExtraError("--executor dask", "dask") from error
    if address == "local":
        with LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None) as own, Client(own) as client:
            yield client.get_executor(pure=False)
        return
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"there is no Dask scheduler at {address}", "start one: dask scheduler") from error
    with client:
        yield client.get_executor(pure=False)
