"""The completion scripts: what shtab makes of the parser, told what each word of it stands for.

Write them anew: `make pages`, or `python -m tests.support.completions`.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import shtab

from linter.adapters.schema.files import load_schema, schema_names
from linter.cli.main import add_arguments, overview
from linter.model.review import SECTIONS
from linter.model.sign_off import ROLES, VERDICTS
from linter.output import FORMATS
from linter.rules.codes import CODES

FOLDER = Path(__file__).parents[2] / "completions"

SHELLS = ("bash", "fish", "zsh")

REVISIONS = ("A", "B", "REV")
"""The metavars of revisions."""

NAMES = "git for-each-ref --format='%(refname:short)' 2>/dev/null | LC_ALL=C grep -x '[A-Za-z0-9][A-Za-z0-9._/@+-]*'"
"""Branches, tags and remote branches; not those whose names a shell would take for more than names."""

PREAMBLE = {
    "bash": f'_review_lint_revisions() {{ compgen -W "$({NAMES})" -- "$1"; }}',
    "fish": f"function _review_lint_revisions; {NAMES}; end",
    "zsh": f'_review_lint_revisions() {{ compadd -- ${{(f)"$({NAMES})"}} }}',
}
REVISION = {"bash": "_review_lint_revisions", "fish": "(_review_lint_revisions)", "zsh": "_review_lint_revisions"}

ZSH = {'"(*):': '"*:', "(': :_": "('(-): :_"}
"""What shtab 1.13 writes, and what zsh understands: a place for many words, not one; and that what follows a command
are options of that command, not of the program.
"""

PLACES: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("FILE", "POLICY"), shtab.FILE),
    **dict.fromkeys(("PATH", "FOLDER", "SOURCE"), shtab.DIRECTORY),
    **dict.fromkeys(REVISIONS, REVISION),
}
"""The metavars of files, folders and revisions."""


def script(shell: str) -> str:
    """The completion script for one of `SHELLS`."""
    text: str = shtab.complete(completed(), shell, preamble=PREAMBLE)
    if shell == "zsh":
        for written, meant in ZSH.items():
            text = text.replace(written, meant)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def completed() -> argparse.ArgumentParser:
    """The parser, which says in shtab's way what its arguments are. Without a command, those of the check hold."""
    parser = overview()
    check = argparse.ArgumentParser(add_help=False)
    add_arguments(check, "check")
    for action in check._actions:
        if action.option_strings:
            parser._add_action(action)
    words = words_of_metavars()
    for action in actions(parser):
        metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        if metavar in PLACES:
            action.complete = PLACES[metavar]  # type: ignore[attr-defined]
        elif action.choices is None and metavar in words:
            action.choices = words[metavar]
    return parser


def words_of_metavars() -> dict[str, Sequence[str]]:
    """What may be written where a metavar stands, if that can be listed."""
    families = sorted({code[:length] for code in CODES for length in (2, 3)})
    return {
        "CODES": [*families, *sorted(CODES)],
        "CODE|KEY": [*sorted(CODES), *load_schema("review")["properties"]],
        "F[=FILE]": list(FORMATS),
        "NAME": schema_names(),
        "R": list(ROLES),
        "SECTION": list(SECTIONS),
        "V": list(VERDICTS),
    }


def actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from actions(command)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for shell in SHELLS:
        (FOLDER / f"review-lint.{shell}").write_text(script(shell), encoding="utf-8")


if __name__ == "__main__":
    main()
