"""`review-lint pre-receive`: a server's hook that refuses a push."""

import argparse
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from linter.adapters.git.targets import Receiver
from linter.api import Update
from linter.cli.console import Console
from linter.cli.pushing import BRANCHES, add_judging, judge, lines_from_git
from linter.errors import UsageError

SUMMARY = "judge what is pushed to this repository, as its pre-receive hook"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--branch",
        metavar="GLOB",
        action="append",
        help="judge only what is pushed to such branches: main, 'release/*' (default: every reference)",
    )
    add_judging(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Judge each reference that git names on standard input; what is not 0 has git refuse the whole push."""
    globs = tuple(map(_glob, arguments.branch or ()))
    updates = [Update(*words) for words in lines_from_git("pre-receive", 3)]
    if not globs:
        return judge(updates, Receiver(), arguments, console)
    wanted = [update for update in updates if _is_one_of(update.reference, globs)]
    return judge(wanted, Receiver(tuple(map(_as_option, globs))), arguments, console)


def _glob(text: str) -> str:
    """A glob that git understands as we do. Raises UsageError for what no branch is called."""
    if not re.fullmatch(r"[^\s\[\]\\^~:]+", text):
        raise UsageError(f"--branch {text!r} is no name of branches", "write main, or release/*")
    return text


def _is_one_of(reference: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(reference, BRANCHES + glob) for glob in globs)


def _as_option(glob: str) -> str:
    """Git takes a glob without wildcards for a folder of branches, so the last letter becomes a set of one."""
    plain = not set(glob) & {"*", "?"}
    return f"--glob={BRANCHES}{glob[:-1]}[{glob[-1]}]" if plain else f"--glob={BRANCHES}{glob}"
