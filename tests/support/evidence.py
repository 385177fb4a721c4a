"""What the evidence rules find in small trees."""

from collections.abc import Mapping
from typing import Any

from linter.engine.lint import lint
from linter.model.finding import Finding
from linter.model.history import History
from linter.model.request import Request
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

CODES = ("RL011", "RL012", "RL202", "RL301", "RL603")
REQUEST = Request("2026-06-01", select=CODES)


def design(value: str) -> str:
    """A review file whose design document is the evidence `value`."""
    return review(changes={"planning:\n": f"planning:\n  design_doc: {value}\n"})


def found(tree: MemorySnapshot, history: History | None = None) -> list[Finding]:
    """The findings of the evidence rules, those of suppressed ones aside."""
    return [finding for finding in lint(tree, REQUEST, history).findings if finding.suppressed is None]


def about(value: str, files: Mapping[str, str | bytes] | None = None, **tree: Any) -> Finding | None:
    """The one finding about a design document cited as `value` in a tree of files, None where there is none."""
    findings = found(MemorySnapshot({"REVIEW.yaml": design(value), **(files or {})}, **tree))
    assert len(findings) < 2
    return findings[0] if findings else None


def said(value: str, files: Mapping[str, str | bytes] | None = None, **tree: Any) -> str:
    """Rule, severity and message of that finding; empty where there is none."""
    finding = about(value, files, **tree)
    return f"{finding.rule} {finding.severity.label}: {finding.message}" if finding else ""
