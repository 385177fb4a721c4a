"""The manual page, made from the parser.

Write it anew: `make pages`, or `python -m tests.support.man_page`.
"""

import argparse
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from linter import __version__
from linter.cli.main import DESCRIPTION, overview

FILE = Path(__file__).parents[2] / "man" / "review-lint.1"

INTRODUCTION = """\
.PP
Without a command, \\fBreview\\-lint\\fR checks: the options of \\fBcheck\\fR may follow at once, as in
.PP
.RS
.B review\\-lint \\-\\-staged
.RE
"""

END = """\
.SH EXIT STATUS
.TP
.B 0
Nothing at or above the fail level.
.TP
.B 1
Findings.
.TP
.B 2
It could not judge: wrong usage, broken configuration, no repository, git failed, or a bug.
One line on standard error says which.
.TP
.B 130
Interrupted.
.SH FILES
.TP
.I REVIEW.yaml
The design review, at the root of the repository or of a part of it.
.TP
.IR pyproject.toml ", " review\\-lint.toml
How the tool runs: the table \\fI[tool.review\\-lint]\\fR of the one, or the whole of the other.
.SH ENVIRONMENT
.TP
.BR PRE_COMMIT_FROM_REF ", " PRE_COMMIT_TO_REF
The range that \\fB\\-\\-staged\\fR judges instead, as hook frameworks name it.
.SH SEE ALSO
.BR git (1),
.BR githooks (5)
"""


def page() -> str:
    """The page in the macros of man(7)."""
    parser = overview()
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return "".join(
        [
            '.\\" Made from the parser of the command line: make pages.\n',
            f'.TH REVIEW\\-LINT 1 "" "review\\-lint {__version__}" "User Commands"\n',
            f".SH NAME\nreview\\-lint \\- {_text(DESCRIPTION.removesuffix('.'))}\n",
            ".SH SYNOPSIS\n.B review\\-lint\n[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]\n.br\n",
            '.B review\\-lint\n.RB [ \\-\\-help " | " \\-\\-version ]\n',
            f".SH DESCRIPTION\n{_text(_described(parser))}\n{INTRODUCTION}",
            ".SH COMMANDS\n",
            *(part for name, command in commands.choices.items() for part in _command(name, command)),
            END,
        ]
    )


def _described(parser: argparse.ArgumentParser) -> str:
    return (
        f"{parser.description} They live in REVIEW.yaml, beside the code. Changed code is held to limits of complexity."
    )


def _command(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f".SS {_synopsis(name, parser)}\n{_text(_sentence(parser.description or ''))}\n"
    for group in parser._action_groups:
        actions = [action for action in group._group_actions if not isinstance(action, argparse._HelpAction)]
        if actions and group.title not in ("positional arguments", "options"):
            yield f".PP\n{_text(' '.join([f'{group.title}:'.capitalize(), group.description or '']))}\n"
        for action in actions:
            yield f".TP\n{_head(action)}\n{_text(_sentence(_help(action)))}\n"


def _synopsis(name: str, parser: argparse.ArgumentParser) -> str:
    words = [_bold(name)]
    for action in parser._actions:
        if not action.option_strings:
            words.append(f"[{_value(action)}]" if action.nargs == "?" else f"{_value(action)}{_repeated(action)}")
    return " ".join(words)


def _repeated(action: argparse.Action) -> str:
    return " ..." if action.nargs in ("+", "*") else ""


def _head(action: argparse.Action) -> str:
    if not action.option_strings:
        return _value(action)
    names = ", ".join(map(_bold, action.option_strings))
    return names if action.nargs == 0 else f"{names} {_value(action)}"


def _value(action: argparse.Action) -> str:
    if action.metavar is None and action.choices:
        return "|".join(_bold(str(choice)) for choice in action.choices)
    return f"\\fI{_text(str(action.metavar or action.dest.upper()))}\\fR"


def _help(action: argparse.Action) -> str:
    return (action.help or "") % {**vars(action), "prog": "review-lint"}


def _sentence(text: str) -> str:
    """With a capital, unless that would change the name of a command or file, and a full stop."""
    start = text[:1].upper() + text[1:] if re.match(r"[a-z]+ ", text) else text
    return start if not start or start.endswith((".", "?", ")")) else f"{start}."


def _bold(word: str) -> str:
    return f"\\fB{_text(word)}\\fR"


def _text(text: str) -> str:
    """Text as roff reads it: hyphens that can be copied, short lines, and none that begins like a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    lines = textwrap.wrap(escaped, 78, break_long_words=False, break_on_hyphens=False)
    return "\n".join(re.sub(r"^([.'])", r"\\&\1", line) for line in lines)


def main() -> None:
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
