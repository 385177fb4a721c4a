"""`review-lint render`, asked of the real command in real repositories."""

import os
import stat
import threading
from pathlib import Path

import pytest

from tests.support.cli import review_lint
from tests.support.repository import Repository
from tests.support.reviews import review

PLANNING = {"planning:\n  dependencies: []\n": "planning: {dependencies: [], design_doc: docs/design.md}\n"}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review("", PLANNING), "docs/design.md": "# Design\n"}, "Start")
    return repository


def test_markdown_goes_to_standard_output(repository: Repository) -> None:
    ran = review_lint(repository.path, "render", "--today", "2026-06-01")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# sketchpad\n\nLets two people draw on the same page at once.\n")
    assert "_Made on 2026-06-01 from `REVIEW.yaml` by `review-lint render`_" in ran.out


def test_html_goes_to_a_file_and_nothing_else_is_said(repository: Repository) -> None:
    ran = review_lint(repository.path, "render", "--format", "html", "--output", "review.html")
    assert ran == (0, "", "")
    assert (repository.path / "review.html").read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="en">')


def test_the_working_tree_is_shown_from_any_folder(repository: Repository) -> None:
    repository.write("REVIEW.yaml", review("", {"name: sketchpad": "name: easel"}))
    (repository.path / "docs" / "deep").mkdir()
    for where, path in ((repository.path / "docs" / "deep", "."), (repository.path.parent, "shop/REVIEW.yaml")):
        assert review_lint(where, "render", path).out.startswith("# easel\n")


@pytest.mark.parametrize(("output", "link"), [
    ("page.md", "docs/design.md"), ("docs/page.md", "design.md"), ("site/page.md", "../docs/design.md"),
    ("../page.md", "docs/design.md"),
])  # fmt: skip
def test_links_lead_from_where_the_page_is(repository: Repository, output: str, link: str) -> None:
    (repository.path / "site").mkdir()
    assert review_lint(repository.path, "render", "--output", output).code == 0
    assert f"[docs/design.md]({link})" in (repository.path / output).read_text(encoding="utf-8")


def test_what_is_wrong_with_the_content_is_shown_and_fails_nothing(repository: Repository) -> None:
    repository.write("REVIEW.yaml", review("monitorin: {}\n"))
    ran = review_lint(repository.path, "render")
    assert ran.code == 0
    assert "`RL006` unknown-key" in ran.out


def test_a_sign_off_says_what_changed_since(repository: Repository) -> None:
    assert review_lint(repository.path, "sign", "clarity", "--role", "sre", "--by", "@mei").code == 0
    repository.add()
    repository.commit("Sign")
    assert "| sre | @mei | " in (signed := review_lint(repository.path, "render").out)
    assert "🟢 holds" in signed
    text = (repository.path / "REVIEW.yaml").read_text(encoding="utf-8")
    repository.write("REVIEW.yaml", text.replace("see each other's lines at once", "draw at once"))
    assert "🟡 out of date clarity.why changed since" in review_lint(repository.path, "render").out


def test_hostile_texts_stay_texts(repository: Repository) -> None:
    changes = {
        "Lets two people draw on the same page at once.": "'<script>alert(1)</script> | [x](javascript:alert(1))'"
    }
    repository.write("REVIEW.yaml", review("", changes))
    assert "<script>" not in review_lint(repository.path, "render", "--format", "html").out
    assert (
        "\\<script\\>alert(1)\\</script\\> \\| \\[x\\](javascript:alert(1))"
        in review_lint(repository.path, "render").out
    )


@pytest.mark.parametrize(("content", "message"), [
    ("a: [", "REVIEW.yaml:1:"), ("version: 2\n", "REVIEW.yaml:1:"), ("- 1\n", "REVIEW.yaml:1:1:"),
])  # fmt: skip
def test_what_cannot_be_read_is_one_line(repository: Repository, content: str, message: str) -> None:
    repository.write("REVIEW.yaml", content)
    ran = review_lint(repository.path, "render", "--output", "page.md")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"review-lint: error: {message}")
    assert not (repository.path / "page.md").exists()


@pytest.mark.parametrize(("words", "message"), [
    (("--output", ""), "--output names no file"), (("--today", "soon"), "--today soon is no day"),
    (("nowhere",), "there is no nowhere"), (("--format", "pdf"), "invalid choice"),
    (("--policy", "none.yaml"), "cannot read none.yaml"), (("--output", "none/page.md"), "cannot write none/page.md"),
])  # fmt: skip
def test_wrong_usage_is_one_line(repository: Repository, words: tuple[str, ...], message: str) -> None:
    ran = review_lint(repository.path, "render", *words)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert message in ran.err


def test_without_a_review_file_it_says_how_to_get_one(repository: Repository) -> None:
    repository.git("rm", "--quiet", "REVIEW.yaml")
    ran = review_lint(repository.path, "render")
    assert ran.code == 2
    assert "review-lint init" in ran.err


def test_a_bare_repository_has_nothing_to_render(tmp_path: Path) -> None:
    ran = review_lint(Repository(tmp_path / "bare", "--bare").path, "render")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_a_pipe_stays_a_pipe_and_gets_the_page(repository: Repository) -> None:
    pipe = repository.path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert review_lint(repository.path, "render", "--output", "pipe").code == 0
    reader.join(timeout=10)
    assert read[0].startswith("# sketchpad")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert review_lint(repository.path, "render", "--output", os.devnull) == (0, "", "")


def test_a_full_disk_is_no_success(repository: Repository) -> None:
    ran = review_lint(repository.path, "render", "--output", "/dev/full")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
