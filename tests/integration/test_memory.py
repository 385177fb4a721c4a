"""What earlier runs computed makes later ones faster and never other: asked of real repositories."""

import random
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from linter.adapters.git import memory as memory_module
from linter.adapters.git import storage
from linter.adapters.git.memory import open_memory
from tests.support.cli import START, check
from tests.support.code import function
from tests.support.repository import Repository
from tests.support.reviews import review

PLACE = Path(".git") / "review-lint" / "known.sqlite"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    repository.stage({"legacy.py": function("old", 33), "broken.py": "def f(:\n"})
    return repository


def recalled(folder: Path, key: str = "k", kind: str = "metrics") -> Any:
    with open_memory(str(folder)) as memory:
        return memory.recall(kind, key)


def keep(folder: Path, value: Any, key: str = "k") -> None:
    with open_memory(str(folder)) as memory:
        memory.keep("metrics", key, value)


def verdict(folder: Path, *arguments: str) -> dict[str, Any]:
    ran = check(folder, *arguments)
    return {**ran.report, "duration_ms": 0, "code": ran.code, "err": ran.err}


VALUES = [
    [1, 2.5, None, True, "é\ud800", ["a", [1, {"b": []}]]],
    {"/a": [[1, 2], None]},
    10**400,
    float("inf"),
]


@pytest.mark.parametrize("value", VALUES, ids=type)
def test_values_come_back_as_they_were(tmp_path: Path, value: Any) -> None:
    assert recalled(tmp_path) is None
    keep(tmp_path, value)
    assert recalled(tmp_path) == value
    assert recalled(tmp_path, "other") is None
    assert recalled(tmp_path, kind="review") is None


def test_numbers_that_cannot_be_written_are_not_kept(tmp_path: Path) -> None:
    keep(tmp_path, [16**5000])
    assert recalled(tmp_path) is None


def test_what_is_kept_is_known_at_once_and_the_last_value_counts(tmp_path: Path) -> None:
    with open_memory(str(tmp_path)) as memory:
        memory.keep("metrics", "k", 1)
        assert memory.recall("metrics", "k") == 1
    keep(tmp_path, 2)
    assert recalled(tmp_path) == 2


def test_a_run_that_fails_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), open_memory(str(tmp_path)) as memory:
        memory.keep("metrics", "k", 1)
        raise KeyError
    assert recalled(tmp_path) is None


@pytest.mark.parametrize("changed", ["release", "file"])
def test_another_release_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    keep(tmp_path, 1)
    if changed == "release":
        monkeypatch.setattr(memory_module.linter, "__version__", "99.0")
    else:
        monkeypatch.setattr(memory_module, "_times", lambda folder: iter([1]))
    assert recalled(tmp_path) is None


