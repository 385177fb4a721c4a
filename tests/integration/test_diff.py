"""`review-lint diff A B` in real repositories."""

import json
from pathlib import Path

import pytest

from tests.support.cli import review_lint
from tests.support.repository import Repository
from tests.support.reviews import review

BETTER = review(changes={"priority: must": "priority: should", "kind: app": "kind: app\ntier: 2"})
WORSE = BETTER.replace("tier: 2", "tier: 3")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files(
        {"REVIEW.yaml": BETTER, "notes/REVIEW.yaml": review(changes={"name: sketchpad": "name: notes"})}
    )
    return repository


def diff(repository: Repository, *arguments: str) -> list[str]:
    ran = review_lint(repository.path, "diff", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.splitlines()


def test_what_changed_in_words(repository: Repository) -> None:
    changed = WORSE.replace("priority: should", "priority: must") + "planning_: 1\n"
    repository.commit_files({"REVIEW.yaml": changed, "review-lint.toml": 'ignore = ["RL803"]\n'})
    assert diff(repository, "HEAD~1", "HEAD") == [
        "REVIEW.yaml",
        "  weaker  `tier` changes from 2 to 3",
        "          `priority` of use case draw-together changes from should to must",
        "          `planning_` is added: 1",
        "review-lint.toml",
        "  weaker  `ignore` takes away RL803",
    ]
    assert diff(repository, "HEAD", "HEAD~1") == [
        "REVIEW.yaml",
        "          `tier` changes from 3 to 2",
        "          `priority` of use case draw-together changes from must to should",
        "          `planning_` is dropped: 1",
        "review-lint.toml",
        "          `ignore` brings RL803",
    ]


def test_layout_and_comments_are_no_promises(repository: Repository) -> None:
    repository.commit_files({"REVIEW.yaml": "# new\n" + BETTER.replace(": app", ":   app")})
    assert diff(repository, "HEAD~1", "HEAD") == ["no promise changed"]


def test_files_that_come_go_and_move(repository: Repository) -> None:
    repository.commit_files({"more/REVIEW.yaml": review(changes={"name: sketchpad": "name: more"})})
    repository.git("mv", "notes", "books")
    repository.git("rm", "-q", "REVIEW.yaml")
    repository.commit()
    assert diff(repository, "HEAD~2", "HEAD") == [
        "REVIEW.yaml is gone",
        "books/REVIEW.yaml was notes/REVIEW.yaml",
        "more/REVIEW.yaml is new",
    ]


@pytest.mark.parametrize("bad", ["tier: [\n", "- a list\n", BETTER.replace("version: 1", "version: 7")])
def test_a_file_that_cannot_be_read_is_named(bad: str, repository: Repository) -> None:
    repository.commit_files({"REVIEW.yaml": bad})
    (line,) = diff(repository, "HEAD~1", "HEAD")
    assert line.startswith("REVIEW.yaml cannot be compared: line ")
    assert line.endswith("(after the change)")
    assert diff(repository, "HEAD", "HEAD~1")[0].endswith("(before the change)")


def test_a_bare_repository_and_json(repository: Repository, tmp_path: Path) -> None:
    repository.commit_files({"REVIEW.yaml": WORSE.replace("description: Lets", "x-odd: .nan\ndescription: Lets")})
    bare = Repository(tmp_path / "bare.git", "--bare")
    repository.git("push", "-q", str(bare.path), "HEAD:main")
    bare.git("tag", "start", "main~1")
    ran = review_lint(tmp_path, "diff", "start", "main", "bare.git", "--format", "json")
    found = json.loads(ran.out)
    assert (found["version"], found["from"], found["to"]) == (1, bare.head("start"), bare.head("main"))
    assert found["files"] == [
        {
            "path": "REVIEW.yaml",
            "note": None,
            "changes": [
                {
                    "pointer": "/tier",
                    "kind": "tier",
                    "weaker": True,
                    "sentence": "`tier` changes from 2 to 3",
                    "before": 2,
                    "after": 3,
                },
                {
                    "pointer": "/x-odd",
                    "kind": "x-odd",
                    "weaker": False,
                    "sentence": "`x-odd` is added: nan",
                    "after": "nan",
                },
            ],
        }
    ]


@pytest.mark.parametrize(
    "revisions", [("HEAD", "nope"), ("", "HEAD"), ("HEAD:REVIEW.yaml", "HEAD"), ("HEAD...HEAD",), ("nope..",)]
)
def test_revisions_that_do_not_exist(revisions: tuple[str, str], repository: Repository) -> None:
    ran = review_lint(repository.path, "diff", *revisions)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "there is no commit" in ran.err


def test_git_s_way_to_name_both(repository: Repository) -> None:
    repository.commit_files({"REVIEW.yaml": review(changes={"priority: must": "priority: should"})})
    expected = review_lint(repository.path, "diff", "HEAD~1", "HEAD")
    assert "`tier` is dropped" in expected.out
    for arguments in (["HEAD~1..HEAD"], ["HEAD~1.."], ["HEAD~1"], ["HEAD~1..", "."]):
        assert review_lint(repository.path, "diff", *arguments) == expected
    ran = review_lint(repository.path, "diff", "HEAD..HEAD", "HEAD")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "there is no folder HEAD" in ran.err


def test_a_broken_configuration_is_named(repository: Repository) -> None:
    repository.commit_files({"review-lint.toml": "ignored = 1\n"})
    ran = review_lint(repository.path, "diff", "HEAD", "HEAD~1")
    assert (ran.code, ran.out) == (2, "")
    assert "review-lint.toml:1: " in ran.err


def test_nothing_in_a_file_commands_a_terminal(repository: Repository) -> None:
    repository.commit_files({"REVIEW.yaml": BETTER.replace("planning:", 'x-a: "\\e[31m\\n::error::"\nplanning:')})
    out = "\n".join(diff(repository, "HEAD~1", "HEAD"))
    assert "`x-a` is added: \\x1b[31m\\n::error::" in out
    assert "\x1b" not in out
