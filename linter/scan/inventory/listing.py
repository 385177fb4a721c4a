"""Inventory files: repositories that somebody has listed, in YAML or as CSV; see `schemas/inventory.schema.json`."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

from linter.adapters.files import read_file
from linter.adapters.git.repository import printable
from linter.adapters.schema.check import VERSION, check_schema
from linter.adapters.schema.files import load_schema
from linter.adapters.yaml.reader import read_review
from linter.errors import InventoryError
from linter.model.document import MAX_BYTES, Document, Problem
from linter.model.glob import Globs
from linter.model.inventory import Repository
from linter.model.pointer import join, resolve
from linter.model.quote import quoted
from linter.scan.address import read_address
from linter.scan.inventory.table import read_table

ENDINGS = (".yaml", ".yml", ".csv")
"""What the names of inventory files end in."""

MAX_TABLE = 64 << 20
"""Bytes of a CSV file, about half a million repositories."""


def read_listing(path: str, transports: Sequence[str]) -> list[Repository]:
    """The repositories of an inventory file that its patterns leave.

    Raises InventoryError with path, line and column for the first thing that is wrong.
    """
    document = _read(path)
    folder = os.path.dirname(os.path.abspath(path))
    problems = sorted(_problems(document, folder, transports), key=lambda problem: problem.span.start)
    if problems:
        line, column = problems[0].span.start
        raise InventoryError(f"{printable(path)}:{line}:{column}: {problems[0].message}", problems[0].hint or "")
    listed = [_repository(entry, folder) for entry in document.data["repositories"]]
    return [repository for repository in listed if _is_wanted(repository.name, document.data)]


def _read(path: str) -> Document:
    if path.endswith(".csv"):
        data = read_file(path, MAX_TABLE + 1)
        if len(data) > MAX_TABLE:
            raise InventoryError(f"{printable(path)} is larger than {MAX_TABLE:,} bytes", "make several files of it")
        return read_table(path, data)
    data = read_file(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        hint = "make a CSV file of it, which may be longer, or several files"
        raise InventoryError(f"{printable(path)} is larger than {MAX_BYTES:,} bytes", hint)
    return read_review(path, data)


def _problems(document: Document, folder: str, transports: Sequence[str]) -> list[Problem]:
    unfit = [*document.problems, *_unfit(document)]
    if unfit:
        return unfit
    own = {problem.pointer: problem for problem in _own_problems(document, folder, transports)}
    shape = check_schema(document, load_schema("inventory")).problems
    return [*own.values(), *(problem for problem in shape if problem.pointer not in own)]


def _unfit(document: Document) -> Iterator[Problem]:
    """What keeps a file that could be read from being judged."""
    if document.marks and not isinstance(document.data, dict):
        hint = "`review-lint schema inventory` shows the whole format"
        yield Problem("RL008", "expected keys and values such as `version: 1`", document.marks[""].value, hint=hint)
    version = resolve(document.data, "/version")
    if type(version) is int and version != VERSION:
        message = f"this review-lint reads version {VERSION} of an inventory, the file has version {version}"
        hint = "upgrade review-lint" if version > VERSION else f"write `version: {VERSION}`"
        yield Problem("RL010", message, document.span("/version"), "/version", hint)


def _own_problems(document: Document, folder: str, transports: Sequence[str]) -> Iterator[Problem]:
    """What the schema does not say, or not as well."""
    first: dict[str, int] = {}
    entries = resolve(document.data, "/repositories")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        pointer = join("/repositories", index)
        if not isinstance(entry, dict):
            continue
        yield from _place(document, pointer, entry, folder, transports)
        name = entry.get("name")
        if isinstance(name, str) and name in first:
            where = join("/repositories", first[name], "name")
            line = document.span(where).start.line
            message = f"{quoted(name)} is the name of another repository, in line {line}"
            yield Problem("RL008", message, document.span(f"{pointer}/name"), f"{pointer}/name", "names are unique")
        elif isinstance(name, str):
            first[name] = index


def _place(
    document: Document, pointer: str, entry: dict[str, Any], folder: str, transports: Sequence[str]
) -> Iterator[Problem]:
    url, path = entry.get("url"), entry.get("path")
    if ("url" in entry) is ("path" in entry):
        message = f"expected either `url` or `path`, found {'both' if url else 'neither'}"
        yield Problem("RL008", message, document.span(pointer), pointer, "say where the repository is")
    elif isinstance(url, str) and url:
        try:
            read_address(url, transports)
        except InventoryError as error:
            yield Problem("RL008", str(error), document.span(f"{pointer}/url"), f"{pointer}/url", error.hint)
    elif isinstance(path, str) and not _is_inside(os.path.join(folder, path), folder):
        message = f"{quoted(path)} is not in the folder of this file"
        hint = "move the file, or name the folder itself as a source of the scan"
        yield Problem("RL008", message, document.span(f"{pointer}/path"), f"{pointer}/path", hint)


def _is_inside(path: str, folder: str) -> bool:
    top = os.path.realpath(folder)
    return "\0" not in path and os.path.commonpath((top, os.path.realpath(path))) == top


def _repository(entry: dict[str, Any], folder: str) -> Repository:
    return Repository(
        name=entry["name"],
        url=entry.get("url", ""),
        path=os.path.normpath(os.path.join(folder, entry["path"])) if "path" in entry else "",
        team=entry.get("team", ""),
        tags=tuple(entry.get("tags", ())),
    )


def _is_wanted(name: str, data: dict[str, Any]) -> bool:
    included = "include" not in data or Globs(tuple(data["include"])).match(name)
    return included and not Globs(tuple(data.get("exclude", ()))).match(name)
