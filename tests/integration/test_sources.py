"""Sources of repositories: folders that are walked, inventory files, and several of them together."""

import os
from pathlib import Path

import pytest

from linter.errors import InventoryError, ReviewLintError
from linter.model.inventory import Repository as Listed
from linter.scan.inventory import folder
from linter.scan.inventory.sources import read_sources
from tests.support.repository import Repository


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Working trees and bare repositories at several depths, among folders that are none."""
    shop = Repository(tmp_path / "root" / "shop")
    shop.commit_files({"a.py": "a = 1\n"})
    Repository(tmp_path / "root" / "team" / "deep" / "site")
    Repository(tmp_path / "root" / "team" / "bare.git", "--bare")
    Repository(tmp_path / "root" / "shop" / "inner")
    (tmp_path / "root" / "docs" / "objects").mkdir(parents=True)
    return tmp_path / "root"


def names(*sources: Path | str) -> list[str]:
    return [repository.name for repository in read_sources([str(source) for source in sources])]


def refusal(*sources: Path | str) -> str:
    with pytest.raises(ReviewLintError) as caught:
        read_sources([str(source) for source in sources])
    return f"{caught.value} ({caught.value.hint})"


def test_a_folder_is_walked_and_repositories_are_not(root: Path) -> None:
    assert read_sources([str(root)]) == [
        Listed("shop", path=str(root / "shop")),
        Listed("team/bare", path=str(root / "team" / "bare.git")),
        Listed("team/deep/site", path=str(root / "team" / "deep" / "site")),
    ]


def test_a_folder_may_be_a_repository_itself(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert names(root / "shop") == ["shop"]
    assert names(root / "team" / "bare.git") == ["bare"]
    monkeypatch.chdir(root / "shop")
    assert read_sources(["."]) == [Listed("shop", path=str(root / "shop"))]


def test_no_link_is_followed(root: Path, tmp_path: Path) -> None:
    Repository(tmp_path / "elsewhere" / "other")
    (root / "link").symlink_to(tmp_path / "elsewhere")
    (root / "round").symlink_to(root)
    (root / "team" / "linked").symlink_to(tmp_path / "elsewhere" / "other")
    assert names(root) == ["shop", "team/bare", "team/deep/site"]


def test_linked_working_trees_belong_to_another_repository(root: Path) -> None:
    Repository(root / "shop").git("worktree", "add", "--quiet", str(root / "tree"))
    assert "tree" not in names(root)
    assert names(root / "tree") == ["tree"]


def test_a_repository_with_its_git_folder_elsewhere_is_one(root: Path, tmp_path: Path) -> None:
    Repository(tmp_path / "x").git("init", "--quiet", f"--separate-git-dir={tmp_path / 'g'}", str(root / "apart"))
    assert "apart" in names(root)


def test_depth_and_count_have_bounds(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = root.joinpath(*"abcdefgh")
    Repository(far)
    assert "a/b/c/d/e/f/g/h" in names(root)
    far.rename(far.parent / "i")
    Repository(root.joinpath(*"abcdefghi"))
    assert not [name for name in names(root) if name.endswith("h/i")]
    monkeypatch.setattr(folder, "MAX_FOLDERS", 3)
    assert "more than 3 folders" in refusal(root)


def test_what_may_not_be_read_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("docs") or path == "/closed":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr("os.scandir", scandir)
    told: list[str] = []
    assert len(read_sources([str(root)], told.append)) == 3
    assert told == [f"{root / 'docs'} was not looked into: Permission denied"]
    with pytest.raises(InventoryError, match="cannot read /closed: Permission denied"):
        list(folder.read_folder("/closed", told.append))


def test_odd_names(tmp_path: Path) -> None:
    for name in (b"a b", b"new\nline", b"\xff", b"-n"):
        Repository(tmp_path / "odd" / os.fsdecode(name))
    assert names(tmp_path / "odd") == sorted(map(os.fsdecode, (b"a b", b"new\nline", b"\xff", b"-n")))


def test_an_empty_folder_and_what_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "there is no repository in" in refusal(tmp_path / "empty")
    assert "is no source of repositories (name a folder" in refusal(tmp_path / "missing")
    assert "is no source" in refusal("https://git.example.org/shop")
    (tmp_path / "list.txt").write_text("shop\n")
    assert "is no source" in refusal(tmp_path / "list.txt")
    (tmp_path / "list.csv").write_text("name,url\n")
    assert "list.csv:1:1" in refusal(tmp_path / "list.csv")


def test_patterns_that_leave_nothing(tmp_path: Path) -> None:
    (tmp_path / "i.yaml").write_text("version: 1\ninclude: [b]\nrepositories:\n- {name: a, url: https://h/a}\n")
    assert "there is no repository in" in refusal(tmp_path / "i.yaml")


def test_several_sources_are_one_list(root: Path) -> None:
    inventory = root.parent / "inventory.csv"
    inventory.write_text("name,url,path,team\nabout,https://h/about,,\nshop,,root/shop,@shop\n")
    listed = read_sources([str(inventory), str(root)])
    assert [repository.name for repository in listed] == ["about", "shop", "team/bare", "team/deep/site"]
    assert listed[1] == Listed("shop", path=str(root / "shop"), team="@shop")


def test_two_repositories_of_one_name(root: Path, tmp_path: Path) -> None:
    Repository(tmp_path / "second" / "shop")
    message = refusal(root, tmp_path / "second")
    assert 'two repositories are called "shop"' in message
    assert "under another name" in message
    Repository(root / "shop.git", "--bare")
    assert "two repositories are called" in refusal(root)
