"""`review-lint install-hook` in real repositories: where it writes, what it refuses, and what git then does."""

import os
import shlex
import stat
import subprocess
from pathlib import Path

import pytest

from tests.support.program import make_program
from tests.support.repository import Repository

HOOKS = ("pre-commit", "pre-merge-commit")
NAMES = ["plain", "with space", "it's", 'a"b', "$HOME;`x`", "grün"]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return make_program(tmp_path / "bin")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "shop")


def call(program: Path, repository: Repository, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [program, "install-hook", *options]
    return subprocess.run(command, cwd=repository.path, capture_output=True, text=True, check=False)


def replace(program: Path, script: str) -> None:
    """What the hook calls: a stand-in that tells how it was called."""
    program.write_text(f"#!/bin/sh\n{script}\n")


def hook(repository: Repository, name: str = "pre-commit") -> Path:
    return Path(repository.git("rev-parse", "--path-format=absolute", "--git-path", f"hooks/{name}"))


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir() if not file.name.endswith(".sample")}


class TestInstalled:
    def test_both_hooks_are_there_and_can_be_run(self, program: Path, repository: Repository) -> None:
        result = call(program, repository)
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.splitlines() == [f"installed {hook(repository, name)}" for name in HOOKS]
        for name in HOOKS:
            assert stat.S_IMODE(hook(repository, name).stat().st_mode) == 0o755

    def test_a_commit_is_refused_when_the_check_fails(self, program: Path, repository: Repository) -> None:
        call(program, repository)
        repository.stage({"a.py": "x = 1\n"})
        replace(program, 'echo "called: $*" >&2; exit 1')
        result = repository.attempt("commit", "-m", "Add")
        assert result.returncode == 1
        assert "called: check --staged" in result.stderr
        assert repository.attempt("rev-parse", "--verify", "HEAD").returncode != 0

    def test_a_commit_is_made_when_the_check_passes(self, program: Path, repository: Repository) -> None:
        call(program, repository)
        replace(program, "exit 0")
        assert repository.commit_files({"a.py": "x = 1\n"})

    def test_a_merge_without_conflict_is_checked_too(self, program: Path, repository: Repository) -> None:
        repository.commit_files({"a": "1"})
        repository.git("switch", "-q", "-c", "topic")
        repository.commit_files({"b": "1"})
        repository.git("switch", "-q", "main")
        repository.commit_files({"c": "1"})
        call(program, repository)
        replace(program, 'env | grep ^GITHEAD_ >&2; echo "called: $*" >&2; exit 1')
        result = repository.attempt("merge", "--no-edit", "topic")
        assert result.returncode != 0
        assert "called: check --staged" in result.stderr
        assert "GITHEAD_" in result.stderr
        assert len(repository.git("rev-list", "--parents", "-1", "HEAD").split()) == 2

    def test_again_changes_nothing(self, program: Path, repository: Repository) -> None:
        call(program, repository)
        before = contents(hook(repository).parent)
        assert call(program, repository).returncode == 0
        assert contents(hook(repository).parent) == before
        assert set(before) == set(HOOKS)

    def test_an_older_hook_of_ours_is_brought_up_to_date(self, program: Path, repository: Repository) -> None:
        call(program, repository)
        expected = contents(hook(repository).parent)
        text = hook(repository).read_text()
        hook(repository).write_text(text.replace("check --staged", "check --old"))
        assert call(program, repository).returncode == 0
        assert contents(hook(repository).parent) == expected

    def test_a_folder_of_hooks_that_is_missing_is_made(self, program: Path, repository: Repository) -> None:
        subprocess.run(["rm", "-rf", hook(repository).parent], check=True)
        assert call(program, repository).returncode == 0
        assert hook(repository).exists()

    def test_any_folder_of_the_repository_will_do(self, program: Path, repository: Repository) -> None:
        folder = repository.write("deep/er/file").parent
        assert subprocess.run([program, "install-hook", folder], cwd="/", check=False).returncode == 0
        assert hook(repository).exists()


