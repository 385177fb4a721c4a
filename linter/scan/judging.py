"""One repository of many: judged, or said why it could not be."""

import os

from linter.adapters.git.intact import EmptyError, NoDefaultBranchError
from linter.adapters.git.process import SilenceError
from linter.adapters.git.repository import printable
from linter.api import Judgement, judge_commit
from linter.errors import ConfigurationError, RepositoryError, ReviewLintError
from linter.model.inventory import Repository
from linter.model.request import Request
from linter.model.scan import Failure, RepositoryReport, Status, Trouble
from linter.scan.products import products_of

TROUBLES: tuple[tuple[type[Exception], Trouble], ...] = (
    (EmptyError, Trouble.EMPTY),
    (NoDefaultBranchError, Trouble.NO_DEFAULT_BRANCH),
    (SilenceError, Trouble.TIMEOUT),
    (RepositoryError, Trouble.CORRUPT),
    (ConfigurationError, Trouble.CONFIGURATION),
    (MemoryError, Trouble.TOO_LARGE),
)
"""What the errors of a run say about the repository; anything else is a fault of this program."""


def judge_repository(repository: Repository, path: str, request: Request, basis: str = "") -> RepositoryReport:
    """Judge what HEAD names in the repository at `path` (a working tree or a bare one). The report says nothing about
    this machine, no path of it and no time; `report.metrics` has the figures of every analysed file.
    """
    if not os.path.isdir(path):
        return failed(repository, Failure(Trouble.UNREACHABLE, "there is no such folder"), request.today)
    try:
        return _report(repository, judge_commit(path, request), request.today, basis)
    except Exception as error:
        return failed(repository, _failure(error, path), request.today)


def failed(repository: Repository, failure: Failure, today: str) -> RepositoryReport:
    """The report of a repository that could not be judged, without a basis: the next scan looks again. One without
    commits gives nothing to judge.
    """
    status = Status.SKIPPED if failure.kind is Trouble.EMPTY else Status.ERROR
    return RepositoryReport(repository, status, failure=failure, judged_on=today, good_until=today)


def _report(repository: Repository, judgement: Judgement, today: str, basis: str) -> RepositoryReport:
    report = judgement.report._replace(repository=repository.name, path="", duration_ms=0)
    measured = {path for path, _ in report.metrics or ()}
    return RepositoryReport(
        repository=repository,
        status=Status.FAILED if report.is_failed else Status.PASSED,
        revision=report.target.revision or "",
        report=report,
        products=products_of(judgement.documents),
        basis=basis,
        judged_on=today,
        good_until=judgement.good_until,
        blobs=tuple((path, blob) for path, blob in judgement.blobs if path in measured),
        sheets=judgement.sheets,
        pictures=judgement.pictures,
    )


def _failure(error: Exception, path: str) -> Failure:
    """In words that do not depend on where the repository lies."""
    kind = next((kind for sort, kind in TROUBLES if isinstance(error, sort)), Trouble.INTERNAL)
    message = str(error).replace(os.path.realpath(path), ".").replace(path, ".")
    if "dubious ownership" in message:
        return Failure(Trouble.AUTH, "the folder belongs to somebody else (git calls that dubious ownership)")
    if kind is Trouble.TOO_LARGE:
        return Failure(kind, "judging it takes more memory than there is")
    if not isinstance(error, ReviewLintError):
        message = f"{type(error).__name__}: {message}"
    return Failure(kind, printable(message))
