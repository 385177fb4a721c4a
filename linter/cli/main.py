"""The argument tree and the error boundary: every way a run can end has its exit code here.

A command is a module of this folder with three members: `SUMMARY` (one line), `add_arguments(parser)` and
`run(arguments, console) -> int`. Only the module of the command that is asked for is imported.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from linter import __version__
from linter.cli.console import Console, closed_pipe_tolerated, standard_console
from linter.errors import ReviewLintError, UsageError
from linter.model.words import closest
from linter.output.printable import printable

COMMANDS = (
    "check",
    "init",
    "explain",
    "rules",
    "schema",
    "policy",
    "sign",
    "fix",
    "migrate",
    "diff",
    "render",
    "scan",
    "history",
    "site",
    "install-hook",
    "pre-push",
    "pre-receive",
    "doctor",
    "completion",
)
PASSED, FAILED, BROKEN, INTERRUPTED = 0, 1, 2, 130

DESCRIPTION = "Design reviews that are checked with every commit."
EPILOG = (
    "Without a command, review-lint checks: `review-lint --staged`, `review-lint --format json`;"
    " `review-lint check --help` shows the options."
    " Exit codes: 0 passed, 1 findings, 2 it could not judge, 130 interrupted."
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors go through the error boundary, and which looks at the terminal for its help only:
    argparse makes a formatter for every argument, and asking for the width imports shutil and four modules of archives.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_of_any_width, **options)

    def format_help(self) -> str:
        self.formatter_class = argparse.HelpFormatter
        return super().format_help()

    def error(self, message: str) -> Any:
        unknown = message.partition("unrecognized arguments: ")[2].partition(" ")[0].partition("=")[0]
        near = " or ".join(closest(unknown, self._option_string_actions)) if unknown else ""
        raise UsageError(message, f"did you mean {near}?" if near else f"`{self.prog} --help` shows what there is")


def _of_any_width(prog: str) -> argparse.HelpFormatter:
    return argparse.HelpFormatter(prog, width=80)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    console = standard_console()
    try:
        return dispatch(words, console)
    except SystemExit:  # how argparse ends when it has shown the help of a command
        with closed_pipe_tolerated(console):
            return PASSED
    except KeyboardInterrupt:
        console.note("interrupted")
        return INTERRUPTED
    except Exception as error:  # the boundary: a crash is never 0 and never 1
        tell(error, console)
        if "--verbose" in words:
            traceback = importlib.import_module("traceback")
            console.say("".join(traceback.format_exception(error)))
        return BROKEN


def dispatch(words: Sequence[str], console: Console) -> int:
    """Find the command that `words` name and run it."""
    if words[:1] in (["--help"], ["-h"]):
        with closed_pipe_tolerated(console):
            overview().print_help(console.out)
        return PASSED
    if words[:1] == ["--version"]:
        with closed_pipe_tolerated(console):
            print(f"review-lint {__version__}", file=console.out)
        return PASSED
    name, rest = _command(words)
    # Before Python 3.13 argparse takes the value -- of an option for none, and gives a list in its place.
    if empty := next((word for word in rest if word.startswith("--") and word.endswith("=--")), None):
        raise UsageError(f"{empty} gives no value", f"`review-lint {name} --help` shows what there is")
    command = load(name)
    parser = Parser(prog=f"review-lint {name}", description=command.SUMMARY)
    add_arguments(parser, name)
    code: int = command.run(parser.parse_args(rest), console)
    return code


def _command(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command that is meant, and its arguments. Raises UsageError for a word that is no command and no place."""
    first = words[0] if words else "check"
    if first in COMMANDS:
        return first, words[1:]
    if not first.startswith("-") and not os.path.lexists(first):
        near = " or ".join(f"`{name}`" for name in closest(first, COMMANDS))
        hint = f"did you mean {near}?" if near else "`review-lint --help` lists the commands"
        raise UsageError(f"there is neither a command nor a folder {first}", hint)
    return "check", words


def overview() -> argparse.ArgumentParser:
    """The whole tree of commands, for `--help`."""
    parser = Parser(prog="review-lint", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=__version__, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for name in COMMANDS:
        summary = load(name).SUMMARY
        add_arguments(commands.add_parser(name, help=summary, description=summary), name)
    return parser


def add_arguments(parser: argparse.ArgumentParser, name: str) -> None:
    """The arguments of a command, and `--verbose`, which the check has for more than crashes."""
    load(name).add_arguments(parser)
    if name != "check":
        parser.add_argument("--verbose", action="store_true", help="add the traceback of a crash")


def load(name: str) -> Any:
    """The module of a command."""
    return importlib.import_module("linter.cli." + name.replace("-", "_"))


def tell(error: Exception, console: Console) -> None:
    """One line that says what went wrong and what to do next."""
    if isinstance(error, ReviewLintError):
        hint = f" ({error.hint})" if error.hint else ""
        console.note(one_line(f"error: {error}{hint}"))
    else:
        what = f"internal error: {type(error).__name__}: {error}"
        console.note(f"{one_line(what)} (a bug: please report it with what --verbose adds)")


def one_line(text: str) -> str:
    return printable("".join(character if character.isprintable() else " " for character in text)[:1000])
