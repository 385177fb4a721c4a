"""Run the command line as its users do: as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.repository import PROJECT

START = (
    f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from linter.__main__ import main; "
    "sys.argv[0] = 'review-lint'; sys.exit(main())"
)


class Ran(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report on standard output."""
        report: dict[str, Any] = json.loads(self.out)
        return report

    @property
    def places(self) -> list[str]:
        """`path:line:column: CODE severity` of every finding of the JSON report that is not suppressed."""
        findings = [finding for finding in self.report["findings"] if not finding["suppressed"]]
        return ["{path}:{line}:{column}: {rule} {severity}".format(**finding) for finding in findings]


def review_lint(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run review-lint in a folder."""
    result = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", START, *arguments],
        cwd=folder,
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="surrogateescape",
    )
    return Ran(result.returncode, result.stdout, result.stderr)


def check(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run the check with a JSON report, on a fixed day."""
    return review_lint(folder, "check", "--format", "json", "--today", "2026-01-01", *arguments, env=env)
