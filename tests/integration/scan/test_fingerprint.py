"""A look at the references tells whether anything changed, without git, and without believing in anything odd."""

import os
from pathlib import Path

import pytest

from linter.adapters.git.fingerprint import fingerprint
from tests.support.repository import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "one")
    repository.commit_files({"a.py": "x = 1\n"})
    return repository


CHANGES = (
    ("commit", "--quiet", "--allow-empty", "-m", "more"),
    ("tag", "v1.0"),
    ("tag", "--delete", "v1.0"),
    ("branch", "other"),
    ("checkout", "--quiet", "other"),
    ("checkout", "--quiet", "--detach"),
    ("pack-refs", "--all"),
)


def test_whatever_moves_a_reference_shows_and_nothing_else_does(repository: Repository) -> None:
    seen = {fingerprint(str(repository.path))}
    for change in CHANGES:
        repository.git(*change)
        found = fingerprint(str(repository.path))
        assert found and found not in seen, change
        assert fingerprint(str(repository.path)) == found
        seen.add(found)
    repository.write("b.py")
    repository.git("config", "some.thing", "1")
    repository.git("add", "b.py")
    assert fingerprint(str(repository.path)) == found


def test_bare_and_shallow_repositories_have_one_too(repository: Repository, tmp_path: Path) -> None:
    repository.commit("More")
    shallow = tmp_path / "shallow.git"
    repository.git("clone", "--quiet", "--bare", "--depth=1", f"file://{repository.path}", str(shallow))
    before = fingerprint(str(shallow))
    Repository(shallow).git("fetch", "--quiet", "--unshallow")
    assert before and before != fingerprint(str(shallow))


def test_what_takes_more_than_a_look_has_none(repository: Repository, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    repository.git("worktree", "add", "--quiet", str(linked))
    assert fingerprint(str(linked)) == ""
    head = repository.path / ".git" / "HEAD"
    head.unlink()
    for make in (lambda: os.mkfifo(head), lambda: head.symlink_to("/dev/zero"), head.mkdir):
        make()
        assert fingerprint(str(repository.path)) == ""
        head.rmdir() if head.is_dir() and not head.is_symlink() else head.unlink()


def test_there_are_only_so_many_references_that_are_looked_at(repository: Repository) -> None:
    folder = repository.path / ".git" / "refs" / "many"
    folder.mkdir()
    for number in range(10_001):
        os.link(repository.path / ".git" / "refs" / "heads" / "main", folder / str(number))
    assert fingerprint(str(repository.path)) == ""
