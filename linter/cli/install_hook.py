"""`review-lint install-hook`: hooks of git itself, for people without a framework."""

import argparse
import os
import shlex
import shutil
import stat
import sys
from enum import Enum

from linter.adapters.files import WriteError, write_file
from linter.adapters.git.cited import FILE
from linter.adapters.git.history import hooks_folder
from linter.adapters.git.memory import FOLDER
from linter.adapters.git.repository import Git, open_repository
from linter.cli.console import Console, closed_pipe_tolerated
from linter.engine.code.sources import DOCUMENTS, OTHER_LANGUAGES
from linter.errors import UsageError
from linter.output.printable import encoding_of, printable

SUMMARY = "have git check every commit, without a hook framework"

# A merge without conflict runs pre-merge-commit instead of pre-commit.
HOOKS = ("pre-commit", "pre-merge-commit")
MARK = "# Installed by review-lint."
KEPT = ".before-review-lint"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a folder of the repository (default: .)")
    parser.add_argument("--force", action="store_true", help=f"replace other hooks, which are kept as NAME{KEPT}")
    parser.add_argument("--uninstall", action="store_true", help="remove the hooks again and put kept ones back")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Install or remove both hooks, or neither. Raises UsageError rather than touch what is not review-lint's."""
    with open_repository(arguments.path) as git:
        if git.is_bare:
            raise UsageError("a bare repository makes no commits", "install the hook in its clones")
        folder = hooks_folder(git)
    try:
        done = _uninstall(folder) if arguments.uninstall else _install(git, folder, arguments.force)
    except OSError as error:
        raise WriteError(f"cannot change the hooks in {folder}: {error.strerror}") from error
    with closed_pipe_tolerated(console):
        console.out.writelines(f"{printable(line, encoding_of(console.out))}\n" for line in done)
    return 0


def script(program: str) -> str:
    """A POSIX shell script that refuses the commit when it finds no review-lint."""
    others = " ".join(f"':(top,exclude,icase)*{ending}'" for ending in sorted(DOCUMENTS | OTHER_LANGUAGES))
    return f"""\
#!/bin/sh
{MARK}
# `review-lint install-hook` writes this file anew, `review-lint install-hook --uninstall` removes it.

# There is nothing to judge in a commit of documents, pictures and other languages alone, none of which a REVIEW.yaml
# cites. The last commit that passed has noted what is cited; without its note everything is judged.
cited=${{0%/*}}/../{FOLDER}/{FILE}
unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS
differs='git diff-index --cached --quiet HEAD --'
if [ -s "$cited" ] && $differs ':(top)' {others} && xargs -0 $differs <"$cited"
then exit 0
fi 2>/dev/null

program={shlex.quote(program)}
[ -x "$program" ] || program=$(command -v review-lint) || {{
    echo 'review-lint: not found, so the commit is refused unchecked. Either install it again,' >&2
    echo "or remove this hook ($0), or commit this once with --no-verify." >&2
    exit 1
}}
exec "$program" check --staged
"""


class _State(Enum):
    ABSENT = "absent"
    OURS = "ours"
    FOREIGN = "foreign"


def _install(git: Git, folder: str, force: bool) -> list[str]:
    if not force:
        _refuse_shared(git, folder)
    hooks = [os.path.join(folder, name) for name in HOOKS]
    foreign = _foreign(hooks, force)
    content = os.fsencode(script(_program()))
    os.makedirs(folder, exist_ok=True)
    for hook in hooks:
        _replace(hook, content) if hook in foreign else write_file(hook, content, is_executable=True)
    return [*(f"kept {hook}{KEPT}" for hook in foreign), *(f"installed {hook}" for hook in hooks)]


def _uninstall(folder: str) -> list[str]:
    done = []
    for hook in (os.path.join(folder, name) for name in HOOKS):
        if _state(hook) is _State.OURS:
            os.unlink(hook)
            done.append(f"removed {hook}")
            if os.path.lexists(hook + KEPT):
                os.rename(hook + KEPT, hook)
                done.append(f"restored {hook}")
    return done or [f"there is no hook of review-lint in {folder}"]


def _refuse_shared(git: Git, folder: str) -> None:
    """The folder that core.hooksPath names may serve other repositories too."""
    homes = [os.path.realpath(home) for home in (git.common_dir, git.top) if home]
    place = os.path.realpath(folder)
    if not any(os.path.commonpath([home, place]) == home for home in homes):
        own = shlex.quote(os.path.join(git.common_dir, "hooks"))
        raise UsageError(
            f"core.hooksPath leads to {folder}, whose hooks also run in other repositories",
            f"install there with --force, or let this repository have its own: git config core.hooksPath {own}",
        )


def _foreign(hooks: list[str], force: bool) -> list[str]:
    """Those of the hooks that are there and not ours. Raises UsageError unless they may and can be kept aside."""
    foreign = [hook for hook in hooks if _state(hook) is _State.FOREIGN]
    for hook in foreign:
        if not force:
            raise UsageError(
                f"{hook} is there already and not review-lint's",
                "add the line `review-lint check --staged || exit 1` to it, or name review-lint in the framework that "
                f"made it, or replace it with --force, which keeps it as {os.path.basename(hook)}{KEPT}",
            )
        if os.path.lexists(hook + KEPT):
            raise UsageError(f"{hook}{KEPT} is there already", "move it away, so that --force can keep this hook too")
    return foreign


def _state(hook: str) -> _State:
    if not os.path.lexists(hook):
        return _State.ABSENT
    if not stat.S_ISREG(os.lstat(hook).st_mode):
        return _State.FOREIGN
    with open(hook, "rb") as file:
        return _State.OURS if MARK.encode() in file.read(200).splitlines() else _State.FOREIGN


def _replace(hook: str, content: bytes) -> None:
    os.rename(hook, hook + KEPT)
    try:
        write_file(hook, content, is_executable=True)
    except WriteError:
        os.rename(hook + KEPT, hook)
        raise


def _program() -> str:
    """The console script of the running installation, else the one that PATH has."""
    called = os.path.abspath(sys.argv[0])
    beside = os.path.join(os.path.dirname(sys.executable), "review-lint")
    for path in (called, beside, shutil.which("review-lint") or ""):
        if os.path.basename(path) == "review-lint" and os.path.isfile(path) and os.access(path, os.X_OK):
            return os.path.abspath(path)
    raise UsageError("the command review-lint is not installed", "install it first, so that hooks can call it")
