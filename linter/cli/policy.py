"""`review-lint policy --explain`: every setting that holds, with where it comes from."""

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

from linter.adapters.git.repository import Git, open_repository
from linter.adapters.git.targets import revision, worktree
from linter.cli.arguments import day, policy_file
from linter.cli.console import Console, closed_pipe_tolerated
from linter.engine.explanation import explain
from linter.errors import UsageError
from linter.model.request import Request
from linter.model.setting import Explanation, Origin, Setting
from linter.output.printable import encoding_of, printable, without_surrogates
from linter.rules.catalogue import ALL_RULES

SUMMARY = "explain what holds for a repository, and who said so"

VERSION = 1
"""Of the format that programs read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a folder of the repository (default: .)")
    parser.add_argument("--explain", action="store_true", help="show every setting and its source (it does so anyway)")
    parser.add_argument("--policy", metavar="FILE", help="an organisation's policy, instead of the configured one")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="the day that counts (default: today, UTC)")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="default: text")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print what holds for the folder: the working tree's files, or those of HEAD in a bare repository."""
    if not os.path.isdir(arguments.path):
        raise UsageError(f"there is no folder {arguments.path}", "name a folder of the repository, or nothing")
    request = Request(today=day(arguments.today), policy=policy_file(arguments.policy))
    with open_repository(arguments.path) as git:
        snapshot = worktree(git) if git.top else revision(git, "HEAD")
        explanation = explain(snapshot, request, _folder(git, arguments.path))
    if arguments.format == "json":
        text = json.dumps(_object(explanation), indent=2) + "\n"
    else:
        encoding = encoding_of(console.out)
        text = "".join(f"{printable(line, encoding)}\n" for line in _lines(explanation))
    with closed_pipe_tolerated(console):
        console.out.write(text)
    return 0


def _folder(git: Git, path: str) -> str:
    """The folder as the tree names it, "" for its root."""
    inner = os.path.relpath(os.path.realpath(path), os.path.realpath(git.top)) if git.top else "."
    return "" if inner == "." else inner


def _lines(explanation: Explanation) -> Iterator[str]:
    policy = f"{explanation.title} ({explanation.policy})" if explanation.policy else "none"
    yield f"policy         {policy}"
    yield f"configuration  {explanation.configuration or 'none'}"
    yield f"review file    {explanation.review or 'none'}{' (cannot be read)' if explanation.is_unread else ''}"
    yield ""
    rows = [("SETTING", "VALUE", "FROM", ""), *map(_row, explanation.settings)]
    widths = [min(max(len(row[column]) for row in rows), 40) for column in range(3)]
    for row in rows:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield "  ".join([*padded, row[3]]).rstrip()


def _row(setting: Setting) -> tuple[str, str, str, str]:
    remarks = ["locked" if setting.is_locked else "", setting.remark]
    return _named(setting.name), _shown(setting.value), _source(setting.origin), "; ".join(filter(None, remarks))


def _named(name: str) -> str:
    """The name of a rule beside its code."""
    return next((f"{rule.code} {rule.name}" for rule in ALL_RULES if rule.code == name), name)


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _source(origin: Origin) -> str:
    place = ":".join(str(part) for part in (origin.path, origin.line) if part is not None)
    return place or origin.source.value


def _object(explanation: Explanation) -> dict[str, Any]:
    policy = {"name": explanation.title, "path": explanation.policy, "digest": explanation.digest}
    return {
        "version": VERSION,
        "policy": _plain(policy) if explanation.policy else None,
        "configuration": explanation.configuration,
        "review": _plain(explanation.review),
        "settings": list(_settings(explanation.settings)),
    }


def _settings(settings: Iterable[Setting]) -> Iterator[dict[str, Any]]:
    for name, value, origin, is_locked, remark in settings:
        source = {"kind": origin.source.value, "path": origin.path, "line": origin.line}
        yield _plain({"name": name, "value": value, "from": source, "locked": is_locked, "remark": remark or None})


def _plain(value: Any) -> Any:
    """The value as strict JSON can say it."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
