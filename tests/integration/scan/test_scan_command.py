"""review-lint scan and history over a folder of repositories, each of which ends otherwise."""

import csv
import io
import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from linter.adapters.schema.files import load_schema
from tests.support.cli import Ran, review_lint
from tests.support.code import function
from tests.support.organisation import DAY, STATES, organisation
from tests.support.policies import SMALL
from tests.support.repository import Repository
from tests.support.reviews import review


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, isolated_home: Path) -> Path:
    os.environ["GIT_CONFIG_GLOBAL"] = str(isolated_home / ".gitconfig")
    return organisation(tmp_path_factory.mktemp("organisation") / "acme")


@pytest.fixture
def acme(folder: Path, tmp_path: Path) -> Path:
    """A copy of the organisation that a test may change."""
    shutil.copytree(folder, tmp_path / "acme", symlinks=True)
    return tmp_path


def scan(folder: Path, *arguments: str) -> Ran:
    return review_lint(folder, "scan", "acme", "--today", DAY, *arguments)


def states(ran: Ran) -> dict[str, str]:
    found = ran.report["repositories"]
    return {one["repository"]["name"]: (one["error"] or {"kind": one["status"]})["kind"] for one in found}


def test_every_repository_gets_a_report_whatever_is_the_matter_with_it(acme: Path) -> None:
    ran = scan(acme, "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert states(ran) == STATES
    assert list(states(ran)) == sorted(STATES)
    total = ran.report["total"]
    kinds = ("repositories", "with_review", "passed", "failed", "errors", "skipped")
    assert [total[kind] for kind in kinds] == [7, 2, 1, 2, 3, 1]
    assert str(acme) not in ran.out


def test_the_report_is_as_its_schema_says(acme: Path) -> None:
    schemas = {name: load_schema(name) for name in ("scan", "report")}
    Draft202012Validator.check_schema(schemas["scan"])
    known = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas.values())
    judge: Any = Draft202012Validator(schemas["scan"], registry=known)
    report = scan(acme, "--format", "json").report
    judge.validate(report)
    again = scan(acme, "--format", "json").report
    judge.validate(again)
    assert (report["previous"], again["previous"]) == (None, DAY)
    (web,) = (one for one in report["repositories"] if one["repository"]["name"] == "shop/web")
    assert {finding["rule"] for finding in web["findings"]} == {"RL006", "RL803"}
    assert web["products"][0]["guidelines"] == {"clarity": "adopted", "planning": "adopted"}
    del web["findings"][0]["path"]
    assert not judge.is_valid(report)


def test_what_a_person_sees(acme: Path) -> None:
    ran = scan(acme)
    assert ran.code == 1
    assert ran.out.splitlines()[-1] == (
        "7 repositories on 2026-06-01, 2 with REVIEW.yaml: 1 passed, 2 failed, 3 could not be judged,"
        " 1 hold nothing to judge"
    )
    for words in (
        "By team",
        "(no team)",
        "@acme/drawing",
        "By guideline",
        "simplicity",
        "lost.py: git object",
        "no-default-branch",
    ):
        assert words in ran.out
    assert "\x1b" not in ran.out


def test_markdown_and_csv_list_the_repositories(acme: Path) -> None:
    page = scan(acme, "--format", "markdown", "--output", "page.md")
    assert (page.code, page.out) == (1, "")
    text = (acme / "page.md").read_text()
    assert "| strange |  | configuration |  |  | review-lint.toml" in text
    assert "shop/api" not in text
    table = list(csv.DictReader(io.StringIO(scan(acme, "--format", "csv").out)))
    assert {row["repository"]: row["state"] or row["status"] for row in table} == STATES
    assert [row["functions"] for row in table if row["repository"] == "plain"] == ["1"]


def test_only_what_changed_is_judged_again_and_what_is_new_is_told(acme: Path) -> None:
    assert scan(acme).code == 1
    web, api = Repository(acme / "acme" / "shop" / "web"), Repository(acme / "acme" / "shop" / "api")
    memory = [repository.path / ".git" / "review-lint" / "known.sqlite" for repository in (web, api)]
    before = [path.stat().st_mtime_ns for path in memory]
    web.commit_files({"REVIEW.yaml": review("other: 1\n"), "new.py": function("new", 3)})
    again = scan(acme, "--format", "json")
    total = again.report["total"]
    assert (total["new"], total["fixed"]) == (1, 1)
    after = [path.stat().st_mtime_ns for path in memory]
    assert (after[0] > before[0], after[1] == before[1]) == (True, True)


