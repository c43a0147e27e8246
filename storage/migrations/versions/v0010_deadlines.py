"""Deadlines by kind and urgency: a case knows how pressing it is."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column; cases that stand already are as pressing as any."""
    op.add_column("cases", sa.Column("urgency", sa.String(), server_default="normal", nullable=False))
