"""`review-lint fix`: put right what is safe to put right."""

import argparse
import shlex
from collections import Counter
from functools import partial

from linter.adapters.files import replace_files
from linter.adapters.git.history import GitHistory
from linter.adapters.git.repository import open_repository
from linter.adapters.git.targets import worktree
from linter.cli.arguments import codes, day, policy_file
from linter.cli.console import Console
from linter.cli.difference import DIFF_HELP, difference, show, tell
from linter.engine.fixing.plan import Plan, plan
from linter.engine.lint import lint
from linter.errors import UsageError
from linter.model.finding import Finding, Severity
from linter.model.history import History
from linter.model.request import Request
from linter.model.snapshot import Snapshot
from linter.output.printable import printable_path

SUMMARY = "put right in the working tree what is safe to put right"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a folder of the repository (default: .)")
    parser.add_argument("--diff", action="store_true", help=DIFF_HELP)
    parser.add_argument("--select", metavar="CODES", action="append", help="only what rules with these codes find")
    parser.add_argument("--ignore", metavar="CODES", action="append", help="not what rules with these codes find")
    parser.add_argument("--policy", metavar="FILE", help="an organisation's policy, instead of the configured one")
    parser.add_argument(
        "--today", metavar="YYYY-MM-DD", help="the day that rules about dates go by (default: today, UTC)"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the files or show what would be written; say what is fixed and what is left."""
    select = codes("--select", arguments.select or ()) or ("",)
    ignore = codes("--ignore", arguments.ignore or ())
    request = Request(day(arguments.today), policy=policy_file(arguments.policy))

    def is_wanted(finding: Finding) -> bool:
        return finding.rule.startswith(select) and not finding.rule.startswith(ignore)

    with open_repository(arguments.path) as git:
        if git.top is None:
            raise UsageError("a bare repository has no files to write to", "run fix in a clone of it")
        judge = partial(_judge, request=request, history=GitHistory(git, None))
        # All rules are asked whatever is selected: a fix must not bring what another rule forbids.
        found = plan(worktree(git), judge, is_wanted)
    if arguments.diff:
        text = "".join(difference(rewrite.path, rewrite.old, rewrite.new) for rewrite in found.rewrites)
        return show(text, _account(found, "would be fixed"), console)
    replace_files(git.top, found.rewrites)
    tell([*_account(found, "fixed"), *next_step(found)], console)
    return 0


def next_step(found: Plan) -> list[str]:
    """What a commit takes: it records what is staged."""
    files = " ".join(shlex.quote(printable_path(rewrite.path)) for rewrite in found.rewrites)
    return [f"next: git add {files}"] if files else []


def _judge(snapshot: Snapshot, request: Request, history: History) -> tuple[Finding, ...]:
    return lint(snapshot, request, history).findings


def _account(found: Plan, done: str) -> list[str]:
    """A line for each of the findings, then such as `1 fixed, 2 left as they are; afterwards: 3 errors`."""
    fixed = [f"{_head(fix.finding)} ({done}: {fix.edit.in_words})" for fix in found.fixed]
    left = [f"{_head(left.finding)} (left as it is: {left.reason})" for left in found.left_out]
    parts = [
        f"{len(fixed)} {done}" if fixed else "nothing to fix",
        *([f"{len(left)} left as they are"] if left else []),
    ]
    return [*fixed, *left, f"{', '.join(parts)}; afterwards: {_counts(found.remaining)}"]


def _head(finding: Finding) -> str:
    line, column = finding.location.span.start
    return f"{printable_path(finding.location.path)}:{line}:{column}: {finding.rule} {finding.message}"


def _counts(findings: tuple[Finding, ...]) -> str:
    numbers = Counter(finding.severity for finding in findings)
    words = [_count(numbers[severity], severity) for severity in sorted(numbers, reverse=True)]
    return f"{', '.join(words)} (`review-lint` shows them)" if words else "no findings"


def _count(number: int, severity: Severity) -> str:
    return f"{number} {severity.label}{'s' if number > 1 and severity is not Severity.ADVICE else ''}"
