"""Large repositories, and how little git is asked for a small change."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from linter.adapters.git import targets
from linter.adapters.git.repository import Git, open_repository
from linter.model.snapshot import Snapshot, find_named
from tests.support.memory import MemorySnapshot
from tests.support.repository import Repository

NAMES = ("REVIEW.yaml", "review.yml", "pyproject.toml")
FILES = {
    "REVIEW.yaml": "version: 1\n",
    "pyproject.toml": "",
    "shop/Review.YML": "version: 1\n",
    "shop/basket/REVIEW.yaml": "version: 1\n",
    "odd/REVIEW.yaml/inside.py": "x = 1\n",
    "odd/my-REVIEW.yaml": "",
    "odd/review.yaml.orig": "",
    "a.py": "a = 1\n",
}
FOUND = ["REVIEW.yaml", "odd/REVIEW.yaml/inside.py", "pyproject.toml", "shop/Review.YML", "shop/basket/REVIEW.yaml"]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "shop")
    made.commit_files(FILES)
    return made


@pytest.mark.parametrize("prepared", [False, True])
def test_files_are_found_by_name(repository: Repository, prepared: bool) -> None:
    with open_repository(str(repository.path)) as git:
        snapshots: list[Snapshot] = [
            targets.staged(git),
            targets.revision(git, "HEAD"),
            targets.worktree(git),
            MemorySnapshot(FILES),
        ]
        for snapshot in snapshots:
            assert not prepared or snapshot.paths()
            assert list(snapshot.find(NAMES)) == FOUND
            assert snapshot.find(NAMES) == find_named(snapshot.paths(), NAMES)
            assert snapshot.find(()) == {}


def test_names_are_found_where_an_option_of_git_would_take_them_literally(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    with open_repository(str(repository.path)) as git:
        assert list(targets.staged(git).find(NAMES)) == FOUND


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Which git commands were started: git is called through a script that takes notes."""
    notes, folder = tmp_path / "notes", tmp_path / "bin"
    folder.mkdir()
    script = folder / "git"
    script.write_text(f'#!/bin/sh\necho "$@" >> "{notes}"\nexec "{shutil.which("git")}" "$@"\n')
    script.chmod(0o755)

    def commands() -> list[str]:
        return [_command(line.split()) for line in notes.read_text().splitlines()] if notes.exists() else []

    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return commands


def _command(words: list[str]) -> str:
    """The name of the command behind git's own options, which all take a value."""
    while words[0] in ("-c", "-C"):
        words = words[2:]
    return words[0]


def _read_all(git: Git) -> int:
    snapshot = targets.staged(git)
    changes = snapshot.changes()
    for change in changes:
        assert change.entry
        assert change.path in snapshot.paths()
        snapshot.read(change.entry, 1000)
        for old, base in zip(change.old, snapshot.bases, strict=True):
            assert old is None or base.read(old, 1000)
    return len(changes)


def test_a_small_change_takes_four_processes(repository: Repository, started: Callable[[], list[str]]) -> None:
    repository.stage({"a.py": "a = 2\n", **{f"new{number}.py": "n = 1\n" for number in range(4)}})
    before = len(started())
    with open_repository(str(repository.path)) as git:
        assert _read_all(git) == 5
    # One difference from HEAD, one from the empty tree: both are under way before anybody asks.
    assert sorted(started()[before:]) == ["cat-file", "diff-index", "diff-index", "rev-parse"]


def test_an_index_of_a_hundred_thousand_entries(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "large")
    blob = repository.git("hash-object", "-w", "--stdin", input="x = 1\n")
    paths = [f"area{number % 50:02}/part{number % 1000:03}/module_{number}.py" for number in range(100_000)]
    repository.git("update-index", "--index-info", input="".join(f"100644 {blob}\t{path}\n" for path in paths))
    repository.git("update-ref", "HEAD", repository.git("commit-tree", "-m", "Start", repository.git("write-tree")))
    repository.git("update-index", "--add", "--cacheinfo", f"100644,{blob},area00/REVIEW.yaml")
    repository.git("update-index", "--force-remove", paths[0])
    with open_repository(str(repository.path)) as git:
        snapshot = targets.staged(git)
        assert [change.path for change in snapshot.changes()] == ["area00/REVIEW.yaml", paths[0]]
        assert list(snapshot.find(["review.yaml"])) == ["area00/REVIEW.yaml"]
        assert list(snapshot.paths()) == sorted({"area00/REVIEW.yaml", *paths[1:]})
        assert list(snapshot.bases[0].paths()) == sorted(paths)
