"""One repository in each integration, from installing to refusing: GitHub, GitLab, a server, a container."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.actions import Runner
from tests.support.code import function
from tests.support.installed import PIP, run
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

CONTRACT = "{name: drawing API, contract: {type: graphql, path: api.graphql}, version: 1.0.0}"
TEXT = review("", {"planning:\n": f"planning:\n  provides: [{CONTRACT}]\n"})
ZEROS = "0" * 40


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A repository with a contract, and a last commit that breaks it and brings a function above the limit."""
    shop = Repository(tmp_path / "runner" / "workspace")
    shop.commit_files({"REVIEW.yaml": TEXT, "api.graphql": "type Query { line: Int }\n"}, "Start")
    shop.commit_files({"api.graphql": "type Query {\n", "bad.py": function("bad", 16)}, "Bad")
    return shop


def test_github(shop: Repository, source: Path, tmp_path: Path) -> None:
    shop.git("remote", "add", "origin", str(shop.path))
    shop.git("fetch", "--quiet", "origin")
    event = {"before": shop.head("HEAD~1"), "repository": {"default_branch": "main"}}
    inputs = {"python": sys.executable, "options": "--ignore RL302"}
    outcome = Runner(source, tmp_path / "runner").run("push", event, inputs, GITHUB_REF="refs/heads/main", **PIP)
    assert outcome.code == 1, outcome.log
    assert "::error file=bad.py,line=1" in outcome.log
    (found,) = json.loads(Path(outcome.outputs["sarif"]).read_text())["runs"]
    rules = [(result["ruleId"], result["level"]) for result in found["results"]]
    assert rules == [("RL012", "error"), ("RL801", "error")], "contracts are judged too"


def test_gitlab(shop: Repository, source: Path, tmp_path: Path) -> None:
    job = yaml.safe_load((PROJECT / "ci" / "gitlab" / "review-lint.gitlab-ci.yml").read_text())["review-lint"]
    run([sys.executable, "-m", "venv", str(tmp_path / "image")])
    variables = {
        "PATH": f"{tmp_path / 'image' / 'bin'}:{os.environ['PATH']}",
        "REVIEW_LINT_PACKAGE": f"{source}[contracts]",
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": shop.head("HEAD~1"),
    }
    result = subprocess.run(
        ["sh", "-e", "-c", "\n".join([*job["before_script"], *job["script"]])],
        cwd=shop.path,
        env={**os.environ, **PIP, **job["variables"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stdout + result.stderr
    issues = json.loads((shop.path / job["artifacts"]["reports"]["codequality"]).read_text())
    assert [(issue["check_name"], issue["location"]["path"]) for issue in issues][-1] == ("RL801", "bad.py")


def test_a_server(shop: Repository, program: Path, tmp_path: Path) -> None:
    server = Repository(tmp_path / "shop.git", "--bare")
    run([str(program), "install-hook", str(server.path)])
    assert subprocess.run([program, "doctor", server.path], check=False, capture_output=True).returncode == 0
    shop.git("push", "--quiet", str(server.path), "main~1:refs/heads/main")
    refused = shop.attempt("push", str(server.path), "main")
    assert refused.returncode == 1
    assert "remote: bad.py:1:1: RL801 " in refused.stderr
    assert server.head("main") == shop.head("HEAD~1")


def test_what_is_absent_is_told_with_the_command_that_installs_it(shop: Repository, program: Path) -> None:
    said = subprocess.run([program, "doctor"], cwd=shop.path, capture_output=True, text=True, check=False).stdout
    absent = "contracts: without graphql-core, openapi-spec-validator and proto-schema-parser"
    assert absent in said
    assert "= pip install 'review-lint[contracts]'" in said


def copied() -> list[str]:
    """What the Containerfile takes from this project."""
    lines = re.findall(r"^COPY (?!--from)(.*)$", (PROJECT / "Containerfile").read_text(), re.MULTILINE)
    return [source for line in lines for source in shlex.split(line)[:-1]]


def test_what_the_container_copies_is_enough_to_install(tmp_path: Path) -> None:
    for name in copied():
        place = PROJECT / name
        shutil.copytree(place, tmp_path / name) if place.is_dir() else shutil.copy2(place, tmp_path / name)
    run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(tmp_path)])
    assert len(list(tmp_path.glob("review_lint-*.whl"))) == 1


def engine() -> str | None:
    """A container engine that answers."""
    for name in filter(shutil.which, ("podman", "docker")):
        if subprocess.run([name, "info"], capture_output=True, check=False).returncode == 0:
            return name
    return None


def test_the_container(shop: Repository) -> None:
    name = engine()
    if name is None:
        pytest.skip("needs a container engine that runs: apt-get install podman")
    (image,) = set(re.findall(r"^FROM (\S+)", (PROJECT / "Containerfile").read_text(), re.MULTILINE))
    if subprocess.run([name, "pull", image], capture_output=True, check=False).returncode:
        pytest.skip(f"needs the image {image}, which {name} cannot get")
    run([name, "build", "--tag", "review-lint-test", "--file", str(PROJECT / "Containerfile"), str(PROJECT)])
    command = [name, "run", "--rm", "--volume", f"{shop.path}:/repository:ro", "review-lint-test", "--rev", "HEAD"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (1, "")
    assert "api.graphql" in result.stdout
