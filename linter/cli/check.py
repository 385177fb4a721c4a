"""review-lint check: lint one repository."""

import os
from argparse import ArgumentParser, Namespace, _ArgumentGroup
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linter.adapters.files import write_file
from linter.api import Content, check_repo
from linter.cli.arguments import add_rules, request_of, supposed
from linter.cli.console import Console, Draft, closed_pipe_tolerated
from linter.errors import UsageError
from linter.model.report import Report
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from linter.output import FORMATS, Options, renderer
from linter.output.printable import encoding_of, printable

SUMMARY = "lint the repository around the current folder, or at PATH"


class Output(NamedTuple):
    """One rendering: the name of a format and the file it goes to, None for standard output."""

    format: str
    file: str | None


class Order(NamedTuple):
    """What the command line asks for."""

    path: str
    content: Content
    request: Request
    outputs: tuple[Output, ...]
    shown: Options
    with_memory: bool


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a folder of the repository (default: .)")
    _add_content(
        parser.add_argument_group("what is judged", "Without these: the working tree against HEAD, every file.")
    )
    _add_rules(parser.add_argument_group("by which rules"))
    _add_output(parser.add_argument_group("what is shown"))


def run(arguments: Namespace, console: Console) -> int:
    """Lint and render; 0 when nothing reaches the fail level, else 1."""
    order = order_of(arguments, os.environ, console.has_color(arguments.color))
    with console.progress("sources measured") as progress:
        report = check_repo(order.path, order.content, order.request, order.with_memory, progress)
    if os.path.realpath(order.path) != os.path.realpath(report.path) and arguments.path != ".":
        console.note(f"the whole repository is judged, which is {printable(report.path)}")
    if order.content.kind is TargetKind.STAGED and report.changed == 0 and len(report.target.bases) == 1:
        console.note("nothing is staged; --from-ref and --to-ref, or --rev HEAD, judge what is committed")
    for note in (*report.notes, *_suppositions(order.request)):
        console.note(printable(note))
    _deliver({output.file: _rendered(report, output, order.shown, console) for output in order.outputs}, console)
    return int(report.is_failed and not order.shown.exit_zero)


def order_of(arguments: Namespace, environment: Mapping[str, str], color: bool) -> Order:
    """The plain object behind the arguments. Raises UsageError for what does not exist or cannot be combined."""
    if not os.path.isdir(arguments.path):
        raise _no_folder(arguments.path)
    return Order(
        path=arguments.path,
        content=_content(arguments, environment),
        request=_request(arguments),
        outputs=_outputs(arguments.format or ["text"], arguments.output),
        shown=Options(color, arguments.verbose, arguments.quiet, arguments.show_suppressed, arguments.exit_zero),
        with_memory=not arguments.no_cache,
    )


def _add_content(group: _ArgumentGroup) -> None:
    group.add_argument("--staged", action="store_true", help="the index as it will be committed; only changed files")
    group.add_argument("--from-ref", metavar="A", help="with --to-ref: what B changes against its merge bases with A")
    group.add_argument("--to-ref", metavar="B", help="the commit whose content is judged")
    group.add_argument("--rev", metavar="REV", help="one commit, also of a bare repository; no base, every file")


def _add_rules(group: _ArgumentGroup) -> None:
    add_rules(group)
    group.add_argument(
        "--as",
        metavar="LIFECYCLE,TIER",
        dest="supposed",
        help="judge REVIEW.yaml as if it had this lifecycle, this tier or both: what would a promotion ask for?",
    )


def _add_output(group: _ArgumentGroup) -> None:
    formats = ", ".join(FORMATS)
    group.add_argument("--format", metavar="F[=FILE]", action="append", help=f"{formats}; may be given more than once")
    group.add_argument("--output", metavar="FILE", help="where the format without a file of its own goes")
    group.add_argument("--metrics", action="store_true", help="add the figures of every analysed file (format json)")
    group.add_argument("--show-suppressed", action="store_true", help="list what ignores, waivers and debt hide")
    group.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever was found")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="(default: auto)")
    group.add_argument("--quiet", action="store_true", help="no line of totals")
    group.add_argument("--verbose", action="store_true", help="list what is otherwise counted; tracebacks of crashes")


