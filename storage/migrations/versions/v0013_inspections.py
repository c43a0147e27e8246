"""Quality inspections with their history, the day's draws, versions of the score card."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0013"
down_revision = "0012"

AWAITED = "state IN ('drawn', 'appealed')"
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("inspection_draw", "inspection_step")


def upgrade() -> None:
    """Make the tables, and what keeps draws and history as they are."""
    _draws()
    _inspections()
    _steps()
    for table in APPEND_ONLY:
        _append_only(table)


def _draws() -> None:
    op.create_table(
        "inspection_draw",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("pool", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "score_card",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )


def _inspections() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("first_score", sa.Float(), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("inspector_id", sa.BigInteger(), nullable=True),
        sa.Column("scored_at", UtcDateTime(), nullable=True),
        sa.Column("appeal", sa.Text(), server_default="", nullable=False),
        sa.Column("appealed_at", UtcDateTime(), nullable=True),
        sa.Column("second_id", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("draft_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id"),
    )
    condition: Any = {"sqlite_where": sa.text(AWAITED), "postgresql_where": sa.text(AWAITED)}
    op.create_index("inspection_awaited", "inspection", ["state", "day", "case_id"], unique=False, **condition)
    op.create_index("inspection_of_staff", "inspection", ["staff_id", "scored_at"], unique=False)
    op.create_index("inspection_scored", "inspection", ["scored_at"], unique=False)
    op.create_index("inspection_of_day", "inspection", ["day", "case_id"], unique=False)


def _steps() -> None:
    op.create_table(
        "inspection_step",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("inspection_step_of", "inspection_step", ["inspection_id", "id"], unique=False)


def _append_only(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION event_is_append_only()"
    )
