"""The hooks that users of the pre-commit framework name."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from pre_commit.clientlib import load_manifest

from linter.cli import check
from linter.cli.check import Order, order_of
from linter.cli.main import Parser
from linter.model.policy import Configuration, is_enabled, override
from linter.model.rule import FAMILIES
from linter.model.snapshot import TargetKind
from linter.rules.catalogue import ALL_RULES

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in load_manifest(str(Path(__file__).parents[2] / ".pre-commit-hooks.yaml"))
}


def order(hook: str, *arguments: str, **environment: str) -> Order:
    """What the hook asks for, with the `args` of a user."""
    program, command, *words = shlex.split(HOOKS[hook]["entry"])
    assert (program, command) == ("review-lint", "check")
    parser = Parser()
    check.add_arguments(parser)
    return order_of(parser.parse_args([*words, *HOOKS[hook]["args"], *arguments]), environment, color=False)


def codes(hook: str, *arguments: str) -> list[str]:
    """The codes of the rules that the hook applies."""
    request = order(hook, *arguments).request
    configuration = override(Configuration(), request.select, request.ignore)
    return [rule.code for rule in ALL_RULES if is_enabled(configuration, rule.code, "REVIEW.yaml")]


def test_there_are_three() -> None:
    assert list(HOOKS) == ["review-lint", "review-file", "review-complexity"]


@pytest.mark.parametrize("hook", HOOKS)
class TestEveryHook:
    def test_it_sees_the_whole_change_at_once(self, hook: str) -> None:
        settings = HOOKS[hook]
        assert (settings["pass_filenames"], settings["always_run"], settings["require_serial"]) == (False, True, True)

    def test_it_runs_on_commits_merges_pushes_and_by_hand(self, hook: str) -> None:
        assert HOOKS[hook]["stages"] == ["pre-commit", "pre-merge-commit", "pre-push", "manual"]
        assert HOOKS[hook]["minimum_pre_commit_version"] == "3.2.0"
        assert HOOKS[hook]["language"] == "python"

    def test_it_judges_what_is_staged_or_pushed(self, hook: str) -> None:
        assert order(hook).content.kind is TargetKind.STAGED
        pushed = order(hook, PRE_COMMIT_FROM_REF="old", PRE_COMMIT_TO_REF="new").content
        assert pushed == (TargetKind.RANGE, "old", "new")

    def test_it_judges_the_whole_tree_of_a_first_push(self, hook: str) -> None:
        expected = (TargetKind.REVISION, "", "HEAD")
        assert order(hook, PRE_COMMIT_LOCAL_BRANCH="HEAD").content == expected
        assert order(hook, PRE_COMMIT_LOCAL_BRANCH="refs/heads/main", PRE_COMMIT_TO_REF="HEAD").content == expected

    def test_what_it_says_is_shown_when_it_passes(self, hook: str) -> None:
        assert HOOKS[hook]["verbose"]

    def test_arguments_of_users_are_appended(self, hook: str) -> None:
        assert HOOKS[hook]["args"] == []
        assert [output.format for output in order(hook, "--format", "concise").outputs] == ["concise"]
        assert codes(hook, "--ignore", ",".join(f"RL{digit}" for digit in FAMILIES)) == []


def test_the_two_halves_make_the_whole() -> None:
    file, complexity = codes("review-file"), codes("review-complexity")
    assert {code[:3] for code in complexity} == {"RL8"}
    assert "RL8" not in {code[:3] for code in file}
    assert sorted(file + complexity) == codes("review-lint") == [rule.code for rule in ALL_RULES]
