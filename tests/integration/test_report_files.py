"""All formats of one real run: each can be read, and all of them say the same."""

import json
import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

import html5lib
import pytest
from lxml import etree

from linter.output import FORMATS
from tests.support.cli import Ran, review_lint
from tests.support.code import function
from tests.support.consumers import CODE_QUALITY, JUNIT, SARIF, command
from tests.support.repository import Repository
from tests.support.reviews import review

IN_FILES = tuple(name for name in FORMATS if name != "text")
ODD = b"::error::%0A caf\xe9 \xf0\x9f\x98\x80.py"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """With two errors, one of them in a file that is called strangely, a warning, and an ignore that hides a third."""
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review(), "old.py": function("old", 30)}, "Start")
    ignore = "# review-lint: ignore[RL801] as the post's table has it"
    hidden = function("table", 20).replace("\n", f"  {ignore}\n", 1)
    repository.stage({"REVIEW.yaml": review("surprise: 1\n"), "hidden.py": hidden, "old.py": function("old", 31)})
    (repository.path / os.fsdecode(ODD)).write_text(function("odd", 17))
    repository.git("add", "--all")
    return repository


def run(repository: Repository, *arguments: str) -> Ran:
    outputs = [f"--format={name}=../report.{name}" for name in IN_FILES]
    return review_lint(
        repository.path, "--staged", "--no-cache", "--today", "2026-01-01", "--format=text", *outputs, *arguments
    )


def test_all_formats_of_a_run_agree(repository: Repository, tmp_path: Path) -> None:
    ran = run(repository)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[-1].startswith("failed: 2 errors, 1 warning, 1 suppressed")
    texts = {name: (tmp_path / f"report.{name}").read_text(encoding="utf-8") for name in IN_FILES}
    rules = sorted(one["rule"] for one in json.loads(texts["json"])["findings"] if not one["suppressed"])
    assert rules == ["RL006", "RL801", "RL802"]

    sarif = json.loads(texts["sarif"])
    SARIF.validate(sarif)
    results = sarif["runs"][0]["results"]
    assert sorted(result["ruleId"] for result in results) == rules
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert ODD in map(unquote_to_bytes, places)

    issues = json.loads(texts["gitlab"])
    CODE_QUALITY.validate(issues)
    assert sorted(issue["check_name"] for issue in issues) == rules

    suites = etree.fromstring(texts["junit"].encode())
    JUNIT.assertValid(suites)
    assert (suites.get("tests"), suites.get("failures")) == ("3", "2")

    commands = [found for line in texts["github"].splitlines() if (found := command(line))]
    assert [found.name for found in commands] == ["error", "error", "warning"]
    assert "::error::%0A caf\\xe9 \U0001f600.py" in [found.properties["file"] for found in commands]

    rows = html5lib.parse(texts["html"], namespaceHTMLElements=False).findall(".//tbody/tr")
    assert sorted(row.findtext("th/code") for row in rows) == rules
    assert sum(f"**{rule}**" in texts["markdown"] for rule in rules) == len(texts["concise"].splitlines()) == 3


def test_what_is_written_does_not_depend_on_when(repository: Repository, tmp_path: Path) -> None:
    """But for the JSON report, which says how long the run took."""
    names = [name for name in IN_FILES if name != "json"]
    run(repository)
    first = [(tmp_path / f"report.{name}").read_bytes() for name in names]
    run(repository)
    assert [(tmp_path / f"report.{name}").read_bytes() for name in names] == first


def test_moved_lines_leave_fingerprints_alone(repository: Repository, tmp_path: Path) -> None:
    run(repository)
    before = fingerprints(tmp_path)
    path = repository.path / os.fsdecode(ODD)
    path.write_text("import os\n\n\nprint(os)\n\n\n" + path.read_text())
    repository.git("add", "--all")
    run(repository)
    assert fingerprints(tmp_path) == before
    assert len(set(before)) == len(before) == 6


def fingerprints(folder: Path) -> list[str]:
    issues = json.loads((folder / "report.gitlab").read_text())
    results = json.loads((folder / "report.sarif").read_text())["runs"][0]["results"]
    return [
        *("gitlab " + issue["fingerprint"] for issue in issues),
        *("sarif " + result["partialFingerprints"]["reviewLint/v1"] for result in results),
    ]


def test_the_exit_code_in_sarif_is_that_of_the_process(repository: Repository, tmp_path: Path) -> None:
    for arguments in ((), ("--exit-zero",)):
        ran = run(repository, *arguments)
        (invocation,) = json.loads((tmp_path / "report.sarif").read_text())["runs"][0]["invocations"]
        assert invocation == {"executionSuccessful": True, "exitCode": ran.code}
