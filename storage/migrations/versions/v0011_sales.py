"""The sales ledger with every version of it, and the improvement list."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0011"
down_revision = "0010"

GOING_ON = "state IN ('new', 'doing')"
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("sale_version", "improvement_step")


def upgrade() -> None:
    """Make the tables, what keeps their history as it is, and the index for the cases of a period."""
    _sales()
    _improvements()
    op.create_index("cases_opened", "cases", ["opened_at"], unique=False)
    for table in APPEND_ONLY:
        _append_only(table)


def _figures() -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=True) for name in ("amount", "orders", "target")]


def _sales() -> None:
    op.create_table(
        "sale",
        sa.Column("store", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_figures(),
        sa.PrimaryKeyConstraint("store", "day"),
    )
    op.create_index("sale_by_day", "sale", ["day", "store", "amount", "orders", "target"], unique=False)
    op.create_table(
        "sale_version",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("store", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_figures(),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("told_by", sa.Text(), server_default="", nullable=False),
        sa.Column("file", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sale_version_of", "sale_version", ["store", "day", "id"], unique=False)
    op.create_index("sale_version_day", "sale_version", ["day", "store"], unique=False)


def _improvements() -> None:
    op.create_table(
        "improvement",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    condition: Any = {"sqlite_where": sa.text(GOING_ON), "postgresql_where": sa.text(GOING_ON)}
    op.create_index("improvement_going_on", "improvement", ["due_on"], unique=False, **condition)
    op.create_index("improvement_ended", "improvement", ["ended_at"], unique=False)
    op.create_table(
        "improvement_step",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("improvement_id", sa.BigInteger(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("improvement_step_of", "improvement_step", ["improvement_id", "id"], unique=False)


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
