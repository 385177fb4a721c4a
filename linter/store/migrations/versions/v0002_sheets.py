"""What a site shows: the pictures that reports cite, and how complex the functions of a repository are."""

from linter.store.migration import op
from linter.store.sql import sa

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for name in ("complexity", "complex"):
        op.add_column("reports", sa.Column(name, sa.BigInteger))
    op.create_table(
        "pictures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("digest"),
    )
    op.create_table("citations", *(_reference(name) for name in ("report", "picture")))
    for name in ("report_id", "picture_id"):
        op.create_index(f"ix_citations_{name}", "citations", [name])


def _reference(name: str) -> "sa.Column[int]":
    return sa.Column(f"{name}_id", sa.Integer, sa.ForeignKey(f"{name}s.id", ondelete="CASCADE"), nullable=False)
