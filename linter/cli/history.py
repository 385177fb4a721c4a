"""review-lint history: how an organisation, a team or a repository stood over time."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from linter.adapters.terminal import Look, width_of
from linter.cli.console import Console, closed_pipe_tolerated
from linter.cli.scan import STORE
from linter.errors import UsageError
from linter.output.printable import encoding_of
from linter.output.scan.history import render

if TYPE_CHECKING:
    from linter.store.store import Store

SUMMARY = "show how scanned repositories stood over time"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("repository", metavar="REPO", nargs="?", help="the name of one repository (default: all)")
    parser.add_argument("--team", metavar="T", help="the repositories of one team")
    parser.add_argument("--store", metavar="URL", default=STORE, help=f"a file or a PostgreSQL URL (default: {STORE})")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="(default: auto)")


def run(arguments: Namespace, console: Console) -> int:
    """Show what the finished scans found; 0 whatever that was."""
    if arguments.repository is not None and arguments.team is not None:
        raise UsageError("a repository and a team are two questions", "name one of them")
    # What keeps scans comes with an extra, and the help of all commands is shown without it.
    from linter.store.store import open_store  # noqa: PLC0415

    with open_store(arguments.store, must_exist=True) as store:
        trends = store.history(arguments.repository, arguments.team)
        findings = store.findings(arguments.repository) if arguments.repository is not None else ()
        if not trends:
            raise UsageError(*_nothing(store, arguments))
    look = Look(width_of(console.out), console.has_color(arguments.color), encoding_of(console.out))
    text = render(trends, findings, look)
    with closed_pipe_tolerated(console):
        console.out.write(text)
    return 0


def _nothing(store: "Store", arguments: Namespace) -> Sequence[str]:
    """What to say where there is nothing to show."""
    last = store.last()
    if last is None:
        return "no scan has been finished in this store", "review-lint scan SOURCE"
    overview = store.overview(last)
    if arguments.team is not None:
        names = ", ".join(group.name for group in overview.teams if group.name) or "no team at all"
        return f"no scan knows the team {arguments.team}", f"the last one has {names}"
    return f"no scan knows the repository {arguments.repository}", "`review-lint scan --format csv` lists their names"
