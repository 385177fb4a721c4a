"""The installed program as a hook of git itself: what a commit is refused for, and that its own bytes are judged."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.code import function
from tests.support.repository import Repository
from tests.support.reviews import review

TYPO = {"lifecycle: experimental": "lifecycle: experimentel"}


@pytest.fixture
def repository(tmp_path: Path, program: Path) -> Repository:
    """A repository with a review file, old code above the limit, and the hook."""
    repository = Repository(tmp_path / "shop")
    repository.commit_files(
        {"REVIEW.yaml": review(), "legacy.py": function("old", 30), "notes.md": "# Notes\n"}, "Start"
    )
    subprocess.run([program, "install-hook"], cwd=repository.path, check=True, capture_output=True)
    return repository


def refused(repository: Repository, *command: str, env: Mapping[str, str] | None = None) -> str:
    """What a person reads when git refuses to commit (`command` is without `git`); nothing is committed."""
    head = repository.head()
    result = repository.attempt(*command, env=env)
    assert result.returncode != 0, result.stdout + result.stderr
    assert repository.head() == head
    return result.stdout + result.stderr


def commit(repository: Repository, *options: str) -> None:
    repository.git("commit", "--quiet", "--message", "Change", *options)


class TestRefused:
    def test_a_typo_is_shown_at_its_place_with_the_word_that_was_meant(self, repository: Repository) -> None:
        repository.stage({"REVIEW.yaml": review(changes=TYPO)})
        said = refused(repository, "commit", "-m", "Typo").splitlines()
        assert said[0].startswith("REVIEW.yaml:5:12: RL008 ")
        assert said[1:3] == [
            "     5 | lifecycle: experimentel",
            "       |            ^^^^^^^^^^^^",
        ]
        assert "experimental" in said[3]
        assert said[-1].startswith("failed: 1 error")

    def test_a_function_that_got_worse_is_shown_with_both_figures(self, repository: Repository) -> None:
        repository.stage({"legacy.py": function("old", 33)})
        said = refused(repository, "commit", "-m", "Worse")
        assert said.startswith("legacy.py:1:1: RL802 ")
        assert "33" in said
        assert "30" in said

    def test_and_then_it_can_be_mended_and_committed(self, repository: Repository) -> None:
        repository.stage({"REVIEW.yaml": review(changes=TYPO)})
        refused(repository, "commit", "-m", "Typo")
        repository.stage({"REVIEW.yaml": review(changes={"the same page": "one page"})})
        commit(repository)

    def test_or_committed_all_the_same(self, repository: Repository) -> None:
        repository.stage({"REVIEW.yaml": review(changes=TYPO)})
        commit(repository, "--no-verify")


class TestPassed:
    def test_old_code_is_merely_touched(self, repository: Repository) -> None:
        repository.stage({"legacy.py": function("old", 30).replace("return a", "return a  # done")})
        commit(repository)

    def test_a_long_function_is_split(self, repository: Repository) -> None:
        lines = function("old", 30).splitlines(keepends=True)
        half = len(lines) // 4 * 2 + 1
        first = "".join([*lines[:half], "    return rest(a)\n"])
        rest = "".join(["def rest(a):\n", *lines[half:]])
        repository.stage({"legacy.py": f"{first}\n\n{rest}"})
        commit(repository)

    def test_nothing_but_a_deletion_or_a_text(self, repository: Repository) -> None:
        repository.git("rm", "--quiet", "legacy.py")
        commit(repository)
        repository.stage({"notes.md": "# More notes\n"})
        commit(repository)


class TestBytes:
    """The hook judges what will be committed, whatever else lies in the index and in the working tree."""

    def test_commit_all_takes_the_working_tree(self, repository: Repository) -> None:
        repository.stage({"legacy.py": function("old", 29)})
        repository.write("legacy.py", function("old", 40))
        refused(repository, "commit", "--all", "-m", "Worse")
        commit(repository)
        repository.write("legacy.py", function("old", 28))
        commit(repository, "--all")

    def test_commit_of_a_path_takes_that_path_alone(self, repository: Repository) -> None:
        repository.stage({"bad.py": function("bad", 20), "good.py": function("good", 2)})
        refused(repository, "commit", "-m", "Both")
        commit(repository, "--", "good.py")
        assert list(repository.tree()) == ["REVIEW.yaml", "good.py", "legacy.py", "notes.md"]
        refused(repository, "commit", "-m", "The other one", "--", "bad.py")
        refused(repository, "commit", "-m", "Both", "--include", "notes.md")

    def test_add_patch_takes_the_chosen_lines(self, repository: Repository) -> None:
        start = function("old", 30)
        repository.commit_files({"legacy.py": f"{start}\n\nEND = 1\n"})
        worse = start.replace("    if a == 15:\n", "    if a == 98:\n        a = 0\n" * 3 + "    if a == 15:\n")
        repository.write("legacy.py", f"TOP = 1\n{worse}\n\nEND = 2\n")
        repository.git("add", "--patch", "legacy.py", input="y\nn\ny\n")
        assert repository.git("show", ":legacy.py") == f"TOP = 1\n{start}\n\nEND = 2"
        commit(repository)
        repository.git("add", "--patch", "legacy.py", input="y\n")
        assert "RL802" in refused(repository, "commit", "-m", "The rest")

    def test_amend(self, repository: Repository) -> None:
        repository.commit_files({"small.py": function("small", 3)})
        repository.stage({"small.py": function("small", 16)})
        refused(repository, "commit", "--amend", "--no-edit")
        repository.stage({"small.py": function("small", 4)})
        commit(repository, "--amend")

    def test_the_first_commit(self, tmp_path: Path, program: Path) -> None:
        first = Repository(tmp_path / "new")
        subprocess.run([program, "install-hook"], cwd=first.path, check=True, capture_output=True)
        first.stage({"a.py": "x = 1\n"})
        result = first.attempt("commit", "-m", "Start")
        assert result.returncode != 0
        assert "RL005" in result.stderr
        assert "review-lint init" in result.stderr
        subprocess.run([program, "init"], cwd=first.path, check=True, capture_output=True)
        first.add()
        commit(first)

    def test_the_configuration_is_that_of_the_commit(self, repository: Repository) -> None:
        repository.stage({"vendor/big.py": function("big", 40)})
        repository.write("review-lint.toml", 'exclude = ["vendor/**"]\n')
        refused(repository, "commit", "-m", "Vendor")
        repository.add("review-lint.toml")
        commit(repository)


class TestPlaces:
    def test_a_subfolder(self, repository: Repository) -> None:
        folder = repository.write("src/deep/bad.py", function("bad", 20)).parent
        repository.add("src")
        for command in (["commit", "-m", "Bad"], ["commit", "-a", "-m", "Bad"], ["commit", "-m", "Bad", "--", "."]):
            result = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=False)
            assert result.returncode != 0
            assert result.stderr.startswith("src/deep/bad.py:1:1: RL801 ")

    def test_a_linked_worktree(self, repository: Repository, tmp_path: Path) -> None:
        repository.git("worktree", "add", "--quiet", "../topic")
        topic = Repository(tmp_path / "topic")
        topic.stage({"bad.py": function("bad", 20)})
        repository.stage({"fine.py": function("fine", 2)})
        assert "bad.py:1:1: RL801 " in refused(topic, "commit", "-m", "Bad")
        commit(repository)
        topic.stage({"bad.py": function("bad", 5)})
        commit(topic)

    def test_a_commit_out_of_the_hook_of_another_repository(self, repository: Repository, tmp_path: Path) -> None:
        other = Repository(tmp_path / "other")
        other.hook(
            "pre-commit", f"cd '{repository.path}' && unset $(git rev-parse --local-env-vars) && git commit -m x"
        )
        other.stage({"a": "1"})
        repository.stage({"bad.py": function("bad", 20)})
        assert "bad.py:1:1: RL801 " in other.attempt("commit", "-m", "Outer").stderr

    def test_its_own_modules_are_not_imported(self, repository: Repository) -> None:
        trap = "raise SystemExit(0)\n"
        names = ("yaml", "radon", "jsonschema", "linter/__init__", "linter/__main__", "subprocess", "argparse", "site")
        repository.stage({f"{name}.py": trap for name in names})
        repository.stage({"bad.py": function("bad", 20), "REVIEW.yaml": review(changes=TYPO)})
        said = refused(repository, "commit", "-m", "Bad")
        assert "bad.py:1:1: RL801 " in said
        assert "REVIEW.yaml:5:12: RL008 " in said


class TestMerge:
    @pytest.fixture
    def apart(self, repository: Repository) -> Repository:
        """Two branches, each with a function above the limit that got there past the hook."""
        repository.git("switch", "--quiet", "--create", "topic")
        repository.stage({"topic.py": function("theirs", 20), "shared.py": function("shared", 10)})
        commit(repository, "--no-verify")
        repository.git("switch", "--quiet", "main")
        repository.stage({"main.py": function("ours", 20)})
        commit(repository, "--no-verify")
        return repository

    def test_what_the_parents_bring_is_not_new(self, apart: Repository) -> None:
        apart.git("merge", "--quiet", "--no-edit", "topic")
        assert len(apart.git("rev-list", "--parents", "-1", "HEAD").split()) == 3

    def test_what_the_merge_makes_worse_is_refused_without_a_conflict(self, apart: Repository) -> None:
        start, more = function("both", 10), "    if a == 98:\n        a = 0\n" * 4
        apart.stage({"both.py": start})
        commit(apart)
        apart.git("switch", "--quiet", "--create", "above")
        apart.stage({"both.py": start.replace("(a):\n", f"(a):\n{more}")})
        commit(apart)
        apart.git("switch", "--quiet", "main")
        apart.stage({"both.py": start.replace("    return", f"{more}    return")})
        commit(apart)
        assert "both.py:1:1: RL802 " in refused(apart, "merge", "--no-edit", "above")

    def test_what_the_merge_makes_worse_is_refused_when_a_conflict_is_resolved(self, apart: Repository) -> None:
        apart.stage({"shared.py": function("shared", 11, "b")})
        commit(apart)
        assert apart.attempt("merge", "--no-edit", "topic").returncode != 0
        apart.stage({"shared.py": function("shared", 18)})
        assert "shared.py:1:1: RL80" in refused(apart, "commit", "--no-edit")
        apart.stage({"shared.py": function("shared", 11)})
        apart.git("commit", "--quiet", "--no-edit")
