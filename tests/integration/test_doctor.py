"""`review-lint doctor` in real repositories: what it says is so, and what is wrong is a problem."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from linter.cli.doctor import EXTRAS
from tests.support.cli import review_lint
from tests.support.code import function
from tests.support.program import make_program
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

NEWER = f"3.{sys.version_info.minor + 1}"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return make_program(tmp_path / "bin")


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    shop = Repository(tmp_path / "shop")
    shop.commit_files({"REVIEW.yaml": review(), "a.py": "x = 1\n"}, "Start")
    return shop


def said(repository: Repository, *arguments: str, code: int = 0) -> dict[str, list[str]]:
    """By topic what doctor says, each with its state; remedies follow after ` = `."""
    ran = review_lint(repository.path, "doctor", *arguments)
    assert (ran.code, ran.err) == (code, ""), ran
    *lines, total = ran.out.splitlines()
    assert (total == "nothing stands in the way") == (code == 0)
    found: dict[str, list[str]] = {}
    topic = ""
    for line in lines:
        if line.startswith(" " * 23):
            found[topic][-1] += " " + line.strip()
        else:
            topic = line[:14].strip() or topic
            found.setdefault(topic, []).append(re.sub(" +", " ", line[14:]))
    return found


def install(program: Path, repository: Repository, *options: str) -> None:
    subprocess.run([program, "install-hook", *options], cwd=repository.path, check=True, capture_output=True)


class TestRepository:
    def test_a_healthy_one(self, shop: Repository, program: Path) -> None:
        install(program, shop)
        found = said(shop)
        version = shop.git("version").removeprefix("git version ")
        assert found["program"][0].endswith(f", git {version}")
        assert found["grammar"] == [
            f"ok that of Python 3.{sys.version_info.minor}; newer syntax cannot be analysed",
        ]
        assert found["repository"] == [f"ok {shop.path}, on main"]
        assert found["bases"] == [f"ok the next commit is held against {shop.head()[:12]}"]
        assert found["code"] == ["ok Python files: 1"]
        assert found["review file"] == ["ok REVIEW.yaml; adopted: clarity, planning"]
        assert found["configuration"] == ["ok none: everything is as it comes"]
        assert found["policy"] == ["ok none"]

    def test_before_the_first_commit(self, tmp_path: Path) -> None:
        found = said(Repository(tmp_path / "new"))
        assert found["bases"] == ["ok the next commit is the first one, so that all in it is new"]
        assert found["review file"] == ["note there is no REVIEW.yaml = review-lint init"]

    def test_while_branches_are_merged(self, shop: Repository) -> None:
        shop.git("switch", "--quiet", "--create", "topic")
        topic = shop.commit_files({"b.py": "x = 1\n"})
        shop.git("switch", "--quiet", "main")
        main = shop.commit_files({"c.py": "x = 1\n"})
        shop.git("merge", "--quiet", "--no-commit", "topic")
        assert said(shop)["bases"] == [f"ok the next commit is held against {main[:12]} and {topic[:12]}"]

    def test_a_clone_knows_what_a_pipeline_compares_with(self, shop: Repository, tmp_path: Path) -> None:
        start = shop.head()
        shop.git("clone", "--quiet", str(shop.path), str(tmp_path / "clone"))
        clone = Repository(tmp_path / "clone")
        clone.commit_files({"b.py": "x = 1\n"})
        assert said(clone)["bases"][1] == f"ok in a pipeline this branch is held against {start[:12]} of origin/HEAD"

    def test_a_shallow_clone(self, shop: Repository, tmp_path: Path) -> None:
        shop.commit_files({"b.py": "x = 1\n"})
        shop.git("clone", "--quiet", "--depth=1", f"file://{shop.path}", str(tmp_path / "clone"))
        remark = said(Repository(tmp_path / "clone"))["repository"][1]
        assert remark.startswith("note a shallow clone: ")
        assert remark.endswith(" = git fetch --unshallow")

    def test_a_partial_clone(self, shop: Repository, tmp_path: Path) -> None:
        shop.git("config", "uploadpack.allowFilter", "true")
        shop.git("clone", "--quiet", "--filter=blob:none", f"file://{shop.path}", str(tmp_path / "clone"))
        assert "a partial clone" in said(Repository(tmp_path / "clone"))["repository"][1]

    def test_a_head_that_is_damaged(self, shop: Repository) -> None:
        (shop.path / ".git" / "refs" / "heads" / "main").write_text("12" * 20 + "\n")
        ran = review_lint(shop.path, "doctor")
        assert ran.code == 2
        assert ran.err.count("\n") == 1

    def test_a_bare_one(self, shop: Repository, tmp_path: Path, program: Path) -> None:
        bare = Repository(tmp_path / "bare.git", "--bare")
        found = said(bare)
        assert found["hook"] == ["note not installed: pre-receive = review-lint install-hook"]
        assert found["code"] == ["note nothing was pushed to the default branch yet"]
        install(program, bare)
        shop.git("push", "--quiet", str(bare.path), "main")
        found = said(bare)
        assert found["hook"] == [f"ok pre-receive calls {program}"]
        assert found["repository"] == [f"ok {bare.path}, a bare repository"]
        assert found["bases"] == ["ok a push is held against what each branch was before"]
        assert found["review file"] == ["ok REVIEW.yaml; adopted: clarity, planning"]

    def test_none_at_all(self, tmp_path: Path) -> None:
        ran = review_lint(tmp_path, "doctor")
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


class TestHooks:
    def test_none(self, shop: Repository) -> None:
        assert said(shop)["hook"] == ["note not installed: pre-commit, pre-merge-commit = review-lint install-hook"]

    def test_all(self, shop: Repository, program: Path) -> None:
        install(program, shop, "--pre-push")
        assert said(shop)["hook"] == [
            f"ok {name} calls {program}" for name in ("pre-commit", "pre-merge-commit", "pre-push")
        ]

    def test_one_of_another_release(self, shop: Repository, program: Path) -> None:
        install(program, shop)
        hook = shop.path / ".git" / "hooks" / "pre-commit"
        hook.write_text(hook.read_text().replace("check --staged", "check --old"))
        assert said(shop, code=1)["hook"][0] == "problem pre-commit is of another release = review-lint install-hook"
        install(program, shop)
        assert said(shop)["hook"][0].startswith("ok ")

    def test_one_whose_program_is_gone(self, shop: Repository, program: Path) -> None:
        install(program, shop)
        program.unlink()
        assert f"calls {program}, which is gone" in said(shop, code=1)["hook"][0]

    def test_one_that_git_passes_over(self, shop: Repository, program: Path) -> None:
        install(program, shop)
        (shop.path / ".git" / "hooks" / "pre-commit").chmod(0o644)
        assert "pre-commit may not be executed" in said(shop, code=1)["hook"][0]

    def test_switched_off(self, shop: Repository) -> None:
        shop.git("config", "core.hooksPath", os.devnull)
        assert "core.hooksPath is /dev/null, so git runs no hook at all" in said(shop, code=1)["hook"][0]

    @pytest.mark.parametrize(
        ("script", "expected"),
        [
            ("exec review-lint check --staged", "ok pre-commit is not review-lint's and calls it"),
            (
                "exec make lint",
                "note pre-commit is not review-lint's and does not call it = review-lint install-hook says how",
            ),
        ],
    )
    def test_somebody_elses(self, shop: Repository, script: str, expected: str) -> None:
        shop.hook("pre-commit", script)
        assert said(shop)["hook"][1] == expected

    def test_a_link(self, shop: Repository) -> None:
        (shop.hook("pre-commit", "exit 0").parent / "pre-merge-commit").symlink_to("/nowhere")
        assert said(shop)["hook"][1] == "note pre-merge-commit is not review-lint's"

    @pytest.mark.parametrize("framework", ["pre-commit", "prek"])
    def test_that_of_a_framework(self, shop: Repository, framework: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        shop.write(".pre-commit-config.yaml", "repos: []\n")
        subprocess.run([framework, "install"], cwd=shop.path, check=True, capture_output=True)
        silent = "note pre-commit is that of a framework whose configuration does not name review-lint"
        assert said(shop)["hook"][1] == silent
        hook = "repos:\n  - repo: https://example.org/it\n    rev: v1\n    hooks: [{id: review-complexity}]\n"
        shop.write(".pre-commit-config.yaml", hook)
        expected = "ok pre-commit is that of a framework, and .pre-commit-config.yaml names review-lint"
        assert said(shop)["hook"][1] == expected


class TestTree:
    def test_what_is_not_analysed_and_why(self, shop: Repository) -> None:
        files = {
            "app.js": "",
            "b.js": "",
            "main.go": "",
            "old.py": "print 'x'\n",
            "gen.py": "# @generated\nx = 1\n",
            "vendor/a.py": "x = 1\n",
            "vendor/b.txt": "",
            "review-lint.toml": 'exclude = ["vendor/**"]\n',
        }
        shop.commit_files(files)
        found = said(shop)
        assert found["code"] == ["ok Python files: 1"]
        old, generated, excluded, others = found["not analysed"]
        assert old.startswith("note old.py:1: ")
        assert generated == "note written by tools: 1"
        assert excluded == "note excluded by review-lint.toml: 2"
        assert others == "note other languages than Python: 2 .js and 1 .go"

    def test_many_that_cannot_be_parsed(self, shop: Repository) -> None:
        shop.commit_files({f"old{number}.py": "print 'x'\n" for number in range(7)})
        remarks = said(shop)["not analysed"]
        assert len(remarks) == 6
        assert remarks[5] == "note 2 more files = review-lint --select RL806"

    def test_a_newer_python_that_the_project_asks_for(self, shop: Repository) -> None:
        shop.commit_files({"pyproject.toml": f'[project]\nrequires-python = ">={NEWER}"\n'})
        expected = (
            f"problem the project asks for Python {NEWER}, which is newer = install review-lint with Python {NEWER}"
        )
        assert said(shop, code=1)["grammar"][-1] == expected

    def test_a_broken_configuration(self, shop: Repository) -> None:
        shop.commit_files({"review-lint.toml": "color = 1\n"})
        (remark,) = said(shop, code=1)["configuration"]
        assert remark.startswith("problem review-lint.toml:1: unknown key 'color'")

    def test_a_policy(self, shop: Repository) -> None:
        shop.commit_files({"policy.yaml": "version: 1\nname: acme\n", "review-lint.toml": 'policy = "policy.yaml"\n'})
        found = said(shop)
        assert found["policy"] == ["ok acme (policy.yaml)"]
        assert found["configuration"] == ["ok review-lint.toml"]
        other = shop.path.parent / "other.yaml"
        other.write_text("version: 1\nname: other\n")
        assert said(shop, "--policy", str(other))["policy"] == [f"ok other ({other})"]

    def test_what_is_left_out(self, shop: Repository) -> None:
        shop.commit_files({"review-lint.toml": 'select = ["RL908"]\n'})
        assert said(shop)["code"] == ["note not judged: the configuration leaves all rules about code out"]
        shop.commit_files({"review-lint.toml": 'select = ["RL8"]\n'})
        assert said(shop)["review file"] == ["note not judged: the configuration leaves all its rules out"]

    def test_review_files_with_errors_and_drafts(self, shop: Repository) -> None:
        draft = {"planning:\n": "planning:\n  status: draft\n", "lifecycle: experimental": "lifecycle: experimentel"}
        shop.commit_files({"REVIEW.yaml": review(changes=draft), "sub/REVIEW.yaml": "a: [\n"})
        root, sub = said(shop, code=1)["review file"]
        assert root == "note REVIEW.yaml; adopted: clarity; draft: planning; errors in it: 1 = review-lint"
        assert sub == "problem sub/REVIEW.yaml cannot be read = review-lint"

    def test_foreign_text_is_harmless(self, shop: Repository) -> None:
        shop.commit_files({"\x1b[31m\u202e.py": "print 'x'\n"})
        assert said(shop)["not analysed"][0].startswith("note \\x1b[31m\\u202e.py:1: ")


class TestCache:
    def test_what_is_kept(self, shop: Repository) -> None:
        shop.commit_files({"b.py": function("b", 3)})
        (remark,) = said(shop)["cache"]
        assert re.fullmatch(r"ok [1-9]\d* KiB are kept from earlier runs", remark)

    def test_what_cannot_be_kept(self, shop: Repository) -> None:
        (shop.path / ".git" / "review-lint").write_text("")
        (remark,) = said(shop)["cache"]
        assert remark == "note nothing is kept between runs: the repository or the folder is somebody else's"


class TestExtras:
    def test_each_has_a_word_about_what_is_missing_without_it(self) -> None:
        project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert EXTRAS.keys() == project["optional-dependencies"].keys()

    def test_they_are_told(self, shop: Repository) -> None:
        assert said(shop)["extras"]
