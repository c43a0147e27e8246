"""Tables: reminders of people, promises, tasks, notes of meetings."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

WAITING_MEMO = "state = 'waiting'"
OPEN_MEMO_ROW = "state IN ('asked', 'waiting', 'fired')"
OPEN_PROMISE = "state = 'open'"
OPEN_TASK_ROW = "state IN ('given', 'seen')"


def _partial(name: str, condition: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


class MemoRow(SQLModel, table=True):
    """Reminders of people."""

    __tablename__ = "memo"
    __table_args__ = (
        _partial("memo_due", WAITING_MEMO, "due_at"),
        _partial("memo_due_of", WAITING_MEMO, "staff_id", "due_at"),
        _partial("memo_open_of", OPEN_MEMO_ROW, "staff_id", "due_at"),
        _partial("memo_open_of_case", OPEN_MEMO_ROW, "case_id"),
        _partial("memo_about", OPEN_MEMO_ROW, "subject", "about"),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    staff_id: int = Field(sa_column=big())
    made_by: int = Field(sa_column=big())
    words: str = Field(sa_column=long_text())
    made_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())
    case_id: int | None = Field(sa_column=big(nullable=True))
    quote: str = Field(sa_column=long_text())
    about: str
    subject: int = Field(sa_column=big())
    from_id: int | None = Field(sa_column=big(nullable=True))
    state: str
    fired_at: datetime | None = Field(sa_column=instant(nullable=True))
    ended_at: datetime | None = Field(sa_column=instant(nullable=True))


class PromiseRow(SQLModel, table=True):
    """Promises: a message promises an instant once."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("promise_once", "message_id", "said_due_at", unique=True),
        _partial("promise_open", OPEN_PROMISE, "case_id", "due_at"),
        Index("promise_settled", "settled_at"),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    message_id: int = Field(sa_column=big())
    made_by: int = Field(sa_column=big())
    staff_id: int = Field(sa_column=big())
    made_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())
    said_due_at: datetime = Field(sa_column=instant())
    words: str = Field(sa_column=long_text())
    what: str = Field(sa_column=long_text())
    state: str
    remind_at: datetime | None = Field(sa_column=instant(nullable=True))
    settled_at: datetime | None = Field(sa_column=instant(nullable=True))


class TaskRow(SQLModel, table=True):
    """Tasks."""

    __tablename__ = "task"
    __table_args__ = (
        _partial("task_to", OPEN_TASK_ROW, "receiver_id", "due_at"),
        _partial("task_from", OPEN_TASK_ROW, "giver_id", "due_at"),
        _partial("task_open", OPEN_TASK_ROW, "due_at"),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    giver_id: int = Field(sa_column=big())
    receiver_id: int = Field(sa_column=big())
    words: str = Field(sa_column=long_text())
    given_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())
    state: str
    asks_until: datetime | None = Field(sa_column=instant(nullable=True))
    asks_why: str = Field(sa_column=long_text())
    seen_at: datetime | None = Field(sa_column=instant(nullable=True))
    remind_at: datetime | None = Field(sa_column=instant(nullable=True))
    due_told_at: datetime | None = Field(sa_column=instant(nullable=True))
    overdue_told_at: datetime | None = Field(sa_column=instant(nullable=True))
    ended_at: datetime | None = Field(sa_column=instant(nullable=True))


class MeetingNoteRow(SQLModel, table=True):
    """Points and minutes."""

    __tablename__ = "meeting_note"
    __table_args__ = (Index("meeting_note_of", "meeting", "state", "id"),)
    id: int | None = Field(default=None, sa_column=big_id())
    meeting: str = Field(sa_column=long_text())
    state: str
    staff_id: int = Field(sa_column=big())
    at: datetime = Field(sa_column=instant())
    words: str = Field(sa_column=long_text())
