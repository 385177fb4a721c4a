"""Tables of the site for programs: the same rows as JSON, as CSV, and as what pages read."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from linter.output.printable import printable, without_surrogates
from linter.output.scan.table import cell

Value = str | int | float | None


class Table(NamedTuple):
    """A table to take away: `name` is that of its files, `about` says what a row is."""

    name: str
    about: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


def as_json(table: Table) -> str:
    """An array of objects, one in a line."""
    lines = (_dumped(dict(zip(table.columns, row, strict=True))) for row in table.rows)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def as_csv(table: Table) -> str:
    """A line with the names of the columns, then a line for each row."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return stream.getvalue()


def as_script(name: str, value: Mapping[str, Any]) -> str:
    """Data that a page loads as a script, because browsers let pages on a disk load nothing else."""
    text = _harmless(json.dumps(value, separators=(",", ":"), default=list, ensure_ascii=True))
    return f'siteData("{name}", {text});\n'


def texts(values: Iterable[Value]) -> list[Value]:
    """The values as they are shown: without what hides or reorders text."""
    return [printable(value) if isinstance(value, str) else value for value in values]


def _dumped(row: Mapping[str, Value]) -> str:
    text = {key: without_surrogates(value) if isinstance(value, str) else value for key, value in row.items()}
    return _harmless(json.dumps(text, separators=(", ", ": "), ensure_ascii=False))


def _harmless(text: str) -> str:
    """The same JSON, which is no markup either where somebody takes it for some."""
    return text.replace("<", "\\u003c")


def _cell(value: Value) -> str:
    return "" if value is None else cell(value) if isinstance(value, str) else str(value)
