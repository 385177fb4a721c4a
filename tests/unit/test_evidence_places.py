"""Which places of a review file cite something, and what looking there costs and survives."""

import subprocess
import sys
from typing import Any

from linter.engine.evidence.builder import build
from linter.engine.evidence.citation import PLACES, Form
from linter.engine.ground import Ground
from linter.model.document import Document
from linter.model.evidence import EvidenceFault
from linter.model.pointer import join
from linter.model.review import Review
from linter.model.schema import annotation, key_places, subschemas
from tests.support.evidence import found
from tests.support.memory import MemorySnapshot
from tests.support.review_schema import ROOT, SCHEMA, nodes, valid
from tests.support.reviews import review

JUDGED_ELSEWHERE = {
    "/owner/team": "RL014",
    "/waivers": "RL905 to RL907",
    "/reviews/*/digest": "RL902",
    "/simplicity/debt": "RL810",
    "/iterating/acted_on": "its `change`",
    "/simplicity/modules": "its `paths`",
    "/planning/dependencies/*/contract/path": "the contract",
    "/planning/dependencies/*/contract/sha256": "the contract",
    "/planning/provides/*/contract/path": "the contract",
    "/planning/provides/*/contract/sha256": "the contract",
}


def test_every_place_that_the_schema_marks_is_judged() -> None:
    pointers = {join(place.parent, place.key) for place in key_places(SCHEMA)}
    marked = {
        p for p in pointers if any(annotation(subschemas(SCHEMA, p), mark) for mark in ("x-evidence", "x-verified"))
    }
    judged = {pattern.removesuffix("/*") for pattern, _ in PLACES}
    unmarked = {"/planning/dependencies/*/contract"}
    assert judged - unmarked == marked - JUDGED_ELSEWHERE.keys()


def test_what_is_marked_as_evidence_is_judged_as_evidence() -> None:
    forms = {pattern: form for pattern, form in PLACES if annotation(subschemas(SCHEMA, pattern), "x-evidence")}
    assert set(forms.values()) == {Form.EVIDENCE, Form.EVENT}


def test_suggestions_in_a_large_tree_are_quick() -> None:
    files = {f"pkg{index % 300}/mod{index}.py": "x" for index in range(30_000)}
    files["REVIEW.yaml"] = review("covers:\n" + "".join(f"  - pkg{index}/modd{index}.pi\n" for index in range(400)))
    findings = found(MemorySnapshot(files))
    assert len(findings) == 400
    assert sum("candidates" in finding.data or "did you mean" in (finding.hint or "") for finding in findings) <= 50


def test_nothing_heavy_is_loaded_for_plain_paths() -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from linter.engine.evidence.builder import build
from linter.engine.ground import Ground
from linter.model.document import Document
from linter.model.review import Review
from tests.support.memory import MemorySnapshot
data = {{"planning": {{"design_doc": "doc.md", "decisions": "docs/*"}}}}
tree = MemorySnapshot({{"doc.md": "x", "docs/a": "x"}})
assert not list(build(Ground(tree, None, [Review(Document("REVIEW.yaml", data=data), "2026-06-01")])))
print(*sorted(sys.modules))
"""
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"yaml", "ast", "jsonschema", "markdown_it", "graphql", "openapi_spec_validator", "antlr4", "subprocess"}
    assert heavy.isdisjoint(loaded)


def faults_of(data: Any) -> list[EvidenceFault]:
    """What is said of a document that nobody has compared with the schema."""
    tree = MemorySnapshot({"REVIEW.yaml": "x", "docs/design.md": "x", "src/shop/events.py": "x = 1\n"})
    return list(build(Ground(tree, None, [Review(Document("REVIEW.yaml", data=data), "2026-06-01")])))


ODD = (
    None,
    True,
    17,
    -1.5,
    "",
    "x",
    "#",
    ":",
    "a:b",
    "\0",
    "*" * 40,
    [],
    {},
    [[]],
    {"path": {}},
    {"x": ["y"]},
    "ä/../..",
)


def test_a_document_of_any_shape_is_survived() -> None:
    document = valid("production-service")
    for index, node in enumerate(list(nodes(document))):
        before = node.holder[node.key]
        for step in range(0, len(ODD), 4):
            node.holder[node.key] = ODD[(index + step) % len(ODD)]
            for fault in faults_of(document):
                assert fault.message
                assert fault.location.pointer is not None
        node.holder[node.key] = before
