"""The digest counts a day's low ratings without reading them all."""

from alembic import op

revision = "0013"
down_revision = "0011"


def upgrade() -> None:
    """Make the index."""
    op.create_index("low_rating_opened", "low_rating", ["opened_at"], unique=False)
