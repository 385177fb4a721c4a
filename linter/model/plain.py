"""Values as plain ones, for what keeps or sends them, and made of plain values again."""

from collections.abc import Callable, Mapping, Sequence
from types import NoneType
from typing import Any, TypeVar

from linter.model.finding import Finding, Location, Position, Severity, Span, Suppression
from linter.model.imports import Import
from linter.model.metrics import FunctionMetrics, SourceMetrics, Unanalysable

T = TypeVar("T")


def plain(value: Any) -> Any:
    """The value without the types of its tuples and mappings."""
    if isinstance(value, tuple):
        return tuple([plain(item) if isinstance(item, _COMPOUND) else item for item in value])
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return list(map(plain, value)) if isinstance(value, list) else value


def made(make: Callable[[Any], T], known: Any) -> T | None:
    """What somebody kept, made of it; None where nothing is known, and for what is of another shape."""
    try:
        return None if known is None else make(known)
    except (TypeError, ValueError, AttributeError, KeyError):
        return None


def metrics_of(known: Any) -> SourceMetrics | Unanalysable:
    """The figures that were made plain. Raises TypeError, ValueError or AttributeError for what is of another shape."""
    if len(known) == len(Unanalysable._fields):
        reason, position, needs = known
        return typed((str, Position, TEXT), Unanalysable(reason, position_of(position), needs))
    lines, functions, index, imports = known
    made = SourceMetrics(lines, tuple(map(_function, functions)), index, tuple(map(_import, imports)))
    return typed((int, tuple, _NUMBER, tuple), made)


def finding_of(known: Any) -> Finding:
    """The finding that was made plain. Raises like `metrics_of`."""
    finding = Finding._make(known)
    hidden = finding.suppressed
    found = finding._replace(
        severity=Severity(finding.severity),
        location=_location(*finding.location),
        suppressed=None if hidden is None else typed((str, str, TEXT), Suppression._make(hidden)),
    )
    types = (str, str, Severity, str, Location, TEXT, TEXT, bool, dict, str, str, (Suppression, NoneType))
    return typed(types, found)


def position_of(known: Any) -> Position:
    return typed((int, int), Position(*known))


def span_of(known: Any) -> Span:
    start, end = known
    return Span(position_of(start), None if end is None else position_of(end))


def typed(types: Sequence[Any], values: T) -> T:
    """The values, a tuple, if each is of its type. Raises TypeError."""
    if not all(map(isinstance, values, types)):  # type: ignore[call-overload]
        raise TypeError
    return values


def _location(path: Any, span: Any, pointer: Any, symbol: Any) -> Location:
    return typed((str, Span, TEXT, TEXT), Location(path, span_of(span), pointer, symbol))


def _function(known: Any) -> FunctionMetrics:
    return typed(_OF_FUNCTION, FunctionMetrics._make(known))


def _import(known: Any) -> Import:
    imported = Import._make(known)
    return typed((str, TEXT, int, Position, int, bool), imported._replace(position=position_of(imported.position)))


_COMPOUND = (tuple, list, dict)
TEXT = (str, NoneType)
_NUMBER = (int, float, NoneType)
_OF_FUNCTION = (str, str) + (int,) * (len(FunctionMetrics._fields) - 2)
