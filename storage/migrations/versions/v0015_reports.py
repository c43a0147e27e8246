"""Indexes for the reports of periods: what ended, went on or changed hands, and the calls back that were done."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

IS_TURN = (
    "did IN ('CaseResolved', 'CaseClosed', 'CaseReopened', 'CaseTransferred', 'TransferReturned', 'DeadlinePassed')"
)


def upgrade() -> None:
    """Make the indexes; each holds few of its table's rows."""
    _index("event_turned", "event", ["did", "at", "case_id"], IS_TURN)
    _index("cases_resolved", "cases", ["resolved_at"], "resolved_at IS NOT NULL")
    _index("cases_closed", "cases", ["closed_at"], "closed_at IS NOT NULL AND resolved_at IS NULL")
    _index("follow_up_done", "follow_up", ["done_at"], "done_at IS NOT NULL")


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
