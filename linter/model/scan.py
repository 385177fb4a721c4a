"""What comes of judging many repositories."""

from enum import Enum
from typing import NamedTuple

from linter.errors import ReviewLintError
from linter.model.inventory import Repository
from linter.model.report import Report
from linter.model.sheet import Sheet


class Trouble(Enum):
    """Why a repository could not be judged."""

    AUTH = "auth"
    EMPTY = "empty"
    NO_DEFAULT_BRANCH = "no-default-branch"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    CORRUPT = "corrupt"
    CONFIGURATION = "configuration"
    INTERNAL = "internal"


class Failure(NamedTuple):
    """What kept a repository from being judged; `message` is for people, in one line, without secrets."""

    kind: Trouble
    message: str


class MirrorError(ReviewLintError):
    """A repository, or its copy, cannot be had; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure

    def __reduce__(self) -> tuple[type["MirrorError"], tuple[Failure]]:
        """Workers hand it over to another process."""
        return MirrorError, (self.failure,)


class Status(Enum):
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"


class Product(NamedTuple):
    """What a review file says about itself, as far as it can be read; "" and None for what it does not say.
    `guidelines` has the status of each of the eight sections that it holds: (section, "draft", "adopted", ...).
    """

    path: str
    name: str = ""
    team: str = ""
    kind: str = ""
    lifecycle: str = ""
    tier: int | None = None
    guidelines: tuple[tuple[str, str], ...] = ()


class RepositoryReport(NamedTuple):
    """How one repository stands. `report` is None where `failure` says why. `revision` is the commit that was judged,
    "" where there is none. `basis` is a digest of what the judgement depends on besides the day: the state of the
    repository, the policy, options, the version of the tool; "" where the same may be judged otherwise the next time.
    The same basis is judged alike on every day from `judged_on` to `good_until` (YYYY-MM-DD). `blobs` has the object id
    of every file that `report.metrics` has figures of, by path. `sheets` are those of all products in the order of
    their paths, `pictures` the bytes of their diagrams by SHA-256.
    """

    repository: Repository
    status: Status
    revision: str = ""
    report: Report | None = None
    failure: Failure | None = None
    products: tuple[Product, ...] = ()
    basis: str = ""
    judged_on: str = ""
    good_until: str = ""
    blobs: tuple[tuple[str, str], ...] = ()
    sheets: tuple[Sheet, ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()

    @property
    def team(self) -> str:
        """Whose the repository is, as the inventory says, else the first review file that says anything."""
        return self.repository.team or next((product.team for product in self.products if product.team), "")
