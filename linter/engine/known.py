"""What a memory holds about contents, as plain values and back. The values are those that computing would give."""

from collections.abc import Mapping
from typing import Any

from linter.model.document import Document, Mark, Problem
from linter.model.finding import Position, Span
from linter.model.imports import Import
from linter.model.memory import Memory
from linter.model.metrics import FunctionMetrics, SourceMetrics, Unanalysable

METRICS = "metrics"
REVIEW = "review"


def recall_metrics(memory: Memory, blob: str) -> SourceMetrics | Unanalysable | None:
    """The figures of a content, by its id."""
    known = memory.recall(METRICS, blob)
    if known is None:
        return None
    if len(known) == len(Unanalysable._fields):
        reason, position, needs = known
        return Unanalysable(reason, Position(*position), needs)
    lines, functions, index, imports = known
    return SourceMetrics(lines, tuple(map(FunctionMetrics._make, functions)), index, tuple(map(_import, imports)))


def keep_metrics(memory: Memory, blob: str, metrics: SourceMetrics | Unanalysable) -> None:
    memory.keep(METRICS, blob, _plain(metrics))


def recall_document(memory: Memory, blob: str, path: str) -> Document | None:
    """The review file of that content, with its shape judged, as it is at a path."""
    known = memory.recall(REVIEW, blob)
    if known is None:
        return None
    text, data, marks, problems = known
    return Document(path, text, data, _marks(marks), tuple(map(_problem, problems)))


def keep_document(memory: Memory, blob: str, document: Document) -> None:
    kept = (document.text, document.data, document.marks, document.problems)
    memory.keep(REVIEW, blob, _plain(kept))


def _plain(value: Any) -> Any:
    """The value without the types of its tuples and mappings."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return list(map(_plain, value))
    return value


def _import(known: Any) -> Import:
    imported = Import._make(known)
    return imported._replace(position=Position(*imported.position))


def _marks(known: Mapping[str, Any]) -> Mapping[str, Mark]:
    return {pointer: Mark(_span(value), key and _span(key), plain) for pointer, (value, key, plain) in known.items()}


def _problem(known: Any) -> Problem:
    problem = Problem._make(known)
    return problem._replace(span=_span(problem.span))


def _span(known: Any) -> Span:
    start, end = known
    return Span(Position(*start), end and Position(*end))
