"""The replays of benchmarks/: what is counted, which verdicts are asked for, and what is looked for behind the gate."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.code import function
from tests.support.repository import PROJECT, Repository

PAGE = "Prose.\n\n<!-- tables -->\nold\n<!-- end of tables -->\n\nMore prose.\n"


def run(script: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(PROJECT / "benchmarks" / script), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(command, env=environment, capture_output=True, check=False, encoding="utf-8")


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """Four commits after the first: `f` gets too complex, text changes, `f` moves, and another function is new."""
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"a.py": function("f", 10)})
    repository.commit_files({"a.py": function("f", 20)})
    repository.commit_files({"read.me": "text"})
    (repository.path / "a.py").rename(repository.path / "b.py")
    repository.add()
    repository.commit()
    repository.commit_files({"vendored/c.py": function("g", 20)})
    return repository


def test_blocked_commits_are_counted_and_every_finding_has_a_row(shop: Repository) -> None:
    ran = run("replay.py", shop.path)
    assert ran.returncode == 0
    assert f"| shop | `{shop.head()}` | {shop.git('log', '-1', '--format=%cs')} | 3 | 2 | 66.7% |" in ran.stdout
    assert "| `a.py:1` | RL802 | `f` 10 → 20 | ? |" in ran.stdout
    assert "| `vendored/c.py:1` | RL801 | `g` new → 20 | ? |" in ran.stdout


def test_other_settings_are_compared(shop: Repository) -> None:
    ran = run("replay.py", shop.path, "--limit", 30, "--absolute", "--exclude", "vendored/**")
    assert "| commits blocked | as above | limit 30 | absolute | with `exclude` |" in ran.stdout
    assert "| shop | 2 | 0 | 3 | 1 |" in ran.stdout


def test_a_history_ends_where_it_is_told_to(shop: Repository) -> None:
    ran = run("replay.py", f"{shop.path}@HEAD~3")
    assert "vendored" not in ran.stdout
    assert "RL802" in ran.stdout


def test_a_folder_that_is_not_there_is_told() -> None:
    ran = run("replay.py", "nowhere")
    assert (ran.returncode, ran.stderr) == (1, "nowhere: there is no such folder\n")


def test_the_details_show_the_code_before_and_after(shop: Repository, tmp_path: Path) -> None:
    details = tmp_path / "details.txt"
    run("replay.py", shop.path, "--details", details)
    added = [line for line in details.read_text().splitlines() if line.startswith("+ ")]
    assert len(added) >= 10


def test_the_page_gets_its_tables_and_keeps_its_prose(shop: Repository, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    assert run("replay.py", shop.path, "--page", page).returncode == 0
    text = page.read_text()
    assert text.startswith("Prose.\n\n<!-- tables -->\n\n| repository |")
    assert text.endswith("|\n\n<!-- end of tables -->\n\nMore prose.\n")
    assert "old" not in text


def test_a_page_without_a_place_for_tables_is_refused(shop: Repository, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Prose.\n")
    ran = run("replay.py", shop.path, "--page", page)
    assert (ran.returncode, page.read_text()) == (1, "Prose.\n")
    assert "<!-- tables -->" in ran.stderr


def test_every_finding_wants_a_verdict_and_every_verdict_a_finding(shop: Repository, tmp_path: Path) -> None:
    grown, new = shop.git("rev-parse", "HEAD~3")[:10], shop.git("rev-parse", "HEAD")[:10]
    rows = [f"{grown}\ta.py:1\tRL802\tjustified\tten branches", f"{new}\tvendored/c.py:1\tRL801\texclude\tvendored"]
    verdicts = tmp_path / "verdicts.tsv"
    verdicts.write_text("\n".join(rows) + "\n")
    ran = run("replay.py", shop.path, "--verdicts", verdicts)
    assert (ran.returncode, "| justified: ten branches |" in ran.stdout) == (0, True)
    verdicts.write_text(rows[0].replace("a.py:1", "a.py:2") + "\n" + rows[1] + "\n")
    ran = run("replay.py", shop.path, "--verdicts", verdicts)
    assert (ran.returncode, "| ? |" in ran.stdout) == (1, True)
    assert f"no verdict\t{grown}\ta.py:1\tRL802" in ran.stderr
    assert f"no such finding\t{grown}\ta.py:2\tRL802" in ran.stderr


def test_what_rose_and_was_not_told_is_found_and_its_origin_named(shop: Repository) -> None:
    ran = run("silent_passes.py", shop.path)
    assert f"shop {shop.git('rev-parse', 'HEAD~1')[:10]} b.py:f 0 → 20: moved from a.py" in ran.stdout
    assert "2 of these, blocked by review-lint" in ran.stdout
    assert "1 of these, passed by review-lint" in ran.stdout
    assert "1 of these functions, not told" in ran.stdout
