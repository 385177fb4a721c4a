"""The door to Alembic: it brings a store to the layout of this release, forward only.

A step is a module of `migrations/versions/` with `revision`, `down_revision` and `upgrade()`. What a step does never
changes once it is released; the next one is a new module, and `layout.NEWEST` names it.
"""

import os

from linter.errors import MissingExtraError
from linter.store.layout import VERSION_TABLE
from linter.store.sql import sa

try:
    from alembic import command, context, op
    from alembic.config import Config
except ImportError as error:
    raise MissingExtraError("keeping scans", "org") from error

__all__ = ["migrate", "op", "take_steps"]

STEPS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "migrations")


def migrate(connection: "sa.Connection", folder: str = STEPS) -> None:
    """Take all steps in `folder` that the store has not taken, in the transaction that runs."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", folder.replace("%", "%%"))
    command.upgrade(config, "head")


def take_steps() -> None:
    """What `migrations/env.py` does when Alembic runs it."""
    context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
    context.run_migrations()
