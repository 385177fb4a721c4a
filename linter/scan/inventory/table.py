"""CSV inventories, read into what an inventory in YAML says."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from linter.adapters.git.repository import printable
from linter.errors import InventoryError
from linter.model.document import Document, Mark
from linter.model.finding import TOP, Position, Span
from linter.model.pointer import join
from linter.model.quote import listed, named, quoted
from linter.model.words import closest

COLUMNS = ("name", "url", "path", "team", "tags")

_HINT = f"the first line names the columns: {', '.join(COLUMNS)}"


def read_table(path: str, data: bytes) -> Document:
    """The inventory in a CSV file (RFC 4180, UTF-8, commas): the first line names the columns, tags have spaces between
    them, an empty cell says nothing.

    Raises InventoryError with path, line and column 1 for what is no such file.
    """
    rows = list(_rows(path, _text(path, data)))
    if not rows:
        raise InventoryError(f"{printable(path)}: the file is empty", _HINT)
    (line, columns), *rest = rows
    _check_columns(f"{printable(path)}:{line}:1", columns)
    if not rest:
        raise InventoryError(
            f"{printable(path)}:{line}:1: no repository is listed", "write a line for each below this one"
        )
    entries: list[dict[str, Any]] = []
    marks = {pointer: Mark(TOP) for pointer in ("", "/version", "/repositories")}
    for line, cells in rest:
        if len(cells) != len(columns):
            raise InventoryError(
                f"{printable(path)}:{line}:1: {len(cells)} cells where the first line names {len(columns)} columns",
                "a text that holds a comma needs double quotes",
            )
        _add(entries, marks, dict(zip(columns, cells, strict=True)), line)
    return Document(path, "", {"version": 1, "repositories": entries}, marks)


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InventoryError(
            f"{printable(path)}:{line}:1: the byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8"
        ) from error


def _rows(path: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their first lines, without blank ones."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "a quote inside of a quoted text is written twice"
        raise InventoryError(f"{printable(path)}:{line}:1: the line is no CSV: {error}", hint) from error


def _check_columns(place: str, columns: list[str]) -> None:
    for column in columns:
        if column not in COLUMNS and not column.startswith("x-"):
            meant = [named(word) for word in closest(column, COLUMNS)]
            hint = f"did you mean {listed(meant, 'or')}?" if meant else f"{_HINT}, with commas between them"
            raise InventoryError(f"{place}: there is no column {quoted(column)}", hint)
        if columns.count(column) > 1:
            raise InventoryError(f"{place}: two columns are called {quoted(column)}", "remove one of them")
    if "name" not in columns or not {"url", "path"} & set(columns):
        raise InventoryError(f"{place}: expected a column `name` and one of `url` and `path`", _HINT)


def _add(entries: list[dict[str, Any]], marks: dict[str, Mark], cells: dict[str, str], line: int) -> None:
    entry: dict[str, Any] = {column: cell for column, cell in cells.items() if cell}
    if "tags" in entry:
        entry["tags"] = entry["tags"].split()
    start = Position(line, 1)
    pointer = join("/repositories", len(entries))
    for place in (pointer, *(join(pointer, column) for column in entry)):
        marks[place] = Mark(Span(start, start))
    entries.append(entry)
