"""Complaints have a ledger of their own, measures of prevention an end, and the daily patrol a record."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0008"
down_revision = "0007"

TO_SETTLE = "called_back_at IS NULL AND void_at IS NULL"
OPEN_MEASURE = "done_at IS NULL"
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def where(condition: str) -> dict[str, Any]:
    """A partial index on both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Make the tables."""
    _complaints()
    _measures()
    _patrols()


def _words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in names]


def _complaints() -> None:
    op.create_table(
        "complaint",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("contact_by", UtcDateTime(), nullable=False),
        *_words("why"),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("dangers", sa.String(), nullable=False),
        sa.Column("marked_by", sa.BigInteger(), nullable=True),
        sa.Column("void_at", UtcDateTime(), nullable=True),
        *_words("void_why"),
        sa.Column("cause", sa.String(), nullable=False),
        *_words("details", "handled", "prevention", "product"),
        sa.Column("found_at", UtcDateTime(), nullable=True),
        sa.Column("found_by", sa.BigInteger(), nullable=True),
        sa.Column("called_back_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("complaint_opened", "complaint", ["opened_at"], unique=False)
    op.create_index("complaint_to_settle", "complaint", ["case_id"], unique=False, **where(TO_SETTLE))


def _measures() -> None:
    op.create_table(
        "measure",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        *_words("words"),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("done_by", sa.BigInteger(), nullable=True),
        *_words("done_words"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("measure_of_case", "measure", ["case_id", "id"], unique=False)
    op.create_index("measure_open", "measure", ["due_at"], unique=False, **where(OPEN_MEASURE))


def _patrols() -> None:
    op.create_table(
        "patrol",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("listed_at", UtcDateTime(), nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=True),
        sa.Column("looked_by", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("day", "case_id"),
    )
    op.create_index("patrol_of_case", "patrol", ["case_id", "day"], unique=False)
