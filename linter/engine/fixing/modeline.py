"""The line of a review file by which editors find its schema, wherever the file is opened.

It is the one that yaml-language-server reads, which serves VS Code, Neovim, Emacs, Helix and others.
"""

import os
import re
from typing import NamedTuple

from linter.engine.project import read_project
from linter.model.document import MAX_BYTES
from linter.model.edit import Rewrite
from linter.model.request import Request
from linter.model.review_files import find_candidates
from linter.model.snapshot import Snapshot, UnreadableError

SCHEMA_FILE = ".review.schema.json"
"""The name of the schema's copy, at the root of the repository."""

_MODELINE = re.compile(r"^\ufeff?#[ \t]*yaml-language-server[ \t]*:[ \t]*\$schema=(\S+)", re.MULTILINE)
_BYTE_ORDER_MARK = "\ufeff"


class Modelines(NamedTuple):
    """What gives every review file its line. `left_out` are files that stay as they are, by path, and why."""

    rewrites: tuple[Rewrite, ...]
    left_out: dict[str, str]
    files: tuple[str, ...]


def modelines(snapshot: Snapshot) -> Modelines:
    """Look at every review file of a working tree that is not excluded."""
    project = read_project(snapshot, Request(today=""))
    entries = (entry for entry in snapshot.paths().values() if not project.is_excluded(entry.path))
    files = find_candidates(entries).files
    rewrites, left_out = [], {}
    for entry in files:
        try:
            content = snapshot.read(entry, MAX_BYTES)
            new = with_modeline(content.decode(), entry.path).encode()
        except UnreadableError as error:
            left_out[entry.path] = str(error)
        except ValueError as error:
            left_out[entry.path] = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        else:
            rewrites += [Rewrite(entry.path, content, new)] if new != content else []
    return Modelines(tuple(rewrites), left_out, tuple(entry.path for entry in files))


def with_modeline(text: str, path: str) -> str:
    """The text of the review file at `path` with the line. Raises ValueError where it names another schema."""
    schema = os.path.relpath(SCHEMA_FILE, os.path.dirname(path) or ".")
    found = _MODELINE.search(text)
    if found is None:
        mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
        end = "\r\n" if "\r\n" in text else "\n"
        return f"{mark}# yaml-language-server: $schema={schema}{end}{text.removeprefix(mark)}"
    if os.path.basename(found[1]) != SCHEMA_FILE:
        raise ValueError(f"it names the schema {found[1]}")
    return f"{text[: found.start(1)]}{schema}{text[found.end(1) :]}"
