"""The hooks that users of pre-commit and prek name, installed from a clone by the real frameworks."""

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.support.code import function
from tests.support.installed import PIP
from tests.support.repository import Repository
from tests.support.reviews import review

TYPO = {"lifecycle: experimental": "lifecycle: experimentel"}
SCRIPTS = sysconfig.get_path("scripts")

CONFIGURATION = """\
default_install_hook_types: [pre-commit, pre-merge-commit, pre-push]
repos:
  - repo: {source}
    rev: {revision}
    hooks:
      - id: review-lint
"""


@pytest.fixture(params=["pre-commit", "prek"])
def framework(request: pytest.FixtureRequest, shared: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a framework whose home the tests share: it installs each hook once."""
    homes = {"PRE_COMMIT_HOME": str(shared / "pre-commit-home"), "PREK_HOME": str(shared / "prek-home")}
    paths = {"PATH": f"{SCRIPTS}:{os.environ['PATH']}"}
    # Prek would look for uv elsewhere than in the package registry, and uv trust other servers than the system and pip.
    for name, value in {**PIP, **homes, **paths, "PREK_UV_SOURCE": "pip", "UV_SYSTEM_CERTS": "1"}.items():
        monkeypatch.setenv(name, value)
    return str(request.param)


@pytest.fixture
def repository(tmp_path: Path, source: Path, framework: str) -> Repository:
    """A repository with a review file, old code above the limit, and the framework's hooks."""
    repository = Repository(tmp_path / "shop")
    configuration = CONFIGURATION.format(source=source, revision=Repository(source).head())
    files = {"REVIEW.yaml": review(), "legacy.py": function("old", 30), ".pre-commit-config.yaml": configuration}
    repository.commit_files(files, "Start")
    succeed(repository, framework, "install")
    return repository


def succeed(repository: Repository, *command: str) -> str:
    code, said = run(repository, *command)
    assert code == 0, said
    return said


def refused(repository: Repository, *command: str) -> str:
    code, said = run(repository, *command)
    assert code != 0, said
    return said


def run(repository: Repository, *command: str) -> tuple[int, str]:
    """The exit code, and what a person reads in the terminal."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    result = subprocess.run(command, cwd=repository.path, text=True, check=False, **streams)  # type: ignore[call-overload]
    return result.returncode, result.stdout


def test_a_repository_can_be_tried_before_anything_is_configured(
    repository: Repository, source: Path, framework: str
) -> None:
    repository.stage({"REVIEW.yaml": review(changes=TYPO)})
    said = refused(repository, framework, "try-repo", str(source))
    by_hook = dict(part.split("\n", 1) for part in said.split("- hook id: ")[1:])
    found = {hook: "REVIEW.yaml:5:12: RL008 " in part for hook, part in by_hook.items()}
    assert found == {"review-lint": True, "review-file": True, "review-complexity": False}


def test_a_commit(repository: Repository) -> None:
    repository.stage({"legacy.py": function("old", 33)})
    repository.write("legacy.py", function("old", 29))
    said = refused(repository, "git", "commit", "-m", "Worse")
    assert "legacy.py:1:1: RL802 " in said
    assert (repository.path / "legacy.py").read_text() == function("old", 29)
    said = succeed(repository, "git", "commit", "-a", "-m", "Better")
    assert "legacy.py:1:1: RL803 " in said, "warnings and advice of hooks that pass are shown"
    repository.git("rm", "--quiet", "legacy.py")
    succeed(repository, "git", "commit", "-m", "Gone")


def test_a_merge_without_conflict(repository: Repository) -> None:
    start, more = function("both", 10), "    if a == 98:\n        a = 0\n" * 4
    repository.commit_files({"both.py": start})
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit_files({"both.py": start.replace("(a):\n", f"(a):\n{more}")})
    repository.git("switch", "--quiet", "main")
    repository.commit_files({"both.py": start.replace("    return", f"{more}    return")})
    assert "both.py:1:1: RL802 " in refused(repository, "git", "merge", "--no-edit", "topic")


def test_a_push(repository: Repository, tmp_path: Path) -> None:
    remote = Repository(tmp_path / "remote.git", "--bare")
    repository.git("remote", "add", "origin", str(remote.path))
    repository.stage({"REVIEW.yaml": review(changes=TYPO)})
    repository.commit("Typo", "--no-verify")
    assert "RL008" in refused(repository, "git", "push", "origin", "main"), "the first push judges the whole tree"
    repository.commit_files({"REVIEW.yaml": review()})
    succeed(repository, "git", "push", "origin", "main")
    repository.stage({"new.py": function("new", 16)})
    repository.commit("New", "--no-verify")
    assert "new.py:1:1: RL801 " in refused(repository, "git", "push", "origin", "main")
    assert "new.py:1:1: RL801 " in refused(repository, "git", "push", "origin", "main:topic")
    assert remote.head("main") == repository.head("HEAD~1")


def test_a_range_in_a_pipeline(repository: Repository, framework: str) -> None:
    start = repository.head()
    repository.stage({"new.py": function("new", 16)})
    repository.commit("New", "--no-verify")
    arguments = ("--from-ref", start, "--to-ref", "HEAD")
    assert "new.py:1:1: RL801 " in refused(repository, framework, "run", *arguments)


def test_all_files_says_that_nothing_is_staged(repository: Repository, framework: str) -> None:
    assert "review-lint: nothing is staged; " in succeed(repository, framework, "run", "--all-files")
