"""What is kept, as tables. Their history is in `versions/`; a test compares the two.

A report is kept once for as long as it stays the same: a **standing** says that it was that of its repository in the
scans from `first` to `last` of a series. A **series** is all scans of the same repositories, numbered from 1.
"""

import hashlib
import re
from typing import Any

from linter.store.sql import sa

_UNWELCOME = re.compile("[\0\\\\\ud800-\udfff]")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


class Foreign(sa.types.TypeDecorator[str]):
    """Text from repositories: PostgreSQL takes neither NUL nor half characters, which stand for bytes that are not
    UTF-8. They and the backslash are kept as `\\uNNNN`.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002 - SQLAlchemy's form
        return value and _UNWELCOME.sub(lambda match: f"\\u{ord(match[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002 - SQLAlchemy's form
        return value and _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)


def key_of(text: str) -> str:
    """What stands for a text of any length in an index: PostgreSQL refuses entries above 2.7 kB."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


metadata = sa.MetaData()


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer, primary_key=True)


def _reference(name: str, table: str, **options: Any) -> "sa.Column[int]":
    """A column with the id of a row of another table, with which this row goes."""
    return sa.Column(name, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, **options)


def _count(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, Foreign, nullable=False)


def _key(name: str, **options: Any) -> "sa.Column[str]":
    return sa.Column(name, sa.String(64), nullable=False, **options)


series = sa.Table("series", metadata, _id(), _key("digest", unique=True), _text("key"))

scans = sa.Table(
    "scans",
    metadata,
    _id(),
    _reference("series_id", "series"),
    sa.Column("number", sa.Integer, nullable=False),
    _text("day"),
    _key("terms"),
    sa.Column("is_finished", sa.Boolean, nullable=False),
    sa.UniqueConstraint("series_id", "number"),
)

repositories = sa.Table(
    "repositories",
    metadata,
    _id(),
    _key("digest", unique=True),
    _text("name"),
    # The last report that is a judgement; no foreign key, because each table would need the other one first.
    sa.Column("judged_id", sa.Integer),
)

reports = sa.Table(
    "reports",
    metadata,
    _id(),
    _reference("repository_id", "repositories"),
    _key("digest"),
    _text("team"),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("failure", sa.String(32)),
    sa.Column("is_judgement", sa.Boolean, nullable=False),
    _text("revision"),
    _text("basis"),
    _text("judged_on"),
    _text("good_until"),
    sa.Column("has_review", sa.Boolean, nullable=False),
    _count("open"),
    _count("told"),
    _count("waived"),
    _count("files"),
    _count("functions"),
    # Empty where nothing was measured, and where an older release kept the report.
    sa.Column("complexity", sa.BigInteger),
    sa.Column("complex", sa.BigInteger),
    sa.Column("content", sa.LargeBinary),
    sa.UniqueConstraint("repository_id", "digest"),
)

standings = sa.Table(
    "standings",
    metadata,
    _id(),
    _reference("series_id", "series"),
    _reference("repository_id", "repositories"),
    _reference("report_id", "reports", index=True),
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
    _count("new"),
    _count("fixed"),
    sa.UniqueConstraint("series_id", "repository_id", "first"),
    sa.Index("standings_by_last", "series_id", "last"),
)

changes = sa.Table(
    "changes",
    metadata,
    _reference("standing_id", "standings", index=True),
    _text("rule"),
    _count("new"),
    _count("fixed"),
)

tallies = sa.Table(
    "tallies",
    metadata,
    _reference("report_id", "reports", index=True),
    _text("rule"),
    _count("open"),
    _count("told"),
    _count("waived"),
)

products = sa.Table(
    "products",
    metadata,
    _id(),
    _reference("report_id", "reports", index=True),
    _text("path"),
    _text("name"),
    _text("team"),
    _text("kind"),
    _text("lifecycle"),
    sa.Column("tier", sa.SmallInteger),
)

guidelines = sa.Table(
    "guidelines",
    metadata,
    _reference("product_id", "products", index=True),
    _text("guideline"),
    _text("status"),
)

findings = sa.Table(
    "findings",
    metadata,
    _id(),
    _reference("repository_id", "repositories", index=True),
    _text("fingerprint"),
    _text("rule"),
    sa.Column("severity", sa.String(16), nullable=False),
    _text("path"),
    _text("place"),
    sa.Column("state", sa.String(16), nullable=False),
    _reference("first_seen", "scans"),
    # Empty for as long as it is still there.
    sa.Column("last_seen", sa.ForeignKey("scans.id", ondelete="CASCADE")),
)

metrics = sa.Table(
    "metrics",
    metadata,
    _id(),
    _key("blob", unique=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

files = sa.Table(
    "files",
    metadata,
    _reference("repository_id", "repositories", index=True),
    _text("path"),
    _reference("metrics_id", "metrics", index=True),
)

pictures = sa.Table(
    "pictures",
    metadata,
    _id(),
    _key("digest", unique=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

citations = sa.Table(
    "citations",
    metadata,
    _reference("report_id", "reports", index=True),
    _reference("picture_id", "pictures", index=True),
)
