"""Commits, ranges and pushes: which content is judged, and against which bases."""

import json
from pathlib import Path
from typing import Any

import pytest

from linter.adapters.git import targets
from linter.adapters.git.repository import open_repository
from linter.errors import RepositoryError
from linter.model.snapshot import Snapshot, TargetKind, UnreadableError
from tests.support.probe import describe
from tests.support.repository import Repository, python_command
from tests.support.witness import assert_contents, expected_changes

ZERO = "0" * 40


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "shop")
    made.commit_files({"a.py": "a = 1\n", "b.py": "b = 1\n", "lib/c.py": "c = 1\n"}, "Start")
    return made


def _range(repository: Repository, old: str, new: str) -> dict[str, Any]:
    """A range as it is seen, its changes held against the trees that git lists."""
    with open_repository(str(repository.path)) as git:
        seen = describe(targets.commit_range(git, old, new))
    tree = repository.tree(new)
    assert seen["kind"] == "range"
    assert seen["revision"] == repository.git("rev-list", "--max-count=1", new, "--")
    assert seen["changes"] == expected_changes(tree, [repository.tree(base) for base in seen["bases"]])
    assert_contents(seen["contents"], tree)
    return seen


def _paths(seen: dict[str, Any]) -> list[str]:
    return [change[0] for change in seen["changes"]]


def _branch(repository: Repository, name: str, start: str, files: dict[str, str]) -> str:
    repository.git("checkout", "-q", "-b", name, start)
    return repository.commit_files(files, name)


def test_a_range_is_held_against_its_merge_base(repository: Repository) -> None:
    start = repository.head()
    _branch(repository, "topic", "main", {"a.py": "a = 2\n", "new/n.py": "n = 1\n"})
    repository.git("rm", "-q", "b.py")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.commit_files({"lib/c.py": "c = 2\n"})
    seen = _range(repository, "main", "topic")
    assert seen["bases"] == [start]
    assert _paths(seen) == ["a.py", "b.py", "new/n.py"]


def test_names_of_commits(repository: Repository) -> None:
    first = repository.head()
    second = repository.commit_files({"a.py": "a = 2\n"})
    repository.git("tag", "-a", "-m", "Release", "v1")
    for old, new in [("HEAD~1", "HEAD"), (first[:8], "v1"), ("v1^", "main@{0}"), (first, ":/Change")]:
        seen = _range(repository, old, new)
        assert (seen["bases"], seen["revision"]) == ([first], second)


@pytest.mark.parametrize(
    "name", ["nope", "-x", "--all", "a b", "HEAD:a.py", "HEAD\nHEAD", "HEAD^{tree}", "", "é\udcff"]
)
def test_what_names_no_commit_is_an_error(repository: Repository, name: str) -> None:
    with open_repository(str(repository.path)) as git:
        for ask in (targets.revision, lambda git, name: targets.commit_range(git, "HEAD", name)):
            with pytest.raises(RepositoryError, match="there is no commit") as caught:
                ask(git, name)
            assert str(caught.value).isprintable()
        assert targets.revision(git, "HEAD").revision == repository.head()


def test_criss_cross_histories_have_all_their_merge_bases(repository: Repository) -> None:
    one = _branch(repository, "one", "main", {"a.py": "a = 2\n"})
    two = _branch(repository, "two", "main", {"b.py": "b = 2\n"})
    repository.git("merge", "-q", "--no-edit", one)
    repository.git("checkout", "-q", "one")
    repository.git("merge", "-q", "--no-edit", two)
    repository.commit_files({"lib/c.py": "c = 2\n"})
    seen = _range(repository, "two", "one")
    assert sorted(seen["bases"][:2]) == sorted([one, two])
    assert _paths(seen) == ["lib/c.py"]


def _publish(repository: Repository, name: str, revision: str) -> None:
    repository.git("update-ref", f"refs/remotes/origin/{name}", revision)


def test_a_topic_that_merged_main_is_not_judged_on_other_peoples_code(repository: Repository) -> None:
    start = _branch(repository, "topic", "main", {"a.py": "a = 2\n"})
    repository.git("checkout", "-q", "main")
    others = repository.commit_files({"b.py": "b = 'others'\n"})
    _publish(repository, "main", others)
    repository.git("checkout", "-q", "topic")
    repository.git("merge", "-q", "--no-edit", "main")
    repository.commit_files({"lib/c.py": "c = 2\n"})
    seen = _range(repository, start, "topic")
    assert seen["bases"] == [start, others]
    assert _paths(seen) == ["lib/c.py"]
    _publish(repository, "topic", "topic")
    assert _range(repository, start, "topic")["bases"] == [start, others]