def _content(arguments: Namespace, environment: Mapping[str, str]) -> Content:
    """What the flags say."""
    ends = _ends(arguments.from_ref, arguments.to_ref)
    if arguments.rev is not None:
        if ends or arguments.staged:
            raise UsageError("--rev judges one commit, not a range and not what is staged", "choose one of them")
        return Content(TargetKind.REVISION, to_ref=arguments.rev)
    if ends:
        return Content(TargetKind.RANGE, *ends)
    return _hook_content(environment) if arguments.staged else Content(TargetKind.WORKTREE)


def _hook_content(environment: Mapping[str, str]) -> Content:
    """What is staged; where pre-commit (4.7) or prek (0.5) name a range or what is pushed, that instead."""
    start, end = environment.get("PRE_COMMIT_FROM_REF"), environment.get("PRE_COMMIT_TO_REF")
    if start and end:
        return Content(TargetKind.RANGE, start, end)
    # The first push to an empty remote has no range: pre-commit names the branch alone, prek the commit too.
    pushed = end or environment.get("PRE_COMMIT_LOCAL_BRANCH")
    return Content(TargetKind.REVISION, to_ref=pushed) if pushed else Content(TargetKind.STAGED)


def _ends(start: str | None, end: str | None) -> tuple[str, str] | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise UsageError("--from-ref and --to-ref go together", "give both ends of the range")
    return start, end


def _no_folder(path: str) -> UsageError:
    if os.path.lexists(path):
        return UsageError(f"{path} is a file", "review-lint judges whole repositories: name a folder, or nothing")
    return UsageError(f"there is no folder {path}", "name a folder of the repository, or nothing")


def _request(arguments: Namespace) -> Request:
    return request_of(arguments)._replace(with_metrics=_wants_metrics(arguments), supposed=supposed(arguments.supposed))


def _wants_metrics(arguments: Namespace) -> bool:
    if arguments.metrics and not any(text.partition("=")[0] == "json" for text in arguments.format or ()):
        raise UsageError("--metrics adds figures to the JSON report only", "add --format json")
    return bool(arguments.metrics)


def _suppositions(request: Request) -> Iterable[str]:
    said = " and ".join(f"{key} {value}" for key, value in request.supposed.items())
    return [f"judged as if every REVIEW.yaml said {said}, and no section were a draft or a proposal"] if said else []


def _outputs(texts: Iterable[str], file: str | None) -> tuple[Output, ...]:
    if file == "":
        raise UsageError("--output names no file", "write --output report.txt")
    outputs = tuple(_output(text, file) for text in texts)
    if len({_place(output.file) for output in outputs}) < len(outputs):
        raise UsageError("two formats would go to one place", "give files: --format text --format json=report.json")
    if file is not None and all(output.file != file for output in outputs):
        raise UsageError(f"--output {file} is left without a format", "add one that names no file: --format text")
    return outputs


def _place(file: str | None) -> str | None:
    """Where a file really is; its name where the current folder is gone."""
    try:
        return file and os.path.realpath(file)
    except FileNotFoundError:
        return file


def _output(text: str, file: str | None) -> Output:
    name, sign, own = text.partition("=")
    renderer(name)
    if sign and not own:
        raise UsageError(f"--format {text} names no file", f"write --format {name}=report.{name}")
    return Output(name, own or file)


def _rendered(report: Report, output: Output, shown: Options, console: Console) -> str:
    draft = Draft()
    if output.file is None:
        draft.encoding = encoding_of(console.out)
    renderer(output.format)(report, draft, shown if output.file is None else shown._replace(color=False))
    return draft.getvalue()


def _deliver(texts: Mapping[str | None, str], console: Console) -> None:
    """Write texts to their files, then the one without to standard output, which stays empty when a file fails."""
    for file, text in texts.items():
        if file is not None:
            write_file(file, text.encode("utf-8", "backslashreplace"))
    with closed_pipe_tolerated(console):
        console.out.write(texts.get(None, ""))
