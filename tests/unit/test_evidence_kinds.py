"""Workflows, commits, symbols and events as evidence."""

import pytest

from linter.model.history import Tag
from tests.support.evidence import about, design, found, said
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

GITHUB = "on: push\njobs:\n  test: {steps: []}\n  deploy: {steps: []}\n"
GITLAB = "stages: [test]\nvariables: {A: b}\n.base: {script: x}\nunit: {script: x}\n"


class TestWorkflows:
    @pytest.mark.parametrize(
        "value",
        [
            "{workflow: .github/workflows/ci.yml}",
            "{workflow: .github/workflows/ci.yml, job: deploy}",
            "{workflow: .gitlab-ci.yml, job: unit}",
            "{workflow: Jenkinsfile, job: whatever}",
        ],
    )
    def test_what_is_there(self, value: str) -> None:
        files = {".github/workflows/ci.yml": GITHUB, ".gitlab-ci.yml": GITLAB, "Jenkinsfile": "pipeline {}"}
        assert said(value, files) == ""

    def test_a_job_that_is_not_there(self) -> None:
        finding = about("{workflow: .github/workflows/ci.yml, job: deply}", {".github/workflows/ci.yml": GITHUB})
        assert finding is not None and finding.message == "`.github/workflows/ci.yml` has no job `deply`"
        assert finding.hint == "did you mean `deploy`?"
        assert finding.location.pointer == "/planning/design_doc/job"
        other = about("{workflow: .github/workflows/ci.yml, job: nightly}", {".github/workflows/ci.yml": GITHUB})
        assert other is not None and other.hint == "its jobs are `test` and `deploy`"

    @pytest.mark.parametrize("job", ["variables", ".base", "stages"])
    def test_what_is_no_job_of_gitlab(self, job: str) -> None:
        assert said(f"{{workflow: .gitlab-ci.yml, job: {job}}}", {".gitlab-ci.yml": GITLAB}).startswith("RL011 error")

    def test_a_job_that_may_be_included_cannot_be_known(self) -> None:
        files = {".gitlab-ci.yml": "include: [{local: ci/test.yml}]\n" + GITLAB}
        assert said("{workflow: .gitlab-ci.yml, job: other}", files).startswith("RL011 advice: ")

    def test_gitlab_has_tags_and_two_documents(self) -> None:
        files = {".gitlab-ci.yml": "spec: {inputs: {a: {}}}\n---\nunit:\n  script: !reference [.base, script]\n"}
        assert said("{workflow: .gitlab-ci.yml, job: unit}", files) == ""

    def test_another_file_is_no_workflow(self) -> None:
        expected = "RL012 error: `ci.yml` is no GitHub workflow, no .gitlab-ci.yml and no Jenkinsfile"
        assert said("{workflow: ci.yml}", {"ci.yml": GITHUB}) == expected

    @pytest.mark.parametrize("content", ["jobs: [", "\x80", "a: b: c"])
    def test_a_workflow_that_is_no_yaml(self, content: str) -> None:
        files = {".github/workflows/ci.yml": content.encode("latin-1")}
        assert said("{workflow: .github/workflows/ci.yml, job: a}", files).startswith("RL012 error: ")
        assert said("{workflow: .github/workflows/ci.yml}", files) == ""

    @pytest.mark.parametrize("content", ["[]", "jobs: []", "jobs: null", "x", "jobs: {}"])
    def test_a_workflow_without_jobs(self, content: str) -> None:
        finding = about("{workflow: .github/workflows/ci.yml, job: a}", {".github/workflows/ci.yml": content})
        assert finding is not None and finding.hint == "the file has no jobs at all"


class Past:
    """A history that knows one commit."""

    def __init__(self, is_shallow: bool = False) -> None:
        self.is_shallow = is_shallow

    def has_commit(self, name: str) -> bool:
        return "3f2a9c1d".startswith(name.lower())

    def last_change(self, path: str) -> str | None:
        return None

    def read_at(self, commit: str, path: str, limit: int) -> bytes | None:
        return None

    def tags(self) -> tuple[Tag, ...]:
        return ()


class TestCommits:
    def about(self, commit: str, history: Past | None) -> list[str]:
        tree = MemorySnapshot({"REVIEW.yaml": design(f'{{commit: "{commit}"}}')})
        return [f"{finding.rule} {finding.severity.label} {finding.message}" for finding in found(tree, history)]

    def test_what_is_there(self) -> None:
        assert self.about("3F2A9C1", Past()) == []

    def test_what_is_not(self) -> None:
        assert self.about("deadbee", Past()) == ["RL011 error this repository has no commit `deadbee`"]

    def test_a_shallow_clone_cannot_know(self) -> None:
        message = "RL011 advice the commit `deadbee` could not be looked up: this clone is shallow"
        assert self.about("deadbee", Past(is_shallow=True)) == [message]
        assert self.about("3f2a9c1", Past(is_shallow=True)) == []

    def test_without_a_past_nothing_is_said(self) -> None:
        assert self.about("deadbee", None) == []


MODULES = {
    "src/shop/money.py": "class Money:\n    zero = 0\n    def add(self): pass\nclass Euro(Money): pass\n",
    "shop/cart.py": "def cart(): pass\n",
    "src/shop/__init__.py": "from .money import Money\n",
    "src/shop/all.py": "from .money import *\n",
    "src/shop/broken.py": "def f(:\n",
}


class TestSymbols:
    @pytest.mark.parametrize(
        "symbol", ["shop.money:Money.add", "shop.money:Money.zero", "shop.cart:cart", "shop:Money"]
    )
    def test_what_is_there(self, symbol: str) -> None:
        assert said(f'{{symbol: "{symbol}"}}', MODULES) == ""

    @pytest.mark.parametrize(
        ("symbol", "expected"),
        [
            ("shop.money:Mony", "RL011 error: src/shop/money.py does not define `Mony`"),
            (
                "shop.none:X",
                "RL011 error: there is no Python module `shop.none` in the root of the repository or its `src`",
            ),
            (
                "..money:X",
                "RL011 error: there is no Python module `..money` in the root of the repository or its `src`",
            ),
            (
                "shop.broken:X",
                "RL011 advice: `shop.broken:X` could not be looked up in src/shop/broken.py: syntax error: ",
            ),
            ("shop.all:X", "RL011 advice: src/shop/all.py does not define `X` itself, and only running it tells"),
            ("shop:Money.add", "RL011 advice: src/shop/__init__.py does not define `Money.add` itself, and only"),
            ("shop.money:Euro.add", "RL011 advice: src/shop/money.py does not define `Euro.add` itself, and only"),
            ("shop.money:Money.sub", "RL011 error: src/shop/money.py does not define `Money.sub`"),
        ],
    )
    def test_what_is_not(self, symbol: str, expected: str) -> None:
        assert said(f'{{symbol: "{symbol}"}}', MODULES).startswith(expected)

    def test_a_member_without_its_class(self) -> None:
        finding = about('{symbol: "shop.money:add"}', MODULES)
        assert finding is not None and finding.hint == "did you mean `shop.money:Money.add`?"


def test_an_event_has_one_rule_of_its_own() -> None:
    text = """\
monitoring:
  events:
    - {name: a, where: {path: none.py, contains: a}}
    - {name: b, where: {path: here.py, contains: b}}
    - {name: c, where: {symbol: "here:c"}}
    - {name: d, where: {path: ../up.py, contains: d}}
"""
    findings = found(MemorySnapshot({"REVIEW.yaml": review(text), "here.py": "x = 1\n"}))
    assert [finding.rule for finding in findings] == ["RL603", "RL603", "RL603", "RL012"]
