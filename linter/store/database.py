"""Which database a store is, how it is opened, and what its failures say.

SQLite keeps a journal ahead of the file (WAL) and waits for the disk with every transaction: what is acknowledged
survives a kill at any moment, and readers wait for nobody. PostgreSQL is asked for the same.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from linter.errors import MissingExtraError, StoreError
from linter.store.sql import sa

_PATIENCE = 10
"""Seconds for a lock inside the database, and for a server to answer."""

_MORE_ROOM = "make room; what was acknowledged is safe, and the next scan goes on from there"
_SERVER = "look whether the server runs and the address is right; what was acknowledged is safe"
_HINTS = {
    "SQLITE_FULL": _MORE_ROOM,
    "SQLITE_IOERR": _MORE_ROOM,
    "SQLITE_BUSY": "another program is writing to it; try again when that has ended",
    "SQLITE_READONLY": "name a file that you may write to with --store",
    "SQLITE_CANTOPEN": "name a file in a folder that exists and that you may write to with --store",
    "SQLITE_NOTADB": "name another file with --store",
    "SQLITE_CORRUPT": "put back a copy, or move it away and scan again",
    "53": _MORE_ROOM,
    "42501": "ask for the right to use and create tables there",
    "57": _SERVER,
    "08": _SERVER,
}
"""What to do about an error, by how its name in SQLite or its code in PostgreSQL begins."""


class Database:
    """An open database, used by one thread. `name` says which one, without a password; `path` is that of a file.

    Here and in all transactions StoreError says what the database complains about.
    """

    def __init__(self, where: str, must_exist: bool) -> None:
        url = _url(where)
        self.is_file = url.get_backend_name() == "sqlite"
        self.path = url.database if self.is_file and url.database else ""
        self.name = self.path or url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
        # SQLite would make the file.
        if self.is_file and must_exist and not os.path.exists(self.path):
            raise StoreError(f"there is no store {self.path}", "`review-lint scan` makes one; --store names another")
        self._streams: list[sa.Connection] = []
        with self._told():
            self._engine = _engine(url)
            self._connection = self._engine.connect()

    def close(self) -> None:
        """Close all connections, also those of streams that nobody has read to their end."""
        with self._told():
            for connection in (*self._streams, self._connection):
                connection.close()
            self._engine.dispose()

    @contextmanager
    def reading(self) -> "Iterator[sa.Connection]":
        """A transaction that sees one state of the store."""
        with self._transaction(is_writing=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> "Iterator[sa.Connection]":
        """A transaction that is on the disk when the block has ended well, and never was otherwise."""
        with self._transaction(is_writing=True) as connection:
            yield connection

    @contextmanager
    def streaming(self) -> "Iterator[sa.Connection]":
        """A transaction as `reading`, on a connection of its own: while it lasts the store may be asked for something
        else.
        """
        with self._told(), self._engine.connect() as connection:
            self._streams.append(connection)
            try:
                connection.execution_options(is_writing=False)
                with connection.begin():
                    yield connection
            finally:
                self._streams.remove(connection)

    @contextmanager
    def _transaction(self, is_writing: bool) -> "Iterator[sa.Connection]":
        with self._told():
            self._connection.execution_options(is_writing=is_writing)
            with self._connection.begin():
                yield self._connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise StoreError(f"the store {self.name}: {_complaint(error)}", _hint(error)) from error


def _url(where: str) -> "sa.URL":
    """The address of a path or a URL. The words of a URL are not repeated: it can hold a password."""
    if "://" not in where:
        return sa.URL.create("sqlite", database=os.path.abspath(where))
    try:
        url = sa.make_url(where)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreError("the address of the store cannot be read", _FORMS) from error
    backend = url.drivername.partition("+")[0]
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"scans are kept in SQLite or PostgreSQL, not in {backend}", _FORMS)
    if url.database in (None, "", ":memory:") or url.query or url.host:
        raise StoreError("the address of the store names no plain file", _FORMS)
    return sa.URL.create("sqlite", database=os.path.abspath(str(url.database)))


_FORMS = "a store is a file (scans.db), sqlite:////folder/scans.db or postgresql://user@host/database"


def _engine(url: "sa.URL") -> "sa.Engine":
    if url.get_backend_name() == "sqlite":
        engine = sa.create_engine(
            url, connect_args={"timeout": _PATIENCE, "isolation_level": None}, hide_parameters=True
        )
        sa.event.listen(engine, "connect", _set_up_sqlite)
        # The driver would begin with the first change, when another one's may have come between.
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        options = {"isolation_level": "REPEATABLE READ", "hide_parameters": True}
        engine = sa.create_engine(url, connect_args=_of_the_session(), **options)
    except ImportError as error:
        raise MissingExtraError("a store in PostgreSQL", "postgres") from error
    sa.event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _of_the_session() -> dict[str, Any]:
    """Its name is what another scan is told that finds the store in use; keepalives tell the server of hosts that are
    gone, so that their locks end.
    """
    name = f"process {os.getpid()} on {socket.gethostname()}"
    keepalives = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
    return {"application_name": name[:63], "connect_timeout": _PATIENCE, **keepalives}


def _set_up_sqlite(connection: Any, _: Any) -> None:
    if connection.execute("PRAGMA page_count").fetchone() == (0,):
        # A file remembers it; what belongs to another program is left as it is.
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: "sa.Connection") -> None:
    is_writing = connection.get_execution_options().get("is_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _set_up_postgresql(connection: Any, _: Any) -> None:
    connection.execute(f"SET lock_timeout = '{_PATIENCE}s'")
    # A server may be set to acknowledge what is not on its disk yet.
    connection.execute("SET synchronous_commit = on")
    connection.commit()


def _complaint(error: "sa.exc.DBAPIError") -> str:
    """The first line of what the database itself said, without the statement and its values."""
    return str(error.orig).partition("\n")[0]


def _hint(error: "sa.exc.DBAPIError") -> str:
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    if code is None:
        return _SERVER
    return next((hint for start, hint in _HINTS.items() if code.startswith(start)), "")
