"""The work calendar: holidays and make-up workdays that were imported."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table of special days."""
    op.create_table(
        "special_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("day"),
    )
