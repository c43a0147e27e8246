"""The digest counts a day's events without reading the others."""

from alembic import op
from sqlalchemy import text

revision = "0014"
down_revision = "0013"
COUNTED = (
    "did IN ('CaseOpened', 'CaseResolved', 'CaseClosed', 'SpecialistAnswered', 'ReadyAnswerUsed', "
    "'ComplaintMarked', 'ComplaintUnmarked', 'Rated', 'ReplyHeld', 'EditHeld')"
)


def upgrade() -> None:
    """Make the index."""
    op.create_index("event_counted", "event", ["did", "at", "case_id"], unique=False, sqlite_where=text(COUNTED),
                    postgresql_where=text(COUNTED))  # fmt: skip
