"""`review-lint render`: a REVIEW.yaml as a page that people like to read."""

import argparse
import importlib
import os

from linter.adapters.files import write_file
from linter.adapters.git.history import GitHistory
from linter.adapters.git.repository import open_repository
from linter.adapters.git.targets import worktree
from linter.cli.arguments import day, folder_of, policy_file
from linter.cli.console import Console, closed_pipe_tolerated
from linter.engine.page.builder import build_page
from linter.errors import UsageError
from linter.model.document import FILE_NAME
from linter.model.request import Request

SUMMARY = f"show a {FILE_NAME} as a page, with the state of each section and its sign-offs"

FORMATS = {"markdown": "linter.output.page_markdown", "html": "linter.output.page_html"}
"""The names of the formats and the modules that render them, each with a function `render`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", metavar="PATH", nargs="?", default=".", help=f"where to look for the nearest {FILE_NAME}, upwards"
    )
    parser.add_argument("--format", choices=FORMATS, default="markdown", help="default: markdown")
    parser.add_argument("--output", metavar="FILE", help="where the page goes (default: standard output)")
    parser.add_argument("--policy", metavar="FILE", help="an organisation's policy, instead of the configured one")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="the day by which ends are told (default: today, UTC)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Render and write; 0 whatever is wrong with the content, as long as it can be read."""
    if arguments.output == "":
        raise UsageError("--output names no file", f"write --output review.{arguments.format[:4]}")
    request = Request(day(arguments.today), policy=policy_file(arguments.policy))
    text = _rendered(arguments, request)
    if arguments.output is None:
        with closed_pipe_tolerated(console):
            console.out.write(text)
    else:
        write_file(arguments.output, text.encode("utf-8", "backslashreplace"))
    return 0


def _rendered(arguments: argparse.Namespace, request: Request) -> str:
    place = folder_of(arguments.path)
    with open_repository(place) as git:
        if git.top is None:
            raise UsageError("a bare repository has no working tree to render", "render in a clone of it")
        snapshot, folder = worktree(git), _inside(place, git.top) or ""
        page_folder = _inside(os.path.dirname(os.path.abspath(arguments.output)), git.top) if arguments.output else None
        page = build_page(snapshot, request, GitHistory(git, None), folder, page_folder)
    text: str = importlib.import_module(FORMATS[arguments.format]).render(page)
    return text


def _inside(folder: str, top: str) -> str | None:
    """A folder as the repository at `top` names it ("" for its root); None for one outside."""
    inner = os.path.relpath(os.path.realpath(folder), os.path.realpath(top))
    if inner == ".":
        return ""
    return None if inner == os.pardir or inner.startswith(os.pardir + os.sep) else inner
