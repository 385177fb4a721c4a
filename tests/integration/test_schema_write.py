"""`review-lint schema --write`: a copy of the schema in the repository, and the line by which editors find it."""

import os
from pathlib import Path

import pytest

from linter.engine.fixing.modeline import SCHEMA_FILE, with_modeline
from tests.support.cli import check, review_lint
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

LINE = "# yaml-language-server: $schema=.review.schema.json\n"
SCHEMA = (PROJECT / "schemas" / "review.schema.json").read_bytes()


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    shop = Repository(tmp_path / "shop")
    shop.commit_files({"REVIEW.yaml": review(), "app.py": "x = 1\n"})
    return shop


def test_it_writes_the_schema_and_the_line(shop: Repository) -> None:
    ran = review_lint(shop.path, "schema", "--write")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "written: .review.schema.json\nwritten: REVIEW.yaml\nnext: git add .review.schema.json REVIEW.yaml\n"
    )
    assert (shop.path / SCHEMA_FILE).read_bytes() == SCHEMA
    assert (shop.path / "REVIEW.yaml").read_text() == LINE + review()
    assert check(shop.path).places == []


def test_a_second_time_changes_nothing(shop: Repository) -> None:
    review_lint(shop.path, "schema", "--write")
    shop.add()
    ran = review_lint(shop.path, "schema", "--write")
    assert (ran.code, ran.out, ran.err) == (0, "nothing to write: what can be there is there\n", "")
    assert review_lint(shop.path, "schema", "--write", "--diff") == (0, "", "")
    assert shop.git("diff", "--name-only") == ""


def test_another_release_brings_its_own_copy(shop: Repository) -> None:
    review_lint(shop.path, "schema", "--write")
    shop.write(SCHEMA_FILE, "{}\n")
    ran = review_lint(shop.path, "schema", "--write")
    assert ran.out == "written: .review.schema.json\nnext: git add .review.schema.json\n"
    assert (shop.path / SCHEMA_FILE).read_bytes() == SCHEMA


def test_it_is_shown_and_not_written(shop: Repository) -> None:
    ran = review_lint(shop.path, "schema", "--write", "--diff")
    assert ran.code == 1
    assert "+++ b/.review.schema.json\n" in ran.out
    assert f"+++ b/REVIEW.yaml\n@@ -1,3 +1,4 @@\n+{LINE} version: 1\n" in ran.out
    assert shop.git("status", "--porcelain") == ""
    shop.git("apply", "-", input=ran.out)
    assert review_lint(shop.path, "schema", "--write", "--diff").code == 0


def test_every_part_of_the_repository_finds_the_one_copy(shop: Repository) -> None:
    shop.write("parts/till/REVIEW.yaml", review())
    shop.write("vendor/REVIEW.yaml", review())
    shop.write("review-lint.toml", 'exclude = ["vendor/**"]\n')
    ran = review_lint(shop.path / "parts", "schema", "--write")
    assert ran.code == 0, ran.err
    first = (shop.path / "parts" / "till" / "REVIEW.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../.review.schema.json"
    assert (shop.path / "vendor" / "REVIEW.yaml").read_text() == review()
    assert not (shop.path / "parts" / SCHEMA_FILE).exists()


def test_a_folder_elsewhere(shop: Repository, tmp_path: Path) -> None:
    assert review_lint(tmp_path, "schema", "--write", "--path", "shop").code == 0
    assert (shop.path / SCHEMA_FILE).exists()


def test_the_schema_that_somebody_chose_stays(shop: Repository) -> None:
    own = "# yaml-language-server: $schema=https://example.org/ours.json\n" + review()
    shop.write("REVIEW.yaml", own)
    ran = review_lint(shop.path, "schema", "--write")
    assert ran.code == 0
    assert "REVIEW.yaml is left as it is: it names the schema https://example.org/ours.json\n" in ran.out
    assert (shop.path / "REVIEW.yaml").read_text() == own


def test_a_file_that_is_no_text_stays(shop: Repository) -> None:
    shop.write("REVIEW.yaml", b"\xff\xfe")
    ran = review_lint(shop.path, "schema", "--write")
    assert "REVIEW.yaml is left as it is: it is not UTF-8\n" in ran.out
    assert (shop.path / "REVIEW.yaml").read_bytes() == b"\xff\xfe"


@pytest.mark.parametrize("target", ["../elsewhere", "missing", "app.py"])
def test_it_is_not_led_out_of_the_repository(shop: Repository, tmp_path: Path, target: str) -> None:
    (tmp_path / "elsewhere").write_text("mine")
    os.symlink(target, shop.path / SCHEMA_FILE)
    ran = review_lint(shop.path, "schema", "--write")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("is no file of its own (move it away, so that the schema can be written there)\n")
    assert (tmp_path / "elsewhere").read_text() == "mine"
    assert (shop.path / "REVIEW.yaml").read_text() == review()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["policy", "--write"], "--write is for the schema review alone (without it the schema is printed)"),
        (["--diff"], "--diff and --path go with --write (add --write, or leave them out)"),
        (["--path", "parts"], "--diff and --path go with --write (add --write, or leave them out)"),
    ],
)
def test_what_cannot_be_asked_for(shop: Repository, words: list[str], expected: str) -> None:
    assert review_lint(shop.path, "schema", *words) == (2, "", f"review-lint: error: {expected}\n")


def test_where_there_is_nothing_to_write_to(shop: Repository, tmp_path: Path) -> None:
    shop.git("clone", "--quiet", "--bare", ".", "../bare")
    Repository(tmp_path / "empty")
    assert "a bare repository has no files" in review_lint(tmp_path / "bare", "schema", "--write").err
    assert (
        "there is no REVIEW.yaml here (`review-lint init`" in review_lint(tmp_path / "empty", "schema", "--write").err
    )
    assert not (tmp_path / "empty" / SCHEMA_FILE).exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", LINE),
        ("version: 1\r\n", LINE.replace("\n", "\r\n") + "version: 1\r\n"),
        ("\ufeffversion: 1\n", f"\ufeff{LINE}version: 1\n"),
        ("---\nversion: 1\n", f"{LINE}---\nversion: 1\n"),
        (f"# Ours.\n{LINE}version: 1\n", f"# Ours.\n{LINE}version: 1\n"),
        (f"{LINE.replace('=', '=../')}version: 1\n", f"{LINE}version: 1\n"),
        (
            "#yaml-language-server:  $schema=a/.review.schema.json x\n",
            "#yaml-language-server:  $schema=.review.schema.json x\n",
        ),
    ],
)
def test_the_line_and_nothing_else(before: str, after: str) -> None:
    assert with_modeline(before, "REVIEW.yaml") == after
    assert with_modeline(after, "REVIEW.yaml") == after
