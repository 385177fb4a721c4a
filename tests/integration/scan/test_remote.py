"""Repositories that are fetched: copied, copied with their past where there is a review file, and then updated."""

import shutil
from pathlib import Path

import pytest

from tests.support.cli import Ran, review_lint
from tests.support.code import function
from tests.support.organisation import DAY
from tests.support.repository import Repository
from tests.support.reviews import review


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Two repositories with a past, and an inventory that names them and one that does not exist."""
    for name, files in (("shop", {"REVIEW.yaml": review()}), ("tool", {"a.py": function("f", 3)})):
        repository = Repository(tmp_path / "server" / name)
        for message in ("One", "Two", "Three"):
            repository.commit_files({**files, "note.txt": message}, message)
    entries = (
        f"  - {{name: {name}, url: 'file://{tmp_path}/server/{name}', team: red}}\n"
        for name in ("shop", "tool", "gone")
    )
    (tmp_path / "all.yaml").write_text("version: 1\nrepositories:\n" + "".join(entries))
    return tmp_path


def scan(room: Path, *arguments: str) -> Ran:
    return review_lint(room, "scan", "all.yaml", "--mirrors", "mirrors", "--today", DAY, "--format", "json", *arguments)


def states(ran: Ran) -> dict[str, str]:
    found = ran.report["repositories"]
    return {one["repository"]["name"]: (one["error"] or {"kind": one["status"]})["kind"] for one in found}


def depths(room: Path) -> dict[str, int]:
    """How many commits the copies have."""
    copies = sorted((room / "mirrors").glob("*/copy.git"))
    return {
        copy.parent.name.partition("-")[0]: int(Repository(copy).git("rev-list", "--count", "HEAD")) for copy in copies
    }


def test_copies_are_made_updated_and_scanned_without_a_server(room: Path) -> None:
    first = scan(room)
    expected = {"gone": "unreachable", "shop": "passed", "tool": "failed"}
    assert (first.code, states(first)) == (1, expected)
    assert depths(room) == {"shop": 3, "tool": 1}
    assert [team["name"] for team in first.report["teams"]] == ["red"]
    Repository(room / "server" / "shop").commit_files({"REVIEW.yaml": review("surprise: true\n")})
    stale = scan(room, "--no-fetch")
    assert (states(stale), stale.report["total"]["new"]) == (expected, 0)
    shutil.rmtree(room / "server" / "tool")
    fresh = scan(room)
    assert states(fresh) == {"gone": "unreachable", "shop": "failed", "tool": "unreachable"}
    assert fresh.report["total"]["new"] == 1
    assert str(room / "mirrors") not in fresh.out
    assert states(scan(room, "--no-fetch"))["tool"] == "failed"


def test_without_a_copy_there_is_nothing_to_scan(room: Path) -> None:
    ran = scan(room, "--no-fetch")
    assert (ran.code, set(states(ran).values())) == (2, {"unreachable"})
