"""`review-lint sign SECTION...`: sign sections of a REVIEW.yaml off."""

import argparse
import os
import shlex

from linter.adapters.files import replace_files
from linter.adapters.git.history import own_address
from linter.adapters.git.repository import Git, open_repository
from linter.adapters.git.targets import staged, worktree
from linter.cli.arguments import day, folder_of
from linter.cli.console import Console
from linter.cli.difference import DIFF_HELP, difference, show, tell
from linter.engine.governance.entry import Signature, SignedFile, sign
from linter.errors import UsageError
from linter.model.document import FILE_NAME
from linter.model.edit import Rewrite
from linter.model.quote import listed
from linter.model.review import SECTIONS
from linter.model.sign_off import APPROVED, CONDITIONAL, ROLES, VERDICTS
from linter.model.words import closest

SUMMARY = f"sign sections of a {FILE_NAME} off"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sections", metavar="SECTION", nargs="+", help="the sections that were reviewed")
    parser.add_argument("--role", metavar="R", required=True, help=f"the point of view: {listed(list(ROLES), 'or')}")
    parser.add_argument("--by", metavar="HANDLE", help="who reviewed them (default: the e-mail address that git knows)")
    parser.add_argument("--verdict", metavar="V", default=APPROVED, help=f"{listed(list(VERDICTS), 'or')}")
    parser.add_argument("--path", default=".", help=f"where to look for the nearest {FILE_NAME}, upwards (default: .)")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="the day of the signature (default: today, UTC)")
    parser.add_argument("--diff", action="store_true", help=DIFF_HELP)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Add the entry and say what to do next, or show it."""
    place = folder_of(arguments.path)
    with open_repository(place) as git:
        if git.top is None:
            raise UsageError("a bare repository has no folder to write to", "sign in a clone of it")
        signature = _signature(arguments, git)
        inner = os.path.relpath(place, os.path.realpath(git.top))
        signed = sign(signature, "" if inner == "." else inner, staged(git), worktree(git))
    if arguments.diff:
        text = difference(signed.path, signed.before, signed.after)
        return show(text, [_account(signature, signed, "would be")], console)
    replace_files(git.top, [Rewrite(signed.path, signed.before, signed.after)])
    file = os.path.relpath(os.path.join(git.top, signed.path))
    tell([_account(signature, signed, "is"), *_next_steps(signature, file)], console)
    return 0


def _signature(arguments: argparse.Namespace, git: Git) -> Signature:
    sections = dict.fromkeys(_known(word, "section", SECTIONS) for word in arguments.sections)
    by = arguments.by or own_address(git)
    if not by:
        raise UsageError("git does not know who you are", "give --by HANDLE, or git config user.email ADDRESS")
    return Signature(
        sections=tuple(section for section in SECTIONS if section in sections),
        role=_known(arguments.role, "role", ROLES),
        by=by,
        today=day(arguments.today),
        verdict=_known(arguments.verdict, "verdict", VERDICTS),
    )


def _known(word: str, what: str, words: tuple[str, ...]) -> str:
    if word in words:
        return word
    near = closest(word, words)
    hint = f"did you mean {listed(list(near), 'or')}?" if near else f"there are {listed(list(words))}"
    raise UsageError(f"there is no {what} {word}", hint)


def _account(signature: Signature, signed: SignedFile, verb: str) -> str:
    sections, by = listed(list(signature.sections)), f"by {signature.by} as {signature.role}"
    are = "are" if verb == "is" and len(signature.sections) > 1 else verb
    return f"{signed.path}: {sections} {are} signed {by}: {signature.verdict}"


def _next_steps(signature: Signature, file: str) -> list[str]:
    conditions = "say on which conditions, else it does not count: add `conditions` with `what` and `due`"
    return [*([conditions] if signature.verdict == CONDITIONAL else []), f"next: git add {shlex.quote(file)}"]
