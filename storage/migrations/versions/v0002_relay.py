"""Relay that keeps everything: where a message is from, its album, when it was taken back; who may speak."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and the leases."""
    for name in ("origin", "album"):
        op.add_column("message", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("message", sa.Column("recalled_at", UtcDateTime(), nullable=True))
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
