"""Finding the repository, and what is said when it cannot be found, trusted or read."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linter.adapters.git import process, targets
from linter.adapters.git.repository import Git, open_repository
from linter.errors import RepositoryError
from linter.model.snapshot import Kind, TooLargeError, UnreadableError
from tests.support.repository import Repository

LIMIT = 1 << 20


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "shop")
    made.commit_files({"a.py": "a = 1\n", "lib/c.py": "c = 1\n"}, "Start")
    return made


def _refusal(ask: Callable[[], object]) -> RepositoryError:
    with pytest.raises(RepositoryError) as caught:
        ask()
    assert str(caught.value).isprintable()
    assert caught.value.hint.isprintable()
    return caught.value


def test_places(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"))
    for path in (repository.path, repository.path / "lib"):
        with open_repository(str(path)) as git:
            assert git.top == str(repository.path)
            assert git.git_dir == git.common_dir == str(repository.path / ".git")
            assert not git.is_bare
            assert git.object_format == "sha1"
    with open_repository(str(tmp_path / "linked")) as git:
        assert git.top == str(tmp_path / "linked")
        assert git.common_dir == str(repository.path / ".git")
        assert git.git_dir != git.common_dir


def test_the_current_folder_is_the_default(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.path / "lib")
    for path in (".", ""):
        with open_repository(path) as git:
            assert git.top == str(repository.path)


def test_a_folder_of_git_itself(repository: Repository) -> None:
    with open_repository(str(repository.path / ".git")) as git:
        assert git.top is None
        assert list(targets.staged(git).paths()) == ["a.py", "lib/c.py"]
        assert "working tree" in str(_refusal(lambda: targets.worktree(git)))


def test_no_repository(tmp_path: Path) -> None:
    error = _refusal(lambda: open_repository(str(tmp_path)))
    assert "not a git repository" in str(error)
    assert "inside a Git repository" in error.hint


@pytest.mark.parametrize("name", ["nowhere", "a\x1b[31m\nb", "-x"])
def test_no_folder(tmp_path: Path, name: str) -> None:
    assert "cannot change to" in str(_refusal(lambda: open_repository(str(tmp_path / name))))


def test_git_is_not_installed(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = _refusal(lambda: open_repository(str(repository.path)))
    assert "git cannot be started" in str(error)
    assert "install git" in error.hint


@pytest.mark.parametrize("path", [".:{}", ":{}", "bin:{}:", ".", ""])
def test_no_git_of_the_repository_is_run(repository: Repository, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    for name in ("git", "bin/git"):
        repository.write(name, "#!/bin/sh\ntouch ran\n", executable=True)
    monkeypatch.chdir(repository.path)
    monkeypatch.setenv("PATH", path.format(os.environ["PATH"]))
    with open_repository() as git:
        assert git.top == str(repository.path)
    assert not (repository.path / "ran").exists()


def test_a_folder_with_a_line_break_in_its_name(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "two\nlines")
    assert "line break" in str(_refusal(lambda: open_repository(str(repository.path))))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_somebody_else(repository: Repository) -> None:
    for folder in (repository.path, repository.path / ".git"):
        os.chown(folder, 12345, 12345)
    error = _refusal(lambda: open_repository(str(repository.path)))
    assert "dubious ownership" in str(error)
    assert f"git config --global --add safe.directory {repository.path}" in error.hint
    assert repository.attempt(*error.hint.partition("git ")[2].split()).returncode == 0
    with open_repository(str(repository.path)) as git:
        assert git.top == str(repository.path)
    repository.git("config", "--global", "--unset-all", "safe.directory")


def test_a_working_tree_elsewhere_has_to_be_meant(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository that was unpacked could otherwise have a person's home read."""
    home = Repository(tmp_path / "home")
    home.write("secret.py", "password = 'hunter2'\n")
    repository.git("config", "core.worktree", str(home.path))
    error = _refusal(lambda: open_repository(str(repository.path)))
    assert "core.worktree" in str(error)
    monkeypatch.setenv("GIT_DIR", str(repository.path / ".git"))
    with open_repository() as git:
        assert git.top == str(home.path)
        assert "secret.py" in targets.worktree(git).paths()


