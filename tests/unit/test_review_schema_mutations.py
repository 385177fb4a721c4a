"""One mistake gives one error, at the place of the mistake: every value of a complete document is spoilt in turn."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.review_schema import Node, errors_of, keys, nodes, pointer_of, valid

FULL = valid("production-service")
TOP = sorted(set(FULL) - {"x-cost-centre"})
NOT_APPLICABLE = {"because": "There is nothing of the kind in this product.", "agreed_by": "@acme/architects"}
SECTIONS = {key for key in FULL if keys().get(key) and keys()[key].form == "section"}
UNLIKE_TEXT = ["", "x\n", "Not A Word!"]
WRONG: dict[str, list[Any]] = {
    "version": [0, 2, 1.5, True, "1"],
    "slug": [*UNLIKE_TEXT, "-a", "a_b", "a" * 64, "ä"],
    "handle": [*UNLIKE_TEXT, "ada", "@", "@acme/", "@a b", "ada@", "ada@localhost", "a@b@c.d"],
    "date": [*UNLIKE_TEXT, "2026-02-30", "2026-2-3", "20260203", "2026-02-03T00:00:00", "02.03.2026"],
    "duration": [*UNLIKE_TEXT, "15", "15 m", "1h30m", "1.5h", "-1d", "1w", "1D", "9" * 10 + "s"],
    "uri": [*UNLIKE_TEXT, "example.org"],
    "symbol": [*UNLIKE_TEXT, "https://x.y", "shop.events", "shop.events:", ":Order", "shop events:Order"],
    "semver": [*UNLIKE_TEXT, "1", "1.10", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3+"],
    "sha256": [*UNLIKE_TEXT, "e3b0", "g" * 64],
    "digest": [*UNLIKE_TEXT, "sha256:e3b0", "e" * 64],
    "change": [*UNLIKE_TEXT, "3f2a9c", "ftp://example.org/x", "https://a b"],
    "commit": [*UNLIKE_TEXT, "3f2a9c", "HEAD", "a" * 65],
    "currency": [*UNLIKE_TEXT, "EURO", "eur", "XYZ"],
    "boolean": ["yes", 1, 0],
    "text": ["", "x" * 501, 7],
    "glob": ["", "x" * 501, 7],
    "runbook": ["", "x" * 501, 7],
}
WRONG["evidence"] = [
    *["", "x" * 501, 7, True, {}],
    *[{"contains": "x"}, {"job": "x"}, {"checked": "2026-01-01"}, {"x-only": 1}],
    *[{"path": "a", "url": "https://b"}, {"commit": "3f2a9c1", "contains": "x"}, {"url": "https://b", "job": "x"}],
    *[{"path": "a", "contains": "x", "url": "https://b"}, {"workflow": "a", "job": "x", "commit": "3f2a9c1"}],
    *[{"url": "https://b", "checked": "2026-01-01", "symbol": "a:b"}, {"path": "a", "contains": "x", "job": "y"}],
    *[{"paht": "a"}, {"path": "a", "symbool": "b"}],
    *[{"path": 7, "contains": "x"}, {"workflow": "a", "job": ""}, {"commit": "HEAD"}, {"symbol": "a"}, {"url": "a"}],
    *[{"url": "https://b", "checked": "yesterday"}],
]
WRONG["event_evidence"] = [*WRONG["evidence"], "src/orders.py", {"path": "src/orders.py"}]


def wrong_values(node: Node) -> list[Any]:
    """Values that do not fit the form of the node, beside those of another type."""
    form, _, bounds = node.form.partition(" ")
    if node.entry.words:
        return ["no-such-word", "", 7, True] if form != "[]" or node.is_item else ["clarity"]
    if form in ("integer", "number"):
        low, _, high = bounds.partition("..")
        return [int(low) - 1, "1", True] + ([1.5] if form == "integer" else []) + ([int(high) + 1] if high else [])
    if bounds and form == "text":
        low, _, high = bounds.partition("..")
        return ["x" * (int(low) - 1)] + (["x" * (int(high) + 1)] if high else [])
    return WRONG.get(form, [] if form == "[]?" or form in KEYED else [[]])


KEYED = {path.partition(".")[0] for path in keys()} | {"mapping", "section"}


class Patient:
    """The complete document, but for the sections that have nothing to do with `top`: they cost time."""

    def __init__(self, top: str) -> None:
        kept = {top, "planning"} if top in ("clarity", "quality") else {top}
        self.top = top
        self.document = valid("production-service") | {
            section: {"not_applicable": NOT_APPLICABLE} for section in SECTIONS - kept
        }
        assert self.errors() == []

    def nodes(self) -> Iterator[Node]:
        return (node for node in nodes(self.document) if node.pointer.split("/")[1] == self.top)

    def errors(self) -> list[tuple[str, str]]:
        """Pointer and keyword of each error."""
        return [(pointer_of(error), str(error.validator)) for error in errors_of(self.document)]

    def spoilt(self, node: Node, value: Any) -> list[tuple[str, str]]:
        """The errors while the node has another value."""
        before = node.value
        node.holder[node.key] = value
        errors = self.errors()
        node.holder[node.key] = before
        return errors

    def without(self, node: Node) -> list[tuple[str, str]]:
        """The errors while the node is not there."""
        items = list(node.holder.items())
        del node.holder[node.key]
        errors = self.errors()
        node.holder.clear()
        node.holder.update(items)
        return errors


@pytest.fixture(params=TOP)
def patient(request: pytest.FixtureRequest) -> Patient:
    return Patient(request.param)


def test_the_complete_document_has_every_key_of_the_list() -> None:
    assert keys().keys() <= {node.path for node in nodes(FULL)}


def test_another_type_is_one_error_at_the_value(patient: Patient) -> None:
    for node in patient.nodes():
        errors = patient.spoilt(node, "text" if isinstance(node.value, list) else [])
        assert [pointer for pointer, _ in errors] == [node.pointer], (node.pointer, errors)
        assert errors[0][1] in ("type", "enum")


def test_null_is_one_error_at_the_value(patient: Patient) -> None:
    for node in patient.nodes():
        errors = patient.spoilt(node, None)
        assert [pointer for pointer, _ in errors] == [node.pointer], (node.pointer, errors)


def test_a_wrong_value_is_one_error_in_it(patient: Patient) -> None:
    seen: set[str] = set()
    for node in patient.nodes():
        # One shape is judged in one way wherever it is used: all its wrong values once, elsewhere the first two.
        values = wrong_values(node)[: 2 if node.form in seen else None]
        seen.add(node.form)
        for value in values:
            errors = patient.spoilt(node, value)
            assert len(errors) == 1, (node.pointer, value, errors)
            assert errors[0][0].startswith(node.pointer), (node.pointer, value, errors)
            assert isinstance(value, dict) or errors[0][0] == node.pointer


def test_an_unknown_key_is_one_error_at_its_mapping(patient: Patient) -> None:
    for node in patient.nodes():
        if isinstance(node.value, dict):
            errors = patient.spoilt(node, {**node.value, "unknown": 1})
            assert errors == [(node.pointer, "additionalProperties")], node.pointer
            assert patient.spoilt(node, {**node.value, "x-own": {"any": [None]}}) == [], node.pointer


def test_a_missing_key_is_one_error_at_its_parent_if_it_is_required(patient: Patient) -> None:
    for node in patient.nodes():
        if not node.is_item:
            assert patient.without(node) == what_its_absence_costs(node), node.pointer


def what_its_absence_costs(node: Node) -> list[tuple[str, str]]:
    parent = node.pointer.rpartition("/")[0]
    if node.path in ("evidence.path", "evidence.workflow", "evidence.commit", "evidence.symbol", "evidence.url"):
        return [(parent, "oneOf")]
    if node.path == "contract.path" and "url" not in node.holder:
        return [(parent, "required")]
    if node.path == "evidence.contains" and "/events/" in node.pointer:
        return [(parent, "required")]
    return [] if node.entry.mark == "o" else [(parent, "required")]


def test_a_list_without_items_is_one_error_unless_it_may_be_empty(patient: Patient) -> None:
    for node in patient.nodes():
        if isinstance(node.value, list):
            expected = [] if node.entry.form.startswith("[]?") else [(node.pointer, "minItems")]
            assert patient.spoilt(node, []) == expected, node.pointer


def test_not_applicable_stands_for_whole_sections_and_for_what_grows_with_the_product(patient: Patient) -> None:
    for node in patient.nodes():
        if not node.is_item:
            may_stand = node.entry.form == "section" or node.entry.mark in "BP"
            errors = patient.spoilt(node, {"not_applicable": NOT_APPLICABLE})
            assert bool(errors) is not may_stand, (node.pointer, errors)


@pytest.mark.parametrize("place", ["clarity", "quality", "tier"])
def test_not_applicable_itself_is_judged(place: str) -> None:
    patient = Patient(place)
    node = next(patient.nodes())
    at = f"/{place}"
    assert patient.spoilt(node, {"not_applicable": "later"}) == [(f"{at}/not_applicable", "type")]
    assert patient.spoilt(node, {"not_applicable": {}}) == [(f"{at}/not_applicable", "required")] * 2
    for key, value in {"because": "too short", "agreed_by": "nobody"}.items():
        errors = patient.spoilt(node, {"not_applicable": NOT_APPLICABLE | {key: value}})
        assert [pointer for pointer, _ in errors] == [f"{at}/not_applicable/{key}"]
    assert patient.spoilt(node, {"not_applicable": NOT_APPLICABLE, "else": 1}) == [(at, "additionalProperties")]
    assert patient.spoilt(node, {"not_applicable": NOT_APPLICABLE, "x-own": 1}) == []


def test_a_status_may_stand_beside_not_applicable_in_a_section() -> None:
    patient = Patient("quality")
    node = next(patient.nodes())
    assert patient.spoilt(node, {"status": "draft", "not_applicable": NOT_APPLICABLE}) == []
    assert patient.spoilt(node, {"status": "done", "not_applicable": NOT_APPLICABLE}) == [("/quality/status", "enum")]


@pytest.mark.parametrize(
    "evidence",
    [
        "docs/design.md",
        "https://example.org",
        {"path": "a", "contains": "b", "x-own": 1},
        {"workflow": "Jenkinsfile", "job": "a"},
        {"commit": "3f2a9c1"},
        {"symbol": "shop.events:Order.placed"},
        {"url": "https://example.org", "checked": "2024-02-29"},
    ],
)
def test_every_kind_of_evidence_is_accepted(evidence: Any) -> None:
    patient = Patient("preparation")
    for node in patient.nodes():
        if node.form == "evidence":
            assert patient.spoilt(node, evidence) == [], node.pointer
