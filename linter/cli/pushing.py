"""What the hooks before and after the line have in common: judging what is pushed, reference by reference."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence

from linter.adapters.git.paths import decoded
from linter.adapters.git.targets import Receiver
from linter.api import Update, check_push
from linter.cli.arguments import add_rules, request_of
from linter.cli.console import Console, Draft, closed_pipe_tolerated
from linter.errors import UsageError
from linter.model.report import Report
from linter.output import Options
from linter.output.printable import encoding_of, printable
from linter.output.text import render

BRANCHES = "refs/heads/"


def add_judging(parser: ArgumentParser) -> None:
    """The arguments that `judge` reads."""
    add_rules(parser.add_argument_group("by which rules"))
    parser.add_argument("--quiet", action="store_true", help="say nothing about what passes")


def lines_from_git(hook: str, words: int) -> Iterator[Sequence[str]]:
    """The words of each line that git tells a hook on standard input. Raises UsageError for what git does not say."""
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(f"{hook} reads from git what is pushed", "`review-lint install-hook` has git call it")
    for line in sys.stdin.buffer.read().split(b"\n"):
        found = decoded(line).split(" ")
        if len(found) == words:
            yield found
        elif line:
            raise UsageError(f"git says {printable(decoded(line[:100]))!r}, which is no line for {hook}")


def judge(updates: Iterable[Update], receiver: Receiver, arguments: Namespace, console: Console) -> int:
    """Judge what is pushed and tell all of it at once; 0 when nothing reaches the fail level, else 1."""
    reports = check_push(".", updates, receiver, request_of(arguments), not arguments.no_cache)
    for note in dict.fromkeys(note for _, report in reports for note in report.notes):
        console.note(printable(note))
    shown = Options(color=console.has_color("auto"), quiet=arguments.quiet)
    draft = Draft()
    draft.encoding = encoding_of(console.out)
    for update, report in reports:
        draft.write(_heading(update, draft.encoding) if len(reports) > 1 and _says(report, shown) else "")
        render(report, draft, shown)
    with closed_pipe_tolerated(console):
        console.out.write(draft.getvalue())
    return int(any(report.is_failed for _, report in reports))


def _says(report: Report, shown: Options) -> bool:
    return not shown.quiet or any(finding.suppressed is None for finding in report.findings)


def _heading(update: Update, encoding: str) -> str:
    """Such as `main:`; what is no branch has its whole name."""
    return f"{printable(update.reference.removeprefix(BRANCHES), encoding)}:\n"