def test_a_separate_repository_folder(repository: Repository, tmp_path: Path) -> None:
    Repository(tmp_path / "apart", "--separate-git-dir", str(tmp_path / "store.git"))
    with open_repository(str(tmp_path / "apart")) as git:
        assert git.git_dir == str(tmp_path / "store.git")


def test_relative_hook_variables(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.path)
    shutil.copy(repository.path / ".git/index", repository.path / ".git/other")
    repository.git("rm", "-q", "--cached", "a.py")
    for name, value in {"GIT_DIR": ".git", "GIT_WORK_TREE": ".", "GIT_INDEX_FILE": ".git/other"}.items():
        monkeypatch.setenv(name, value)
    for path in (".", str(repository.path / "lib")):
        with open_repository(path) as git:
            assert list(targets.staged(git).paths()) == ["a.py", "lib/c.py"]


def test_tracing_does_not_disturb(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_TRACE", "GIT_TRACE_SETUP", "GIT_TRACE2"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    assert "not a git repository" in str(_refusal(lambda: open_repository(str(tmp_path))))


@pytest.mark.parametrize("damage", ["garbage\n", "1234567890123456789012345678901234567890\n", ""])
def test_a_broken_branch_is_no_first_commit(repository: Repository, damage: str) -> None:
    (repository.path / ".git/refs/heads/main").write_text(damage)
    with open_repository(str(repository.path)) as git:
        for ask in (targets.staged, targets.worktree):
            error = _refusal(lambda ask=ask: ask(git))  # type: ignore[misc]
            assert "HEAD" in str(error)
            assert error.hint == "run git fsck"


def test_a_broken_head_is_no_repository(repository: Repository) -> None:
    (repository.path / ".git/HEAD").write_text("junk\n")
    assert "not a git repository" in str(_refusal(lambda: open_repository(str(repository.path))))


@pytest.mark.parametrize("content", ["secret word\n", "é\n", "12 34\n"])
def test_a_broken_merge_note(repository: Repository, tmp_path: Path, content: str) -> None:
    (tmp_path / "secret").write_text(content)
    (repository.path / ".git/MERGE_HEAD").symlink_to(tmp_path / "secret")
    with open_repository(str(repository.path)) as git:
        assert "secret" not in str(_refusal(lambda: targets.staged(git))).replace("MERGE_HEAD", "")


def _object_file(repository: Repository, oid: str) -> Path:
    file = repository.path / ".git/objects" / oid[:2] / oid[2:]
    file.chmod(0o644)
    return file


def _garbled(file: Path) -> None:
    file.write_bytes(b"garbage")


def _torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-12])


@pytest.mark.parametrize("damage", [Path.unlink, _garbled, _torn])
def test_a_damaged_file_keeps_no_other_from_being_read(
    repository: Repository, damage: Callable[[Path], object]
) -> None:
    repository.commit_files({"big.py": "".join(f"x{n} = {n * 7919 % 1009}\n" for n in range(2000)), "z.py": "z = 1\n"})
    damage(_object_file(repository, repository.tree()["big.py"][1]))
    with open_repository(str(repository.path)) as git:
        snapshot = targets.revision(git, "HEAD")
        for _ in range(2):
            with pytest.raises(UnreadableError, match="is missing or damaged") as caught:
                snapshot.read(snapshot.paths()["big.py"], LIMIT)
            assert caught.value.hint == "run git fsck"
            assert snapshot.read(snapshot.paths()["z.py"], LIMIT) == b"z = 1\n"


@pytest.mark.parametrize("damage", [Path.unlink, _garbled])
@pytest.mark.parametrize("what", ["HEAD^{tree}", "HEAD:lib", "HEAD"])
def test_damaged_trees_and_commits_end_the_run(
    repository: Repository, what: str, damage: Callable[[Path], object]
) -> None:
    repository.commit_files({"lib/c.py": "c = 2\n"})
    damage(_object_file(repository, repository.git("rev-parse", what)))
    with open_repository(str(repository.path)) as git:
        _refusal(lambda: targets.revision(git, "HEAD").paths())
        _refusal(lambda: targets.commit_range(git, "HEAD~1", "HEAD").changes())
        if what != "HEAD:lib":
            _refusal(lambda: targets.staged(git).changes())


