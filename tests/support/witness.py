"""Hooks that write down what they see, to be held against what git then makes."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.repository import Repository, python_command

Tree = dict[str, tuple[str, str]]


class Witness:
    """Installs the probe as a hook of a repository and tells what it saw last."""

    def __init__(self, repository: Repository, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.repository = repository
        self._notes = notes
        monkeypatch.setenv("PROBE_OUTPUT", str(notes))
        for name in ("pre-commit", "pre-merge-commit"):
            repository.hook(name, f"exec {python_command('tests.support.probe', 'staged')}")

    def seen(self) -> Any:
        """What the probe wrote down since it was asked last; fails when no hook ran."""
        notes = json.loads(self._notes.read_text())
        self._notes.unlink()
        return notes[0]

    def was_called(self) -> bool:
        return self._notes.exists()

    def confirm(self, *bases: str, place: Repository | None = None) -> Any:
        """Hold what was seen against the commit that git made: its tree, its contents, and its changes to `bases`."""
        repository = place or self.repository
        seen, tree = self.seen(), repository.tree()
        assert "error" not in seen, seen
        assert {path: tuple(pair) for path, pair in seen["paths"].items()} == tree
        assert list(seen["paths"]) == sorted(tree)
        assert seen["bases"] == list(bases)
        old = [repository.tree(base) for base in bases]
        assert seen["changes"] == expected_changes(tree, old)
        assert_contents(seen["contents"], tree)
        return seen


def expected_changes(tree: Tree, old: list[Tree]) -> list[Any]:
    """Paths that differ from every base, or are gone from any, as the probe writes them down."""
    paths = sorted(set(tree).union(*old))
    return [
        [path, _pair(tree.get(path)), [_pair(base.get(path)) for base in old]]
        for path in paths
        if path not in tree or all(tree[path] != base.get(path) for base in old)
    ]


def assert_contents(seen: dict[str, str], tree: Tree) -> None:
    """Every file and link was read, and its bytes are those that its object id is the digest of."""
    assert sorted(seen) == sorted(path for path, (mode, _) in tree.items() if mode != "160000")
    for path, digits in seen.items():
        data, oid = bytes.fromhex(digits), tree[path][1]
        digest = hashlib.new("sha256" if len(oid) == 64 else "sha1", b"blob %d\0" % len(data) + data)
        assert digest.hexdigest() == oid, path


def _pair(pair: tuple[str, str] | None) -> list[str] | None:
    return list(pair) if pair else None
