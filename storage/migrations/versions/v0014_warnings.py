"""Early warnings, and cases by the time of their opening."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0014"
down_revision = "0010"

WAITING = sa.text("taken_at IS NULL AND closed_at IS NULL")


def upgrade() -> None:
    """Create the table, and the index that counts of a span are read by."""
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
    op.create_index("cases_opened", "cases", ["opened_at", "store_number", "kind"])
