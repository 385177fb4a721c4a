"""Real pushes to servers whose pre-receive hook is review-lint: over file paths and over http."""

import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.code import function
from tests.support.git_server import certificate, git_server
from tests.support.program import make_program
from tests.support.repository import Repository
from tests.support.reviews import review

START = {"REVIEW.yaml": review(), "legacy.py": function("old", 30)}
TYPO = {"lifecycle: experimental": "lifecycle: experimentel"}
BAD = {"bad.py": function("bad", 16)}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return make_program(tmp_path / "bin")


@pytest.fixture
def server(tmp_path: Path, program: Path) -> Repository:
    """A bare repository with the hook, which nobody has pushed to."""
    server = Repository(tmp_path / "served" / "shop.git", "--bare")
    subprocess.run([program, "install-hook"], cwd=server.path, check=True, capture_output=True)
    return server


@pytest.fixture
def shop(tmp_path: Path, server: Repository) -> Repository:
    """A clone with one commit, which is pushed."""
    shop = Repository(tmp_path / "shop")
    shop.git("remote", "add", "origin", f"file://{server.path}")
    shop.commit_files(START, "Start")
    shop.git("push", "--quiet", "origin", "main")
    return shop


def replace_hook(server: Repository, program: Path, *options: str) -> None:
    """The hook as a person writes it who wants options."""
    server.hook("pre-receive", f"exec {shlex.quote(str(program))} pre-receive {shlex.join(options)}")


def accepted(shop: Repository, *arguments: str) -> str:
    """What the pusher reads of a push that is taken."""
    result = shop.attempt("push", "origin", *arguments)
    assert result.returncode == 0, result.stderr
    return from_server(result.stderr)


def refused(shop: Repository, *arguments: str) -> str:
    """What the pusher reads of a push that is refused."""
    result = shop.attempt("push", "origin", *arguments)
    assert result.returncode == 1, result.stderr
    assert "(pre-receive hook declined)" in result.stderr
    return from_server(result.stderr)


def from_server(text: str) -> str:
    lines = [line for line in text.split("\n") if line.startswith("remote: ")]
    return "\n".join(line.removeprefix("remote: ").rstrip() for line in lines)


def branch(shop: Repository, name: str, start: str = "main", **files: str) -> str:
    """A commit on a new branch; files are named without `.py`."""
    shop.git("checkout", "--quiet", "-b", name, start)
    return shop.commit_files({f"{file}.py": text for file, text in files.items()}, name)


