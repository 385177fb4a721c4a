"""review-lint scan: judge many repositories, and keep how they stand."""

import gc
import os
from argparse import ArgumentParser, Namespace, _ArgumentGroup
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, TextIO

from linter.adapters.configuration import LEVELS
from linter.adapters.files import written
from linter.adapters.git.transport import Limits as Patience
from linter.adapters.terminal import Look, width_of
from linter.cli.arguments import at_least, codes, day, policy_file
from linter.cli.console import Console, closed_pipe_tolerated
from linter.cli.watching import watched
from linter.errors import UsageError
from linter.model.inventory import TRANSPORTS, Repository, Selection
from linter.model.overview import Overview
from linter.model.progress import Progress
from linter.model.request import Request
from linter.output.printable import encoding_of, printable
from linter.output.scan import FORMATS, renderer
from linter.rules.codes import CODES
from linter.scan.executors import PROCESSES, cores, executor_of
from linter.scan.inventory.sources import read_sources
from linter.scan.mirrors import Mirrors
from linter.scan.runner import Hands, Locate, Located, Order, Plan
from linter.scan.task import Limits

SUMMARY = "judge many repositories, and keep how they stand"

STORE = "review-lint.db"
"""The file that scans are kept in, in the current folder, unless somebody names another one."""

ROLLOUT_FORMATS = ("text", "json")

LEAST_MEMORY = 256
"""Mebibytes: less than that is not enough to begin with."""

PASSED, FAILED, BROKEN = 0, 1, 2


class Target(NamedTuple):
    """In which format the result goes where; `file` None: to standard output."""

    format: str
    file: str | None
    look: Look


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="a folder with repositories, an inventory (.yaml, .csv), github:ORG or gitlab:GROUP (also with a URL)",
    )
    for kind in ("archived", "forks"):
        words = f"also the {kind} among the repositories of a forge"
        parser.add_argument(f"--with-{kind}", action="store_true", help=words)
    _add_places(parser.add_argument_group("where things are"))
    _add_rules(parser.add_argument_group("by which rules"))
    _add_work(parser.add_argument_group("how it is done"))
    _add_output(parser.add_argument_group("what is shown"))


def run(arguments: Namespace, console: Console) -> int:
    """Scan, or try out a policy; 0 when every repository passed, 1 for findings, 2 where some could not be judged."""
    target, requests = _target(arguments, console), _requests(arguments)
    # Reports arrive as hundreds of thousands of tuples: to look for cycles among them takes longer than to read them.
    gc.set_threshold(100_000, 20, 50)
    act = _try_out if arguments.dry_run is not None else _scan
    with executor_of(arguments.executor, arguments.jobs or cores()) as hands:
        return act(arguments, requests, hands, target, console)


def _scan(arguments: Namespace, requests: tuple[Request, ...], hands: Hands, target: Target, console: Console) -> int:
    # What keeps scans comes with an extra, and the help of all commands is shown without it.
    from linter.scan.session import scan  # noqa: PLC0415
    from linter.store.store import open_store  # noqa: PLC0415

    with open_store(arguments.store) as store:
        order = _order(arguments, requests, console)
        with watched(console, len(order.repositories)) as tell:
            done = scan(store, order, hands, tell)
        overview = store.overview(done)
        with _opened(target, console) as stream:
            renderer(target.format)(overview, store.reports(done), stream, target.look)
        store.finish(done)
    return _code(overview, arguments.since_last, console)


def _try_out(
    arguments: Namespace, requests: tuple[Request, ...], hands: Hands, target: Target, console: Console
) -> int:
    """Show what another policy would do; that is no verdict."""
    from linter.output.scan.rollout import render, render_json  # noqa: PLC0415
    from linter.scan.rollout import roll_out  # noqa: PLC0415

    order = _order(arguments, requests, console)
    with watched(console, len(order.repositories)) as tell:
        rollout = roll_out(order, hands, tell, arguments.dry_run)
    with _opened(target, console) as stream:
        (render_json if target.format == "json" else render)(rollout, stream, target.look)
    return PASSED


def _order(arguments: Namespace, requests: tuple[Request, ...], console: Console) -> Order:
    limits = Limits(arguments.timeout, arguments.memory)
    repositories = _repositories(arguments, console)
    # Servers make wait, disks do not.
    scouts = 8 if any(repository.url for repository in repositories) else 2
    return Order(arguments.sources, repositories, Plan(requests, _locate(arguments), limits, scouts=scouts))


def _add_places(group: _ArgumentGroup) -> None:
    group.add_argument("--store", metavar="URL", default=STORE, help=f"a file or a PostgreSQL URL (default: {STORE})")
    group.add_argument(
        "--mirrors",
        metavar="FOLDER",
        help="where copies of remote repositories are kept (default: in the user's cache)",
    )
    group.add_argument("--no-fetch", action="store_true", help="judge what is on this machine already")
    group.add_argument(
        "--insecure-transport",
        metavar="NAME",
        action="append",
        choices=("http", "git"),
        help="fetch over http or git too, which anybody on the way can read and change",
    )


