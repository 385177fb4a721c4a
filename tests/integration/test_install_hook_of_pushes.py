"""`review-lint install-hook` where pushes are checked: before they leave, and on a server."""

import subprocess
from pathlib import Path

import pytest

from tests.support.program import make_program
from tests.support.repository import Repository

OF_COMMITS = {"pre-commit", "pre-merge-commit"}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return make_program(tmp_path / "bin")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "shop")


def call(program: Path, repository: Repository, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [program, "install-hook", *options]
    return subprocess.run(command, cwd=repository.path, capture_output=True, text=True, check=False)


def hook(repository: Repository, name: str = "pre-commit") -> Path:
    return Path(repository.git("rev-parse", "--path-format=absolute", "--git-path", f"hooks/{name}"))


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir() if not file.name.endswith(".sample")}


class TestPrePush:
    def test_it_is_installed_when_it_is_asked_for(self, program: Path, repository: Repository) -> None:
        assert call(program, repository, "--pre-push").returncode == 0
        assert set(contents(hook(repository).parent)) == {*OF_COMMITS, "pre-push"}

    def test_and_then_brought_up_to_date_and_removed_with_the_others(
        self, program: Path, repository: Repository
    ) -> None:
        call(program, repository, "--pre-push")
        expected = contents(hook(repository).parent)
        file = hook(repository, "pre-push")
        file.write_text(file.read_text().replace("pre-push", "pre-shove"))
        assert call(program, repository).returncode == 0
        assert contents(file.parent) == expected
        assert call(program, repository, "--uninstall").returncode == 0
        assert contents(file.parent) == {}

    def test_a_foreign_one_stands_in_the_way_only_of_itself(self, program: Path, repository: Repository) -> None:
        file = repository.hook("pre-push", "exec git lfs pre-push")
        assert call(program, repository).returncode == 0
        result = call(program, repository, "--pre-push")
        assert result.returncode == 2
        assert '`review-lint pre-push "$@" || exit 1`' in result.stderr
        assert "lfs" in file.read_text()


class TestServer:
    def test_a_bare_repository_gets_the_hook_of_servers(self, program: Path, tmp_path: Path) -> None:
        bare = Repository(tmp_path / "bare.git", "--bare")
        assert call(program, bare).stdout == f"installed {bare.path / 'hooks' / 'pre-receive'}\n"
        assert set(contents(bare.path / "hooks")) == {"pre-receive"}
        result = call(program, bare, "--pre-push")
        assert result.returncode == 2
        assert "nobody pushes from a bare repository" in result.stderr
        assert call(program, bare, "--uninstall").returncode == 0
        assert contents(bare.path / "hooks") == {}
