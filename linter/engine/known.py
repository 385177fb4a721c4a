"""What a memory holds about contents, as plain values and back. The values are those that computing would give."""

from collections.abc import Callable
from types import NoneType
from typing import Any, TypeVar

from linter.model.document import Document, Mark, Problem
from linter.model.finding import Span
from linter.model.memory import Memory
from linter.model.metrics import SourceMetrics, Unanalysable
from linter.model.plain import TEXT, metrics_of, plain, position_of, typed

METRICS = "metrics"
REVIEW = "review"

T = TypeVar("T")


def recall_metrics(memory: Memory, blob: str) -> SourceMetrics | Unanalysable | None:
    """The figures of a content, by its id."""
    return _made(metrics_of, memory.recall(METRICS, blob))


def keep_metrics(memory: Memory, blob: str, metrics: SourceMetrics | Unanalysable) -> None:
    memory.keep(METRICS, blob, plain(metrics))


def recall_document(memory: Memory, blob: str, path: str) -> Document | None:
    """The review file of that content, with its shape judged, as it is at a path."""
    document = _made(_document, memory.recall(REVIEW, blob))
    return document and document._replace(path=path)


def keep_document(memory: Memory, blob: str, document: Document) -> None:
    kept = (document.text, document.data, document.marks, document.problems)
    memory.keep(REVIEW, blob, plain(kept))


def _made(make: Callable[[Any], T], known: Any) -> T | None:
    """None where nothing is known, and for what is of another shape than what is kept here."""
    try:
        return None if known is None else make(known)
    except (TypeError, ValueError, AttributeError):
        return None


def _document(known: Any) -> Document:
    text, data, marks, problems = known
    made = {pointer: _mark(*mark) for pointer, mark in marks.items()}
    return Document("", typed((str,), (text,))[0], data, made, tuple(map(_problem, problems)))


def _mark(value: Any, key: Any, written: Any) -> Mark:
    return typed((Span, (Span, NoneType), TEXT), Mark(_span(value), None if key is None else _span(key), written))


def _problem(known: Any) -> Problem:
    problem = Problem._make(known)
    return typed((str, str, Span, str, TEXT, bool, dict), problem._replace(span=_span(problem.span)))


def _span(known: Any) -> Span:
    start, end = known
    return Span(position_of(start), None if end is None else position_of(end))
