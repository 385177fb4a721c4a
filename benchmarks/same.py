"""Whether two installed releases say the same, byte for byte but for the time that it took them.

    python -m benchmarks.same OLD NEW REPOSITORY... [--commits N]

OLD and NEW are `review-lint` commands. Every repository, bare or not, is judged as a whole, and so is each of its last
N commits (100) against the one before it. What differs is shown as a diff of the reports; the exit code is 1 then.
"""

import argparse
import difflib
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

LINES = 40
"""Of a difference; more says nothing more."""


def main() -> int:
    arguments = _arguments()
    questions = [
        (repository, question)
        for repository in arguments.repositories
        for question in (["--rev", "HEAD", "--metrics"], *_commits(repository, arguments.commits))
    ]
    different, files = 0, 0
    for repository, question in questions:
        old, new = (_report(command, repository, question) for command in (arguments.old, arguments.new))
        different += old != new
        files += _files(new)
        if old != new:
            print(f"{repository} {' '.join(question)}", *_difference(old, new), sep="\n")
    print(f"{len(questions)} runs over {files:,} files, {different} of them different")
    return int(different > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same")
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPOSITORY")
    parser.add_argument("--commits", type=int, default=100)
    return parser.parse_args()


def _commits(repository: Path, number: int) -> Iterator[Sequence[str]]:
    """The ranges of the last commits that have a parent, in the order of first parents."""
    command = ["git", "-C", repository, "rev-list", "--first-parent", "--parents", f"--max-count={number}", "HEAD"]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        commit, *parents = line.split()
        if parents:
            yield "--from-ref", parents[0], "--to-ref", commit


def _report(command: str, repository: Path, question: Sequence[str]) -> str:
    """The report and all that is said beside it."""
    run = [command, "check", *question, "--format", "json", "--no-cache", "--today", "2026-06-01"]
    ended = subprocess.run(run, cwd=repository, check=False, capture_output=True, text=True)
    return re.sub(r'"duration_ms": \d+', "", ended.stdout) + ended.stderr + f"\nexit code {ended.returncode}"


def _files(report: str) -> int:
    """How many files were analysed; 0 where there is no report."""
    found = re.search(r'"files": (\d+)', report)
    return int(found[1]) if found else 0


def _difference(old: str, new: str) -> list[str]:
    return list(difflib.unified_diff(old.splitlines(), new.splitlines(), "old", "new", lineterm="", n=2))[:LINES]


if __name__ == "__main__":
    sys.exit(main())
