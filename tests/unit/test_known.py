"""What comes out of a memory is the value that was put in, or nothing: somebody else may have filled it."""

from typing import Any

import pytest

from linter.engine.known import keep_document, keep_metrics, recall_document, recall_metrics
from linter.model.document import Document, Mark, Problem
from linter.model.finding import TOP, Position, Span
from linter.model.imports import Import
from linter.model.metrics import FunctionMetrics, SourceMetrics, Unanalysable

FIGURES = ["f", "function", *[1] * 10]
AT = [[1, 1], None]


class Box:
    """A memory of one value."""

    def __init__(self, value: Any = None) -> None:
        self.value = value

    def recall(self, kind: str, key: str) -> Any:
        return self.value

    def keep(self, kind: str, key: str, value: Any) -> None:
        self.value = _listed(value)


def _listed(value: Any) -> Any:
    """With lists for tuples, as a file may give it back."""
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize(
    "metrics",
    [
        SourceMetrics(
            3, (FunctionMetrics("f", "function", *range(10)),), 50.5, (Import("a", None, 0, TOP.start, 1, True),)
        ),
        SourceMetrics(0, ()),
        Unanalysable("cannot be read", Position(2, 3), "3.13"),
    ],
)
def test_figures_come_back(metrics: SourceMetrics | Unanalysable) -> None:
    box = Box()
    keep_metrics(box, "", metrics)
    assert recall_metrics(box, "") == metrics


def test_documents_come_back() -> None:
    span = Span(Position(1, 1), Position(1, 2))
    marks = {"": Mark(TOP), "/a": Mark(span, span, "1")}
    document = Document(
        "x/REVIEW.yaml", "a: 1", {"a": 1}, marks, (Problem("RL006", "no", span, "/a", None, True, {"b": 1}),)
    )
    box = Box()
    keep_document(box, "", document)
    assert recall_document(box, "", "x/REVIEW.yaml") == document
    assert recall_document(box, "", "REVIEW.yaml") == document._replace(path="REVIEW.yaml")


@pytest.mark.parametrize(
    "value",
    [
        5,
        "abc",
        "abcd",
        {},
        [1, 2, 3],
        [1, 2, 3, 4],
        ["reason", [1, "1"], None],
        ["reason", [1, 1], 3],
        ["1", [], None, []],
        [1, [], "50", []],
        [1, [FIGURES[:-1]], None, []],
        [1, [[*FIGURES[:-1], "1"]], None, []],
        [1, [[1, *FIGURES[1:]]], None, []],
        [1, [], None, [["a", None, 0, [1], 1, True]]],
        [1, [], None, [["a", None, 0, [1, 1], 1, None]]],
    ],
)
def test_other_figures_are_not_known(value: Any) -> None:
    assert recall_metrics(Box(value), "") is None


@pytest.mark.parametrize(
    "value",
    [
        5,
        {},
        [5, {}, {}, []],
        ["", {}, [], []],
        ["", {}, {"": [AT, 5, None]}, []],
        ["", {}, {"": [AT, None, 5]}, []],
        ["", {}, {"": [[[1, 1], 5], None, None]}, []],
        ["", {}, {}, [["RL001", 1, AT, "", None, False, {}]]],
        ["", {}, {}, [["RL001", "no", AT, "", None, False, []]]],
        ["", {}, {}, [["RL001"]]],
    ],
)
def test_other_documents_are_not_known(value: Any) -> None:
    assert recall_document(Box(value), "", "REVIEW.yaml") is None