def test_a_merge_of_unpublished_work_is_judged(repository: Repository) -> None:
    start = repository.head()
    _branch(repository, "topic", "main", {"a.py": "a = 2\n"})
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "--no-edit", "topic")
    seen = _range(repository, start, "main")
    assert seen["bases"] == [start]
    assert _paths(seen) == ["a.py"]


def test_a_published_topic_does_not_excuse_the_merge_that_a_forge_made_of_it(repository: Repository) -> None:
    """A forge's check-out of a merge request: all branches fetched, the merge too, HEAD detached on it."""
    start = repository.head()
    topic = _branch(repository, "topic", "main", {"a.py": "a = 2\n"})
    _publish(repository, "topic", topic)
    _publish(repository, "main", start)
    repository.git("checkout", "-q", "--detach", "main")
    repository.git("merge", "-q", "--no-ff", "--no-edit", "topic")
    repository.git("update-ref", "refs/remotes/pull/7/merge", "HEAD")
    seen = _range(repository, "origin/main", "HEAD")
    assert seen["bases"] == [start]
    assert _paths(seen) == ["a.py"]


@pytest.mark.parametrize("kind", ["graft", "replacement"])
def test_history_is_not_what_a_file_of_the_clone_says(repository: Repository, kind: str) -> None:
    start = repository.head()
    middle = repository.commit_files({"a.py": "a = 2\n"})
    end = repository.commit_files({"b.py": "b = 2\n"})
    if kind == "graft":
        (repository.path / ".git" / "info" / "grafts").write_text(f"{start} {middle}\n{middle}\n")
    else:
        repository.git("replace", start, middle)
    with open_repository(str(repository.path)) as git:
        seen = describe(targets.commit_range(git, start, end))
    assert (seen["bases"], _paths(seen)) == ([start], ["a.py", "b.py"])


def test_unrelated_histories_are_an_error(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit()
    with (
        open_repository(str(repository.path)) as git,
        pytest.raises(RepositoryError, match="have no common commit") as caught,
    ):
        targets.commit_range(git, "main", "other")
    assert caught.value.hint


def _shallow(repository: Repository, folder: Path, depth: int) -> Repository:
    repository.git("clone", "-q", f"--depth={depth}", f"file://{repository.path}", str(folder))
    return Repository(folder)


def test_a_shallow_clone_without_the_base_says_how_to_deepen_it(repository: Repository, tmp_path: Path) -> None:
    first = repository.head()
    for number in range(3):
        repository.commit_files({"a.py": f"a = {number + 2}\n"})
    clone = _shallow(repository, tmp_path / "clone", 1)
    with open_repository(str(clone.path)) as git, pytest.raises(RepositoryError, match="shallow clone") as caught:
        targets.commit_range(git, first, "HEAD")
    command = caught.value.hint.removeprefix("deepen it: git ").split()
    clone.git(*command)
    assert _paths(_range(clone, first, "HEAD")) == ["a.py"]


def test_a_shallow_clone_without_the_merge_base_says_how_to_deepen_it(repository: Repository, tmp_path: Path) -> None:
    _branch(repository, "topic", "main", {"a.py": "a = 2\n"})
    repository.git("checkout", "-q", "main")
    repository.commit_files({"b.py": "b = 2\n"})
    clone = _shallow(repository, tmp_path / "clone", 1)
    clone.git("fetch", "-q", "--depth=1", "origin", "topic:topic")
    with open_repository(str(clone.path)) as git, pytest.raises(RepositoryError, match="shallow clone") as caught:
        targets.commit_range(git, "origin/main", "topic")
    assert "git fetch --unshallow" in caught.value.hint


def test_a_partial_clone_reads_what_it_has_and_fetches_nothing(repository: Repository, tmp_path: Path) -> None:
    base = repository.head()
    repository.commit_files({"a.py": "a = 2\n"})
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "-q", "--filter=blob:none", f"file://{repository.path}", str(tmp_path / "clone"))
    clone = Repository(tmp_path / "clone")
    with open_repository(str(clone.path)) as git:
        snapshot = targets.commit_range(git, base, "HEAD")
        [change] = snapshot.changes()
        assert change.entry and change.old[0]
        assert snapshot.read(change.entry, 100) == b"a = 2\n"
        with pytest.raises(UnreadableError, match="left out of this partial clone") as caught:
            snapshot.bases[0].read(change.old[0], 100)
        clone.git(*caught.value.hint.removeprefix("fetch it: git ").split(), "--quiet")
        git.close()
        assert snapshot.bases[0].read(change.old[0], 100) == b"a = 1\n"


