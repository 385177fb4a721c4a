"""What is asked of the past, in real repositories: merges, renames, tags, bare, shallow and partial clones."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.adapters.git.history import GitHistory
from linter.adapters.git.process import SilenceError
from linter.adapters.git.repository import Git, open_repository
from linter.api import Content, check_repo
from linter.model.finding import Finding
from linter.model.history import Tag
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.repository import Repository
from tests.support.reviews import review

DIAGRAM = "docs/a.mmd"
REVIEW = "REVIEW.yaml"
WORKTREE, STAGED = Content(), Content(TargetKind.STAGED)


def revision(name: str) -> Content:
    return Content(TargetKind.REVISION, to_ref=name)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "pads")


@pytest.fixture
def git(repository: Repository) -> Iterator[Git]:
    repository.commit()
    with open_repository(str(repository.path)) as git:
        yield git


def clone(repository: Repository, name: str, *options: str) -> Repository:
    path = repository.path.parent / name
    repository.git("clone", "--quiet", *options, f"file://{repository.path}", str(path))
    return Repository(path)


class TestLastChange:
    def test_it_is_the_latest_commit_that_changed_the_path(self, repository: Repository, git: Git) -> None:
        first = repository.commit_files({"a": "1"})
        second = repository.commit_files({"a": "2", "b": "1"})
        repository.commit_files({"c": "1"})
        assert GitHistory(git).last_change("a") == second
        assert GitHistory(git, first).last_change("a") == first
        assert GitHistory(git, first).last_change("b") is None

    @pytest.mark.parametrize("path", ["a[1]*.md", ":(glob)x", "ü b/\udcff", '"q"', "-x"])
    def test_names_are_no_patterns(self, path: str, repository: Repository, git: Git) -> None:
        repository.write(path, "1")
        repository.add()
        expected = repository.commit()
        repository.commit_files({"a1.md": "1", "x": "1"})
        assert GitHistory(git).last_change(path) == expected
        assert GitHistory(git).changes(path, 5) == (expected,)
        assert GitHistory(git).read_at(expected, path, 10) == b"1"

    def test_a_merge_that_takes_one_side_changes_nothing(self, repository: Repository, git: Git) -> None:
        repository.commit_files({"a": "1"})
        repository.git("switch", "--quiet", "-c", "side")
        on_side = repository.commit_files({"a": "2"})
        repository.git("switch", "--quiet", "-")
        repository.commit_files({"b": "1"})
        repository.git("merge", "--quiet", "--no-edit", "side")
        assert GitHistory(git).last_change("a") == on_side

    def test_a_merge_that_mixes_both_sides_is_a_change(self, repository: Repository, git: Git) -> None:
        repository.commit_files({"a": "1\n\n\n\n\n\n\n2\n"})
        repository.git("switch", "--quiet", "-c", "side")
        repository.commit_files({"a": "x\n\n\n\n\n\n\n2\n"})
        repository.git("switch", "--quiet", "-")
        repository.commit_files({"a": "1\n\n\n\n\n\n\ny\n"})
        repository.git("merge", "--quiet", "--no-edit", "side")
        assert GitHistory(git).last_change("a") == repository.head()

    def test_a_rename_is_a_change_of_the_new_name(self, repository: Repository, git: Git) -> None:
        repository.commit_files({"a": "1"})
        repository.git("mv", "a", "b")
        renamed = repository.commit()
        assert GitHistory(git).last_change("b") == renamed
        assert GitHistory(git).read_at(renamed, "a", 10) is None

    def test_before_the_first_commit_there_is_none(self, repository: Repository) -> None:
        repository.stage({"a": "1"})
        with open_repository(str(repository.path)) as git:
            assert GitHistory(git).last_change("a") is None
            assert GitHistory(git).tags() == ()

    def test_bare_repositories_know_it_too(self, repository: Repository) -> None:
        expected = repository.commit_files({"docs/a": "1"})
        bare = clone(repository, "bare.git", "--bare")
        with open_repository(str(bare.path)) as git:
            assert GitHistory(git, expected).last_change("docs/a") == expected

    def test_when_the_time_is_up_answers_are_unknown(self, repository: Repository, git: Git) -> None:
        repository.commit_files({"a": "1"})
        repository.git("tag", "1.0")
        assert GitHistory(git, seconds=0).last_change("a") is None
        assert GitHistory(git, seconds=0).tags() == ()

    def test_git_is_not_waited_for_longer_than_asked(self, repository: Repository, git: Git) -> None:
        os.mkfifo(repository.path / "pipe")
        with pytest.raises(SilenceError, match=r"no answer for 0\.1 seconds"):
            git.attempt("hash-object", "pipe", patience=0.1)


class TestClones:
    def test_where_a_shallow_clone_ends_nothing_is_known(self, repository: Repository) -> None:
        repository.commit_files({"a": "1", "b": "1"})
        second = repository.commit_files({"b": "2"})
        third = repository.commit_files({"c": "1"})
        with open_repository(str(clone(repository, "two", "--depth=2").path)) as git:
            history = GitHistory(git)
            assert history.is_shallow
            assert [history.last_change(path) for path in "abc"] == [None, None, third]
            assert (history.has_commit(second), history.has_commit(repository.head("HEAD~2"))) == (True, False)

    def test_a_shallow_clone_that_reaches_the_root_knows_all(self, repository: Repository) -> None:
        root = repository.commit_files({"a": "1"})
        repository.commit_files({"b": "1"})
        other = repository.commit_files({"c": "1"})
        repository.git("switch", "--quiet", "--orphan", "aside")
        repository.commit_files({"d": "1"})
        repository.commit_files({"d": "2"})
        shallow = clone(repository, "mixed", "--depth=1", "--no-single-branch")
        shallow.git("fetch", "--quiet", "--depth=3", "origin", other)
        with open_repository(str(shallow.path)) as git:
            assert GitHistory(git).is_shallow
            assert GitHistory(git, other).last_change("a") == root

    def test_a_clone_without_trees_does_not_fetch_them(self, repository: Repository) -> None:
        repository.git("config", "uploadpack.allowFilter", "true")
        repository.commit_files({"docs/a": "1"})
        repository.commit_files({"docs/b": "1"})
        partial = clone(repository, "partial", "--filter=tree:0", "--no-checkout")
        with open_repository(str(partial.path)) as git:
            assert GitHistory(git).last_change("docs/a") is None


class TestCommits:
    def test_they_are_known_by_their_ids(self, repository: Repository, git: Git) -> None:
        history = GitHistory(git)
        head = repository.head()
        assert history.has_commit(head)
        assert history.has_commit(head[:7].upper())
        assert not history.has_commit("0" * 40)
        assert not history.has_commit(head + "0")

    @pytest.mark.parametrize("name", ["HEAD", "", "abc", "main", "a b", "a\nb", "HEAD~0", "cafe"])
    def test_other_names_are_none(self, name: str, repository: Repository, git: Git) -> None:
        repository.git("branch", "cafe")
        assert not GitHistory(git).has_commit(name)

    def test_other_objects_are_none(self, repository: Repository, git: Git) -> None:
        repository.git("tag", "-a", "-m", "x", "v1")
        assert not GitHistory(git).has_commit(repository.git("rev-parse", "HEAD^{tree}"))
        assert not GitHistory(git).has_commit(repository.git("rev-parse", "v1"))


def test_tags_have_the_day_of_their_commit(repository: Repository, git: Git) -> None:
    def commit(day: str) -> str:
        date = f"{day}T12:00:00+00:00"
        return repository.commit(env={"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date})

    commit("2026-03-01")
    repository.git("tag", "v2")
    repository.git("tag", "team/ä-1.0", commit("2026-01-01"))
    repository.git("tag", "-a", "-m", "late", "v1", commit("2026-02-01"))
    repository.git("tag", "tree", repository.git("rev-parse", "HEAD^{tree}"))
    expected = (Tag("team/ä-1.0", "2026-01-01"), Tag("v1", "2026-02-01"), Tag("v2", "2026-03-01"))
    assert GitHistory(git).tags() == expected


def reviewed(*names: str, more: str = "") -> str:
    items = "".join(f"    - {{name: {name}, kind: service, criticality: soft}}\n" for name in names)
    return review(more, {"  dependencies: []\n": f"  architecture_diagram: {DIAGRAM}\n  dependencies:\n{items}"})


def asked(repository: Repository, content: Content = WORKTREE) -> list[Finding]:
    return list(check_repo(str(repository.path), content, Request("2026-06-01", select=("RL201", "RL401"))).findings)


def places(repository: Repository, content: Content = WORKTREE) -> list[str]:
    found = [(finding.location, finding) for finding in asked(repository, content)]
    return [f"{at.path}:{at.span.start.line}: {finding.rule} {finding.severity.label}" for at, finding in found]


STALE = [f"{REVIEW}:12: RL201 warning"]


class TestStaleDiagram:
    @pytest.fixture(autouse=True)
    def _drawn(self, repository: Repository) -> None:
        repository.commit_files({REVIEW: reviewed("fonts"), DIAGRAM: "graph LR\n"})

    def test_a_commit_that_leaves_the_diagram_behind(self, repository: Repository) -> None:
        repository.stage({REVIEW: reviewed("fonts", "ink")})
        assert places(repository, STAGED) == STALE
        assert places(repository) == STALE
        repository.commit()
        assert places(repository, Content(TargetKind.RANGE, "HEAD~", "HEAD")) == STALE
        assert places(clone(repository, "bare.git", "--bare"), revision("HEAD")) == STALE
        assert places(repository, revision("HEAD~")) == []

    def test_a_commit_that_draws_it(self, repository: Repository) -> None:
        repository.stage({REVIEW: reviewed("fonts", "ink"), DIAGRAM: "graph TD\n"})
        assert places(repository, STAGED) == []
        assert places(repository) == []
        repository.commit()
        assert places(repository) == []

    def test_a_drawing_that_is_not_staged_does_not_count_for_the_commit(self, repository: Repository) -> None:
        repository.stage({REVIEW: reviewed("fonts", "ink")})
        repository.write(DIAGRAM, "graph TD\n")
        assert places(repository, STAGED) == STALE
        assert places(repository) == []

    def test_a_commit_that_does_not_change_the_names_is_not_asked(self, repository: Repository) -> None:
        repository.commit_files({REVIEW: reviewed("ink")})
        repository.stage({REVIEW: reviewed("ink").replace("soft", "hard"), "src/a.py": ""})
        assert places(repository, STAGED) == []
        assert places(repository) == STALE

    def test_a_merge_brings_a_diagram_that_is_drawn_elsewhere(self, repository: Repository) -> None:
        repository.git("switch", "--quiet", "-c", "side")
        repository.commit_files({REVIEW: reviewed("fonts", "ink"), DIAGRAM: "graph TD\n"})
        repository.git("switch", "--quiet", "-")
        repository.commit_files({"README.md": "Pads\n"})
        repository.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
        assert places(repository, STAGED) == []

    def test_one_that_is_older_than_the_review_file_is_held_against_its_first_version(
        self, repository: Repository
    ) -> None:
        repository.git("rm", "--quiet", REVIEW)
        repository.commit()
        repository.commit_files({DIAGRAM: "graph RL\n"})
        repository.commit_files({REVIEW: reviewed("fonts")})
        assert places(repository) == []
        repository.commit_files({REVIEW: reviewed("fonts", "ink") + "tags: [pads]\n"})
        assert places(repository) == STALE
        repository.stage({REVIEW: reviewed("fonts")})
        assert places(repository, STAGED) == []

    def test_before_the_first_commit_it_is_fresh(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "new")
        repository.stage({REVIEW: reviewed("ink"), DIAGRAM: "graph LR\n"})
        assert places(repository, STAGED) == []
        assert places(repository) == []


def test_a_shallow_clone_says_that_it_cannot_know(repository: Repository) -> None:
    content = reviewed("fonts", more="iterating: {release_cadence: weekly}\n")
    repository.commit_files({REVIEW: content, DIAGRAM: "graph LR\n"})
    repository.commit_files({"README.md": "Pads\n"})
    shallow = clone(repository, "shallower", "--depth=1")
    shallow.stage({"README.md": "More about pads\n"})
    assert places(shallow, STAGED) == []
    assert places(shallow) == [f"{REVIEW}:12: RL201 advice", f"{REVIEW}:15: RL401 advice"]
    assert all("shallow clone" in finding.message for finding in asked(shallow))
    assert all("--unshallow" in (finding.hint or "") for finding in asked(shallow))
