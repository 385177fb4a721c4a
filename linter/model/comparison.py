"""Functions of the change beside the functions of the bases that they come from."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from linter.model.imports import Import
from linter.model.metrics import COMPLEXITY, MAINTAINABILITY, FunctionMetrics, SourceMetrics, Unanalysable
from linter.model.policy import CODE_LIMITS, Limits


class Source(NamedTuple):
    """One version of one source file, measured. `blob` identifies its bytes; `text` is empty if it is not decodable."""

    path: str
    blob: str
    text: str
    metrics: SourceMetrics | Unanalysable

    @property
    def functions(self) -> tuple[FunctionMetrics, ...]:
        """Its functions and other blocks; none where it cannot be analysed."""
        return self.metrics.functions if isinstance(self.metrics, SourceMetrics) else ()

    @property
    def imports(self) -> tuple[Import, ...]:
        """What it imports; nothing where it cannot be analysed."""
        return self.metrics.imports if isinstance(self.metrics, SourceMetrics) else ()


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

    def limit(self, name: str) -> int:
        """The limit of that name."""
        return int(getattr(self.limits, name))

    def is_exceeded_by(self, function: FunctionMetrics) -> bool:
        """Whether some figure of a function is above its limit. Asked of every function of a repository: the same as
        asking for `figure` by every limit, in a tenth of the time.
        """
        limits = self.limits
        if function.complexity > limits.cyclomatic_complexity or function.nesting > limits.nesting:
            return True
        if function.kind == "function":
            return function.lines > limits.function_lines or function.arguments > limits.arguments
        return function.kind == "module" and function.lines > limits.file_lines

    def tolerance_of(self, name: str) -> int:
        """The rise that is tolerated above the limit of that name: the same share of it as for complexity."""
        return self.tolerance * self.limit(name) // self.limits.cyclomatic_complexity


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
    """One function of the change, with what is asked of it and what it was before, judged by one of its figures: that
    which the limit `metric` is about. A module stands for its file.

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
    metric: str = COMPLEXITY

    @property
    def value(self) -> int:
        return self.metrics.figure(self.metric)

    @property
    def limit(self) -> int:
        return self.allowed.limit(self.metric)

    @property
    def was(self) -> int | None:
        """The figure of its match, None without one."""
        return self.base.metrics.figure(self.metric) if self.base else None

    @property
    def is_above(self) -> bool:
        """Whether the figure is above the limit."""
        return self.value > self.limit

    @property
    def rise(self) -> int:
        """By how much the figure is above that of its match; negative when it fell, 0 without a match."""
        return self.value - self.was if self.was is not None else 0

    @property
    def is_new(self) -> bool:
        """Whether it is above the limit, and new or judged as if it were."""
        return self.is_above and (self.allowed.is_absolute or self._is_blamed(self.standing is Standing.NEW))

    @property
    def is_worse(self) -> bool:
        """Whether it is above the limit, and more so than before."""
        return self.is_above and not self.allowed.is_absolute and self._is_blamed(self.rise > 0)

    @property
    def is_tolerated(self) -> bool:
        """Whether it was above the limit already and has risen by no more than the tolerance."""
        return self.was is not None and self.was > self.limit and self.rise <= self.allowed.tolerance_of(self.metric)

    def _is_blamed(self, is_met: bool) -> bool:
        return is_met and not self.is_forgiven


class BaseFile(NamedTuple):
    """Where a file stood in a base, and its maintainability index there; None if it could not be analysed."""

    revision: str
    path: str
    maintainability: float | None


class JudgedFile(NamedTuple):
    """A file of the change whose maintainability index (0 to 100) is below the limit, and what it was before.

    `base` is the most lenient version over all bases: of that path, renames followed, or the file that most of it was
    split from. `standing` as for functions.
    """

    path: str
    maintainability: float
    allowed: PathLimits
    standing: Standing
    base: BaseFile | None = None

    @property
    def limit(self) -> int:
        return self.allowed.limit(MAINTAINABILITY)

    @property
    def fall(self) -> float:
        """By how much the index is below what it was; negative when it rose, 0 without a version to compare with."""
        was = self.base.maintainability if self.base else None
        return was - self.maintainability if was is not None else 0.0


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
