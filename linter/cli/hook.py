"""The hooks that git itself calls: shell scripts that start review-lint, and what is found in their place."""

import os
import shlex
import shutil
import stat
import sys
from enum import Enum

from linter.adapters.git.cited import FILE
from linter.adapters.git.memory import FOLDER
from linter.engine.code.sources import DOCUMENTS, OTHER_LANGUAGES
from linter.errors import UsageError

# A merge without conflict runs pre-merge-commit instead of pre-commit.
OF_COMMITS = ("pre-commit", "pre-merge-commit")
OF_PUSHES = "pre-push"
OF_SERVERS = "pre-receive"

CALLS = {
    **dict.fromkeys(OF_COMMITS, "check --staged"),
    OF_PUSHES: 'pre-push "$@"',
    OF_SERVERS: "pre-receive",
}
"""What each hook asks of review-lint."""

MARK = "# Installed by review-lint."


class State(Enum):
    """What is found where a hook would be."""

    ABSENT = "absent"
    OURS = "ours"
    FOREIGN = "foreign"


def script(name: str, program: str) -> str:
    """The hook of that name: a POSIX shell script that refuses when it finds no review-lint."""
    what = "commit" if name in OF_COMMITS else "push"
    where, way_out = "", f"or remove this hook ($0), or {what} this once with --no-verify."
    if name == OF_SERVERS:
        where, way_out = " on the server", "or remove its hook: $PWD/$0"
    return f"""\
#!/bin/sh
{MARK}
# `review-lint install-hook` writes this file anew, `review-lint install-hook --uninstall` removes it.
{_GUARD if name in OF_COMMITS else ""}
program={shlex.quote(program)}
[ -x "$program" ] || program=$(command -v review-lint) || {{
    echo 'review-lint: not found{where}, so the {what} is refused unchecked. Either install it again,' >&2
    echo "{way_out}" >&2
    exit 1
}}
exec "$program" {CALLS[name]}
"""


def state_of(hook: str) -> State:
    """Whose the hook at a path is. A link is foreign wherever it leads."""
    if not os.path.lexists(hook):
        return State.ABSENT
    if not stat.S_ISREG(os.lstat(hook).st_mode):
        return State.FOREIGN
    with open(hook, "rb") as file:
        return State.OURS if MARK.encode() in file.read(200).splitlines() else State.FOREIGN


def installed_program() -> str:
    """The console script of the running installation, else the one that PATH has. Raises UsageError."""
    called = os.path.abspath(sys.argv[0])
    beside = os.path.join(os.path.dirname(sys.executable), "review-lint")
    for path in (called, beside, shutil.which("review-lint") or ""):
        if os.path.basename(path) == "review-lint" and os.path.isfile(path) and os.access(path, os.X_OK):
            return os.path.abspath(path)
    raise UsageError("the command review-lint is not installed", "install it first, so that hooks can call it")


_OTHERS = " ".join(f"':(top,exclude,icase)*{ending}'" for ending in sorted(DOCUMENTS | OTHER_LANGUAGES))
_GUARD = f"""
# There is nothing to judge in a commit of documents, pictures and other languages alone, none of which a REVIEW.yaml
# cites. The last commit that passed has noted what is cited; without its note everything is judged.
cited=${{0%/*}}/../{FOLDER}/{FILE}
unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS
differs='git diff-index --cached --quiet HEAD --'
if [ -s "$cited" ] && $differs ':(top)' {_OTHERS} && xargs -0 $differs <"$cited"
then exit 0
fi 2>/dev/null
"""