class TestProgram:
    @pytest.mark.parametrize("name", NAMES)
    def test_its_path_may_hold_any_character(self, name: str, tmp_path: Path) -> None:
        program = make_program(tmp_path / name)
        repository = Repository(tmp_path / "repositories" / name)
        assert call(program, repository).returncode == 0
        replace(program, "echo called >&2; exit 1")
        assert "called" in repository.attempt("commit", "--allow-empty", "-m", "x").stderr

    def test_when_it_is_gone_the_one_on_the_path_is_taken(
        self, program: Path, repository: Repository, tmp_path: Path
    ) -> None:
        call(program, repository)
        other = make_program(tmp_path / "other")
        replace(other, "echo other >&2; exit 1")
        program.unlink()
        environment = {"PATH": f"{other.parent}:{os.environ['PATH']}"}
        result = repository.attempt("commit", "--allow-empty", "-m", "x", env=environment)
        assert (result.returncode, result.stderr) == (1, "other\n")

    def test_when_there_is_none_the_commit_is_refused_with_advice(self, program: Path, repository: Repository) -> None:
        call(program, repository)
        program.unlink()
        result = repository.attempt("commit", "--allow-empty", "-m", "x", env={"PATH": "/usr/bin:/bin"})
        assert result.returncode == 1
        for advice in ("install it again", ".git/hooks/pre-commit", "--no-verify"):
            assert advice in result.stderr

    def test_the_hook_is_a_posix_shell_script(self, program: Path, repository: Repository) -> None:
        call(program, repository)
        assert subprocess.run(["sh", "-n", hook(repository)], check=False).returncode == 0
        assert hook(repository).read_text().startswith("#!/bin/sh\n")
        assert f"program={shlex.quote(str(program))}\n" in hook(repository).read_text()


