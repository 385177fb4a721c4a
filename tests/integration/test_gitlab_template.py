"""The job for GitLab: its script, run with the variables that GitLab sets for each kind of pipeline
(https://docs.gitlab.com/ci/variables/predefined_variables/).
"""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import yaml

from tests.support.code import function
from tests.support.program import make_program
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

pytestmark = pytest.mark.slow

TEMPLATE = PROJECT / "ci" / "gitlab" / "review-lint.gitlab-ci.yml"
JOB: dict[str, Any] = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))["review-lint"]
REPORTS = JOB["artifacts"]["reports"]
ZEROS = "0" * 40


class Ended(NamedTuple):
    """How the job ended, and the places that its report of code quality names."""

    code: int
    log: str
    places: list[str]


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    shop = Repository(tmp_path / "shop")
    shop.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    make_program(tmp_path / "bin")
    return shop


def run(shop: Repository, variables: Mapping[str, str], lines: str = "script") -> Ended:
    """Run a part of the job as a runner does: all its lines in one shell that stops at what fails."""
    defaults = {"CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": ZEROS, **JOB["variables"]}
    path = f"{shop.path.parent / 'bin'}:{os.environ['PATH']}"
    result = subprocess.run(
        ["sh", "-e", "-c", "\n".join(JOB[lines])],
        cwd=shop.path,
        env={**os.environ, "PATH": path, **defaults, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    report = shop.path / REPORTS["codequality"]
    issues = json.loads(report.read_text()) if report.exists() else []
    return Ended(result.returncode, result.stdout, [issue["location"]["path"] for issue in issues])


@pytest.fixture
def topic(shop: Repository) -> tuple[str, str]:
    """A branch with a bad function, and main, which has gone on: the ids of where they parted and of main."""
    start = shop.head()
    shop.git("switch", "--quiet", "--create", "topic")
    shop.commit_files({"bad.py": function("bad", 16)}, "Bad")
    shop.git("switch", "--quiet", "main")
    theirs = shop.commit_files({"theirs.py": function("theirs", 20)}, "Theirs")
    shop.git("checkout", "--quiet", "--detach", "topic")
    return start, theirs


def test_a_merge_request(shop: Repository, topic: tuple[str, str]) -> None:
    variables = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": topic[0]}
    code, log, places = run(shop, variables)
    assert (code, places) == (1, ["bad.py"]), log
    assert "bad.py:1:1: RL801 " in log
    (failure,) = ElementTree.parse(shop.path / REPORTS["junit"]).iter("failure")
    assert "RL801" in ElementTree.tostring(failure, encoding="unicode")


def test_a_merge_request_with_merged_results(shop: Repository, topic: tuple[str, str]) -> None:
    shop.git("checkout", "--quiet", "--detach", "main")
    shop.git("merge", "--quiet", "--no-edit", "topic")
    start, theirs = topic
    shas = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": start, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": theirs}
    code, log, places = run(shop, {"CI_PIPELINE_SOURCE": "merge_request_event", **shas})
    assert (code, places) == (1, ["bad.py"]), log


def test_a_push(shop: Repository, topic: tuple[str, str]) -> None:
    assert run(shop, {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": topic[0]}).places == ["bad.py"]
    shop.git("checkout", "--quiet", "--detach", topic[0])
    for before in (ZEROS, "12" * 20):
        code, log, places = run(shop, {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": before})
        assert (code, places) == (0, ["legacy.py"]), log


def test_a_schedule_judges_everything(shop: Repository) -> None:
    code, log, _ = run(shop, {"CI_PIPELINE_SOURCE": "schedule"})
    assert code == 0
    assert "1 of them RL803" in log


def test_options(shop: Repository, topic: tuple[str, str]) -> None:
    asked = {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": topic[0]}
    assert run(shop, {**asked, "REVIEW_LINT_OPTIONS": "--ignore RL801 --quiet"})[:2] == (0, "")


def test_what_cannot_be_judged_fails(shop: Repository) -> None:
    shop.commit_files({"review-lint.toml": "color = 1\n"})
    code, log, _ = run(shop, {"CI_PIPELINE_SOURCE": "schedule"})
    assert (code, log.count("\n")) == (2, 1)


def test_without_a_package_it_says_what_to_set(shop: Repository) -> None:
    code, log, _ = run(shop, {}, "before_script")
    assert code != 0
    assert "REVIEW_LINT_PACKAGE: say in variables what pip is to install as review-lint" in log


def test_only_one_kind_of_pipeline_judges_a_branch() -> None:
    """With merge requests and every branch, each push to a merge request would be judged twice."""
    assert [rule["if"] for rule in JOB["rules"]] == [
        '$CI_PIPELINE_SOURCE == "merge_request_event"',
        '$CI_PIPELINE_SOURCE == "schedule"',
        "$CI_COMMIT_BRANCH && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
    ]
