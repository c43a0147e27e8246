"""Early warnings, and the words by which matters are recognised as one and the same."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0012"
down_revision = "0011"

WAITING = sa.text("taken_at IS NULL AND closed_at IS NULL")


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "warning",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("window_key", sa.String(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
    )
    op.create_index("warning_once", "warning", ["rule", "subject", "window_key"], unique=True)
    op.create_index("warning_raised", "warning", ["raised_at"])
    op.create_index("warning_waiting", "warning", ["id"], sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_table(
        "case_word",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "word"),
    )
    op.create_index("case_word_said", "case_word", ["at", "word", "case_id"])
    op.create_index("case_word_of", "case_word", ["word", "at", "case_id"])
