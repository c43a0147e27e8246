"""What was promised is done: reminders of people, promises, tasks, notes of meetings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0007"
down_revision = "0006"

WAITING_MEMO = "state = 'waiting'"
OPEN_MEMO = "state IN ('asked', 'waiting', 'fired')"
OPEN_PROMISE = "state = 'open'"
OPEN_TASK = "state IN ('given', 'seen')"


def upgrade() -> None:
    """Make the tables with their indexes."""
    _memos()
    _promises()
    _tasks()
    _meeting_notes()


def _memos() -> None:
    op.create_table(
        "memo", _id(), _big("staff_id"), _big("made_by"), _text("words"), _at("made_at"), _at("due_at"),
        _big("case_id", nullable=True), _text("quote"), sa.Column("about", sa.String(), nullable=False),
        _big("subject"), _big("from_id", nullable=True), _state(), _at("fired_at", nullable=True),
        _at("ended_at", nullable=True), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    _partial("memo_due", "memo", WAITING_MEMO, "due_at")
    _partial("memo_due_of", "memo", WAITING_MEMO, "staff_id", "due_at")
    _partial("memo_open_of", "memo", OPEN_MEMO, "staff_id", "due_at")
    _partial("memo_open_of_case", "memo", OPEN_MEMO, "case_id")
    _partial("memo_about", "memo", OPEN_MEMO, "subject", "about")


def _promises() -> None:
    op.create_table(
        "promise", _id(), _big("case_id"), _big("message_id"), _big("made_by"), _big("staff_id"), _at("made_at"),
        _at("due_at"), _at("said_due_at"), _text("words"), _text("what"), _state(), _at("remind_at", nullable=True),
        _at("settled_at", nullable=True), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("promise_once", "promise", ["message_id", "said_due_at"], unique=True)
    _partial("promise_open", "promise", OPEN_PROMISE, "case_id", "due_at")
    op.create_index("promise_settled", "promise", ["settled_at"], unique=False)


def _tasks() -> None:
    op.create_table(
        "task", _id(), _big("giver_id"), _big("receiver_id"), _text("words"), _at("given_at"), _at("due_at"), _state(),
        _at("asks_until", nullable=True), _text("asks_why"), _at("seen_at", nullable=True),
        _at("remind_at", nullable=True),
        _at("due_told_at", nullable=True), _at("overdue_told_at", nullable=True), _at("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    _partial("task_to", "task", OPEN_TASK, "receiver_id", "due_at")
    _partial("task_from", "task", OPEN_TASK, "giver_id", "due_at")
    _partial("task_open", "task", OPEN_TASK, "due_at")


def _meeting_notes() -> None:
    op.create_table(
        "meeting_note", _id(), _text("meeting"), _state(), _big("staff_id"), _at("at"), _text("words"),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("meeting_note_of", "meeting_note", ["meeting", "state", "id"], unique=False)


def _id() -> sa.Column[Any]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, autoincrement=True, nullable=False)


def _big(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _state() -> sa.Column[Any]:
    return sa.Column("state", sa.String(), nullable=False)


def _partial(name: str, table: str, condition: str, *columns: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, list(columns), unique=False, sqlite_where=where, postgresql_where=where)
