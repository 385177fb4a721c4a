"""Functions of the change beside the functions of the bases that they come from."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from linter.model.metrics import FunctionMetrics, SourceMetrics, Unanalysable
from linter.model.policy import Limits


class Source(NamedTuple):
    """One version of one source file, measured. `blob` identifies its bytes; `text` is empty if it is not decodable."""

    path: str
    blob: str
    text: str
    metrics: SourceMetrics | Unanalysable


class BaseSide(NamedTuple):
    """What a base holds of the paths that changed: `revision` is its object id, `sources` are keyed by path."""

    revision: str
    sources: Mapping[str, Source]


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
    """One function of the change, with the limits that apply to it and what it was before.

    `base` is the most lenient match over all bases, None unless `standing` is KNOWN. `is_touched`: its own text differs
    from that of its match in every base. `is_forgiven`: it belongs to a family whose total excess did not rise.
    """

    path: str
    metrics: FunctionMetrics
    limits: Limits
    tolerance: int
    standing: Standing
    base: BaseFunction | None
    is_touched: bool
    is_forgiven: bool = False
