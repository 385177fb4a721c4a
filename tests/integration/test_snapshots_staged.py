"""What a hook sees of every form of commit is what git then commits, byte for byte."""

import os
import sys
from pathlib import Path

import pytest

from linter.adapters.git import targets
from linter.adapters.git.repository import open_repository
from linter.errors import RepositoryError
from tests.support.repository import PROJECT, Repository
from tests.support.witness import Witness

START = {"a.py": "a = 1\n", "b.py": "b = 1\n", "lib/c.py": "c = 1\n", "lib/d.py": "d = 1\n"}
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one commit of four files."""
    made = Repository(tmp_path / "shop")
    made.commit_files(START, "Start")
    return made


@pytest.fixture
def witness(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Witness:
    return Witness(repository, tmp_path / "notes.json", monkeypatch)


def test_first_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path / "new")
    witness = Witness(repository, tmp_path / "notes.json", monkeypatch)
    repository.commit_files(START)
    witness.confirm(EMPTY_TREE)


def test_plain_commit_leaves_unstaged_work_out(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.stage({"a.py": "a = 2\n"})
    repository.write("a.py", "a = 3\n")
    repository.write("b.py", "b = 3\n")
    repository.write("untracked.py", "u = 1\n")
    repository.commit()
    seen = witness.confirm(base)
    assert [change[0] for change in seen["changes"]] == ["a.py"]


def test_commit_all(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.write("a.py", "a = 2\n")
    (repository.path / "b.py").unlink()
    repository.write("untracked.py", "u = 1\n")
    repository.commit("Change", "-a")
    seen = witness.confirm(base)
    assert [change[0] for change in seen["changes"]] == ["a.py", "b.py"]


def test_commit_including_a_path(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.stage({"a.py": "a = 2\n"})
    repository.write("b.py", "b = 2\n")
    repository.commit("Change", "-i", "b.py")
    seen = witness.confirm(base)
    assert [change[0] for change in seen["changes"]] == ["a.py", "b.py"]


def test_commit_of_one_path_only(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.stage({"a.py": "a = 2\n"})
    repository.write("b.py", "b = 2\n")
    repository.commit("Change", "--", "b.py")
    seen = witness.confirm(base)
    assert [change[0] for change in seen["changes"]] == ["b.py"]


def test_hunk_by_hunk(repository: Repository, witness: Witness) -> None:
    repository.commit_files({"long.py": "".join(f"x{n} = 1\n" for n in range(40))})
    base = repository.head()
    repository.write("long.py", "".join(f"x{n} = {2 if n in (0, 39) else 1}\n" for n in range(40)))
    repository.git("add", "-p", "long.py", input="y\nn\n")
    repository.commit()
    seen = witness.confirm(base)
    assert bytes.fromhex(seen["contents"]["long.py"]).endswith(b"x39 = 1\n")


def test_intent_to_add_is_not_there(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.write("planned.py", "p = 1\n")
    repository.git("add", "-N", "planned.py")
    repository.stage({"a.py": "a = 2\n", "empty.py": ""})
    repository.commit()
    seen = witness.confirm(base)
    assert "planned.py" not in seen["paths"]
    assert "empty.py" in seen["paths"]


def test_commit_from_a_subdirectory(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.write("lib/c.py", "c = 2\n")
    repository.write("a.py", "a = 2\n")
    repository.git("-C", "lib", "commit", "-q", "-m", "Change", "-a")
    witness.confirm(base)


def test_amend_is_held_against_head(repository: Repository, witness: Witness) -> None:
    repository.commit_files({"a.py": "a = 2\n"})
    amended = repository.head()
    repository.stage({"b.py": "b = 2\n"})
    repository.commit("Change", "--amend")
    seen = witness.confirm(amended)
    assert [change[0] for change in seen["changes"]] == ["b.py"]


def test_nothing_staged_changes_nothing(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.commit("Change")
    assert witness.confirm(base)["changes"] == []


def test_detached_head(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.git("checkout", "-q", "--detach")
    repository.stage({"a.py": "a = 2\n"})
    repository.commit()
    witness.confirm(base)


def test_unborn_branch_beside_a_history(repository: Repository, witness: Witness) -> None:
    repository.git("checkout", "-q", "--orphan", "fresh")
    repository.commit()
    witness.confirm(EMPTY_TREE)


@pytest.mark.parametrize("place", ["top", "subdirectory"])
def test_linked_worktree(repository: Repository, witness: Witness, tmp_path: Path, place: str) -> None:
    base = repository.head()
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = Repository(tmp_path / "linked")
    linked.stage({"a.py": "a = 2\n"})
    repository.stage({"a.py": "a = 'the other index'\n"})
    linked.git("-C", "lib" if place == "subdirectory" else ".", "commit", "-q", "-m", "Change")
    witness.confirm(base, place=linked)


def test_cherry_pick(repository: Repository, witness: Witness) -> None:
    repository.git("checkout", "-q", "-b", "other")
    picked = repository.commit_files({"a.py": "a = 2\n", "e.py": "e = 1\n"})
    repository.git("checkout", "-q", "main")
    base = repository.commit_files({"a.py": "a = 3\n"})
    witness.seen()
    assert repository.attempt("cherry-pick", picked).returncode == 1
    repository.stage({"a.py": "a = 4\n"})
    repository.git("cherry-pick", "--continue", env={"GIT_EDITOR": "true"})
    witness.confirm(base)


def test_revert_that_conflicts_is_also_held_against_what_it_returns_to(
    repository: Repository, witness: Witness
) -> None:
    restored = repository.head()
    reverted = repository.commit_files({"a.py": "a = 2\n", "b.py": "b = 2\n"})
    base = repository.commit_files({"a.py": "a = 3\n"})
    assert repository.attempt("revert", reverted).returncode == 1
    repository.stage({"a.py": "a = 4\n"})
    repository.git("revert", "--continue", env={"GIT_EDITOR": "true"})
    seen = witness.confirm(base, restored)
    assert [change[0] for change in seen["changes"]] == ["a.py"]


@pytest.mark.parametrize("kind", ["tag", "branch"])
def test_nothing_is_reverted_where_a_tag_or_a_branch_is_only_called_so(
    repository: Repository, witness: Witness, kind: str
) -> None:
    base = repository.head()
    repository.commit_files({"a.py": "a = 2\n"})
    repository.commit()
    repository.git(kind, "REVERT_HEAD")
    repository.git("reset", "-q", "--hard", base)
    repository.stage({"a.py": "a = 2\n"})
    repository.commit()
    seen = witness.confirm(base)
    assert [change[0] for change in seen["changes"]] == ["a.py"]


def _branch(repository: Repository, name: str, files: dict[str, str]) -> str:
    repository.git("checkout", "-q", "-b", name, "main")
    commit = repository.commit_files(files, name)
    repository.git("checkout", "-q", "main")
    return commit


def test_merge_without_conflict(repository: Repository, witness: Witness) -> None:
    other = _branch(repository, "other", {"a.py": "a = 2\n"})
    base = repository.commit_files({"b.py": "b = 2\n"})
    repository.git("merge", "-q", "--no-edit", "other")
    seen = witness.confirm(base, other)
    assert seen["changes"] == []


def test_merge_that_is_committed_by_hand(repository: Repository, witness: Witness) -> None:
    other = _branch(repository, "other", {"a.py": "a = 2\n"})
    base = repository.commit_files({"b.py": "b = 2\n"})
    repository.git("merge", "-q", "--no-commit", "other")
    repository.stage({"b.py": "b = 'neither'\n"})
    repository.commit()
    seen = witness.confirm(base, other)
    assert [change[0] for change in seen["changes"]] == ["b.py"]


def test_merge_with_a_conflict(repository: Repository, witness: Witness) -> None:
    other = _branch(repository, "other", {"a.py": "a = 2\n", "b.py": "b = 2\n"})
    base = repository.commit_files({"a.py": "a = 3\n", "lib/c.py": "c = 3\n"})
    assert repository.attempt("merge", "-q", "other").returncode == 1
    repository.stage({"a.py": "a = 4\n"})
    repository.commit()
    seen = witness.confirm(base, other)
    assert [change[0] for change in seen["changes"]] == ["a.py"]


def test_fast_forward_made_a_merge(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    other = _branch(repository, "other", {"a.py": "a = 2\n"})
    repository.git("merge", "-q", "--no-edit", "--no-ff", "other")
    witness.confirm(base, other)


def test_merges_elsewhere_do_not_count(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"GITHEAD_{'1' * 40}", "elsewhere")
    monkeypatch.setenv("GITHEAD_main", "a branch")
    with open_repository(str(repository.path)) as git:
        assert [base.revision for base in targets.staged(git).bases] == [repository.head()]


@pytest.mark.parametrize("by_hand", [False, True])
def test_octopus_merge(repository: Repository, witness: Witness, by_hand: bool) -> None:
    one = _branch(repository, "one", {"a.py": "a = 2\n"})
    two = _branch(repository, "two", {"b.py": "b = 2\n"})
    base = repository.commit_files({"lib/c.py": "c = 2\n"})
    if by_hand:
        repository.git("merge", "-q", "--no-commit", "one", "two")
        repository.commit()
    else:
        repository.git("merge", "-q", "--no-edit", "one", "two")
    seen = witness.seen()
    assert {path: tuple(pair) for path, pair in seen["paths"].items()} == repository.tree()
    assert seen["bases"][0] == base
    assert sorted(seen["bases"][1:]) == sorted([one, two])
    assert seen["changes"] == []


def test_unmerged_paths_are_named(repository: Repository, witness: Witness) -> None:
    _branch(repository, "other", {"a.py": "a = 2\n"})
    repository.commit_files({"a.py": "a = 3\n"})
    witness.seen()
    assert repository.attempt("merge", "-q", "other").returncode == 1
    with open_repository(str(repository.path)) as git:
        for ask in (targets.staged(git).changes, targets.staged(git).paths):
            with pytest.raises(RepositoryError, match=r"1 path\(s\) of the index are unmerged, the first is a\.py"):
                ask()


@pytest.mark.parametrize(
    "settings",
    [("index.version", "4"), ("core.splitIndex", "true"), ("index.threads", "2"), ("core.untrackedCache", "true")],
    ids=lambda pair: pair[0],
)
def test_kinds_of_index(repository: Repository, witness: Witness, settings: tuple[str, str]) -> None:
    base = repository.head()
    repository.git("config", *settings)
    repository.git("update-index", "--force-write-index")
    repository.stage({"a.py": "a = 2\n", "new.py": "n = 1\n"})
    (repository.path / "b.py").unlink()
    repository.commit("Change", "-a")
    witness.confirm(base)
    if settings[0] == "core.splitIndex":
        assert list((repository.path / ".git").glob("sharedindex.*"))


def test_sparse_index(repository: Repository, witness: Witness) -> None:
    base = repository.commit_files({"deep/down/e.py": "e = 1\n", "deep/f.py": "f = 1\n"})
    repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "lib")
    assert "deep/\n" in repository.git("ls-files", "--sparse") + "\n"
    repository.stage({"lib/c.py": "c = 2\n"})
    repository.commit()
    seen = witness.confirm(base)
    assert "deep/down/e.py" in seen["paths"]


def test_sha256_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path / "long", "--object-format=sha256")
    witness = Witness(repository, tmp_path / "notes.json", monkeypatch)
    base = repository.commit_files(START)
    first = witness.confirm("6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321")
    assert len(first["paths"]["a.py"][1]) == 64
    repository.stage({"a.py": "a = 2\n"})
    repository.commit()
    witness.confirm(base)


def test_submodules_links_modes_and_deletions(repository: Repository, witness: Witness, tmp_path: Path) -> None:
    part = Repository(tmp_path / "part")
    part.commit_files({"p.py": "p = 1\n"})
    repository.git("submodule", "--quiet", "add", str(part.path), "vendor/part")
    (repository.path / "link.py").symlink_to("/etc/passwd")
    repository.write("tool", "#!/usr/bin/env python3\n")
    repository.add()
    base = repository.commit()
    repository.git("-C", "vendor/part", "commit", "-q", "--allow-empty", "-m", "More")
    (repository.path / "link.py").unlink()
    (repository.path / "link.py").symlink_to("a.py")
    (repository.path / "tool").chmod(0o755)
    (repository.path / "b.py").unlink()
    (repository.path / "lib/c.py").unlink()
    (repository.path / "lib/c.py").symlink_to("d.py")
    repository.add()
    repository.git("commit", "-q", "-m", "Change")
    seen = witness.confirm(base)
    by_path = {path: (new and new[0], old[0] and old[0][0]) for path, new, old in seen["changes"]}
    assert by_path == {
        "b.py": (None, "100644"),
        "lib/c.py": ("120000", "100644"),
        "link.py": ("120000", "120000"),
        "tool": ("100755", "100644"),
        "vendor/part": ("160000", "160000"),
    }
    assert bytes.fromhex(seen["contents"]["link.py"]) == b"a.py"


def test_commit_inside_a_submodule(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = Repository(tmp_path / "part")
    part.commit_files({"p.py": "p = 1\n"})
    repository.git("submodule", "--quiet", "add", str(part.path), "vendor/part")
    inner = Repository(repository.path / "vendor/part")
    witness = Witness(inner, tmp_path / "notes.json", monkeypatch)
    base = inner.head()
    inner.stage({"p.py": "p = 2\n"})
    inner.commit()
    witness.confirm(base)


def test_hidden_submodule_changes_are_seen(repository: Repository, witness: Witness, tmp_path: Path) -> None:
    part = Repository(tmp_path / "part")
    part.commit_files({"p.py": "p = 1\n"})
    repository.git("submodule", "--quiet", "add", str(part.path), "part")
    repository.git("config", "-f", ".gitmodules", "submodule.part.ignore", "all")
    repository.git("config", "diff.ignoreSubmodules", "all")
    repository.add()
    base = repository.commit()
    other = part.commit_files({"p.py": "p = 2\n"})
    repository.git("update-index", "--cacheinfo", f"160000,{other},part")
    repository.commit()
    assert [change[0] for change in witness.confirm(base)["changes"]] == ["part"]


def test_large_file_pointers_are_the_content(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.git("config", "filter.lfs.clean", "sh -c 'cat >/dev/null; echo pointer'")
    repository.git("config", "filter.lfs.smudge", "sh -c 'cat >/dev/null; echo the whole film'")
    repository.stage({".gitattributes": "*.mov filter=lfs\n", "film.mov": "the whole film\n"})
    repository.commit()
    seen = witness.confirm(base)
    assert bytes.fromhex(seen["contents"]["film.mov"]) == b"pointer\n"


def test_line_endings_are_those_of_the_commit(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.git("config", "core.autocrlf", "true")
    repository.stage({"dos.py": "x = 1\r\ny = 2\r\n"})
    repository.commit()
    seen = witness.confirm(base)
    assert bytes.fromhex(seen["contents"]["dos.py"]) == b"x = 1\ny = 2\n"


def test_renames_that_change_only_the_case(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    repository.git("mv", "a.py", "A.py")
    repository.commit()
    seen = witness.confirm(base)
    assert [(path, new is None) for path, new, _ in seen["changes"]] == [("A.py", False), ("a.py", True)]


def test_strange_names(repository: Repository, witness: Witness) -> None:
    base = repository.head()
    names = [b"caf\xe9.py", "café.py".encode(), b"new\nline.py", b"tab\there.py", b'quo"te.py', b"-dash.py", b" x .py"]
    for name in names:
        repository.write(os.fsdecode(name), name)
    repository.add()
    repository.commit()
    seen = witness.confirm(base)
    assert sorted(map(os.fsencode, (change[0] for change in seen["changes"]))) == sorted(names)
    assert all(bytes.fromhex(seen["contents"][os.fsdecode(name)]) == name for name in names)


def test_environment_of_a_hook_that_works_elsewhere(repository: Repository, tmp_path: Path) -> None:
    """A hook's index belongs to the hook's repository only."""
    other = Repository(tmp_path / "other")
    other.commit_files({"o.py": "o = 1\n"})
    repository.stage({"a.py": "a = 2\n"})
    script = (
        "from linter.adapters.git import targets; from linter.adapters.git.repository import open_repository; "
        f"git = open_repository({str(other.path)!r}); print('other', *targets.staged(git).paths()); git.close(); "
        f"git = open_repository({str(repository.path / 'lib')!r}); "
        "print('own', *[change.path for change in targets.staged(git).changes()]); git.close()"
    )
    repository.hook("pre-commit", f'PYTHONPATH="{PROJECT}" "{sys.executable}" -c "{script}"')
    result = repository.attempt("commit", "-m", "Change", "-a")
    assert "other o.py\nown a.py\n" in result.stderr, result.stderr