def test_a_revision_is_whole_and_has_no_base(repository: Repository) -> None:
    repository.commit_files({"a.py": "a = 2\n"})
    with open_repository(str(repository.path)) as git:
        seen = describe(targets.revision(git, "HEAD~1"))
    assert (seen["kind"], seen["revision"], seen["bases"]) == ("revision", repository.head("HEAD~1"), [])
    assert seen["changes"] == [[path, list(pair), []] for path, pair in repository.tree("HEAD~1").items()]


def test_a_bare_repository(repository: Repository, tmp_path: Path) -> None:
    start = repository.head()
    repository.commit_files({"a.py": "a = 2\n"})
    repository.git("clone", "-q", "--bare", str(repository.path), str(tmp_path / "bare.git"))
    bare = Repository(tmp_path / "bare.git")
    assert _paths(_range(bare, start, "HEAD")) == ["a.py"]
    with open_repository(str(bare.path)) as git:
        assert git.is_bare
        assert git.top is None
        assert targets.revision(git, "main").kind is TargetKind.REVISION
        for ask in (targets.staged, targets.worktree):
            with pytest.raises(RepositoryError) as caught:
                ask(git)
            assert "--rev" in caught.value.hint


@pytest.fixture
def server(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A bare repository that `repository` pushes to, with a hook that writes down what it sees."""
    repository.git("clone", "-q", "--bare", str(repository.path), str(tmp_path / "server.git"))
    repository.git("remote", "add", "origin", str(tmp_path / "server.git"))
    monkeypatch.setenv("PROBE_OUTPUT", str(tmp_path / "notes.json"))
    server = Repository(tmp_path / "server.git")
    server.hook("pre-receive", f"exec {python_command('tests.support.probe', 'pushed')}")
    return server


def _notes(tmp_path: Path) -> Any:
    return json.loads((tmp_path / "notes.json").read_text())


def test_a_push_is_read_from_quarantine(repository: Repository, server: Repository, tmp_path: Path) -> None:
    old = repository.head()
    new = repository.commit_files({"a.py": "a = 2\n"})
    repository.git("push", "-q", "origin", "main")
    [seen] = _notes(tmp_path)
    assert (seen["revision"], seen["bases"], _paths(seen)) == (new, [old], ["a.py"])
    assert_contents(seen["contents"], server.tree("main"))


def test_new_branches_are_held_against_what_the_server_has(
    repository: Repository, server: Repository, tmp_path: Path
) -> None:
    base = repository.head()
    topic = _branch(repository, "topic", "main", {"a.py": "a = 2\n"})
    repository.git("push", "-q", "origin", "topic", "main:refs/heads/copy", "main:refs/heads/gone")
    by_revision = {seen and seen["revision"]: seen for seen in _notes(tmp_path)}
    assert (by_revision[topic]["bases"], _paths(by_revision[topic])) == ([base], ["a.py"])
    assert by_revision.keys() == {topic, None}, "what is known already brings nothing"
    repository.git("push", "-q", "origin", ":gone")
    assert _notes(tmp_path) == [None]


def test_a_new_branch_that_merged_the_servers_is_held_against_the_last_that_it_merged(
    repository: Repository, server: Repository, tmp_path: Path
) -> None:
    _branch(repository, "topic", "main", {"a.py": "a = 2\n"})
    repository.git("checkout", "-q", "main")
    others = repository.commit_files({"b.py": "b = 'others'\n"})
    repository.git("push", "-q", "origin", "main")
    repository.git("checkout", "-q", "topic")
    repository.git("merge", "-q", "--no-edit", "main")
    repository.git("push", "-q", "origin", "topic")
    [seen] = _notes(tmp_path)
    assert (seen["bases"], _paths(seen)) == ([others], ["a.py"])


def test_pushes_without_history_in_common_and_of_tags(
    repository: Repository, server: Repository, tmp_path: Path
) -> None:
    repository.git("tag", "-a", "-m", "Release", "v1")
    repository.git("tag", "blob", repository.tree()["a.py"][1])
    repository.git("checkout", "-q", "--orphan", "other")
    other = repository.commit("Other")
    repository.git("push", "-q", "origin", "v1", "blob", "other")
    by_revision = {seen and seen["revision"]: seen for seen in _notes(tmp_path)}
    assert by_revision.keys() == {other, None}
    assert (by_revision[other]["kind"], by_revision[other]["bases"]) == ("revision", []), "there is nothing to compare"
    assert _paths(by_revision[other]) == ["a.py", "b.py", "lib/c.py"]


def test_bases_are_snapshots_too(repository: Repository) -> None:
    repository.commit_files({"a.py": "a = 2\n"})
    with open_repository(str(repository.path)) as git:
        base: Snapshot = targets.commit_range(git, "HEAD~1", "HEAD").bases[0]
        assert base.read(base.paths()["a.py"], 100) == b"a = 1\n"
        assert list(base.bases) == []
