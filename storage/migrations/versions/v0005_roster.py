"""Roster and attendance: shifts, who is rostered when, requests, the record of duty, handing over."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0005"
down_revision = "0004"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN_REQUEST = "stage IN ('asked', 'agreed', 'approved')"


def where(condition: str) -> dict[str, Any]:
    """A partial index on both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Make the tables."""
    _roster()
    _requests()
    _record()
    _keep_record_for_ever()


def _id() -> sa.Column[Any]:
    return sa.Column("id", BIG_ID, autoincrement=True, nullable=False)


def _roster() -> None:
    op.create_table(
        "shift",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", "from_day"),
    )
    op.create_table(
        "week_duty",
        _id(),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("week_duty_of", "week_duty", ["staff_id"], unique=False)
    op.create_table(
        "day_duty",
        _id(),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("day", "staff_id", "region", "shift", name="day_duty_once"),
    )


def _requests() -> None:
    op.create_table(
        "duty_request",
        _id(),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("asker_id", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("colleague_id", sa.BigInteger(), nullable=True),
        sa.Column("their_day", sa.Date(), nullable=True),
        sa.Column("from_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("duty_request_open", "duty_request", ["stage"], unique=False, **where(OPEN_REQUEST))


def _record() -> None:
    op.create_table(
        "duty_event",
        _id(),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("duty_event_at", "duty_event", ["at"], unique=False)
    op.create_table(
        "duty_step",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "handover",
        _id(),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.Column("take_by", UtcDateTime(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("handover_untaken", "handover", ["id"], unique=False, **where("taken_by IS NULL"))


def _keep_record_for_ever() -> None:
    """Attendance is computed anew from the record: neither a program nor a slip of the hand may change it."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER duty_event_no_{verb.lower()} BEFORE {verb} ON duty_event "
                "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER duty_event_no_change BEFORE UPDATE OR DELETE ON duty_event "
        "FOR EACH ROW EXECUTE FUNCTION event_is_append_only()"
    )
