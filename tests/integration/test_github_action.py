"""The composite action, run step by step as GitHub runs it, over checkouts as actions/checkout makes them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.actions import Outcome, Runner
from tests.support.code import function
from tests.support.program import make_program
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

pytestmark = pytest.mark.slow

ZEROS = "0" * 40
TYPO = {"lifecycle: experimental": "lifecycle: experimentel"}
REPOSITORY = {"repository": {"default_branch": "main"}}
INSTALL = "Install review-lint"
UPLOAD = "github/codeql-action/upload-sarif@v4"


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """The repository of a person; what it pushes to stands beside it."""
    Repository(tmp_path / "forge.git", "--bare")
    shop = Repository(tmp_path / "shop")
    shop.git("remote", "add", "origin", f"file://{tmp_path / 'forge.git'}")
    shop.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    shop.git("push", "--quiet", "origin", "main")
    return shop


class Job:
    """A job whose checkout is to be made, with review-lint where the action's first step puts it."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.runner = Runner(PROJECT, folder)
        self.origin = origin
        make_program(self.runner.temp / "review-lint" / "bin")

    def checkout(self, reference: str, local: str, depth: int = 1, path: str = ".") -> Repository:
        """As actions/checkout does: of depth 1 that reference alone, of depth 0 all branches."""
        checkout = Repository(self.runner.workspace / path)
        checkout.git("remote", "add", "origin", self.origin)
        options = (f"--depth={depth}", "--no-tags") if depth else ()
        branches = () if depth else ("+refs/heads/*:refs/remotes/origin/*",)
        checkout.git("fetch", "--quiet", *options, "origin", *branches, f"+{reference}:{local}")
        checkout.git("checkout", "--quiet", "--force", local)
        return checkout

    def run(
        self, name: str, event: Mapping[str, Any], inputs: Mapping[str, str] | None = None, **variables: str
    ) -> Outcome:
        return self.runner.run(name, {**REPOSITORY, **event}, inputs, INSTALL, **variables)


@pytest.fixture
def job(tmp_path: Path, shop: Repository) -> Job:
    return Job(tmp_path / "runner", shop.git("remote", "get-url", "origin"))


def pull_request(shop: Repository, files: Mapping[str, str]) -> None:
    """A pull request to main, which has gone on, and the commit that GitHub makes of both."""
    shop.git("switch", "--quiet", "--create", "topic")
    shop.commit_files(files, "Topic")
    shop.git("switch", "--quiet", "main")
    shop.commit_files({"theirs.py": function("theirs", 20)}, "Theirs")
    shop.git("push", "--quiet", "origin", "main", "topic")
    shop.git("switch", "--quiet", "--detach")
    shop.git("merge", "--quiet", "--no-edit", "topic")
    shop.git("push", "--quiet", "origin", "HEAD:refs/pull/7/merge")


def errors(outcome: Outcome) -> list[str]:
    """The places that become annotations of errors."""
    lines = [line for line in outcome.log.splitlines() if line.startswith("::error ")]
    return [line.partition(" ")[2].partition(",")[0] for line in lines]


