"""Which layout a store has, and bringing it to that of this release."""

from linter.errors import StoreError
from linter.store.database import Database
from linter.store.lock import held
from linter.store.sql import sa
from linter.store.tables import metadata

VERSION_TABLE = "review_lint_version"
"""Its own name, because a database of PostgreSQL may hold what other users of Alembic put there."""

NEWEST = "0002"
"""The last step of `migrations/versions`: named here too, so that Alembic is loaded only where there is one to take."""


def prepare(database: Database, is_new_welcome: bool) -> None:
    """Make the tables of a new store, or bring those of an older one forward.

    Raises StoreError for a store of a newer release, for a database of something else, and where there is no store
    unless a new one is welcome.
    """
    if _version(database) == NEWEST:
        return
    with held(database, patience=_PATIENCE):
        version = _version(database)
        if version is None:
            _look_around(database, is_new_welcome)
        if version != NEWEST:
            _migrate(database)


_PATIENCE = 10
"""Seconds for which another process may be making the same tables."""


def _version(database: Database) -> str | None:
    """The last step that the store has taken. Raises StoreError for one that this release does not know."""
    with database.reading() as connection:
        if not sa.inspect(connection).has_table(VERSION_TABLE):
            return None
        version = connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    if version is not None and not "0000" <= version <= NEWEST:
        raise StoreError(
            f"the store {database.name} was written by a newer release (layout {version}, this one knows {NEWEST})",
            "pip install --upgrade review-lint",
        )
    return None if version is None else str(version)


def _look_around(database: Database, is_new_welcome: bool) -> None:
    """Raise StoreError where no store may be made."""
    if not is_new_welcome:
        raise StoreError(f"{database.name} holds no scans yet", "`review-lint scan` puts them there")
    with database.reading() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        encoding = "UTF8" if database.is_file else connection.execute(sa.text("SHOW server_encoding")).scalar()
    if encoding != "UTF8":
        raise StoreError(f"{database.name} keeps texts in {encoding}", "name a database with the encoding UTF8")
    # A file is one program's own, a database of PostgreSQL may be shared.
    if others := tables if database.is_file else tables.intersection(metadata.tables):
        raise StoreError(
            f"{database.name} is the database of something else: it has the table {min(others)}",
            "name a store of its own",
        )


def _migrate(database: Database) -> None:
    from linter.store.migration import migrate  # noqa: PLC0415 - 90 ms, which only a new store takes

    with database.writing() as connection:
        migrate(connection)
