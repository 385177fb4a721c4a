"""Python source as text and as a syntax tree; what cannot be read becomes an `Unanalysable` with a place."""

import ast
import gc
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from linter.adapters.python.decoding import decoded
from linter.model.metrics import Unanalysable

FIELDS_BOUND = 10**10
"""Fields of a line times its length: parsing takes about 3 s (Python 3.11)."""


class ParsedSource(NamedTuple):
    """A file that Python can read: its text, with `\\n` at every line's end, and its syntax tree."""

    text: str
    tree: ast.Module


def parse(data: bytes) -> ParsedSource | Unanalysable:
    """The text and the tree of a source file in the grammar of the running interpreter. Never raises."""
    text = decoded(data)
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
