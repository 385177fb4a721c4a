"""Many repositories, a few at a time: each is located, looked at, and judged if it is not known how it stands."""

import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any, NamedTuple

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

LONGEST_SILENCE = 0.25
"""Seconds without anything that is done, after which one may as well do something else."""

AHEAD = 2
"""So many tasks for each pair of hands are given out, so that none waits for work; more would only take memory."""


class Located(NamedTuple):
    """The folder of a repository (absolute). `lacks_history`: it is a copy that could be had with more of its past."""

    path: str
    lacks_history: bool = False


Locate = Callable[[Repository, bool, Progress], Located]
"""Where a repository is, with its whole history or as it comes. Tells how far it is, and whatever that raises ends it.
Raises MirrorError.
"""


class Hands(NamedTuple):
    """An executor, and how many tasks it works on at once."""

    executor: Executor
    number: int


class Plan(NamedTuple):
    """How repositories are judged: by which requests (one report for each), within which limits. `scouts` of them are
    located at once. `known` are the last judgements, by name: one that still holds is not made again.
    """

    requests: tuple[Request, ...]
    locate: Locate
    limits: Limits = Limits()
    known: Mapping[str, Known] = {}
    scouts: int = 4


class Order(NamedTuple):
    """A scan as somebody asks for it: where the repositories come from, which they are, and how they are judged."""

    sources: Sequence[str]
    repositories: Sequence[Repository]
    plan: Plan


class Judged(NamedTuple):
    """A repository with its reports, one for each request; without any where the last judgement holds."""

    repository: Repository
    reports: tuple[RepositoryReport, ...]


def judge_all(repositories: Iterable[Repository], plan: Plan, hands: Hands) -> Generator[Judged | None, None, None]:
    """Judge repositories, in any order. What happens to one of them is in its report. None comes now and then while
    nothing is done.
    """
    with _Run(plan, hands) as run:
        rest = iter(repositories)
        while True:
            for repository in islice(rest, plan.scouts + AHEAD * hands.number - len(run.waiting)):
                run.scout(repository)
            if not run.waiting:
                return
            yield from run.collect()


class _StoppedError(Exception):
    """The run is over: nobody waits for what is being fetched."""


class _Step(NamedTuple):
    """What is under way with a repository; `place` is where it is, once that is known."""

    repository: Repository
    place: Located | None = None


class _Run:
    """What is under way: repositories that are located, and tasks that are worked on."""

    def __init__(self, plan: Plan, hands: Hands) -> None:
        self.waiting: dict[Future[Any], _Step] = {}
        self._plan = plan
        self._hands = hands
        self._scouts = ThreadPoolExecutor(plan.scouts)
        self._stopping = threading.Event()

    def __enter__(self) -> "_Run":
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for future in self.waiting:
            future.cancel()
        self._scouts.shutdown(cancel_futures=True)

    def scout(self, repository: Repository, wants_history: bool = False) -> None:
        """Have somebody locate a repository."""
        future = self._scouts.submit(self._plan.locate, repository, wants_history, self._go_on)
        self.waiting[future] = _Step(repository)

    def collect(self) -> Iterator[Judged | None]:
        """Wait until something is done, and go on with what is not finished by that."""
        done = wait(self.waiting, LONGEST_SILENCE, FIRST_COMPLETED).done
        if not done:
            yield None
        for future in done:
            step = self.waiting.pop(future)
            try:
                result = future.result()
            except (Exception, CancelledError) as error:  # such as that of a cluster that lost its workers
                yield Judged(step.repository, _failed(step.repository, self._plan, error))
            else:
                yield from self._judge(step.repository, result) if step.place is None else self._end(step, result)

    def _judge(self, repository: Repository, place: Located) -> Iterator[Judged]:
        """Have a repository judged, unless it is known how it stands."""
        request = self._plan.requests[0]
        basis = basis_of(repository, request, fingerprint(place.path))
        if _holds(self._plan.known.get(repository.name), basis, request.today):
            yield Judged(repository, ())
            return
        task = Task(repository, place.path, self._plan.requests, self._plan.limits, basis)
        self.waiting[self._hands.executor.submit(judge, task)] = _Step(repository, place)

    def _end(self, step: _Step, reports: tuple[RepositoryReport, ...]) -> Iterator[Judged]:
        """Hand on the reports; where there is a review file, what it says is held against the past too."""
        if step.place and step.place.lacks_history and any(report.products for report in reports):
            self.scout(step.repository, wants_history=True)
        else:
            yield Judged(step.repository, tuple(map(_of_this_release, reports)))

    def _go_on(self, _done: int, _total: int) -> None:
        if self._stopping.is_set():
            raise _StoppedError


def _holds(known: Known | None, basis: str, today: str) -> bool:
    """Whether a judgement says today what it said when it was made."""
    return known is not None and known.basis == basis != "" and known.judged_on <= today <= known.good_until


def _of_this_release(report: RepositoryReport) -> RepositoryReport:
    """The report, unless a worker elsewhere made it by other rules."""
    version = report.report.tool_version if report.report else linter.__version__
    if version == linter.__version__:
        return report
    message = f"the worker runs review-lint {version}, and this is {linter.__version__}"
    return failed(report.repository, Failure(Trouble.INTERNAL, message), report.judged_on)


def _failed(repository: Repository, plan: Plan, error: BaseException) -> tuple[RepositoryReport, ...]:
    unknown = Failure(Trouble.INTERNAL, printable(f"{type(error).__name__}: {error}"))
    failure = error.failure if isinstance(error, MirrorError) else unknown
    return tuple(failed(repository, failure, request.today) for request in plan.requests)
