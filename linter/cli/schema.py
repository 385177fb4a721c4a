"""`review-lint schema [NAME]`: a JSON schema, for editors and for reading."""

import argparse

from linter.adapters.schema.files import schema_text
from linter.cli.console import Console, closed_pipe_tolerated

SUMMARY = "print a JSON schema: review (of REVIEW.yaml), configuration, policy, inventory, report or scan"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", default="review", help="default: review")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the schema as it is kept. Raises UsageError when there is none of that name."""
    text = schema_text(arguments.name)
    with closed_pipe_tolerated(console):
        console.out.write(text)
    return 0
