"""What a worker is asked."""

from typing import NamedTuple

from linter.model.inventory import Repository
from linter.model.request import Request
from linter.model.scan import Failure, RepositoryReport, Trouble
from linter.scan.judging import failed


class Limits(NamedTuple):
    """What judging one repository may take: seconds by the clock on the wall, and mebibytes of memory for each process
    that has a part in it.
    """

    seconds: float = 600
    memory: int = 2048


class Task(NamedTuple):
    """A repository that lies at `path` (absolute), the requests by which it is judged, each for a report of its own,
    and the basis that goes into the reports.
    """

    repository: Repository
    path: str
    requests: tuple[Request, ...]
    limits: Limits = Limits()
    basis: str = ""


def failures(task: Task, kind: Trouble, message: str) -> tuple[RepositoryReport, ...]:
    """What there is to say where no report could be made."""
    return tuple(failed(task.repository, Failure(kind, message), request.today) for request in task.requests)
