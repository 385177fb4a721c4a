"""`review-lint init`: a first REVIEW.yaml, from what the repository already says."""

import argparse
import os

from linter.adapters.files import write_file
from linter.adapters.git.history import own_address, recent_authors, remote_name
from linter.adapters.git.repository import Git, open_repository
from linter.adapters.git.targets import worktree
from linter.cli.console import Console
from linter.cli.difference import DIFF_HELP, difference, show, tell
from linter.engine.drafting.draft import Facts, draft
from linter.engine.drafting.facts import Surroundings, Survey, survey
from linter.errors import UsageError
from linter.model.document import FILE_NAME, PLACEHOLDER
from linter.model.review_files import is_misspelt

SUMMARY = f"write a first {FILE_NAME} from what the repository already says"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    where = "a folder of the repository at whose root the file is written (default: .)"
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help=where)
    parser.add_argument("--diff", action="store_true", help=DIFF_HELP)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the file at the root of the repository, or show it. Raises UsageError when there is one already."""
    with open_repository(arguments.path) as git:
        if git.top is None:
            raise UsageError("a bare repository has no folder to write to", "run init in a clone of it")
        _refuse_second(git.top)
        found = survey(worktree(git), _surroundings(git, git.top))
    content = draft(found.facts).encode()
    if arguments.diff:
        return show(difference(FILE_NAME, None, content), _account(found), console)
    path = os.path.join(git.top, FILE_NAME)
    write_file(path, content)
    tell([*_account(found), *_next_steps(os.path.relpath(path))], console)
    return 0


def _refuse_second(top: str) -> None:
    """Whatever stands at the root under a name like this, also what git ignores."""
    for name in sorted(os.listdir(top)):
        if name == FILE_NAME:
            raise UsageError(f"{FILE_NAME} exists already", "edit it; git add brings it into the next commit")
        if is_misspelt(name):
            raise UsageError(f"there is a {name}, which is not read", f"rename it: git mv {name} {FILE_NAME}")


def _surroundings(git: Git, top: str) -> Surroundings:
    return Surroundings((remote_name(git), os.path.basename(top)), recent_authors(git), own_address(git))


def _account(found: Survey) -> list[str]:
    """What was guessed from where, and what could not be read."""
    width = max(map(len, Facts._fields))
    guessed = [f"  {field:<{width}}  {_listed(sources)}" for field, sources in found.sources.items()]
    skipped = [f"  {path}: {reason}" for path, reason in found.skipped.items()]
    return [*_titled("guessed from what the repository says:", guessed), *_titled("not read:", skipped)]


def _listed(sources: tuple[str, ...]) -> str:
    more = f" and {len(sources) - 3} more" if len(sources) > 3 else ""
    return ", ".join(sources[:3]) + more


def _next_steps(path: str) -> list[str]:
    return [
        f"{path} is written. Next:",
        f"  1. read it, and replace what begins with {PLACEHOLDER}",
        "  2. review-lint",
        f"  3. git add {path} && git commit",
    ]


def _titled(title: str, lines: list[str]) -> list[str]:
    return [title, *lines] if lines else []
