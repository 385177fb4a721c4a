"""Who makes the files: this process, or several where there is enough to do."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from linter.site.folder import SiteError
from linter.site.product_files import Maker, Options

ENOUGH = 150
"""Repositories for which starting another process pays."""

MOST = 32
"""Processes: the one that reads the store has no more work to give."""

_AHEAD = 3
"""Tasks for each process that wait: more would only take memory."""

Result = TypeVar("Result")


class Crew:
    """Does things with a Maker; results come in the order of the items."""

    def __init__(self, maker: Maker, pool: ProcessPoolExecutor | None, jobs: int) -> None:
        self._maker = maker
        self._pool = pool
        self._jobs = jobs

    def each(self, act: Callable[[Maker, Any], Result], items: Iterable[Any]) -> Iterator[Result]:
        """`act` with each item, which other processes may do."""
        if self._pool is None:
            for item in items:
                yield act(self._maker, item)
            return
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(self._pool.submit(_acted, act, item))
            if len(waiting) >= _AHEAD * self._jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def crew(path: str, options: Options, jobs: int, repositories: int) -> Iterator[Crew]:
    """A crew of up to `jobs` processes for that many repositories."""
    maker = Maker(path, options)
    if jobs < 2 or repositories < ENOUGH:
        yield Crew(maker, None, 1)
        return
    # A fork would take over the connection to the store.
    context = multiprocessing.get_context("spawn")
    number = min(jobs, MOST)
    with ProcessPoolExecutor(number, context, _begin, (path, options)) as pool:
        try:
            yield Crew(maker, pool, number)
        except BrokenProcessPool as error:
            raise SiteError(
                "a process that writes the site was ended from outside", "look whether memory ran out, and write again"
            ) from error
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


_maker: Maker | None = None


def _begin(path: str, options: Options) -> None:
    global _maker  # noqa: PLW0603 - a process of the pool has no other place
    _maker = Maker(path, options)


def _acted(act: Callable[[Maker, Any], Result], item: Any) -> Result:
    assert _maker  # noqa: S101 - `_begin` runs before any task
    return act(_maker, item)