def _add_rules(group: _ArgumentGroup) -> None:
    group.add_argument("--select", metavar="CODES", action="append", help="only rules with these codes or prefixes")
    group.add_argument("--ignore", metavar="CODES", action="append", help="not the rules with these codes or prefixes")
    group.add_argument("--policy", metavar="FILE", help="an organisation's policy, instead of the configured ones")
    group.add_argument(
        "--today", metavar="YYYY-MM-DD", help="the day that rules about dates go by (default: today, UTC)"
    )
    group.add_argument("--fail-on", choices=LEVELS, help="the level from which findings fail a repository")
    group.add_argument(
        "--since-last", action="store_true", help="exit with 1 only for findings that the last scan had not"
    )
    group.add_argument(
        "--dry-run", metavar="POLICY", help="show what this policy would change, beside what holds now; keep nothing"
    )


def _add_work(group: _ArgumentGroup) -> None:
    group.add_argument(
        "--jobs", metavar="N", type=at_least(1), help="how many are judged at once (default: one for each core)"
    )
    group.add_argument(
        "--executor",
        default=PROCESSES,
        metavar="E",
        help="serial, processes (default), dask=local or dask=tcp://HOST:PORT",
    )
    group.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=at_least(1),
        default=600,
        help="for fetching a repository, and for judging it (default: 600)",
    )
    group.add_argument(
        "--memory",
        metavar="MB",
        type=at_least(LEAST_MEMORY),
        default=2048,
        help="for each process that judges (default: 2048)",
    )


def _add_output(group: _ArgumentGroup) -> None:
    group.add_argument("--format", choices=FORMATS, default="text", help=f"{', '.join(FORMATS)} (default: text)")
    group.add_argument("--output", metavar="FILE", help="where the result goes, instead of standard output")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="(default: auto)")


def _repositories(arguments: Namespace, console: Console) -> list[Repository]:
    selection = Selection(arguments.with_archived, arguments.with_forks)

    def tell(words: str) -> None:
        console.note(printable(words))

    return read_sources(arguments.sources, tell, _transports(arguments), selection)


def _target(arguments: Namespace, console: Console) -> Target:
    if arguments.output == "":
        raise UsageError("--output names no file", "write --output report.json")
    if arguments.dry_run is not None and arguments.format not in ROLLOUT_FORMATS:
        raise UsageError(f"--dry-run has no format {arguments.format}", f"there are {', '.join(ROLLOUT_FORMATS)}")
    if arguments.dry_run is not None and arguments.since_last:
        raise UsageError("--dry-run keeps nothing, and --since-last asks what was kept", "choose one of them")
    is_shown = arguments.output is None
    color, encoding = is_shown and console.has_color(arguments.color), encoding_of(console.out) if is_shown else "utf-8"
    look = Look(width_of(console.out), color, encoding)
    return Target(arguments.format, arguments.output, look)


def _requests(arguments: Namespace) -> tuple[Request, ...]:
    """How repositories are judged, and with --dry-run how they would be judged."""
    request = Request(
        today=day(arguments.today),
        select=codes("--select", arguments.select or ()),
        ignore=codes("--ignore", arguments.ignore or ()),
        fail_on=LEVELS.get(arguments.fail_on),
        policy=policy_file(arguments.policy),
    )
    rival = policy_file(arguments.dry_run)
    # PyYAML and jsonschema take 76 ms to import.
    from linter.adapters.policy import read_policy  # noqa: PLC0415

    for file in filter(None, (request.policy, rival)):
        read_policy(file.path, file.content, CODES)  # once here, not a thousand times as an error of each repository
    return (request, request._replace(policy=rival)) if rival else (request,)


def _transports(arguments: Namespace) -> tuple[str, ...]:
    return (*TRANSPORTS, *(arguments.insecure_transport or ()))


def _locate(arguments: Namespace) -> Locate:
    """Where repositories are: at their own path, or as a copy."""
    mirrors = Mirrors(arguments.mirrors or _cache(), _transports(arguments))
    patience = Patience(seconds=arguments.timeout)

    def locate(repository: Repository, wants_history: bool, progress: Progress) -> Located:
        if repository.path:
            return Located(os.path.abspath(repository.path))
        if arguments.no_fetch:
            return Located(mirrors.present(repository))
        path = mirrors.mirror(repository, wants_history, patience, progress).path
        return Located(path, not wants_history and os.path.exists(os.path.join(path, "shallow")))

    return locate


def _cache() -> str:
    """Where users' programs keep what can be had again (XDG Base Directory Specification)."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return os.path.join(home if os.path.isabs(home) else os.path.expanduser("~/.cache"), "review-lint", "mirrors")


@contextmanager
def _opened(target: Target, console: Console) -> Iterator[TextIO]:
    if target.file is not None:
        with written(target.file) as file:
            yield file
    else:
        with closed_pipe_tolerated(console):
            yield console.out


def _code(overview: Overview, since_last: bool, console: Console) -> int:
    """The verdict. What could not be judged has not passed."""
    total = overview.total
    if since_last and overview.previous is None:
        console.note("there is no earlier scan of these sources: nothing counts as new")
    if total.new if since_last else total.failed:
        return FAILED
    return BROKEN if total.errors else PASSED
