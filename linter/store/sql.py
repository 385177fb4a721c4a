"""The door to SQLAlchemy: what speaks SQL takes it from here, and says here what is missing."""

from linter.errors import MissingExtraError

try:
    import sqlalchemy as sa
except ImportError as error:
    raise MissingExtraError("keeping scans", "org") from error

__all__ = ["sa"]
