"""Real pushes from a repository whose pre-push hook is review-lint."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.code import function
from tests.support.program import make_program
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

TYPO = {"lifecycle: experimental": "lifecycle: experimentel"}
PASSED = "passed: no findings; analysed: "


@pytest.fixture
def remote(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "remote.git", "--bare")


@pytest.fixture
def shop(tmp_path: Path, remote: Repository) -> Repository:
    """A repository with the hook, of which nothing is pushed yet."""
    shop = Repository(tmp_path / "shop")
    shop.git("remote", "add", "origin", str(remote.path))
    shop.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    program = make_program(tmp_path / "bin")
    subprocess.run([program, "install-hook", "--pre-push"], cwd=shop.path, check=True, capture_output=True)
    return shop


@pytest.fixture
def known(shop: Repository) -> Repository:
    """The same, and the remote has main."""
    shop.git("push", "--quiet", "--no-verify", "origin", "main")
    return shop


def sneak(shop: Repository, **files: str) -> str:
    """Commit past the hook of commits. Files are named without `.py`."""
    shop.stage({f"{name}.py": text for name, text in files.items()})
    return shop.commit("Sneak", "--no-verify")


def push(shop: Repository, *arguments: str) -> tuple[int, str]:
    """The exit code, and what the hook says."""
    result = shop.attempt("push", *(arguments or ("origin", "main")))
    return result.returncode, result.stdout


def test_what_was_committed_past_the_hook_is_refused(known: Repository, remote: Repository) -> None:
    before = remote.head("main")
    sneak(known, bad=function("bad", 16))
    code, said = push(known)
    assert code == 1
    assert said.startswith("bad.py:1:1: RL801 ")
    assert remote.head("main") == before
    assert push(known, "--no-verify", "origin", "main")[0] == 0


def test_what_is_fine_is_pushed(known: Repository, remote: Repository) -> None:
    sneak(known, good=function("good", 3))
    assert push(known) == (0, f"{PASSED}1 file, 1 function\n")
    assert remote.head("main") == known.head()
    assert push(known) == (0, ""), "there is nothing to push"


def test_the_first_push_is_judged_as_a_whole(shop: Repository) -> None:
    code, said = push(shop)
    assert code == 0
    assert said.startswith("passed: 1 advice (1 of them RL803: ")


def test_and_refused_for_what_stands_in_the_review_file(shop: Repository) -> None:
    shop.stage({"REVIEW.yaml": review(changes=TYPO)})
    shop.commit("Typo", "--no-verify")
    code, said = push(shop)
    assert code == 1
    assert said.startswith("REVIEW.yaml:5:12: RL008 ")


def test_a_new_branch_is_held_against_what_the_remote_has(known: Repository) -> None:
    known.git("checkout", "--quiet", "-b", "topic")
    sneak(known, bad=function("bad", 16))
    code, said = push(known, "origin", "topic", "main:refs/tags/v1")
    assert code == 1
    assert said.startswith("bad.py:1:1: RL801 ")
    assert said.endswith("failed: 1 error; analysed: 1 file, 1 function\n"), "the tag brings nothing"


def test_a_branch_that_merged_main_is_not_judged_on_other_peoples_code(known: Repository) -> None:
    known.git("checkout", "--quiet", "-b", "topic")
    sneak(known, good=function("good", 3))
    assert push(known, "origin", "topic")[0] == 0
    known.git("checkout", "--quiet", "main")
    sneak(known, theirs=function("theirs", 20))
    assert push(known, "--no-verify", "origin", "main")[0] == 0
    known.git("checkout", "--quiet", "topic")
    known.git("merge", "--quiet", "--no-verify", "--no-edit", "main")
    assert push(known, "origin", "topic") == (0, f"{PASSED}0 files, 0 functions\n")


def test_a_remote_that_went_on_unseen(known: Repository, remote: Repository, tmp_path: Path) -> None:
    """Its commit is not here, so that what is known of it counts: git itself refuses the push afterwards."""
    remote.git("clone", "--quiet", str(remote.path), str(tmp_path / "other"))
    other = Repository(tmp_path / "other")
    other.commit_files({"other.py": "x = 1\n"})
    other.git("push", "--quiet", "origin", "main")
    sneak(known, good=function("good", 3))
    code, said = push(known, "--force", "origin", "main")
    assert (code, said) == (0, f"{PASSED}1 file, 1 function\n")


def test_an_address_without_a_name(known: Repository, remote: Repository) -> None:
    known.git("checkout", "--quiet", "-b", "topic")
    sneak(known, bad=function("bad", 16))
    code, said = push(known, str(remote.path), "topic")
    assert code == 1
    assert "failed: 1 error; analysed: 1 file, 1 function" in said


def test_the_hook_that_the_page_shows_beside_another_one(
    known: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (PROJECT / "docs" / "hooks.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```sh\n(#!/bin/sh\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
    known.hook("pre-push", shown.removeprefix("#!/bin/sh\n"))
    other = tmp_path / "bin" / "git-lfs"
    other.write_text(f"#!/bin/sh\necho \"$@\" >>'{tmp_path}/heard'\ncat >>'{tmp_path}/heard'\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{other.parent}:{os.environ['PATH']}")
    old, new = known.head(), sneak(known, good=function("good", 3))
    assert push(known)[0] == 0
    heard = (tmp_path / "heard").read_text().splitlines()
    assert heard == [
        f"pre-push origin {known.git('remote', 'get-url', 'origin')}",
        f"refs/heads/main {new} refs/heads/main {old}",
    ]
    sneak(known, bad=function("bad", 16))
    assert push(known)[0] == 1
    assert (tmp_path / "heard").read_text().splitlines() == heard, "what is refused goes no further"


def test_deletions_pass(known: Repository) -> None:
    known.git("push", "--quiet", "--no-verify", "origin", "main:topic")
    assert push(known, "origin", ":topic") == (0, "")
