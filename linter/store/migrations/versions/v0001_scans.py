"""The first layout."""

from linter.store.migration import op
from linter.store.sql import sa

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("series", _id(), _key("digest"), _text("key"), sa.UniqueConstraint("digest"))
    _create_scans()
    _create_reports()
    _create_standings()
    _create_parts_of_reports()
    _create_findings()
    _create_figures()


def _create_scans() -> None:
    op.create_table(
        "scans",
        _id(),
        _reference("series_id", "series"),
        _number("number"),
        _text("day"),
        _key("terms"),
        sa.Column("is_finished", sa.Boolean, nullable=False),
        sa.UniqueConstraint("series_id", "number"),
    )


def _create_reports() -> None:
    judged = sa.Column("judged_id", sa.Integer)
    op.create_table("repositories", _id(), _key("digest"), _text("name"), judged, sa.UniqueConstraint("digest"))
    op.create_table(
        "reports",
        _id(),
        _reference("repository_id", "repositories"),
        _key("digest"),
        _text("team"),
        _word("status"),
        sa.Column("failure", sa.String(32)),
        sa.Column("is_judgement", sa.Boolean, nullable=False),
        *map(_text, ("revision", "basis", "judged_on", "good_until")),
        sa.Column("has_review", sa.Boolean, nullable=False),
        *map(_count, ("open", "told", "waived", "files", "functions")),
        sa.Column("content", sa.LargeBinary),
        sa.UniqueConstraint("repository_id", "digest"),
    )


def _create_standings() -> None:
    op.create_table(
        "standings",
        _id(),
        _reference("series_id", "series"),
        _reference("repository_id", "repositories"),
        _reference("report_id", "reports"),
        *map(_number, ("first", "last")),
        *map(_count, ("new", "fixed")),
        sa.UniqueConstraint("series_id", "repository_id", "first"),
    )
    op.create_index("ix_standings_report_id", "standings", ["report_id"])
    op.create_index("standings_by_last", "standings", ["series_id", "last"])
    op.create_table("changes", _reference("standing_id", "standings"), _text("rule"), *map(_count, ("new", "fixed")))
    op.create_index("ix_changes_standing_id", "changes", ["standing_id"])


def _create_parts_of_reports() -> None:
    counts = map(_count, ("open", "told", "waived"))
    op.create_table("tallies", _reference("report_id", "reports"), _text("rule"), *counts)
    op.create_index("ix_tallies_report_id", "tallies", ["report_id"])
    texts = map(_text, ("path", "name", "team", "kind", "lifecycle"))
    op.create_table("products", _id(), _reference("report_id", "reports"), *texts, sa.Column("tier", sa.SmallInteger))
    op.create_index("ix_products_report_id", "products", ["report_id"])
    op.create_table("guidelines", _reference("product_id", "products"), _text("guideline"), _text("status"))
    op.create_index("ix_guidelines_product_id", "guidelines", ["product_id"])


def _create_findings() -> None:
    op.create_table(
        "findings",
        _id(),
        _reference("repository_id", "repositories"),
        *map(_text, ("fingerprint", "rule")),
        _word("severity"),
        *map(_text, ("path", "place")),
        _word("state"),
        _reference("first_seen", "scans"),
        sa.Column("last_seen", sa.Integer, sa.ForeignKey("scans.id", ondelete="CASCADE")),
    )
    op.create_index("ix_findings_repository_id", "findings", ["repository_id"])


def _create_figures() -> None:
    content = sa.Column("content", sa.LargeBinary, nullable=False)
    op.create_table("metrics", _id(), _key("blob"), content, sa.UniqueConstraint("blob"))
    op.create_table(
        "files", _reference("repository_id", "repositories"), _text("path"), _reference("metrics_id", "metrics")
    )
    op.create_index("ix_files_repository_id", "files", ["repository_id"])
    op.create_index("ix_files_metrics_id", "files", ["metrics_id"])


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer, primary_key=True)


def _reference(name: str, table: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=False)


def _count(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _key(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(64), nullable=False)


def _word(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(16), nullable=False)