DAMAGES = {
    "empty": b"",
    "text": b"not a database, but a text that is long enough to be looked at\n" * 100,
    "header": b"SQLite format 3\0" + b"\xff" * 8176,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    keep(tmp_path, 1)
    (tmp_path / "review-lint" / "known.sqlite").write_bytes(DAMAGES[damage])
    assert recalled(tmp_path) is None
    keep(tmp_path, 2)
    keep(tmp_path, 2)
    assert recalled(tmp_path) == 2


def test_no_damage_goes_unnoticed(tmp_path: Path) -> None:
    """Wherever bytes are damaged, a value is the right one or not known."""
    for number in range(50):
        keep(tmp_path, ("value", number), str(number))
    file = tmp_path / "review-lint" / "known.sqlite"
    whole, source = file.read_bytes(), random.Random(7)
    for _ in range(100):
        damaged = bytearray(whole)
        for _ in range(20):
            damaged[source.randrange(len(whole))] = source.randrange(256)
        file.write_bytes(damaged)
        assert all(recalled(tmp_path, str(number)) in (None, ["value", number]) for number in range(0, 50, 7))


def test_a_record_in_the_place_of_another_is_not_believed(tmp_path: Path) -> None:
    keep(tmp_path, 1, "one")
    keep(tmp_path, 2, "two")
    connection = sqlite3.connect(tmp_path / "review-lint" / "known.sqlite")
    connection.execute("UPDATE known SET value = (SELECT value FROM known WHERE name LIKE '%/one')")
    connection.commit()
    connection.close()
    assert (recalled(tmp_path, "one"), recalled(tmp_path, "two")) == (1, None)


def test_a_file_of_another_layout_is_laid_out_anew(tmp_path: Path) -> None:
    (tmp_path / "review-lint").mkdir()
    connection = sqlite3.connect(tmp_path / "review-lint" / "known.sqlite")
    connection.execute("CREATE TABLE known (something TEXT)")
    connection.close()
    keep(tmp_path, 1)
    keep(tmp_path, 1)
    assert recalled(tmp_path) == 1


def test_nobody_waits_for_a_run_that_writes(tmp_path: Path) -> None:
    keep(tmp_path, 1)
    other = sqlite3.connect(tmp_path / "review-lint" / "known.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    keep(tmp_path, 2)
    assert recalled(tmp_path) is None
    other.execute("ROLLBACK")
    other.close()
    assert recalled(tmp_path) == 1


@pytest.mark.parametrize("obstacle", ["file", "link to nothing", "folder"])
def test_where_no_file_can_be_there_is_no_memory(tmp_path: Path, obstacle: str) -> None:
    folder = tmp_path / "review-lint"
    if obstacle == "file":
        folder.write_text("")
    elif obstacle == "folder":
        (folder / "known.sqlite").mkdir(parents=True)
    else:
        folder.symlink_to(tmp_path / "nowhere" / "at" / "all")
    keep(tmp_path, 1)
    assert recalled(tmp_path) is None


def test_the_older_half_is_forgotten_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "MAX_PAGES", 100)
    for number in range(40):
        keep(tmp_path, "x" * 20_000, str(number))
    known = [recalled(tmp_path, str(number)) is not None for number in range(40)]
    assert known[-1]
    assert not known[0]
    assert (tmp_path / "review-lint" / "known.sqlite").stat().st_size < 200 * 4096


def test_a_run_says_the_same_again(repository: Repository) -> None:
    fresh = verdict(repository.path, "--staged", "--no-cache")
    assert not (repository.path / PLACE).exists()
    assert verdict(repository.path, "--staged") == fresh
    assert (repository.path / PLACE).exists()
    assert verdict(repository.path, "--staged") == fresh


def test_what_is_asked_twice_is_judged_once(repository: Repository) -> None:
    """A verdict that lies to whoever believes it shows that it was believed; anything else is judged anew."""
    fresh = verdict(repository.path, "--staged")
    assert fresh["code"] == 1
    with open_memory(str(repository.path / ".git")) as memory:
        (name,) = (name for name in _names(repository.path) if name.startswith("verdict/"))
        kept = memory.recall("verdict", name.removeprefix("verdict/"))
        kept[3][4] = []
        memory.keep("verdict", name.removeprefix("verdict/"), kept)
    assert verdict(repository.path, "--staged")["findings"] == []
    assert verdict(repository.path, "--staged", "--no-cache") == fresh
    assert verdict(repository.path, "--staged", "--ignore", "RL9") == fresh
    repository.stage({"legacy.py": function("old", 34)})
    assert verdict(repository.path, "--staged")["code"] == 1


def _names(repository: Path) -> list[str]:
    """What is kept: the kinds and keys."""
    connection = sqlite3.connect(repository / PLACE)
    names = [name.partition("/")[2] for (name,) in connection.execute("SELECT name FROM known")]
    connection.close()
    return names


@pytest.mark.parametrize("arguments", [(), ("--metrics",), ("--rev", "HEAD"), ("--select", "RL8"), ("--as", "beta,2")])
def test_other_questions_get_their_own_answers(repository: Repository, arguments: tuple[str, ...]) -> None:
    fresh = verdict(repository.path, *arguments, "--no-cache")
    verdict(repository.path, "--staged")
    assert verdict(repository.path, *arguments) == fresh
    assert verdict(repository.path, *arguments) == fresh


def test_linked_working_trees_know_the_same(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    check(tmp_path / "linked")
    assert (repository.path / PLACE).exists()
    assert not (repository.path / ".git" / "worktrees" / "linked" / "review-lint").exists()


def test_runs_side_by_side_agree(repository: Repository) -> None:
    fresh = verdict(repository.path, "--staged", "--no-cache")
    command = [sys.executable, "-I", "-c", START, "check", "--staged", "--format", "json", "--today", "2026-01-01"]
    runs = [subprocess.Popen(command, cwd=repository.path, stdout=subprocess.PIPE) for _ in range(8)]
    codes = [(run.communicate()[0] != b"", run.returncode) for run in runs]
    assert codes == [(True, fresh["code"])] * 8
    assert verdict(repository.path, "--staged") == fresh


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_histories_are_judged_alike(tmp_path: Path, seed: int) -> None:
    """With a memory that many other commits filled, and with none."""
    source = random.Random(seed)
    repository = Repository(tmp_path / "shop")
    for number in range(12):
        files: dict[str, str | bytes] = {
            f"m{source.randrange(4)}.py": "".join(
                function(f"f{index}", source.choice((3, 15, 17, 20))) for index in range(source.randrange(4))
            )
            for _ in range(2)
        }
        files["REVIEW.yaml"] = review(
            changes={"lifecycle: experimental": source.choice(("lifecycle: beta", "tier: 9"))}
        )
        if source.random() < 0.3:
            files["m0.py"] = source.choice((b"def f(:\n", b"\xff", b"x = 1\n"))
        repository.stage(files)
        fresh = verdict(repository.path, "--staged", "--no-cache")
        assert verdict(repository.path, "--staged") == verdict(repository.path, "--staged") == fresh
        repository.git("commit", "--quiet", "--allow-empty", "--message", f"Number {number}")
        assert verdict(repository.path) == verdict(repository.path, "--no-cache")