class TestPlaces:
    def test_worktrees_share_the_hooks_of_their_repository(
        self, program: Path, repository: Repository, tmp_path: Path
    ) -> None:
        repository.commit_files({"a": "1"})
        repository.git("worktree", "add", "-q", str(tmp_path / "linked"))
        linked = Repository(tmp_path / "linked")
        assert call(program, linked).returncode == 0
        assert set(contents(repository.path / ".git" / "hooks")) == set(HOOKS)
        replace(program, 'echo "called in $PWD" >&2; exit 1')
        for one in (repository, linked):
            assert f"called in {one.path}" in one.attempt("commit", "--allow-empty", "-m", "x").stderr

    def test_hooks_path_inside_the_working_tree_is_used(self, program: Path, repository: Repository) -> None:
        repository.git("config", "core.hooksPath", ".githooks")
        folder = repository.write("sub/file").parent
        assert subprocess.run([program, "install-hook"], cwd=folder, check=False).returncode == 0
        assert set(contents(repository.path / ".githooks")) == set(HOOKS)
        assert contents(repository.path / ".git" / "hooks") == {}

    def test_a_folder_that_repositories_share_is_not_touched(
        self, program: Path, repository: Repository, tmp_path: Path
    ) -> None:
        shared = tmp_path / "shared hooks"
        repository.git("config", "--global", "core.hooksPath", str(shared))
        try:
            result = call(program, repository)
            assert (result.returncode, result.stdout) == (2, "")
            assert str(shared) in result.stderr
            assert "other repositories" in result.stderr
            assert result.stderr.count("\n") == 1
            assert not shared.exists()
            assert call(program, repository, "--force").returncode == 0
            assert set(contents(shared)) == set(HOOKS)
            assert call(program, repository, "--uninstall").returncode == 0
            assert contents(shared) == {}
        finally:
            repository.git("config", "--global", "--unset", "core.hooksPath")

    def test_hooks_that_are_switched_off_stay_off(self, program: Path, repository: Repository) -> None:
        repository.git("config", "core.hooksPath", os.devnull)
        assert call(program, repository).returncode == 2
        result = call(program, repository, "--force")
        assert result.returncode == 2
        assert result.stderr.startswith("review-lint: error: cannot change the hooks in /dev/null")

    def test_no_repository_is_said_in_one_line(self, program: Path, tmp_path: Path) -> None:
        result = subprocess.run([program, "install-hook"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)


class TestForeign:
    SCRIPT = "echo theirs >&2; exit 1"

    @pytest.mark.parametrize("name", HOOKS)
    def test_a_foreign_hook_is_left_alone(self, name: str, program: Path, repository: Repository) -> None:
        file = repository.hook(name, self.SCRIPT)
        before = contents(file.parent)
        result = call(program, repository)
        assert (result.returncode, result.stdout) == (2, "")
        assert str(file) in result.stderr
        assert "`review-lint check --staged || exit 1`" in result.stderr
        assert "--force" in result.stderr
        assert result.stderr.count("\n") == 1
        assert contents(file.parent) == before

    def test_with_force_it_is_kept_aside(self, program: Path, repository: Repository) -> None:
        file = repository.hook("pre-commit", self.SCRIPT)
        theirs = file.read_text()
        result = call(program, repository, "--force")
        assert result.returncode == 0
        assert result.stdout.splitlines()[0] == f"kept {file}.before-review-lint"
        assert Path(f"{file}.before-review-lint").read_text() == theirs
        assert "review-lint" in file.read_text()

    def test_what_was_kept_is_never_overwritten(self, program: Path, repository: Repository) -> None:
        file = repository.hook("pre-commit", self.SCRIPT)
        call(program, repository, "--force")
        repository.hook("pre-commit", "echo another")
        before = contents(file.parent)
        result = call(program, repository, "--force")
        assert result.returncode == 2
        assert "pre-commit.before-review-lint is there already" in result.stderr
        assert contents(file.parent) == before

    @pytest.mark.parametrize("target", ["/nowhere", "elsewhere"])
    def test_a_link_is_foreign_wherever_it_leads(self, target: str, program: Path, repository: Repository) -> None:
        call(program, repository)
        file = hook(repository)
        file.rename(file.parent / "elsewhere")
        file.symlink_to(target)
        assert call(program, repository).returncode == 2
        assert os.readlink(file) == target

    def test_a_folder_or_pipe_of_that_name_is_foreign(self, program: Path, repository: Repository) -> None:
        hook(repository).mkdir(parents=True)
        os.mkfifo(hook(repository, "pre-merge-commit"))
        assert call(program, repository).returncode == 2

    def test_when_the_new_hook_cannot_be_written_nothing_changes(self, program: Path, repository: Repository) -> None:
        file = repository.hook("pre-commit", self.SCRIPT)
        before = contents(file.parent)
        limited = f"ulimit -f 0; trap '' XFSZ; exec {shlex.quote(str(program))} install-hook --force"
        result = subprocess.run(
            ["bash", "-c", limited], cwd=repository.path, capture_output=True, text=True, check=False
        )
        assert result.returncode == 2
        assert "cannot write" in result.stderr
        assert contents(file.parent) == before


class TestUninstall:
    def test_both_hooks_go(self, program: Path, repository: Repository) -> None:
        call(program, repository)
        result = call(program, repository, "--uninstall")
        assert result.returncode == 0
        assert result.stdout.splitlines() == [f"removed {hook(repository, name)}" for name in HOOKS]
        assert contents(hook(repository).parent) == {}

    def test_what_was_kept_comes_back(self, program: Path, repository: Repository) -> None:
        file = repository.hook("pre-commit", TestForeign.SCRIPT)
        before = contents(file.parent)
        call(program, repository, "--force")
        assert call(program, repository, "--uninstall").returncode == 0
        assert contents(file.parent) == before
        assert os.access(file, os.X_OK)

    def test_a_foreign_hook_stays(self, program: Path, repository: Repository) -> None:
        file = repository.hook("pre-commit", TestForeign.SCRIPT)
        before = contents(file.parent)
        result = call(program, repository, "--uninstall")
        assert result.returncode == 0
        assert result.stdout.startswith("there is no hook of review-lint in ")
        assert contents(file.parent) == before
