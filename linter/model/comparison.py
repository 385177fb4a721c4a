"""Functions of the change beside the functions of the bases that they come from."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from linter.model.metrics import FunctionMetrics, SourceMetrics, Unanalysable
from linter.model.policy import CODE_LIMITS, Limits


class Source(NamedTuple):
    """One version of one source file, measured. `blob` identifies its bytes; `text` is empty if it is not decodable."""

    path: str
    blob: str
    text: str
    metrics: SourceMetrics | Unanalysable


class BaseSide(NamedTuple):
    """What a base holds of the paths that changed or are gone, by path; `revision` is its object id.

    A path of `sources` that the change does not have counts as deleted.
    """

    revision: str
    sources: Mapping[str, Source]


class PathLimits(NamedTuple):
    """What is asked of the code at one path. A function that is above a limit already may rise by `tolerance` with a
    warning; where `is_absolute` nothing above a limit is excused by what it was before.
    """

    limits: Limits = CODE_LIMITS
    tolerance: int = 2
    is_absolute: bool = False


class BaseFunction(NamedTuple):
    """Where a function stood in a base."""

    revision: str
    path: str
    metrics: FunctionMetrics


class Standing(Enum):
    """How a function of the change stands to its bases."""

    NEW = "new"
    KNOWN = "known"
    LEGACY = "legacy"
    """There is nothing to compare with: no base, or a base that this Python cannot parse."""


class JudgedFunction(NamedTuple):
    """One function of the change, with what is asked of it and what it was before.

    `base` is the most lenient match over all bases, None unless `standing` is KNOWN. `split_from` is, for a new
    function, the one that shrank and held at least half of its statements. `is_touched`: its own text differs from that
    of its match in every base. `is_forgiven`: it belongs to a family whose total excess did not rise. `in_whole_run`:
    the run looks at every function, touched or not.
    """

    path: str
    metrics: FunctionMetrics
    allowed: PathLimits
    standing: Standing
    base: BaseFunction | None = None
    split_from: BaseFunction | None = None
    is_touched: bool = True
    is_forgiven: bool = False
    in_whole_run: bool = False

    @property
    def is_above(self) -> bool:
        """Whether its complexity is above the limit."""
        return self.metrics.complexity > self.allowed.limits.cyclomatic_complexity

    @property
    def rise(self) -> int:
        """By how much its complexity is above that of its match; negative when it fell, 0 without a match."""
        return self.metrics.complexity - self.base.metrics.complexity if self.base else 0


class UnreadSource(NamedTuple):
    """A source file of the change that has no figures, and what the bases hold of it.

    `is_known`: a base has a version of the file; `had_figures`: one of those could be analysed; `has_bases`: there is
    something to compare with at all. `required_python` is the version that the project asks for where it is newer than
    the running one; then one value stands for all such files and `others` names the rest of them.
    """

    path: str
    problem: Unanalysable
    has_bases: bool
    is_known: bool
    had_figures: bool
    required_python: str | None = None
    others: tuple[str, ...] = ()