class TestRefused:
    def test_with_the_same_words_as_a_commit(self, shop: Repository, server: Repository, program: Path) -> None:
        shop.stage({"REVIEW.yaml": review(changes=TYPO), **BAD})
        check = subprocess.run([program, "--staged"], cwd=shop.path, capture_output=True, text=True, check=False)
        shop.commit("Bad")
        before = server.head("main")
        findings, _, totals = refused(shop, "main").rpartition("\n")
        expected, _, _ = check.stdout.removesuffix("\n").rpartition("\n")
        assert findings == expected
        assert "RL008" in findings
        assert "RL801" in findings
        assert totals.startswith("failed: 2 errors; analysed: ")
        assert server.head("main") == before

    def test_over_http(self, shop: Repository, server: Repository, http: str) -> None:
        shop.git("remote", "set-url", "origin", f"{http}/shop.git")
        shop.commit_files({"good.py": function("good", 3)})
        assert accepted(shop, "main").startswith("passed: no findings")
        assert server.head("main") == shop.head()
        shop.commit_files(BAD)
        assert "bad.py:1:1: RL801 " in refused(shop, "main")
        assert server.head("main") == shop.head("HEAD~1")

    def test_and_nothing_of_it_stays(self, shop: Repository, server: Repository) -> None:
        new = shop.commit_files(BAD)
        refused(shop, "main")
        assert server.attempt("cat-file", "-e", new).returncode != 0

    def test_all_of_it_when_one_branch_fails(self, shop: Repository, server: Repository) -> None:
        branch(shop, "bad", **{"bad": function("bad", 16)})
        branch(shop, "good", **{"good": function("good", 3)})
        lines = refused(shop, "bad", "good").split("\n")
        assert lines[0] == "bad:"
        assert lines[1].startswith("bad.py:1:1: RL801 ")
        assert lines[-2] == "good:"
        assert lines[-1].startswith("passed: no findings")
        assert server.git("branch", "--format=%(refname:short)") == "main"

    def test_when_the_configuration_is_broken(self, shop: Repository, server: Repository) -> None:
        shop.commit_files({"review-lint.toml": "color = 1\n"})
        said = refused(shop, "main")
        assert said.startswith("review-lint: error: refs/heads/main: review-lint.toml:1: unknown key 'color'")
        assert said.count("\n") == 0
        assert server.head("main") == shop.head("HEAD~1")

    def test_when_the_program_is_gone(self, shop: Repository, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shop.commit_files({"good.py": "x = 1\n"})
        program.unlink()
        others = [folder for folder in os.environ["PATH"].split(os.pathsep) if not Path(folder, program.name).exists()]
        monkeypatch.setenv("PATH", os.pathsep.join(others))
        assert "review-lint: not found on the server, so the push is refused unchecked" in refused(shop, "main")

    def test_text_of_the_pusher_is_harmless(self, shop: Repository) -> None:
        shop.commit_files({"\x1b[31m::error::\u202e.py": function("bad", 16)})
        said = refused(shop, "main")
        assert said.startswith("\\x1b[31m\\x3a\\x3aerror\\x3a\\x3a\\u202e.py:1:1: RL801 ")

    def test_a_name_of_a_branch_is_harmless(self, shop: Repository) -> None:
        name = "##group\u202e"
        branch(shop, name, bad=function("bad", 16))
        branch(shop, "zero", good=function("good", 3))
        assert refused(shop, name, "zero").startswith("##group\\u202e:\nbad.py:1:1: RL801 ")


class TestAccepted:
    def test_the_first_push_is_judged_as_a_whole(self, tmp_path: Path, server: Repository) -> None:
        """Nobody could bring a grown repository to a server if all its code counted as new."""
        shop = Repository(tmp_path / "other")
        shop.git("remote", "add", "origin", str(server.path))
        shop.commit_files({**START, "REVIEW.yaml": review(changes=TYPO)}, "Start")
        branch(shop, "topic", good=function("good", 3))
        assert "REVIEW.yaml:5:12: RL008 " in refused(shop, "main")
        branch(shop, "mended", "main")
        shop.commit_files({"REVIEW.yaml": review()})
        said = accepted(shop, "mended:main").split("\n")
        assert said[0].startswith("passed: 1 advice (1 of them RL803: ")

    def test_of_several_new_branches_each_is_judged_for_what_it_adds(self, tmp_path: Path, server: Repository) -> None:
        shop = Repository(tmp_path / "other")
        shop.git("remote", "add", "origin", str(server.path))
        shop.commit_files(START, "Start")
        branch(shop, "topic", bad=function("bad", 16))
        main, topic = refused(shop, "main", "topic").split("topic:\n")
        assert main.startswith("main:\npassed: 1 advice")
        assert topic.startswith("bad.py:1:1: RL801 ")
        assert "failed: 1 error; analysed: 1 file, 1 function" in topic

    def test_deletions_and_what_is_no_commit(self, shop: Repository, server: Repository) -> None:
        branch(shop, "topic", good=function("good", 3))
        accepted(shop, "topic")
        assert accepted(shop, ":topic") == ""
        shop.git("tag", "blob", shop.tree()["legacy.py"][1])
        assert accepted(shop, "blob") == ""

    def test_tags_and_branches_of_what_is_there(self, shop: Repository) -> None:
        shop.git("tag", "--annotate", "--message", "One", "v1")
        assert accepted(shop, "v1", "main:copy") == ""

    def test_old_code_that_is_merely_there(self, shop: Repository) -> None:
        shop.commit_files({"legacy.py": function("old", 30) + "\n\nEND = 1\n"})
        assert accepted(shop, "main").startswith("passed: ")

    def test_a_topic_that_merged_main_is_not_judged_on_other_peoples_code(
        self, shop: Repository, server: Repository
    ) -> None:
        branch(shop, "topic", good=function("good", 3))
        accepted(shop, "topic")
        shop.git("checkout", "--quiet", "main")
        shop.commit_files({"theirs.py": function("theirs", 20)})
        hook = server.path / "hooks" / "pre-receive"
        text = hook.read_text()
        hook.unlink()
        accepted(shop, "main")
        server.hook("pre-receive", text.removeprefix("#!/bin/sh\n"))
        shop.git("checkout", "--quiet", "topic")
        shop.git("merge", "--quiet", "--no-edit", "main")
        assert accepted(shop, "topic").startswith("passed: no findings")
        shop.git("checkout", "--quiet", "-b", "rebased", "main")
        shop.commit_files({"good.py": function("good", 4)})
        assert accepted(shop, "--force", "rebased:topic").startswith("passed: no findings")
        shop.commit_files(BAD)
        assert "failed: 1 error" in refused(shop, "rebased:topic")

    def test_a_topic_may_go_back_to_main(self, shop: Repository, server: Repository) -> None:
        """Where main has a function that the topic had made simpler, that is no news."""
        branch(shop, "topic", legacy=function("old", 12))
        accepted(shop, "topic")
        assert accepted(shop, "--force", "main:topic") == ""
        assert server.head("topic") == server.head("main")

    def test_what_a_topic_brings_to_main_is_judged_again(self, shop: Repository, server: Repository) -> None:
        """A branch on the server excuses nothing: three small rises make a large one."""
        shop.git("checkout", "--quiet", "-b", "topic")
        for complexity in (32, 34, 36):
            shop.commit_files({"legacy.py": function("old", complexity)})
            assert accepted(shop, "topic").startswith("legacy.py:1:1: RL802 ")
        assert "rose from 30 to 36" in refused(shop, "topic:main")


class TestBranches:
    def test_only_those_that_are_named(self, shop: Repository, server: Repository, program: Path) -> None:
        replace_hook(server, program, "--branch", "main", "--branch", "release/*")
        branch(shop, "topic", bad=function("bad", 16))
        assert accepted(shop, "topic", "topic:main2", "topic:refs/tags/v1") == ""
        assert "RL801" in refused(shop, "topic:main")
        assert "RL801" in refused(shop, "topic:release/1/2"), "what lies on other branches excuses nothing"

    def test_a_name_that_none_can_have(self, shop: Repository, server: Repository, program: Path) -> None:
        replace_hook(server, program, "--branch", "ma[in")
        shop.commit_files({"good.py": "x = 1\n"})
        assert refused(shop, "main").startswith("review-lint: error: --branch 'ma[in' is no name of branches")


class TestOptions:
    def test_a_policy_of_the_server(self, shop: Repository, server: Repository, program: Path) -> None:
        policy = server.path.parent / "policy.yaml"
        policy.write_text("version: 1\nname: acme\nlimits: {cyclomatic_complexity: 5}\nlocked: [RL801]\n")
        replace_hook(server, program, "--policy", str(policy))
        shop.commit_files({"six.py": function("six", 6)})
        assert "the limit is 5" in refused(shop, "main")

    def test_quiet_says_nothing_of_what_passes(self, shop: Repository, server: Repository, program: Path) -> None:
        replace_hook(server, program, "--quiet")
        shop.commit_files({"good.py": "x = 1\n"})
        assert accepted(shop, "main", "main:copy") == ""
        branch(shop, "good", good=function("good", 3))
        branch(shop, "bad", bad=function("bad", 16))
        assert refused(shop, "bad", "good").startswith("bad:\nbad.py:1:1: RL801 ")

    def test_what_is_known_is_kept_on_the_server(self, shop: Repository, server: Repository, program: Path) -> None:
        kept = server.path / "review-lint" / "known.sqlite"
        assert kept.exists()
        kept.unlink()
        replace_hook(server, program, "--no-cache")
        shop.commit_files({"good.py": "x = 1\n"})
        accepted(shop, "main")
        assert not kept.exists()


class TestByHand:
    def test_what_git_would_not_say(self, server: Repository, program: Path) -> None:
        result = subprocess.run(
            [program, "pre-receive"], cwd=server.path, input="main\n", capture_output=True, text=True, check=False
        )
        assert (result.returncode, result.stdout) == (2, "")
        assert "git says 'main', which is no line for pre-receive" in result.stderr

    def test_on_a_terminal_it_does_not_wait(self, server: Repository, program: Path) -> None:
        leader, follower = os.openpty()
        try:
            result = subprocess.run(
                [program, "pre-receive"],
                cwd=server.path,
                stdin=follower,
                capture_output=True,
                text=True,
                check=False,
                timeout=30,
            )
        finally:
            os.close(leader)
            os.close(follower)
        assert result.returncode == 2
        assert "`review-lint install-hook` has git call it" in result.stderr


@pytest.fixture
def http(tmp_path: Path, server: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a web server for what the server holds."""
    server.git("config", "http.receivepack", "true")
    pem = certificate(tmp_path)
    monkeypatch.setenv("GIT_SSL_CAINFO", str(pem))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with git_server(pem, tmp_path / "served") as serving:
        yield serving.url
