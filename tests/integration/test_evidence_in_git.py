"""Evidence in real repositories: what is staged counts, and shallow and partial clones say what they cannot know."""

from pathlib import Path

from linter.api import Content, check_repo
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.evidence import CODES, design
from tests.support.repository import Repository
from tests.support.reviews import review

REQUEST = Request("2026-06-01", select=CODES)
STAGED = Content(TargetKind.STAGED)
WORKTREE = Content(TargetKind.WORKTREE)


def said(path: Path, content: Content) -> list[str]:
    findings = check_repo(str(path), content, REQUEST).findings
    return [f"{finding.rule} {finding.severity.label} {finding.message}" for finding in findings]


def test_the_index_counts_and_not_the_disk(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.stage({"REVIEW.yaml": design("doc.md")})
    repository.write("doc.md", "x")
    assert said(tmp_path, STAGED) == ["RL011 error there is no `doc.md` in what is staged"]
    assert said(tmp_path, WORKTREE) == []
    repository.add("doc.md")
    (tmp_path / "doc.md").unlink()
    assert said(tmp_path, STAGED) == []
    assert said(tmp_path, WORKTREE) == ["RL011 error there is no `doc.md` in the working tree"]


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("## Context\n")
    repository = Repository(tmp_path / "repository")
    repository.stage({"REVIEW.yaml": design("{path: doc.md, contains: '## Context'}")})
    (repository.path / "doc.md").symlink_to("../secret")
    repository.add()
    expected = ["RL012 error `doc.md` is a symbolic link that leads out of the repository, to `../secret`"]
    assert said(repository.path, STAGED) == said(repository.path, WORKTREE) == expected


def test_an_empty_file_in_sha256_and_sha1(tmp_path: Path) -> None:
    for object_format in ("sha1", "sha256"):
        repository = Repository(tmp_path / object_format, f"--object-format={object_format}")
        repository.stage({"REVIEW.yaml": design("doc.md"), "doc.md": ""})
        assert said(repository.path, STAGED) == ["RL012 error `doc.md` is empty"]


def test_a_rename_of_a_staged_file_is_followed(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit_files({"REVIEW.yaml": design("doc.md"), "doc.md": "# Design\n"})
    repository.git("mv", "doc.md", "design.md")
    assert said(tmp_path, STAGED) == ["RL011 error this change moved `doc.md` to `design.md`"]


def test_a_rename_in_the_working_tree_is_followed(tmp_path: Path) -> None:
    for object_format in ("sha1", "sha256"):
        repository = Repository(tmp_path / object_format, f"--object-format={object_format}")
        repository.commit_files({"REVIEW.yaml": design("doc.md"), "doc.md": "# Design\n"})
        (repository.path / "doc.md").rename(repository.path / "thinking.md")
        assert said(repository.path, WORKTREE) == ["RL011 error this change moved `doc.md` to `thinking.md`"]


def test_commits_in_a_whole_and_in_a_shallow_clone(tmp_path: Path) -> None:
    origin = Repository(tmp_path / "origin")
    first = origin.commit_files({"a": "1"})
    lessons = "\n".join(
        f"    - {{date: 2026-02-14, learned: Much was learned that day., change: '{commit}'}}"
        for commit in (first[:7], "0123456789", "https://example.org/pull/7")
    )
    origin.commit_files({"REVIEW.yaml": review(f"iterating:\n  acted_on:\n{lessons}\n")})
    assert said(origin.path, WORKTREE) == ["RL011 error this repository has no commit `0123456789`"]
    origin.git("clone", "--quiet", "--depth=1", f"file://{origin.path}", str(tmp_path / "shallow"))
    assert said(tmp_path / "shallow", WORKTREE) == [
        f"RL011 advice the commit `{first[:7]}` could not be looked up: this clone is shallow",
        "RL011 advice the commit `0123456789` could not be looked up: this clone is shallow",
    ]


def test_a_partial_clone_says_what_it_cannot_read(tmp_path: Path) -> None:
    origin = Repository(tmp_path / "origin")
    origin.git("config", "uploadpack.allowFilter", "true")
    origin.commit_files({"REVIEW.yaml": design("{path: doc.md, contains: Context}"), "doc.md": "Context\n"})
    target = str(tmp_path / "partial")
    origin.git("clone", "--quiet", "--bare", "--filter=blob:none", f"file://{origin.path}", target)
    partial = Repository(tmp_path / "partial")
    partial.git("fetch", "--quiet", "origin", origin.git("rev-parse", "HEAD:REVIEW.yaml"))
    (message,) = said(partial.path, Content(TargetKind.REVISION, to_ref="HEAD"))
    assert message.startswith("RL012 advice `doc.md` could not be looked into (git object ")


def test_a_submodule_is_a_folder_that_cannot_be_looked_into(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    commit = repository.commit_files({"a": "1"})
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},vendor")
    repository.stage({"REVIEW.yaml": design("vendor/design.md")})
    (message,) = said(tmp_path, STAGED)
    assert message.startswith("RL011 advice `vendor/design.md` lies in the submodule `vendor`")
