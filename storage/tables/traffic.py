"""Tables: what came in and what is to go out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, String, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

UNFINISHED_ROW = "state IN ('queued', 'leased')"
UNHANDLED = "state IN ('new', 'leased')"


class OutboxRowTable(SQLModel, table=True):
    """What is to be done in the messenger. `rank` orders a lane; a repair is ranked ahead of the row that needs it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_lane", "lane", "rank", sqlite_where=text(UNFINISHED_ROW), postgresql_where=text(UNFINISHED_ROW)),
        Index("outbox_leased", "leased_until", sqlite_where=text("state = 'leased'"),
              postgresql_where=text("state = 'leased'")),
        Index("outbox_dead", "finished_at", sqlite_where=text("state = 'dead'"),
              postgresql_where=text("state = 'dead'")),
        Index("outbox_sent", "finished_at", sqlite_where=text("state = 'delivered'"),
              postgresql_where=text("state = 'delivered'")),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    lane: str
    rank: float
    chat_id: int = Field(sa_column=big())
    priority: int
    act: str = Field(sa_column=Column(String(32), nullable=False))
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    case_id: int | None = Field(sa_column=big(nullable=True))
    state: str
    queued_at: datetime = Field(sa_column=instant())
    not_before: datetime = Field(sa_column=instant())
    attempts: int = 0
    is_plain: bool = False
    maybe_twice: bool = False
    leased_by: str | None = None
    leased_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    finished_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    sent_chat_id: int | None = Field(default=None, sa_column=big(nullable=True))
    sent_message_id: int | None = Field(default=None, sa_column=big(nullable=True))
    reason: str = Field(default="", sa_column=long_text())


class InboxRowTable(SQLModel, table=True):
    """Updates, raw as they came; `id` is the order of arrival."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("update_id", name="inbox_update"),
        Index("inbox_chat", "chat_key", "id", sqlite_where=text(UNHANDLED), postgresql_where=text(UNHANDLED)),
        Index("inbox_dead", "id", sqlite_where=text("state = 'dead'"), postgresql_where=text("state = 'dead'")),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    update_id: int = Field(sa_column=big())
    chat_key: str
    raw: str = Field(sa_column=long_text())
    state: str
    attempts: int = 0
    received_at: datetime = Field(sa_column=instant())
    not_before: datetime = Field(sa_column=instant())
    leased_by: str | None = None
    leased_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    finished_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    error: str = Field(default="", sa_column=long_text())
