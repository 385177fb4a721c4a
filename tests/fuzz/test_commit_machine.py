"""Random work in a repository: whatever is staged, in whatever way, is what git then commits."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from linter.adapters.git import targets
from linter.adapters.git.repository import open_repository
from tests.support.probe import describe
from tests.support.repository import Repository
from tests.support.witness import assert_contents, expected_changes

EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
PATHS = ("a.py", "A.py", "lib/b.py", "lib/deep/c.py", "é.py", "new\nline.py", os.fsdecode(b"caf\xe9.py"))
BRANCHES = ("main", "one", "two")

paths = st.sampled_from(PATHS)
contents = st.integers(0, 5).map(
    lambda number: "".join(f"x{line} = {number * (line % 7 == 3)}\n" for line in range(20))
)
branches = st.sampled_from(BRANCHES)


class Work(RuleBasedStateMachine):
    """A person at work. Every commit is held against what was seen staged just before it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.repository = Repository(self.folder / "work")
        self.commits: list[str] = []

    def teardown(self) -> None:
        self._check_worktree()
        for old in self.commits[:1]:
            self._check_range(old, self.commits[-1])
        shutil.rmtree(self.folder)

    @rule(path=paths, content=contents)
    def write(self, path: str, content: str) -> None:
        self.repository.write(path, content)

    @rule(path=paths, staged=contents, left=contents)
    def stage_one_content_and_leave_another(self, path: str, staged: str, left: str) -> None:
        self.repository.stage({path: staged})
        self.repository.write(path, left)

    @rule(path=paths)
    def stage_or_unstage(self, path: str) -> None:
        self.repository.attempt("add", "--all", "--", path)

    @rule(path=paths)
    def plan(self, path: str) -> None:
        self.repository.attempt("add", "--intent-to-add", "--", path)

    @rule(path=paths)
    def make_executable(self, path: str) -> None:
        self.repository.attempt("update-index", "--chmod=+x", "--", path)

    @rule(path=paths)
    def forget(self, path: str) -> None:
        self.repository.attempt("rm", "--quiet", "--force", "--cached", "--", path)

    @rule(old=paths, new=paths)
    def rename(self, old: str, new: str) -> None:
        (self.repository.path / new).parent.mkdir(parents=True, exist_ok=True)
        self.repository.attempt("mv", "--force", "--", old, new)

    @rule()
    def commit(self) -> None:
        self._commit([self.commits[-1] if self.commits else EMPTY_TREE])

    @precondition(lambda self: self.commits)
    @rule()
    def amend(self) -> None:
        self._commit([self.commits[-1]], "--amend")

    @precondition(lambda self: self.commits)
    @rule(name=branches)
    def switch(self, name: str) -> None:
        if self.repository.attempt("rev-parse", "--verify", "--quiet", name).returncode:
            self.repository.git("branch", name)
        self.repository.git("checkout", "--quiet", "--force", name)
        self.commits.append(self.repository.head())

    @precondition(lambda self: self.commits)
    @rule(name=branches)
    def merge(self, name: str) -> None:
        """With whatever conflicts, which are committed as they are."""
        self.repository.git("reset", "--quiet", "--hard")
        merged = self.repository.attempt("merge", "--no-commit", "--no-ff", "--quiet", name)
        if (self.repository.path / ".git/MERGE_HEAD").exists():
            self.repository.add()
            self._commit([self.commits[-1], self.repository.head("MERGE_HEAD")])
        elif merged.returncode:
            self.repository.git("reset", "--quiet", "--hard")

    def _commit(self, bases: list[str], *options: str) -> None:
        with open_repository(str(self.repository.path)) as git:
            seen = describe(targets.staged(git))
        self.commits.append(self.repository.commit("Work", *options))
        tree = self.repository.tree()
        assert {path: tuple(pair) for path, pair in seen["paths"].items()} == tree
        assert seen["bases"] == bases
        old = [{} if base == EMPTY_TREE else self.repository.tree(base) for base in bases]
        assert seen["changes"] == expected_changes(tree, old)
        assert_contents(seen["contents"], tree)

    def _check_worktree(self) -> None:
        top = self.repository.path
        found = {
            os.path.relpath(os.path.join(folder, name), top)
            for folder, folders, names in os.walk(top)
            if ".git" not in Path(os.path.relpath(folder, top)).parts
            for name in names
        }
        with open_repository(str(top)) as git:
            snapshot = targets.worktree(git)
            assert set(snapshot.paths()) == found
            for path, entry in snapshot.paths().items():
                assert snapshot.read(entry, 1 << 20) == (top / path).read_bytes()

    def _check_range(self, old: str, new: str) -> None:
        if self.repository.attempt("merge-base", old, new).returncode:
            return  # the very first commit was amended
        with open_repository(str(self.repository.path)) as git:
            seen = describe(targets.commit_range(git, old, new))
        bases = [self.repository.tree(base) for base in seen["bases"]]
        assert seen["changes"] == expected_changes(self.repository.tree(new), bases)


def _run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Work,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_day_of_work() -> None:
    _run(examples=6, steps=12)


@pytest.mark.slow
def test_a_year_of_work() -> None:
    _run(examples=150, steps=50)
