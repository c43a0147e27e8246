"""Whoever was asked first answers for it: transfers on offer, assistance, closings that wait for a yes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0006"
down_revision = "0005"

PENDING = "state = 'pending'"
OPEN_ASSIST = "state IN ('asked', 'received')"
UNFINISHED_CASE = "state IN ('new', 'open', 'waiting')"
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def where(condition: str) -> dict[str, Any]:
    """A partial index on both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Make the tables, and the index for a first owner's cases."""
    _transfers()
    _assists()
    _closings()
    op.create_index("cases_first_owner", "cases", ["first_owner_id"], unique=False, **where(UNFINISHED_CASE))


def _transfers() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("answer_by", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("transfer_one_pending", "transfer", ["case_id"], unique=True, **where(PENDING))
    op.create_index("transfer_to", "transfer", ["to_id"], unique=False, **where(PENDING))
    op.create_index("transfer_of_case", "transfer", ["case_id", "id"], unique=False)


def _assists() -> None:
    op.create_table(
        "assist",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("received_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("chased_at", UtcDateTime(), nullable=True),
        sa.Column("alerted_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("assist_one_open", "assist", ["department", "case_id"], unique=True, **where(OPEN_ASSIST))
    op.create_index("assist_of_case", "assist", ["case_id", "id"], unique=False)


def _closings() -> None:
    op.create_table(
        "closing",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("confirmer_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answer_by", UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("closing_one_pending", "closing", ["case_id"], unique=True, **where(PENDING))
    op.create_index("closing_for", "closing", ["confirmer_id"], unique=False, **where(PENDING))
