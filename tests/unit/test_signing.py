"""What a sign-off stands for: which files the signed sections name, and what stands for their content."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from linter.engine.governance.signing import SnapshotFiles, cited_files, identify, substance_of
from tests.support.memory import MemorySnapshot

VECTORS = sorted((Path(__file__).parents[1] / "data" / "digest").glob("*.json"))
FILES = {
    "a.md": "a\n",
    "notes/b.md": "b\n",
    "folder/c.md": "c\n",
    ".github/workflows/ci.yml": "jobs: {}\n",
    "src/app.py": "def f(): ...\n",
}


def cited(section: str, value: Mapping[str, Any], folder: str = "") -> dict[str, str]:
    return cited_files({section: value}, folder, [section], SnapshotFiles(MemorySnapshot(FILES)))


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_vectors_come_out_of_files_in_a_tree(path: Path) -> None:
    vector = json.loads(path.read_text("utf-8"))
    files = {name: text for name, text in vector["files"].items() if text is not None}
    found = substance_of(vector["review"], "", vector["sections"], SnapshotFiles(MemorySnapshot(files)))
    assert found.digest == vector["digest"]


@pytest.mark.parametrize(
    ("section", "value", "expected"),
    [
        ("planning", {"design_doc": "a.md"}, {"a.md": "a.md"}),
        ("planning", {"design_doc": {"path": "./a.md"}}, {"./a.md": "a.md"}),
        ("planning", {"design_doc": "gone.md"}, {"gone.md": "gone.md"}),
        ("planning", {"design_doc": "../outside.md"}, {"../outside.md": ""}),
        ("planning", {"design_doc": {"path": "a.md", "contains": "a"}}, {}),
        ("planning", {"design_doc": {"workflow": ".github/workflows/ci.yml"}}, {}),
        ("planning", {"design_doc": {"symbol": "app:f"}}, {}),
        ("planning", {"design_doc": {"url": "https://example.org/a.md"}}, {}),
        ("planning", {"design_doc": "https://example.org/a.md"}, {}),
        ("planning", {"design_doc": "folder"}, {}),
        ("planning", {"design_doc": "folder/"}, {}),
        ("planning", {"decisions": "a.md"}, {}),
        ("planning", {"dependencies": [{"contract": {"type": "openapi", "path": "a.md"}}]}, {"a.md": "a.md"}),
        ("planning", {"provides": [{"contract": {"type": "openapi", "url": "https://example.org"}}]}, {}),
        ("quality", {"alerts": [{"runbook": "notes/b.md#restart"}]}, {"notes/b.md": "notes/b.md"}),
        ("quality", {"alerts": [{"runbook": "https://example.org/b.md#x"}, {"runbook": "#x"}]}, {}),
        ("monitoring", {"events": [{"where": {"path": "src/app.py"}}]}, {"src/app.py": "src/app.py"}),
        ("monitoring", {"events": [{"where": {"path": "src/app.py", "contains": "f"}}]}, {}),
        ("preparation", {"unit_tests": {"paths": ["a.md"], "coverage_report": "a.md"}}, {"a.md": "a.md"}),
        (
            "release_plan",
            {"rollback": {"how": "a.md"}, "kill_switch": "notes/b.md"},
            {"a.md": "a.md", "notes/b.md": "notes/b.md"},
        ),
        ("simplicity", {"debt": [{"path": "a.md"}], "overrides": [{"paths": ["a.md"]}]}, {}),
        ("planning", {"design_doc": 3, "dependencies": "a.md", "provides": [1, {"contract": "a.md"}]}, {}),
    ],
)
def test_files_that_are_named_literally(section: str, value: dict[str, Any], expected: dict[str, str]) -> None:
    assert cited(section, value) == expected


def test_paths_are_relative_to_the_file() -> None:
    assert cited("planning", {"design_doc": "b.md"}, "notes") == {"b.md": "notes/b.md"}
    assert cited("planning", {"design_doc": "../a.md"}, "notes") == {"../a.md": "a.md"}


def test_other_sections_name_nothing() -> None:
    data = {"planning": {"design_doc": "a.md"}, "quality": {}}
    assert cited_files(data, "", ["quality"], SnapshotFiles(MemorySnapshot(FILES))) == {}


def test_a_file_kept_elsewhere_is_known_by_what_it_holds() -> None:
    content = b"\x00 a diagram"
    digest = hashlib.sha256(content).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n"
    assert identify(pointer.encode()) == identify(content) == digest
    assert identify(pointer.encode() + b"x" * 1024) != digest


def test_a_link_is_no_file() -> None:
    snapshot = MemorySnapshot({}, links={"a.md": "/etc/passwd"})
    data = {"planning": {"design_doc": "a.md"}}
    assert substance_of(data, "", ["planning"], SnapshotFiles(snapshot)).evidence == {"a.md": None}
