"""`review-lint migrate`: bring every REVIEW.yaml to the version of the format that this release writes."""

import argparse

from linter.adapters.files import replace_files
from linter.adapters.git.repository import open_repository
from linter.adapters.git.targets import worktree
from linter.adapters.schema.check import VERSION
from linter.adapters.yaml.edit import EditError
from linter.cli.console import Console
from linter.cli.difference import DIFF_HELP, difference, show, tell
from linter.cli.fix import next_step
from linter.engine.fixing.migration import VERSIONS, other_versions
from linter.engine.fixing.plan import Plan, plan
from linter.errors import UsageError
from linter.model.document import FILE_NAME
from linter.output.printable import printable

SUMMARY = f"bring every {FILE_NAME} to the version of the format that this release writes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a folder of the repository (default: .)")
    parser.add_argument("--diff", action="store_true", help=DIFF_HELP)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the files or show what would be written.

    Raises EditError, and changes nothing, where a file cannot be read or has a version that this release does not know.
    """
    with open_repository(arguments.path) as git:
        if git.top is None:
            raise UsageError("a bare repository has no files to write to", "run migrate in a clone of it")
        found = plan(worktree(git), other_versions, lambda finding: finding.rule == VERSIONS)
    _refuse_parts(found)
    if arguments.diff:
        text = "".join(difference(rewrite.path, rewrite.old, rewrite.new) for rewrite in found.rewrites)
        return show(text, _account(found, "would be"), console)
    replace_files(git.top, found.rewrites)
    tell([*_account(found, "is"), *next_step(found)], console)
    return 0


def _refuse_parts(found: Plan) -> None:
    for left in found.left_out:
        raise EditError(f"{left.finding.location.path}: {left.reason}", "nothing was changed; mend that first")
    for finding in found.remaining:
        line, column = finding.location.span.start
        raise EditError(f"{finding.location.path}:{line}:{column}: {finding.message}", finding.hint or "")


def _account(found: Plan, verb: str) -> list[str]:
    lines = [f"{printable(fix.finding.location.path)} {verb} of version {VERSION} now" for fix in found.fixed]
    return lines or [f"nothing to do: no {FILE_NAME} here has an older version"]
