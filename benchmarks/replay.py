"""Replay the history of real repositories: what would the gate have said to each of their commits?

    python benchmarks/replay.py --commits 200 --details replay.txt FOLDER...

judges the last commits of each repository (a bare mirror will do) that touch Python, each as a range from its first
parent, and prints a Markdown table: how many would have been blocked, and every blocking finding. `--details` writes
the code of each, before and after, to a file: reading it is the only way to tell whether the gate was right.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from linter.api import Content, Request, check_repo
from linter.errors import ReviewLintError
from linter.model.finding import Finding, Severity
from linter.model.snapshot import TargetKind


class Replay(NamedTuple):
    """One repository: the commits judged, those blocked with their findings, those that could not be judged."""

    name: str
    commits: int
    blocked: list[tuple[str, list[Finding]]]
    broken: list[tuple[str, str]]
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", metavar="FOLDER", nargs="+")
    parser.add_argument("--commits", type=int, default=200)
    parser.add_argument("--rev", default="HEAD", help="where each history ends")
    parser.add_argument("--select", default="RL8")
    parser.add_argument("--today", default="2026-01-01")
    parser.add_argument("--details", metavar="FILE")
    arguments = parser.parse_args()
    request = Request(arguments.today, select=tuple(arguments.select.split(",")))
    replays = []
    for repository in arguments.repositories:
        replays.append(replay(repository, arguments.rev, arguments.commits, request))
        print(f"{replays[-1].name}: {replays[-1].seconds:.0f} s", file=sys.stderr)
    print_table(replays)
    if arguments.details:
        with open(arguments.details, "w", encoding="utf-8") as stream:
            for repository, result in zip(arguments.repositories, replays, strict=True):
                stream.writelines(details(repository, result))
    return 0


def replay(repository: str, rev: str, count: int, request: Request) -> Replay:
    started = time.monotonic()
    commits = git(repository, "rev-list", "--first-parent", f"-{count}", rev, "--", "*.py", "*.pyi").split()
    blocked, broken = [], []
    for commit in reversed(commits):
        try:
            report = check_repo(repository, Content(TargetKind.RANGE, f"{commit}^", commit), request)
        except ReviewLintError as error:
            broken.append((commit, str(error)))
            continue
        errors = [f for f in report.findings if f.severity is Severity.ERROR and not f.suppressed]
        if errors:
            blocked.append((commit, errors))
    return Replay(name_of(repository), len(commits), blocked, broken, time.monotonic() - started)


def name_of(repository: str) -> str:
    parts = [part for part in repository.split("/") if part not in ("", "repo", ".git")]
    return parts[-1].removesuffix(".git").replace("+", "/")


def print_table(replays: list[Replay]) -> None:
    print("| repository | commits | blocked | share | not judged |\n|---|---:|---:|---:|---:|")
    for one in replays:
        share = f"{len(one.blocked) / max(1, one.commits):.1%}"
        print(f"| {one.name} | {one.commits} | {len(one.blocked)} | {share} | {len(one.broken)} |")
    print("\n| repository | commit | place | rule | finding |\n|---|---|---|---|---|")
    for one in replays:
        for commit, findings in one.blocked:
            for f in findings:
                place = f"{f.location.path}:{f.location.span.start.line}"
                print(f"| {one.name} | {commit[:10]} | `{place}` | {f.rule} | {f.message} |")
        for commit, reason in one.broken:
            print(f"| {one.name} | {commit[:10]} | | not judged | {reason} |")


def details(repository: str, result: Replay) -> Iterator[str]:
    for commit, findings in result.blocked:
        subject = git(repository, "log", "-1", "--format=%h %s", commit).strip()
        for finding in findings:
            path, base = finding.location.path, finding.data.get("base_path")
            old = base or path
            yield f"\n{'=' * 100}\n{result.name} {subject}\n{path}:{finding.location.span.start.line} {finding.rule} "
            yield f"{finding.message}\n{finding.data}\n{'-' * 100}\n"
            yield git(repository, "diff", "-M", f"{commit}^", commit, "--", *{path, old})[:20_000]


def git(repository: str, *arguments: str) -> str:
    command = ["git", "-C", repository, *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