def test_only_new_findings_fail_a_scan_since_the_last(acme: Path) -> None:
    for name in ("broken", "headless", "strange"):
        shutil.rmtree(acme / "acme" / name)
    first = scan(acme, "--since-last")
    assert (first.code, "nothing counts as new" in first.err) == (0, True)
    assert scan(acme, "--since-last").code == 0
    Repository(acme / "acme" / "shop" / "api").commit_files({"REVIEW.yaml": review("surprise: true\n")})
    assert scan(acme, "--since-last").code == 1
    assert scan(acme, "--since-last").code == 0
    assert scan(acme).code == 1


def test_what_could_not_be_judged_has_not_passed(acme: Path) -> None:
    for name in ("plain.git", "shop/web"):
        shutil.rmtree(acme / "acme" / name)
    assert scan(acme).code == 2
    for name in ("broken", "headless", "strange"):
        shutil.rmtree(acme / "acme" / name)
    assert scan(acme).code == 0


def test_a_dry_run_shows_what_a_policy_would_change_and_keeps_nothing(acme: Path) -> None:
    (acme / "strict.yaml").write_text(SMALL + "mode: absolute\nlimits: {cyclomatic_complexity: 2}\n")
    ran = scan(acme, "--dry-run", "strict.yaml", "--format", "json")
    assert ran.code == 0
    effects = ("repositories", "failing", "newly_failing", "freed", "findings", "functions", "errors")
    assert [ran.report["total"][effect] for effect in effects] == [7, 2, 1, 0, 3, 1, 4]
    assert ran.report["newly_failing"] == [{"name": "shop/api", "team": "@acme/drawing", "findings": 1}]
    assert not (acme / "review-lint.db").exists()
    text = scan(acme, "--dry-run", "strict.yaml").out
    assert text.endswith("1 of 7 repositories would newly fail, and 1 function newly be beyond a limit\n")


@pytest.mark.parametrize(("arguments", "words"), [
    (["--executor", "threads"], "there is no executor threads"),
    (["--jobs", "0"], "argument --jobs: '0' is no number from 1 up"),
    (["--timeout", "0.5"], "argument --timeout"),
    (["--memory", "10"], "no number from 256 up"),
    (["--output", ""], "--output names no file"),
    (["--policy", "none.yaml"], "cannot read none.yaml"),
    (["--dry-run", "bad.yaml"], "bad.yaml"),
    (["--policy", "bad.yaml"], "bad.yaml"),
    (["--dry-run", "ok.yaml", "--format", "csv"], "--dry-run has no format csv"),
    (["--dry-run", "ok.yaml", "--since-last"], "choose one of them"),
    (["--executor", "dask=tcp://127.0.0.1:1"], "no Dask scheduler"),
    (["--store", "missing/folder/x.db"], "store"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    Repository(tmp_path / "acme" / "one").commit_files({"a.py": "x = 1\n"})
    (tmp_path / "bad.yaml").write_text("version: 1\nnames: x\n")
    (tmp_path / "ok.yaml").write_text(SMALL)
    ran = scan(tmp_path, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1


def test_history_shows_every_scan_and_since_when_something_is_open(acme: Path) -> None:
    none = review_lint(acme, "history")
    assert (none.code, "no" in none.err) == (2, True)
    for _ in range(2):
        scan(acme)
    everything = review_lint(acme, "history")
    assert everything.code == 0
    assert everything.out.count(DAY) == 2
    one = review_lint(acme, "history", "shop/web")
    assert "RL006" in one.out and "Open since" in one.out
    for arguments in (["nobody"], ["--team", "nobody"], ["shop/web", "--team", "x"]):
        ran = review_lint(acme, "history", *arguments)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)


def test_a_full_result_file_is_an_error_and_leaves_the_old_one(acme: Path) -> None:
    target = acme / "closed"
    target.mkdir()
    (target / "report.json").write_text("old")
    target.chmod(stat.S_IRUSR | stat.S_IXUSR)
    ran = scan(acme, "--format", "json", "--output", "/dev/full")
    assert (ran.code, "cannot write /dev/full" in ran.err) == (2, True)
    target.chmod(stat.S_IRWXU)
    ran = scan(acme, "--format", "json", "--output", "closed/report.json")
    assert ran.code == 1
    assert json.loads((target / "report.json").read_text())["version"] == 1
    assert [path.name for path in target.iterdir()] == ["report.json"]
