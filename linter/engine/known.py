"""What a memory holds about contents, as plain values and back. The values are those that computing would give."""

from types import NoneType
from typing import Any

from linter.model.document import Document, Mark, Problem
from linter.model.finding import Span
from linter.model.memory import Memory
from linter.model.metrics import SourceMetrics, Unanalysable
from linter.model.plain import TEXT, made, metrics_of, plain, span_of, typed

METRICS = "metrics"
REVIEW = "review"


def recall_metrics(memory: Memory, blob: str) -> SourceMetrics | Unanalysable | None:
    """The figures of a content, by its id."""
    return made(metrics_of, memory.recall(METRICS, blob))


def keep_metrics(memory: Memory, blob: str, metrics: SourceMetrics | Unanalysable) -> None:
    memory.keep(METRICS, blob, metrics)


def recall_document(memory: Memory, blob: str, path: str) -> Document | None:
    """The review file of that content, with its shape judged, as it is at a path."""
    document = made(_document, memory.recall(REVIEW, blob))
    return document and document._replace(path=path)


def keep_document(memory: Memory, blob: str, document: Document) -> None:
    kept = (document.text, document.data, document.marks, document.problems)
    memory.keep(REVIEW, blob, plain(kept))


def _document(known: Any) -> Document:
    text, data, marks, problems = known
    marked = {pointer: _mark(*mark) for pointer, mark in marks.items()}
    return Document("", typed((str,), (text,))[0], data, marked, tuple(map(_problem, problems)))


def _mark(value: Any, key: Any, written: Any) -> Mark:
    return typed((Span, (Span, NoneType), TEXT), Mark(span_of(value), None if key is None else span_of(key), written))


def _problem(known: Any) -> Problem:
    problem = Problem._make(known)
    return typed((str, str, Span, str, TEXT, bool, dict), problem._replace(span=span_of(problem.span)))
