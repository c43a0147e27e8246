"""Tables: what is due, and what only one process may do."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant


class LeaseRow(SQLModel, table=True):
    """Who does what only one process may do at a time (`speak`), and until when nobody else may."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_column=instant())


class ReminderRow(SQLModel, table=True):
    """What is to be looked at again."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("kind", "case_id", "due_at", name="reminder_once"),
        Index("reminder_due", "due_at", sqlite_where=text("NOT is_fired"), postgresql_where=text("NOT is_fired")),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    kind: str
    case_id: int = Field(sa_column=big())
    due_at: datetime = Field(sa_column=instant())
    is_fired: bool = False
