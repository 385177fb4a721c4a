"""The working tree: which files count, and that reading them never leaves it."""

import hashlib
import os
import socket
from pathlib import Path

import pytest

from linter.adapters.git import targets
from linter.adapters.git.repository import open_repository
from linter.model.snapshot import Change, Entry, Kind, Snapshot, TargetKind, TooLargeError, UnreadableError, blob_id
from tests.support.repository import Repository

LIMIT = 1 << 20


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "shop")
    made.commit_files({"a.py": "a = 1\n", "lib/c.py": "c = 1\n", ".gitignore": "*.log\n"}, "Start")
    return made


def _contents(snapshot: Snapshot) -> dict[str, bytes]:
    return {path: snapshot.read(entry, LIMIT) for path, entry in snapshot.paths().items()}


def test_tracked_and_untracked_files_but_no_ignored_ones(repository: Repository) -> None:
    repository.stage({"staged.py": "s = 1\n"})
    repository.write("staged.py", "s = 2\n")
    repository.write("new/untracked.py", "u = 1\n")
    repository.write("noise.log", "noise\n")
    repository.write("planned.py", "p = 1\n")
    repository.git("add", "-N", "planned.py")
    (repository.path / "a.py").unlink()
    with open_repository(str(repository.path / "lib")) as git:
        snapshot = targets.worktree(git)
        assert (snapshot.kind, snapshot.revision) == (TargetKind.WORKTREE, None)
        assert _contents(snapshot) == {
            ".gitignore": b"*.log\n",
            "lib/c.py": b"c = 1\n",
            "new/untracked.py": b"u = 1\n",
            "planned.py": b"p = 1\n",
            "staged.py": b"s = 2\n",
        }
        assert all(entry.blob is None for entry in snapshot.paths().values())


def test_changes_list_every_path_and_what_is_gone(repository: Repository) -> None:
    repository.write("new.py", "n = 1\n")
    (repository.path / "a.py").unlink()
    base = repository.tree()
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        assert [each.revision for each in snapshot.bases] == [repository.head()]
        old = {path: Entry(path, Kind.FILE, oid) for path, (_, oid) in base.items()}
        assert snapshot.changes() == [
            Change(".gitignore", Entry(".gitignore", Kind.FILE, None), (old[".gitignore"],)),
            Change("a.py", None, (old["a.py"],)),
            Change("lib/c.py", Entry("lib/c.py", Kind.FILE, None), (old["lib/c.py"],)),
            Change("new.py", Entry("new.py", Kind.FILE, None), (None,)),
        ]
        unchanged = snapshot.changes()[2]
        assert unchanged.entry
        assert blob_id(snapshot.read(unchanged.entry, LIMIT)) == base["lib/c.py"][1]


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_blob_ids_are_those_of_git(tmp_path: Path, object_format: str) -> None:
    repository = Repository(tmp_path / "shop", f"--object-format={object_format}")
    repository.commit_files({"a.py": "a = 'é'\n"})
    oid = repository.tree()["a.py"][1]
    assert blob_id("a = 'é'\n".encode(), oid) == oid


def test_before_the_first_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "new")
    repository.write("a.py", "a = 1\n")
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        assert snapshot.changes() == [Change("a.py", Entry("a.py", Kind.FILE, None), (None,))]
        assert snapshot.bases[0].paths() == {}


def test_modes_and_kinds(repository: Repository, tmp_path: Path) -> None:
    repository.write("tool", "#!/bin/sh\n", executable=True)
    (repository.path / "link.py").symlink_to("/etc/passwd")
    Repository(repository.path / "vendor/nested").commit_files({"n.py": "n = 1\n"})
    repository.add("tool", "link.py")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.head()},part")
    (repository.path / "part").mkdir()
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        kinds = {path: entry.kind for path, entry in snapshot.paths().items()}
        assert kinds["tool"] is Kind.FILE
        assert snapshot.paths()["tool"].executable
        assert kinds["vendor/nested"] is Kind.SUBMODULE
        assert kinds["part"] is Kind.SUBMODULE
        assert snapshot.read(snapshot.paths()["link.py"], LIMIT) == b"/etc/passwd"
        for path in ("vendor/nested", "part"):
            with pytest.raises(UnreadableError, match="submodule"):
                snapshot.read(snapshot.paths()[path], LIMIT)


def test_unmerged_paths_are_files_with_markers(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "other")
    repository.commit_files({"a.py": "a = 2\n"})
    repository.git("checkout", "-q", "main")
    repository.commit_files({"a.py": "a = 3\n"})
    assert repository.attempt("merge", "-q", "other").returncode == 1
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        assert sorted(snapshot.paths()) == [".gitignore", "a.py", "lib/c.py"]
        assert b"<<<<<<<" in snapshot.read(snapshot.paths()["a.py"], LIMIT)


