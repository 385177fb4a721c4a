"""`review-lint completion SHELL`: the script with which a shell completes the command line."""

import argparse
import os

from linter.adapters.files import carried_folder
from linter.cli.console import Console, closed_pipe_tolerated

SUMMARY = "print the script with which a shell completes review-lint's command line"

SHELLS = ("bash", "fish", "zsh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help="bash, fish or zsh")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the script as the package carries it: it is made from the parser ahead, not each time a shell starts."""
    script = os.path.join(carried_folder("completions"), f"review-lint.{arguments.shell}")
    with open(script, encoding="utf-8") as file:
        text = file.read()
    with closed_pipe_tolerated(console):
        console.out.write(text)
    return 0
