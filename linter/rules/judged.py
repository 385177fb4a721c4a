"""What findings about judged functions have in common: how they are called, where they stand, and their figures."""

from collections.abc import Mapping
from typing import Any

from linter.model.comparison import BaseFunction, JudgedFunction
from linter.model.finding import Location, Position, Span
from linter.model.metrics import FunctionMetrics


def what(metrics: FunctionMetrics) -> str:
    """What a block is called in a sentence."""
    if metrics.kind == "module":
        return "the module's own code"
    return f"the body of class `{metrics.symbol}`" if metrics.kind == "class" else f"`{metrics.symbol}`"


def where(base: BaseFunction) -> str:
    """What a block of a base is called, and where it stood."""
    return f"{what(base.metrics)} in {base.path}:{base.metrics.line}"


def location(function: JudgedFunction) -> Location:
    """The place of `def` or `class`."""
    start = Position(function.metrics.line, function.metrics.column)
    return Location(function.path, Span(start), symbol=function.metrics.symbol)


def data(function: JudgedFunction) -> Mapping[str, Any]:
    """The figure, its limit, and where the function stood in a base."""
    base = function.base
    return {
        "metric": function.metric,
        "value": function.value,
        "limit": function.limit,
        "base": function.was,
        "base_path": base.path if base else None,
        "base_symbol": base.metrics.symbol if base else None,
        "base_line": base.metrics.line if base else None,
    }
