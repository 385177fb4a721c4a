"""Where a review file cites things: the places that the schema marks with `x-evidence` or `x-verified`.

They are written down here because finding them in the schema takes 60 ms; a test compares the two.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

from linter.engine.evidence.naming import resolved
from linter.model.document import Document
from linter.model.hollow import is_hollow, is_placeholder
from linter.model.pointer import join, split
from linter.model.pointer import resolve as value_at
from linter.model.review import Review
from linter.model.schema import ITEM


class Form(Enum):
    """How a place cites something."""

    EVIDENCE = "evidence"
    EVENT = "event"
    GLOB = "glob"
    TESTS = "tests"
    CONTRACT = "contract"
    RUNBOOK = "runbook"
    CHANGE = "change"
    SYMBOL = "symbol"


PLACES = (
    ("/covers/*", Form.GLOB),
    ("/clarity/fair_usage/published", Form.EVIDENCE),
    ("/planning/architecture_diagram", Form.EVIDENCE),
    ("/planning/design_doc", Form.EVIDENCE),
    ("/planning/decisions", Form.GLOB),
    ("/planning/dependencies/*/contract", Form.CONTRACT),
    ("/planning/provides/*/contract", Form.CONTRACT),
    ("/preparation/unit_tests/paths", Form.TESTS),
    ("/preparation/unit_tests/coverage_report", Form.EVIDENCE),
    ("/preparation/load_test/script", Form.EVIDENCE),
    ("/preparation/load_test/report", Form.EVIDENCE),
    ("/preparation/security_test/threat_model", Form.EVIDENCE),
    ("/preparation/security_test/static_analysis", Form.EVIDENCE),
    ("/preparation/security_test/dependency_scan", Form.EVIDENCE),
    ("/preparation/security_test/secret_scan", Form.EVIDENCE),
    ("/preparation/security_test/penetration_test/report", Form.EVIDENCE),
    ("/iterating/pipeline", Form.EVIDENCE),
    ("/iterating/acted_on/*/change", Form.CHANGE),
    ("/quality/alerts/*/runbook", Form.RUNBOOK),
    ("/monitoring/slis/*/source", Form.EVIDENCE),
    ("/monitoring/usage_metrics/*/source", Form.EVIDENCE),
    ("/monitoring/events/*/where", Form.EVENT),
    ("/release_plan/rollback/how", Form.EVIDENCE),
    ("/release_plan/kill_switch", Form.EVIDENCE),
    ("/release_plan/migrations/plan", Form.EVIDENCE),
    ("/simplicity/modules/*/paths/*", Form.GLOB),
    ("/simplicity/reuse/offers/*", Form.SYMBOL),
)
"""Every place that cites something, in the order of the file; an item of a list is `*`."""


class Citation(NamedTuple):
    """One cited thing: the value at `pointer` of a review file."""

    review: Review
    pointer: str
    form: Form

    @property
    def folder(self) -> str:
        """What its paths are relative to."""
        return self.review.document.folder

    def text(self, key: str = "") -> str | None:
        """The text of the value itself or of one of its keys; one that says nothing is none."""
        text = self.review.text(join(self.pointer, key) if key else self.pointer)
        return None if text is None or is_hollow(text) or is_placeholder(text) else text


def citations(review: Review) -> Iterator[Citation]:
    """Everything that a review file cites."""
    for pattern, form in PLACES:
        for pointer in _expanded(review, pattern):
            yield Citation(review, pointer, form)


def cited_in(documents: Iterable[Document]) -> frozenset[str]:
    """The files and folders that review files may cite, and more: every text at such a place as a path; of a glob the
    folder that it begins with.
    """
    reviews = (Review(document, "") for document in documents if document.is_readable)
    return frozenset(path for review in reviews for path in _paths(review))


def _paths(review: Review) -> Iterator[str]:
    for citation in citations(review):
        for text in _texts(value_at(review.document.data, citation.pointer)):
            for path in _readings(text, citation.form):
                found = resolved(path, citation.folder)
                if found is not None:
                    yield found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(below)


def _readings(text: str, form: Form) -> set[str]:
    """The paths that a text may begin with, before an anchor, a symbol or a wildcard."""
    wildcards = [text.index(sign) for sign in "*?[" if sign in text]
    if wildcards and form in (Form.GLOB, Form.TESTS, Form.EVENT):
        return {text[: min(wildcards)].rpartition("/")[0]}
    return {text, text.partition("#")[0], text.partition(":")[0]} - {""}


def _expanded(review: Review, pattern: str) -> Iterator[str]:
    """The pointers of the sound values that a pattern stands for."""
    pointers = [""]
    for key in split(pattern):
        pointers = [below for pointer in pointers for below in _below(review, pointer, key)]
    return filter(review.has, pointers)


def _below(review: Review, pointer: str, key: str) -> Iterator[str]:
    if key == ITEM:
        yield from review.items(pointer)
    elif key in review.mapping(pointer):
        yield join(pointer, key)
