"""What a memory holds about contents, as plain values and back. The values are those that computing would give."""

from collections.abc import Callable, Mapping, Sequence
from types import NoneType
from typing import Any, TypeVar

from linter.model.document import Document, Mark, Problem
from linter.model.finding import Position, Span
from linter.model.imports import Import
from linter.model.memory import Memory
from linter.model.metrics import FunctionMetrics, SourceMetrics, Unanalysable

METRICS = "metrics"
REVIEW = "review"

T = TypeVar("T")


def recall_metrics(memory: Memory, blob: str) -> SourceMetrics | Unanalysable | None:
    """The figures of a content, by its id."""
    return _made(_metrics, memory.recall(METRICS, blob))


def keep_metrics(memory: Memory, blob: str, metrics: SourceMetrics | Unanalysable) -> None:
    memory.keep(METRICS, blob, _plain(metrics))


def recall_document(memory: Memory, blob: str, path: str) -> Document | None:
    """The review file of that content, with its shape judged, as it is at a path."""
    document = _made(_document, memory.recall(REVIEW, blob))
    return document and document._replace(path=path)


def keep_document(memory: Memory, blob: str, document: Document) -> None:
    kept = (document.text, document.data, document.marks, document.problems)
    memory.keep(REVIEW, blob, _plain(kept))


def _made(make: Callable[[Any], T], known: Any) -> T | None:
    """None where nothing is known, and for what is of another shape than what is kept here."""
    try:
        return None if known is None else make(known)
    except (TypeError, ValueError, AttributeError):
        return None


def _plain(value: Any) -> Any:
    """The value without the types of its tuples and mappings."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return list(map(_plain, value))
    return value


def _metrics(known: Any) -> SourceMetrics | Unanalysable:
    if len(known) == len(Unanalysable._fields):
        reason, position, needs = known
        return _typed((str, Position, TEXT), Unanalysable(reason, _position(position), needs))
    lines, functions, index, imports = known
    made = SourceMetrics(lines, tuple(map(_function, functions)), index, tuple(map(_import, imports)))
    return _typed((int, tuple, NUMBER, tuple), made)


def _function(known: Any) -> FunctionMetrics:
    return _typed(OF_FUNCTION, FunctionMetrics._make(known))


def _import(known: Any) -> Import:
    imported = Import._make(known)
    return _typed((str, TEXT, int, Position, int, bool), imported._replace(position=_position(imported.position)))


def _document(known: Any) -> Document:
    text, data, marks, problems = known
    made = {pointer: _mark(*mark) for pointer, mark in marks.items()}
    return Document("", _typed((str,), (text,))[0], data, made, tuple(map(_problem, problems)))


def _mark(value: Any, key: Any, plain: Any) -> Mark:
    return _typed((Span, (Span, NoneType), TEXT), Mark(_span(value), None if key is None else _span(key), plain))


def _problem(known: Any) -> Problem:
    problem = Problem._make(known)
    return _typed((str, str, Span, str, TEXT, bool, dict), problem._replace(span=_span(problem.span)))


def _span(known: Any) -> Span:
    start, end = known
    return Span(_position(start), None if end is None else _position(end))


def _position(known: Any) -> Position:
    return _typed((int, int), Position(*known))


def _typed(types: Sequence[Any], values: T) -> T:
    """The values, a tuple, if each is of its type. Raises TypeError."""
    if not all(map(isinstance, values, types)):  # type: ignore[call-overload]
        raise TypeError
    return values


TEXT = (str, NoneType)
NUMBER = (int, float, NoneType)
OF_FUNCTION = (str, str) + (int,) * (len(FunctionMetrics._fields) - 2)
