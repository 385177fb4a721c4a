"""`review-lint schema [NAME]`: a JSON schema, for editors and for reading."""

import argparse
import os
import shlex

from linter.adapters.files import replace_files, write_file
from linter.adapters.git.repository import open_repository
from linter.adapters.git.targets import worktree
from linter.adapters.schema.files import schema_text
from linter.cli.console import Console, closed_pipe_tolerated
from linter.cli.difference import DIFF_HELP, difference, show, tell
from linter.errors import UsageError
from linter.model.document import FILE_NAME
from linter.output.printable import printable_path

SUMMARY = "print a JSON schema: review (of REVIEW.yaml), configuration, policy, inventory, report or scan"

REVIEW = "review"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", default=REVIEW, help=f"default: {REVIEW}")
    parser.add_argument(
        "--write",
        action="store_true",
        help=f"give the repository a copy, and every {FILE_NAME} a first line by which editors find it",
    )
    parser.add_argument("--path", metavar="FOLDER", default=".", help="a folder of that repository (default: .)")
    parser.add_argument("--diff", action="store_true", help=DIFF_HELP)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the schema as it is kept, or write it. Raises UsageError when there is none of that name."""
    text = schema_text(arguments.name)
    if arguments.write:
        if arguments.name != REVIEW:
            raise UsageError(f"--write is for the schema {REVIEW} alone", "without it the schema is printed")
        return _write(arguments, text.encode(), console)
    if arguments.diff or arguments.path != ".":
        raise UsageError("--diff and --path go with --write", "add --write, or leave them out")
    with closed_pipe_tolerated(console):
        console.out.write(text)
    return 0


def _write(arguments: argparse.Namespace, schema: bytes, console: Console) -> int:
    # Whoever reads the schema only does not wait for the engine.
    from linter.engine.fixing.modeline import SCHEMA_FILE, modelines  # noqa: PLC0415

    with open_repository(arguments.path) as git:
        if git.top is None:
            raise UsageError("a bare repository has no files to write to", "write the schema in a clone of it")
        found = modelines(worktree(git))
        if not found.files:
            raise UsageError(f"there is no {FILE_NAME} here", "`review-lint init` writes a first one")
        copy = os.path.join(git.top, SCHEMA_FILE)
        old = _content(copy)
    left = [f"{path} is left as it is: {reason}" for path, reason in found.left_out.items()]
    if arguments.diff:
        changes = [(SCHEMA_FILE, old, schema), *found.rewrites]
        return show("".join(difference(*change) for change in changes), left, console)
    if old != schema:
        write_file(copy, schema)
    replace_files(git.top, found.rewrites)
    copies = [SCHEMA_FILE] if old != schema else []
    tell([*left, *_account([*copies, *(rewrite.path for rewrite in found.rewrites)])], console)
    return 0


def _account(written: list[str]) -> list[str]:
    if not written:
        return ["nothing to write: what can be there is there"]
    paths = " ".join(shlex.quote(printable_path(path)) for path in written)
    return [*(f"written: {path}" for path in written), f"next: git add {paths}"]


def _content(path: str) -> bytes | None:
    """The copy that is there, if one is. Raises UsageError for what could lead out of the repository."""
    if not os.path.lexists(path):
        return None
    if os.path.islink(path) or not os.path.isfile(path):
        raise UsageError(f"{path} is no file of its own", "move it away, so that the schema can be written there")
    with open(path, "rb") as file:
        return file.read()
