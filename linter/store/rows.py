"""Small questions to tables that several others ask."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from linter.store.sql import sa
from linter.store.tables import key_of, repositories

_CHUNK = 500
"""Values in one question: SQLite before 3.32 takes 999."""

_ROWS = 1000
"""Rows of a stream that are in memory at once."""

Item = TypeVar("Item")


def chunks(items: Iterable[Item], size: int = _CHUNK) -> Iterator[Sequence[Item]]:
    """The items in lists that one question can hold, or shorter ones."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def streamed(connection: "sa.Connection", question: "sa.Select[Any]") -> "Iterator[sa.Row[Any]]":
    """The rows that a question finds, a few at a time."""
    with connection.execute(question, execution_options={"yield_per": _ROWS}) as rows:
        yield from rows


def inserted(connection: "sa.Connection", table: "sa.Table", values: dict[str, Any]) -> int:
    """Add a row; its id."""
    key = connection.execute(table.insert().values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def ids_of(connection: "sa.Connection", names: Iterable[str]) -> dict[str, int]:
    """The ids of repositories by their names; unknown ones are left out."""
    columns = (repositories.c.name, repositories.c.id)
    found: dict[str, int] = {}
    for chunk in chunks(names):
        question = sa.select(*columns).where(repositories.c.digest.in_(map(key_of, chunk)))
        found.update((row.name, row.id) for row in connection.execute(question))
    return found