def test_what_a_sparse_checkout_leaves_out_is_not_gone(repository: Repository) -> None:
    repository.git("sparse-checkout", "set", "--no-cone", "/a.py")
    assert not (repository.path / "lib/c.py").exists()
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        assert _contents(snapshot)["lib/c.py"] == b"c = 1\n"
        assert all(change.entry for change in snapshot.changes())


def test_pipes_sockets_and_devices_are_not_opened(repository: Repository) -> None:
    repository.stage({"pipe.py": "", "socket.py": "", "folder.py": ""})
    for name in ("pipe.py", "socket.py", "folder.py"):
        (repository.path / name).unlink()
    os.mkfifo(repository.path / "pipe.py")
    (repository.path / "folder.py").mkdir()
    with socket.socket(socket.AF_UNIX) as endpoint, open_repository(str(repository.path)) as git:
        folder = os.open(repository.path, os.O_RDONLY)
        endpoint.bind(f"/proc/self/fd/{folder}/socket.py")
        os.close(folder)
        snapshot = targets.worktree(git)
        for name in ("pipe.py", "socket.py", "folder.py"):
            assert snapshot.paths()[name].kind is Kind.OTHER
            with pytest.raises(UnreadableError, match="is not a file"):
                snapshot.read(snapshot.paths()[name], LIMIT)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("/etc/passwd", path), os.mkdir, lambda path: None])
def test_a_file_that_is_swapped_after_it_was_listed(repository: Repository, make: object) -> None:
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        entry = snapshot.paths()["lib/c.py"]
        (repository.path / "lib/c.py").unlink()
        make(repository.path / "lib/c.py")  # type: ignore[operator]
        with pytest.raises(UnreadableError):
            snapshot.read(entry, LIMIT)


def test_no_folder_on_the_way_is_a_link(repository: Repository, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "c.py").write_text("password = 'hunter2'\n")
    with open_repository(str(repository.path)) as git:
        entry = targets.worktree(git).paths()["lib/c.py"]
        (repository.path / "lib/c.py").unlink()
        (repository.path / "lib").rmdir()
        (repository.path / "lib").symlink_to(secret)
        snapshot = targets.worktree(git)
        assert "lib/c.py" not in snapshot.paths()
        assert snapshot.paths()["lib"].kind is Kind.LINK
        with pytest.raises(UnreadableError):
            snapshot.read(entry, LIMIT)


def test_an_index_that_names_what_is_no_part_of_the_tree(repository: Repository, tmp_path: Path) -> None:
    """Git refuses to add such names, but an index can be forged."""
    (tmp_path / "evil.py").write_text("outside = 1\n")
    forgeries = {
        "xx/evil.py": "../evil.py",
        "xxxx/HEAD": ".git/HEAD",
        "y/etc/passwd": "//etc/passwd",
        "zzzzzzzz/a.py": "lib/./../a.py",
    }
    index = repository.path / ".git/index"
    repository.stage(dict.fromkeys(forgeries, ""))
    content = index.read_bytes()[:-20]
    for name, forged in forgeries.items():
        content = content.replace(name.encode(), forged.encode())
        (repository.path / name).unlink()
    index.write_bytes(content + hashlib.sha1(content).digest())
    assert "../evil.py" in repository.git("ls-files").split("\n")
    with open_repository(str(repository.path)) as git:
        assert sorted(targets.worktree(git).paths()) == [".gitignore", "a.py", "lib/c.py"]


def test_limits(repository: Repository) -> None:
    repository.write("big.py", b"x" * 100)
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        entry = snapshot.paths()["big.py"]
        assert len(snapshot.read(entry, 100)) == 100
        with pytest.raises(TooLargeError, match="larger than 99 bytes"):
            snapshot.read(entry, 99)


def test_strange_names(repository: Repository) -> None:
    names = [b"caf\xe9.py", "café.py".encode(), b"new\nline.py", b"? a.py", b"H 100644 0 0\tx.py", b"-dash.py", b" "]
    for name in names:
        repository.write(os.fsdecode(name), name)
    with open_repository(str(repository.path)) as git:
        found = _contents(targets.worktree(git))
    assert all(found[os.fsdecode(name)] == name for name in names)


def test_an_unreadable_file_is_one_finding(repository: Repository) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (repository.path / "a.py").chmod(0)
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        with pytest.raises(UnreadableError, match="Permission denied"):
            snapshot.read(snapshot.paths()["a.py"], LIMIT)


def test_a_submodule_of_its_own(repository: Repository, tmp_path: Path) -> None:
    part = Repository(tmp_path / "part")
    part.commit_files({"p.py": "p = 1\n"})
    repository.git("submodule", "--quiet", "add", str(part.path), "vendor/part")
    with open_repository(str(repository.path / "vendor/part")) as git:
        assert git.top == str(repository.path / "vendor/part")
        assert _contents(targets.worktree(git)) == {"p.py": b"p = 1\n"}
