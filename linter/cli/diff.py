"""`review-lint diff A B`: which promises changed between two revisions."""

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from linter.adapters.git.repository import open_repository
from linter.adapters.git.targets import revision
from linter.cli.arguments import day
from linter.cli.console import Console, closed_pipe_tolerated
from linter.engine.governance.revisions import FileChanges, compare
from linter.errors import UsageError
from linter.model.difference import ABSENT
from linter.model.promise.change import PromiseChange
from linter.output.printable import encoding_of, printable, without_surrogates

SUMMARY = "say which promises changed between two revisions"

_WEAKER = "weaker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="A", help="the earlier revision; A..B names both")
    parser.add_argument("new", metavar="B", nargs="?", default="", help="the later revision (default: HEAD)")
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a folder of the repository (default: .)")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="default: text")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Compare and tell; 0 whatever changed."""
    earlier, later, path = _ends(arguments)
    if not os.path.isdir(path):
        raise UsageError(f"there is no folder {path}", "name two revisions, or A..B, and then a folder")
    with open_repository(path) as git:
        old, new = revision(git, earlier), revision(git, later)
        found = compare(old, new, day(None))
    if arguments.format == "json":
        text = json.dumps(_object(old.revision, new.revision, found), indent=2, allow_nan=False) + "\n"
    else:
        text = "".join(f"{printable(line, encoding_of(console.out))}\n" for line in _lines(found))
    with closed_pipe_tolerated(console):
        console.out.write(text)
    return 0


def _ends(arguments: argparse.Namespace) -> tuple[str, str, str]:
    """Both revisions and the folder. After A..B the next word is the folder; three dots mean something else to git."""
    first, dots, second = arguments.old.partition("..")
    if not dots or second.startswith("."):
        return arguments.old, arguments.new or "HEAD", arguments.path
    return first or "HEAD", second or "HEAD", arguments.new or arguments.path


def _lines(found: Iterable[FileChanges]) -> Iterator[str]:
    is_silent = True
    for file in found:
        is_silent = False
        yield f"{file.path} {file.note}" if file.note else file.path
        for change in file.changes:
            yield f"  {_WEAKER if change.is_weaker else '':<{len(_WEAKER)}}  {change.sentence}"
    if is_silent:
        yield "no promise changed"


def _object(old: str | None, new: str | None, found: Iterable[FileChanges]) -> dict[str, Any]:
    files = [
        {
            "path": without_surrogates(file.path),
            "note": file.note or None,
            "changes": [_change(change) for change in file.changes],
        }
        for file in found
    ]
    return {"version": 1, "from": old, "to": new, "files": files}


def _change(change: PromiseChange) -> dict[str, Any]:
    """`before` and `after` are left out where there is no value."""
    values = {"before": change.before, "after": change.after}
    return {
        "pointer": change.pointer,
        "kind": change.kind,
        "weaker": change.is_weaker,
        "sentence": change.sentence,
        **{key: _plain(value) for key, value in values.items() if value is not ABSENT},
    }


def _plain(value: Any) -> Any:
    """The value as JSON has it; numbers that JSON does not have are texts."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, float) and not isfinite(value) else value
