"""One scan at a time writes to a store: who comes second is told who was first, and the lock ends with its holder.

For a file it is a lock of the system on a file beside it, for PostgreSQL an advisory lock of the session: both are
gone when the process is, however it ended.
"""

import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from linter.errors import StoreError
from linter.store.database import Database
from linter.store.sql import sa

_KEY = {"family": 0x7265_7669, "number": 0x6577_6C74}
"""Two numbers that no other program is likely to lock ("reviewlt")."""

_TURN = 0.1
_LONGEST = 200

Release = Callable[[], None]


@contextmanager
def held(database: Database, patience: float = 0) -> Iterator[None]:
    """Be the one that writes, in the block. Raises StoreError where another one still is after `patience` seconds."""
    take = _take_file if database.is_file else _take_session
    deadline = time.monotonic() + patience
    while (release := take(database)) is None:
        if time.monotonic() >= deadline:
            raise StoreError(
                f"another scan is writing to {database.name}: {_holder(database)}",
                "wait until it has ended, or give this one a store of its own with --store",
            )
        time.sleep(_TURN)
    try:
        yield
    finally:
        release()


def _take_file(database: Database) -> Release | None:
    """Lock the file beside the store and say in it who does."""
    try:
        descriptor = os.open(f"{database.path}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    except OSError as error:
        reason = f"{database.path}.lock cannot be opened: {error.strerror}"
        raise StoreError(
            reason, "name a file in a folder that exists and that you may write to with --store"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, _self_portrait().encode(), 0)
    return lambda: os.close(descriptor)


def _self_portrait() -> str:
    since = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
    return f"process {os.getpid()} on {socket.gethostname()}, since {since}"


def _take_session(database: Database) -> Release | None:
    with database.reading() as connection:
        is_taken = connection.execute(sa.text("SELECT pg_try_advisory_lock(:family, :number)"), _KEY).scalar()
    return (lambda: _release_session(database)) if is_taken else None


def _release_session(database: Database) -> None:
    # The lock of a session that broke off has ended with it.
    with suppress(StoreError), database.reading() as connection:
        connection.execute(sa.text("SELECT pg_advisory_unlock(:family, :number)"), _KEY)


def _holder(database: Database) -> str:
    if database.is_file:
        with open(f"{database.path}.lock", encoding="utf-8", errors="replace") as file:
            return file.read(_LONGEST) or "a process that has only just begun"
    with database.reading() as connection:
        row = connection.execute(sa.text(_SESSION), _KEY).first()
    return f"{row.name}, since {row.start} UTC" if row and row.name else "a session that may not be shown"


_SESSION = """
    SELECT application_name AS name, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') AS start
    FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND classid = :family AND objid = :number AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