def test_a_damaged_index_ends_the_run(repository: Repository) -> None:
    (repository.path / ".git/index").write_bytes(b"DIRC garbage")
    with open_repository(str(repository.path)) as git:
        for ask in (targets.staged(git).changes, targets.staged(git).paths, targets.worktree(git).paths):
            assert "index" in str(_refusal(ask))


@pytest.mark.parametrize("size", [LIMIT + 1, 3 * LIMIT])
def test_large_files_are_refused_and_the_next_is_read(repository: Repository, size: int) -> None:
    repository.commit_files({"big.py": b"#" * size, "just.py": b"#" * LIMIT})
    with open_repository(str(repository.path)) as git:
        snapshot = targets.revision(git, "HEAD")
        for _ in range(2):
            with pytest.raises(TooLargeError, match="larger than 1,048,576 bytes"):
                snapshot.read(snapshot.paths()["big.py"], LIMIT)
            assert snapshot.read(snapshot.paths()["a.py"], LIMIT) == b"a = 1\n"
            assert len(snapshot.read(snapshot.paths()["just.py"], LIMIT)) == LIMIT


def test_submodules_are_not_read(repository: Repository) -> None:
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.head()},part")
    with open_repository(str(repository.path)) as git:
        snapshot = targets.staged(git)
        assert snapshot.paths()["part"].kind is Kind.SUBMODULE
        with pytest.raises(UnreadableError, match="submodule"):
            snapshot.read(snapshot.paths()["part"], LIMIT)


@pytest.mark.skipif(sys.platform != "linux", reason="memory of other processes can be bounded on Linux only")
def test_a_tree_bomb_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand million files in a few hundred kilobytes: each level holds the one below a hundred times."""
    repository = Repository(tmp_path / "bomb")
    start = repository.commit()
    line = f"100644 blob {repository.git('hash-object', '-w', '--stdin', input='x')}\tf"
    for _ in range(5):
        tree = repository.git("mktree", input="".join(f"{line}{n:02}\n" for n in range(100)))
        line = f"040000 tree {tree}\td"
    bomb = repository.git("commit-tree", "-m", "Bomb", "-p", start, tree)
    repository.git("update-ref", "HEAD", bomb)
    monkeypatch.setattr(process, "MAX_OUTPUT", 8 << 20)
    monkeypatch.setattr(process, "MAX_MEMORY", 128 << 20)
    with open_repository(str(repository.path)) as git:
        for ask in (
            targets.revision(git, "HEAD").paths,
            targets.commit_range(git, start, "HEAD").changes,
            targets.staged(git).changes,
            targets.worktree(git).changes,
        ):
            error = _refusal(ask)
            assert "more files than" in f"{error} {error.hint}"


def test_a_git_that_never_answers_is_given_up(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MAX_SILENCE", 0.3)
    blob = repository.tree()["a.py"][1]
    file = _object_file(repository, blob)
    file.unlink()
    os.mkfifo(file)
    os.mkfifo(repository.path / "rules")
    with open_repository(str(repository.path)) as git:
        assert "no answer" in str(_refusal(lambda: git.object(blob, LIMIT)))
        assert git.object("HEAD", LIMIT)
    repository.git("config", "include.path", str(repository.path / "rules"), env={"GIT_CONFIG": ".git/config"})
    assert "no answer" in str(_refusal(lambda: open_repository(str(repository.path))))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_closing_leaves_no_process(repository: Repository) -> None:
    def children() -> list[str]:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return file.read().split()

    before = children()
    git: Git = open_repository(str(repository.path))
    assert git.object("HEAD", LIMIT)
    assert len(children()) == len(before) + 1
    git.close()
    assert children() == before
    assert git.object("HEAD", LIMIT)
    git.close()
    git.close()
    assert children() == before
