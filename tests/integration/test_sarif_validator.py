"""Microsoft's validator of SARIF, with the standard's rules and those of GitHub's code scanning, over our reports."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from linter.output import Options
from tests.support.reports import CASES, rendered
from tests.support.repository import PROJECT

FOLDER = PROJECT / "tests" / "sarif"
PROGRAM = FOLDER / "node_modules" / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
RULES = "Sarif;Ghas"

KNOWN = {
    "SARIF2003": "names no repository: its address is not known",
    "SARIF2005": "has no address of a site about the tool: there is none that stays",
    "SARIF2012": "has no address of a page about each rule, and calls rules as they are called everywhere else",
    "SARIF2002": "has messages as text, which GitHub asks for",
    "SARIF2006": "names a schema that a machine without a network cannot reach",
    "SARIF2010": "has no pieces of source: who sees the report has the source",
    "SARIF2011": "has no pieces of source: who sees the report has the source",
}
"""Advice that is not followed, and why."""


def validated(folder: Path, logs: dict[str, bytes]) -> list[dict[str, Any]]:
    """What the validator says about logs."""
    if not PROGRAM.exists():
        pytest.skip(f"needs a validator: npm ci --prefix {FOLDER.relative_to(PROJECT)}")
    for name, log in logs.items():
        (folder / name).write_bytes(log)
    command = [PROGRAM, "validate", *logs, "--rule-kind", RULES, "--level", "Error;Warning;Note", "--output", "said"]
    # .NET wants ICU otherwise, which is no part of small systems.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=300)
    (run,) = json.loads((folder / "said").read_text(encoding="utf-8-sig"))["runs"]
    results: list[dict[str, Any]] = run["results"]
    return results


@pytest.mark.slow
def test_the_validator_has_nothing_to_say_that_is_not_known(tmp_path: Path) -> None:
    shown = {name: case._replace(options=Options(show_suppressed=True)) for name, case in CASES.items()}
    results = validated(tmp_path, {f"{name}.sarif": rendered(case, "sarif") for name, case in shown.items()})
    assert {result.get("level", "warning") for result in results} <= {"note", "warning"}
    assert {result["ruleId"].partition("/")[0] for result in results} == KNOWN.keys()


@pytest.mark.slow
def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    log = rendered(CASES["mixed"], "sarif")
    broken = {
        "absolute.sarif": log.replace(b'"REVIEW.yaml"', b'"/REVIEW.yaml"'),
        "before-the-first-line.sarif": log.replace(b'"startLine": 4', b'"startLine": 0'),
        "rule-that-is-not-there.sarif": log.replace(b'"ruleIndex": 1', b'"ruleIndex": 77'),
    }
    errors = {result["ruleId"] for result in validated(tmp_path, broken) if result.get("level") == "error"}
    assert errors >= {"SARIF1004", "SARIF1007", "SARIF1009"}
