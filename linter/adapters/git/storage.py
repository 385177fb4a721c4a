"""The file of a memory: SQLite, used so that neither a power cut nor another run can do harm."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress

FILE = "known.sqlite"

MAX_PAGES = 16_384
"""Pages of 4 KiB in use: at 64 MiB the older half of the records is forgotten."""

LAYOUT = 1
"""Of the table; a file of another layout is laid out anew."""


# A damaged file can make messages that are no text (Python 3.11).
_FAILURES = (sqlite3.Error, UnicodeDecodeError)


class Storage:
    """Records by name, in a folder that is made if need be. Nothing here raises; without a file nothing is found."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, FILE)
        self._connection: sqlite3.Connection | None = None
        try:
            os.makedirs(folder, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=0, isolation_level=None)
            self._prepare(self._connection)
        except (OSError, *_FAILURES) as error:
            self._give_up(error)

    def find(self, name: str) -> bytes | None:
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM known WHERE name = ?", (name,)).fetchone()
        except _FAILURES as error:
            self._give_up(error)
            return None
        return row[0] if row and isinstance(row[0], bytes) else None

    def add(self, records: Sequence[tuple[str, bytes]]) -> None:
        """Write records over those of the same names: all of them, or none where another run is writing just now."""
        if self._connection is None:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._make_room(self._connection)
            self._connection.executemany("INSERT OR REPLACE INTO known (name, value) VALUES (?, ?)", records)
            self._connection.execute("COMMIT")
        except _FAILURES as error:
            self._give_up(error)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _prepare(self, connection: sqlite3.Connection) -> None:
        # Lost in a power cut is what can be computed again; half written is what its checksum tells.
        connection.execute("PRAGMA synchronous = OFF")
        if connection.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DROP TABLE IF EXISTS known")
            connection.execute("CREATE TABLE known (age INTEGER PRIMARY KEY, name TEXT UNIQUE, value BLOB)")
            connection.execute(f"PRAGMA user_version = {LAYOUT}")
            connection.execute("COMMIT")

    def _make_room(self, connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        if pages - free >= MAX_PAGES:
            connection.execute("DELETE FROM known WHERE age <= (SELECT avg(age) FROM known)")

    def _give_up(self, error: Exception) -> None:
        """Go on without. What is locked, full or may not be written stays; what is damaged is removed."""
        self.close()
        if not isinstance(error, OSError | sqlite3.OperationalError):
            with suppress(OSError):
                os.unlink(self._path)
