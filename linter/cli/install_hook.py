"""`review-lint install-hook`: hooks of git itself, for people without a framework, and for servers."""

import argparse
import os
import shlex
from collections.abc import Sequence

from linter.adapters.files import WriteError, write_file
from linter.adapters.git.history import hooks_folder
from linter.adapters.git.repository import Git, open_repository
from linter.cli.console import Console, closed_pipe_tolerated
from linter.cli.hook import CALLS, OF_COMMITS, OF_PUSHES, OF_SERVERS, State, installed_program, script, state_of
from linter.errors import UsageError
from linter.output.printable import encoding_of, printable

SUMMARY = "have git check every commit, or every push to a bare repository"

KEPT = ".before-review-lint"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a folder of the repository (default: .)")
    parser.add_argument("--pre-push", action="store_true", help="check what is pushed from here, too")
    parser.add_argument("--force", action="store_true", help=f"replace other hooks, which are kept as NAME{KEPT}")
    parser.add_argument("--uninstall", action="store_true", help="remove the hooks again and put kept ones back")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Install or remove all hooks, or none. Raises UsageError rather than touch what is not review-lint's."""
    with open_repository(arguments.path) as git:
        folder = hooks_folder(git)
    if git.is_bare and arguments.pre_push:
        raise UsageError("nobody pushes from a bare repository", "leave --pre-push out: what comes in is checked")
    try:
        done = _uninstall(folder) if arguments.uninstall else _install(git, folder, arguments)
    except OSError as error:
        raise WriteError(f"cannot change the hooks in {folder}: {error.strerror}") from error
    with closed_pipe_tolerated(console):
        console.out.writelines(f"{printable(line, encoding_of(console.out))}\n" for line in done)
    return 0


def wanted_hooks(git: Git, folder: str, with_pushes: bool) -> Sequence[str]:
    """The names of the hooks that are installed: of a bare repository that of a server; that of pushes where it is
    wanted, or is there already.
    """
    if git.is_bare:
        return (OF_SERVERS,)
    is_there = state_of(os.path.join(folder, OF_PUSHES)) is State.OURS
    return (*OF_COMMITS, OF_PUSHES) if with_pushes or is_there else OF_COMMITS


def _install(git: Git, folder: str, arguments: argparse.Namespace) -> list[str]:
    if not arguments.force:
        _refuse_shared(git, folder)
    hooks = {os.path.join(folder, name): name for name in wanted_hooks(git, folder, arguments.pre_push)}
    foreign = _foreign(hooks, arguments.force)
    program = installed_program()
    os.makedirs(folder, exist_ok=True)
    for hook, name in hooks.items():
        content = os.fsencode(script(name, program))
        _replace(hook, content) if hook in foreign else write_file(hook, content, is_executable=True)
    return [*(f"kept {hook}{KEPT}" for hook in foreign), *(f"installed {hook}" for hook in hooks)]


def _uninstall(folder: str) -> list[str]:
    done = []
    for hook in (os.path.join(folder, name) for name in CALLS):
        if state_of(hook) is State.OURS:
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


def _foreign(hooks: dict[str, str], force: bool) -> list[str]:
    """Those of the hooks that are there and not ours. Raises UsageError unless they may and can be kept aside."""
    foreign = [hook for hook in hooks if state_of(hook) is State.FOREIGN]
    for hook in foreign:
        if not force:
            raise UsageError(
                f"{hook} is there already and not review-lint's",
                f"add the line `review-lint {CALLS[hooks[hook]]} || exit 1` to it, or name review-lint in the "
                f"framework that made it, or replace it with --force, which keeps it as {hooks[hook]}{KEPT}",
            )
        if os.path.lexists(hook + KEPT):
            raise UsageError(f"{hook}{KEPT} is there already", "move it away, so that --force can keep this hook too")
    return foreign


def _replace(hook: str, content: bytes) -> None:
    os.rename(hook, hook + KEPT)
    try:
        write_file(hook, content, is_executable=True)
    except WriteError:
        os.rename(hook + KEPT, hook)
        raise
