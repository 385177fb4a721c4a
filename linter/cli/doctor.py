"""`review-lint doctor`: what would be judged here, by what, and what stands in the way."""

import argparse
import os
from collections.abc import Iterable, Iterator

from linter import __version__
from linter.adapters.git.health import branch, git_version, kept_bytes, lacks
from linter.adapters.git.history import GitHistory
from linter.adapters.git.memory import open_memory
from linter.adapters.git.repository import Git, open_repository
from linter.adapters.git.targets import commit_range, revision, staged, worktree
from linter.adapters.installation import absent_by_extra, python
from linter.cli.arguments import day, policy_file
from linter.cli.console import Console, closed_pipe_tolerated
from linter.cli.hook_health import remarks_on_hooks
from linter.engine.diagnosis import diagnose
from linter.errors import RepositoryError, UsageError
from linter.model.diagnosis import Remark, State
from linter.model.quote import listed
from linter.model.request import Request
from linter.output.concise import painted
from linter.output.printable import encoding_of, printable

SUMMARY = "say what would be judged here, by what, and what stands in the way"

MAIN_LINES = ("origin/HEAD", "origin/main", "origin/master")

COLORS = {State.GOOD: "32", State.NOTE: "36", State.PROBLEM: "31"}

EXTRAS = {
    "contracts": "OpenAPI, AsyncAPI, GraphQL and protobuf files are looked for and not judged",
    "dask": "scans do not run on a cluster",
    "github": "scans do not ask GitHub for repositories",
    "gitlab": "scans do not ask GitLab for repositories",
    "org": "there are no scans and no history",
    "postgres": "scans are not kept in PostgreSQL",
}
"""What does not work without each extra."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a folder of the repository (default: .)")
    parser.add_argument("--policy", metavar="FILE", help="an organisation's policy, instead of the configured one")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Look and tell; 0 unless something that is meant to work does not."""
    if not os.path.isdir(arguments.path):
        raise UsageError(f"there is no folder {arguments.path}", "name a folder of the repository, or nothing")
    request = Request(day(None), policy=policy_file(arguments.policy))
    with open_repository(arguments.path) as git:
        remarks = [*_installation(git), *_repository(git), *remarks_on_hooks(git), *_bases(git)]
        remarks += [*_tree(git, request, console), *_extras(), _memory(git)]
    color, encoding = console.has_color("auto"), encoding_of(console.out)
    with closed_pipe_tolerated(console):
        console.out.writelines(f"{line}\n" for line in _lines(remarks, encoding, color))
    return int(any(remark.state is State.PROBLEM for remark in remarks))


def _installation(git: Git) -> Iterator[Remark]:
    yield Remark("program", State.GOOD, f"review-lint {__version__}, git {git_version(git)}")
    grammar = python().rpartition(".")[0]
    yield Remark("grammar", State.GOOD, f"that of Python {grammar}; newer syntax cannot be analysed")


def _repository(git: Git) -> Iterator[Remark]:
    kind = "a bare repository" if git.is_bare else f"on {branch(git) or 'no branch'}"
    yield Remark("repository", State.GOOD, f"{git.top or git.git_dir}, {kind}")
    match lacks(git):
        case "history":
            text = "a shallow clone: where a branch began, and how old evidence is, may not be known"
            yield Remark("repository", State.NOTE, text, "git fetch --unshallow")
        case "content":
            text = "a partial clone: what is not here is not fetched"
            yield Remark("repository", State.NOTE, text, "git fetch --refetch --no-filter")


def _bases(git: Git) -> Iterator[Remark]:
    """What the next commit, or a push, is going to be held against."""
    if git.is_bare:
        yield Remark("bases", State.GOOD, "a push is held against what each branch was before")
        return
    try:
        bases = [(base.revision or "")[:12] for base in staged(git).bases]
    except RepositoryError as error:
        yield Remark("bases", State.PROBLEM, str(error), error.hint)
        return
    if git.attempt("rev-parse", "--verify", "--quiet", "HEAD").code:
        yield Remark("bases", State.GOOD, "the next commit is the first one, so that all in it is new")
        return
    yield Remark("bases", State.GOOD, f"the next commit is held against {listed(bases)}")
    for name in MAIN_LINES:
        if git.attempt("rev-parse", "--verify", "--quiet", f"refs/remotes/{name}").code == 0:
            yield _range(git, name)
            return


def _range(git: Git, name: str) -> Remark:
    """What this branch is going to be held against in a pipeline."""
    try:
        bases = [(base.revision or "")[:12] for base in commit_range(git, f"refs/remotes/{name}", "HEAD").bases]
    except RepositoryError as error:
        return Remark("bases", State.NOTE, f"in a pipeline: {error}", error.hint)
    return Remark("bases", State.GOOD, f"in a pipeline this branch is held against {listed(bases)} of {name}")


def _tree(git: Git, request: Request, console: Console) -> Iterator[Remark]:
    if git.is_bare and git.attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}").code:
        yield Remark("code", State.NOTE, "nothing was pushed to the default branch yet")
        return
    snapshot = worktree(git) if git.top else revision(git, "HEAD")
    with open_memory(git.common_dir) as memory, console.progress("sources measured") as progress:
        yield from diagnose(snapshot, request, GitHistory(git, snapshot.revision), memory, progress)


def _extras() -> Iterator[Remark]:
    absent = absent_by_extra()
    if absent is None:
        yield Remark("extras", State.NOTE, "not known: review-lint is not installed as a package")
        return
    if here := [extra for extra, packages in absent.items() if not packages]:
        yield Remark("extras", State.GOOD, f"installed: {', '.join(here)}")
    for extra, packages in absent.items():
        if packages:
            text = f"{extra}: without {listed(list(packages))} {EXTRAS[extra]}"
            yield Remark("extras", State.NOTE, text, f"pip install 'review-lint[{extra}]'")


def _memory(git: Git) -> Remark:
    try:
        size = kept_bytes(git)
    except OSError as error:
        reason = error.strerror or "the repository or the folder is somebody else's"
        return Remark("cache", State.NOTE, f"nothing is kept between runs: {reason}")
    except ImportError:
        return Remark("cache", State.NOTE, "nothing is kept between runs: this Python has no SQLite")
    return Remark("cache", State.GOOD, f"{size >> 10:,} KiB are kept from earlier runs")


def _lines(remarks: Iterable[Remark], encoding: str, color: bool) -> Iterator[str]:
    last = ""
    for topic, state, text, remedy in remarks:
        word = painted(state.value.ljust(7), COLORS[state], color)
        yield f"{topic if topic != last else '':<14}{word}  {printable(text, encoding)}"
        if remedy:
            yield f"{'':<23}= {printable(remedy, encoding)}"
        last = topic
    problems = sum(remark.state is State.PROBLEM for remark in remarks)
    yield f"problems: {problems}" if problems else "nothing stands in the way"