class TestPullRequest:
    EVENT = "pull_request"
    VARIABLES = {"GITHUB_BASE_REF": "main", "GITHUB_REF": "refs/pull/7/merge"}  # noqa: RUF012

    @pytest.mark.parametrize("depth", [0, 1, 2])
    def test_what_it_brings_is_judged_and_shown(self, shop: Repository, job: Job, depth: int) -> None:
        pull_request(shop, {"bad.py": function("bad", 16)})
        job.checkout("refs/pull/7/merge", "refs/remotes/pull/7/merge", depth)
        outcome = job.run(self.EVENT, {}, **self.VARIABLES)
        assert (outcome.code, errors(outcome)) == (1, ["file=bad.py"]), outcome.log
        assert outcome.outputs["result"] == "failed"
        (run,) = json.loads(Path(outcome.outputs["sarif"]).read_text())["runs"]
        assert [result["ruleId"] for result in run["results"]] == ["RL801"]
        assert outcome.summary.startswith("<!-- review-lint -->\n")
        assert "bad.py" in outcome.summary
        assert outcome.used == {}

    def test_what_is_fine_passes(self, shop: Repository, job: Job) -> None:
        pull_request(shop, {"good.py": function("good", 3)})
        job.checkout("refs/pull/7/merge", "refs/remotes/pull/7/merge")
        outcome = job.run(self.EVENT, {}, **self.VARIABLES)
        assert (outcome.code, errors(outcome), outcome.outputs["result"]) == (0, [], "passed")
        assert "1 file, 1 function" in outcome.log

    def test_findings_are_handed_to_code_scanning_when_it_is_asked_for(self, shop: Repository, job: Job) -> None:
        pull_request(shop, {"bad.py": function("bad", 16)})
        job.checkout("refs/pull/7/merge", "refs/remotes/pull/7/merge")
        outcome = job.run(self.EVENT, {}, {"upload-sarif": "true"}, **self.VARIABLES)
        assert outcome.code == 1
        given = outcome.used[UPLOAD]
        assert given["sarif_file"] == outcome.outputs["sarif"] != ""
        assert Path(given["checkout_path"]).samefile(job.runner.workspace)

    def test_the_base_checked_out_instead_is_no_success(self, shop: Repository, job: Job) -> None:
        """As in pull_request_target, unless a workflow asks for something else."""
        pull_request(shop, {"bad.py": function("bad", 16)})
        job.checkout("refs/heads/main", "refs/remotes/origin/main")
        outcome = job.run("pull_request_target", {}, GITHUB_BASE_REF="main", GITHUB_REF="refs/heads/main")
        assert outcome.code == 2
        assert "::error title=review-lint::The base branch is checked out, not the pull request" in outcome.log
        assert outcome.outputs == {"result": "", "sarif": ""}

    def test_a_past_that_cannot_be_fetched_is_said_with_the_remedy(self, shop: Repository, job: Job) -> None:
        pull_request(shop, {"bad.py": function("bad", 16)})
        job.checkout("refs/pull/7/merge", "refs/remotes/pull/7/merge")
        Repository(job.runner.workspace).git("remote", "set-url", "origin", "file:///nowhere")
        outcome = job.run(self.EVENT, {}, **self.VARIABLES)
        assert outcome.code == 2
        assert "cannot be fetched: give actions/checkout `fetch-depth: 0`" in outcome.log

    def test_what_cannot_be_judged_is_neither_passed_nor_failed(self, shop: Repository, job: Job) -> None:
        pull_request(shop, {"review-lint.toml": "color = 1\n"})
        job.checkout("refs/pull/7/merge", "refs/remotes/pull/7/merge")
        outcome = job.run(self.EVENT, {}, {"upload-sarif": "true"}, **self.VARIABLES)
        assert (outcome.code, outcome.outputs) == (2, {"result": "error", "sarif": ""})
        assert "review-lint: error: review-lint.toml:1: unknown key 'color'" in outcome.log
        assert (outcome.summary, outcome.used) == ("", {})

    def test_a_checkout_in_a_folder_and_options(self, shop: Repository, job: Job) -> None:
        pull_request(shop, {"bad.py": function("bad", 16)})
        job.checkout("refs/pull/7/merge", "refs/remotes/pull/7/merge", path="shop it's")
        inputs = {"path": "shop it's", "options": "--ignore RL801\n--show-suppressed"}
        outcome = job.run(self.EVENT, {}, inputs, **self.VARIABLES)
        assert (outcome.code, errors(outcome)) == (0, [])

    def test_names_of_branches_are_no_shell(self, shop: Repository, job: Job) -> None:
        name = 'x";touch${IFS}owned;$(touch${IFS}owned)`touch${IFS}owned`'
        pull_request(shop, {"bad.py": function("bad", 16)})
        shop.git("push", "--quiet", "origin", f"main:refs/heads/{name}")
        job.checkout("refs/pull/7/merge", "refs/remotes/pull/7/merge")
        outcome = job.run(self.EVENT, {}, GITHUB_BASE_REF=name, GITHUB_REF="refs/pull/7/merge")
        assert (outcome.code, errors(outcome)) == (1, ["file=bad.py"])
        assert not list(job.runner.workspace.glob("**/owned"))


class TestPush:
    def test_what_came_since_the_last_push(self, shop: Repository, job: Job) -> None:
        shop.commit_files({"theirs.py": function("theirs", 20)}, "Theirs")
        before = shop.head()
        shop.commit_files({"bad.py": function("bad", 16)}, "Bad")
        shop.git("push", "--quiet", "origin", "main")
        job.checkout("refs/heads/main", "refs/remotes/origin/main")
        outcome = job.run("push", {"before": before}, GITHUB_REF="refs/heads/main")
        assert (outcome.code, errors(outcome)) == (1, ["file=bad.py"]), outcome.log

    @pytest.mark.parametrize("before", [ZEROS, "12" * 20], ids=["new", "forced"])
    def test_a_new_or_forced_branch_is_held_against_the_default_branch(
        self, shop: Repository, job: Job, before: str
    ) -> None:
        shop.git("switch", "--quiet", "--create", "topic")
        shop.commit_files({"bad.py": function("bad", 16)}, "Bad")
        shop.git("push", "--quiet", "origin", "topic")
        job.checkout("refs/heads/topic", "refs/remotes/origin/topic")
        outcome = job.run("push", {"before": before}, GITHUB_REF="refs/heads/topic")
        assert (outcome.code, errors(outcome)) == (1, ["file=bad.py"]), outcome.log

    def test_the_first_push_of_the_default_branch_is_judged_as_a_whole(self, shop: Repository, job: Job) -> None:
        shop.commit_files({"REVIEW.yaml": review(changes=TYPO)}, "Typo")
        shop.git("push", "--quiet", "origin", "main")
        job.checkout("refs/heads/main", "refs/remotes/origin/main")
        outcome = job.run("push", {"before": ZEROS}, GITHUB_REF="refs/heads/main")
        assert (outcome.code, errors(outcome)) == (1, ["file=REVIEW.yaml"]), outcome.log
        assert "1 of them RL803" in outcome.log


def test_a_queue_of_merges(shop: Repository, job: Job) -> None:
    base = shop.commit_files({"theirs.py": function("theirs", 20)}, "Theirs")
    shop.git("switch", "--quiet", "--create", "gh-readonly-queue/main/pr-7")
    shop.commit_files({"bad.py": function("bad", 16)}, "Bad")
    shop.git("push", "--quiet", "origin", "HEAD")
    job.checkout("refs/heads/gh-readonly-queue/main/pr-7", "refs/remotes/origin/gh-readonly-queue/main/pr-7")
    outcome = job.run("merge_group", {"merge_group": {"base_sha": base}})
    assert (outcome.code, errors(outcome)) == (1, ["file=bad.py"]), outcome.log


def test_a_schedule_judges_everything(shop: Repository, job: Job) -> None:
    job.checkout("refs/heads/main", "refs/remotes/origin/main")
    outcome = job.run("schedule", {}, GITHUB_REF="refs/heads/main")
    assert (outcome.code, outcome.outputs["result"]) == (0, "passed")
    assert "1 of them RL803" in outcome.log
