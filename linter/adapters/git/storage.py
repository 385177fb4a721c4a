"""The file of a memory: SQLite, used so that no power cut, no other run and no maker of a repository can do harm.

A repository that somebody unpacked holds what its maker put there: a link, somebody's database, views that never come
to an end, or a journal by which SQLite removes a file of the maker's choice. None of these is opened.
"""

import os
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import suppress

FILE = "known.sqlite"

OWN = (FILE, "cited")
"""What review-lint puts into the folder."""

MAX_PAGES = 16_384
"""Pages of 4 KiB in use: at 64 MiB the older half of the records is forgotten."""

MAX_BYTES = 256 << 20
"""A larger file is removed."""

MAX_RECORD = 16 << 20
"""Bytes; a larger record is not looked at."""

_TABLE = "CREATE TABLE known (age INTEGER PRIMARY KEY, name TEXT UNIQUE, value BLOB)"
"""A file that defines anything else is removed."""

# A damaged file can make messages that are no text (Python 3.11).
_FAILURES = (sqlite3.Error, UnicodeDecodeError)


class Storage:
    """Records by name, in a folder that is made if need be. Nothing here raises; without a file nothing is found."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, FILE)
        self._connection: sqlite3.Connection | None = None
        try:
            take_over(folder)
            self._connection = sqlite3.connect(self._path, timeout=0, isolation_level=None)
            _prepare(self._connection)
        except (OSError, *_FAILURES) as error:
            self._give_up(error)

    def find(self, name: str) -> bytes | None:
        if self._connection is None:
            return None
        question = "SELECT value FROM known WHERE name = ? AND length(value) <= ?"
        try:
            row = self._connection.execute(question, (name, MAX_RECORD)).fetchone()
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
            _make_room(self._connection)
            self._connection.executemany("INSERT OR REPLACE INTO known (name, value) VALUES (?, ?)", records)
            self._connection.execute("COMMIT")
        except _FAILURES as error:
            self._give_up(error)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _give_up(self, error: Exception) -> None:
        """Go on without. What is locked, full or may not be written stays; what is damaged is removed."""
        self.close()
        if not isinstance(error, OSError | sqlite3.OperationalError):
            with suppress(OSError):
                os.unlink(self._path)


def take_over(folder: str) -> None:
    """Make the folder, or remove from it what review-lint has not put there. Raises OSError where that cannot be, and
    where the repository or the folder is somebody else's: root leaves nothing there that they could not remove.
    """
    if not _is_own(os.stat(os.path.dirname(folder))):
        raise PermissionError
    with suppress(FileExistsError):
        os.mkdir(folder)
    status = os.lstat(folder)
    if not (stat.S_ISDIR(status.st_mode) and _is_own(status)):
        raise PermissionError
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name not in OWN or not _is_plain(entry.stat(follow_symlinks=False)):
                os.unlink(entry.path)


def _is_own(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid()


def _is_plain(status: os.stat_result) -> bool:
    is_file = stat.S_ISREG(status.st_mode) and status.st_nlink == 1
    return is_file and _is_own(status) and status.st_size <= MAX_BYTES


def _prepare(connection: sqlite3.Connection) -> None:
    """Lay out a new file. Raises sqlite3.DatabaseError for one of another layout."""
    # Lost in a power cut is what can be computed again; half written is what its checksum tells. So there is no journal
    # on the disk, and one that lies there is none of ours.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    layout = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    if not layout:
        connection.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
    elif layout != [(_TABLE,)]:
        raise sqlite3.DatabaseError("not laid out by this release")


def _make_room(connection: sqlite3.Connection) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    if pages - free >= MAX_PAGES:
        connection.execute("DELETE FROM known WHERE age <= (SELECT avg(age) FROM known)")
