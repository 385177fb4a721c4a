"""Python source as text and as a syntax tree; what cannot be read becomes an `Unanalysable` with a place."""

import ast
import codecs
import gc
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from linter.model.metrics import Unanalysable

NOT_FOR_SOURCE = frozenset({"punycode", "idna"})
"""Encodings that Python's parser accepts in a coding cookie and that take hours to decode 2 MiB."""

FIELDS_BOUND = 10**10
"""Fields of a line times its length: parsing takes about 3 s (Python 3.11)."""


class ParsedSource(NamedTuple):
    """A file that Python can read: its text, with `\\n` at every line's end, and its syntax tree."""

    text: str
    tree: ast.Module


def decode(data: bytes) -> str:
    """The text of a source file, as Python reads it: byte order mark, coding cookie (PEP 263), `\\n` for every newline.

    Split it at `\\n` and its line numbers are those of the metrics. Empty for what Python cannot decode.
    """
    text = _decode(data)
    return text if isinstance(text, str) else ""


def codec(data: bytes) -> str | None:
    """The encoding that turns a source file into text and back into the same bytes; None where there is none."""
    try:
        encoding = _encoding(data)
        found = "utf-8" if encoding == "utf-8-sig" and not data.startswith(codecs.BOM_UTF8) else encoding
        return found if data.decode(found).encode(found) == data else None
    except (SyntaxError, ValueError, LookupError):
        return None


def parse(data: bytes) -> ParsedSource | Unanalysable:
    """The text and the tree of a source file in the grammar of the running interpreter. Never raises."""
    text = _decode(data)
    if isinstance(text, Unanalysable):
        return text
    if _is_costly(text):
        return Unanalysable("has an f-string with so many fields on one line that Python's own parser takes minutes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError, LookupError, SystemError) as error:
        # What explains takes 3 ms to import, and most files can be parsed.
        from linter.adapters.python.dialect import explain  # noqa: PLC0415

        return explain(error, text)
    if _is_notebook(tree):
        return Unanalysable("is a Jupyter notebook (JSON), not Python source")
    return ParsedSource(text, tree)


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the cyclic garbage collector from running: syntax trees have no cycles, and it costs a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _decode(data: bytes) -> str | Unanalysable:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Unanalysable("is encoded in UTF-16, which Python does not read as source: save it as UTF-8")
    encoding = "utf-8-sig"
    try:
        encoding = _encoding(data)
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        from linter.adapters.python.dialect import end_of  # noqa: PLC0415

        before = error.object[: error.start].decode(encoding, "replace")
        return Unanalysable(f"is not valid {error.encoding}: {error.reason}", end_of(_with_newlines(before)))
    except (SyntaxError, ValueError, LookupError) as error:
        return Unanalysable(f"names an encoding that cannot be used: {error}")
    return _with_newlines(text)


def _encoding(data: bytes) -> str:
    """The encoding that the byte order mark or the coding cookie asks for. Raises SyntaxError where they disagree."""
    head = _with_newlines(data[:10_000].decode("latin-1")).split("\n", 2)[:2]
    if not any("coding" in line for line in head):
        return "utf-8-sig"
    # tokenize is imported here because it costs every commit 2 ms and few files have a cookie.
    from tokenize import detect_encoding  # noqa: PLC0415

    encoding, _ = detect_encoding(iter([line.encode("latin-1") + b"\n" for line in head]).__next__)
    if encoding in NOT_FOR_SOURCE:
        raise LookupError(f"{encoding} is no encoding for source code")
    return encoding


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_costly(text: str) -> bool:
    """Whether f-strings take the parser long: its time is quadratic in the fields of one line (Python 3.11 to 3.13)."""
    if len(text) <= 50_000 or not any(line.count("{") * len(line) > FIELDS_BOUND for line in text.split("\n")):
        return False
    from linter.adapters.python.string import FORMATTED  # noqa: PLC0415 - most files have no such line

    return re.search(rf"\b{FORMATTED}", text) is not None


def _is_notebook(tree: ast.Module) -> bool:
    """A notebook's JSON is a Python expression: one dictionary."""
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr) or not isinstance(tree.body[0].value, ast.Dict):
        return False
    keys = {key.value for key in tree.body[0].value.keys if isinstance(key, ast.Constant)}
    return {"cells", "nbformat"} <= keys
