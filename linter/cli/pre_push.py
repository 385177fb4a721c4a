"""`review-lint pre-push`: a hook that judges what is about to be pushed, however it was committed."""

import argparse

from linter.adapters.git.targets import Receiver
from linter.api import Update
from linter.cli.console import Console
from linter.cli.pushing import add_judging, judge, lines_from_git

SUMMARY = "judge what is about to be pushed, as the pre-push hook"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("remote", metavar="REMOTE", nargs="?", default="", help="its name, as git gives it to the hook")
    parser.add_argument("url", metavar="URL", nargs="?", default="", help="its address, likewise")
    add_judging(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Judge each reference that git names on standard input; what is not 0 keeps git from pushing any of them."""
    pushed = [Update(old, new, name) for _, new, name, old in lines_from_git("pre-push", 4)]
    return judge(pushed, _receiver(arguments.remote, arguments.url), arguments, console)


def _receiver(remote: str, url: str) -> Receiver:
    """What was last seen of the remote. Without a name, git gives its address twice (githooks(5)): then of all."""
    if remote in ("", url):
        return Receiver(("--remotes",), ())
    names = (f"refs/remotes/{remote}/{name}" for name in ("HEAD", "main", "master"))
    return Receiver((f"--remotes={remote}",), tuple(names))
