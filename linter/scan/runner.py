"""Many repositories, a few at a time: each is located, looked at, and judged if it is not known how it stands."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import NamedTuple

import linter
from linter.adapters.git.fingerprint import fingerprint
from linter.adapters.git.repository import printable
from linter.model.inventory import Repository
from linter.model.overview import Known
from linter.model.progress import Progress
from linter.model.request import Request
from linter.model.scan import Failure, MirrorError, RepositoryReport, Trouble
from linter.scan.basis import basis_of
from linter.scan.judging import failed
from linter.scan.task import Limits, Task
from linter.scan.workers import judge

AHEAD = 2
"""So many tasks for each pair of hands are given out, so that none waits for work; more would only take memory."""


class Hands(NamedTuple):
    """An executor, and how many tasks it works on at once."""

    executor: Executor
    number: int


class Plan(NamedTuple):
    """How repositories are judged: by which requests (one report for each), within which limits. `locate` gives the
    folder of a repository, telling how far it is, or raises MirrorError; `scouts` of it may run at once. `known` are
    the last reports, by name: one that still holds is not made again.
    """

    requests: tuple[Request, ...]
    locate: Callable[[Repository, Progress], str]
    limits: Limits = Limits()
    known: Mapping[str, Known] = {}
    scouts: int = 4


class Judged(NamedTuple):
    """A repository with its reports, one for each request; without any where the last report holds."""

    repository: Repository
    reports: tuple[RepositoryReport, ...]


def judge_all(repositories: Iterable[Repository], plan: Plan, hands: Hands) -> Iterator[Judged]:
    """Judge repositories, in any order. What happens to one of them is in its report."""
    rest = iter(repositories)
    stopping = threading.Event()
    scouts = ThreadPoolExecutor(plan.scouts)
    waiting: dict[Future[object], Repository] = {}
    try:
        while True:
            for repository in islice(rest, plan.scouts + AHEAD * hands.number - len(waiting)):
                waiting[scouts.submit(_scout, repository, plan, stopping)] = repository
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                repository = waiting.pop(future)
                found = _result(future, repository, plan)
                if isinstance(found, Task):
                    waiting[hands.executor.submit(judge, found)] = repository
                else:
                    yield Judged(repository, found)
    finally:
        stopping.set()
        for future in waiting:
            future.cancel()
        scouts.shutdown(cancel_futures=True)


class _StoppedError(Exception):
    """The run is over: nobody waits for what is being fetched."""


def _scout(repository: Repository, plan: Plan, stopping: threading.Event) -> Task | tuple[RepositoryReport, ...]:
    """What there is to do for a repository; no report where the last one holds."""

    def go_on(_done: int, _total: int) -> None:
        if stopping.is_set():
            raise _StoppedError

    go_on(0, 0)
    try:
        path = plan.locate(repository, go_on)
    except MirrorError as error:
        return _failed(repository, plan, error.failure)
    basis = basis_of(plan.requests[0], fingerprint(path))
    if _holds(plan.known.get(repository.name), basis, plan.requests[0].today):
        return ()
    return Task(repository, path, plan.requests, plan.limits, basis)


def _holds(known: Known | None, basis: str, today: str) -> bool:
    """Whether a report says today what it said when it was made."""
    return known is not None and known.basis == basis != "" and known.judged_on <= today <= known.good_until


def _result(future: "Future[object]", repository: Repository, plan: Plan) -> Task | tuple[RepositoryReport, ...]:
    try:
        found = future.result()
    except (Exception, CancelledError) as error:  # such as that of a cluster that lost its workers
        return _failed(repository, plan, Failure(Trouble.INTERNAL, printable(f"{type(error).__name__}: {error}")))
    if isinstance(found, Task):
        return found
    assert isinstance(found, tuple)  # noqa: S101 - what scouts and workers return
    return tuple(_of_this_release(report) for report in found)


def _of_this_release(report: RepositoryReport) -> RepositoryReport:
    """The report, unless a worker elsewhere made it by other rules."""
    version = report.report.tool_version if report.report else linter.__version__
    if version == linter.__version__:
        return report
    message = f"the worker runs review-lint {version}, and this is {linter.__version__}"
    return failed(report.repository, Failure(Trouble.INTERNAL, message), report.judged_on)


def _failed(repository: Repository, plan: Plan, failure: Failure) -> tuple[RepositoryReport, ...]:
    return tuple(failed(repository, failure, request.today) for request in plan.requests)
