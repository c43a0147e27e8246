"""The tables. A row class validates nothing and is never handed out: `rows.py` maps rows to the desk's own values."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime

UNFINISHED_CASE = "state IN ('new', 'open', 'waiting')"
UNFINISHED_ROW = "state IN ('queued', 'leased')"
UNHANDLED = "state IN ('new', 'leased')"


def big_id() -> Any:
    """A key that counts up by itself; SQLite does so for INTEGER only."""
    return Column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True)


def big(*, nullable: bool = False, **more: Any) -> Any:
    """A Telegram id: 64 bits."""
    return Column(BigInteger, nullable=nullable, **more)


def instant(*, nullable: bool = False) -> Any:
    """A moment, UTC."""
    return Column(UtcDateTime, nullable=nullable)


def long_text(*, default: str = "") -> Any:
    """Any length."""
    return Column(Text, nullable=False, server_default=default)


class StaffRow(SQLModel, table=True):
    """The department."""

    __tablename__ = "staff"
    id: int | None = Field(default=None, sa_column=big_id())
    telegram_id: int = Field(sa_column=big(unique=True))
    name: str
    role: str
    regions: list[str] = Field(sa_column=Column(JSON, nullable=False))
    provinces: list[str] = Field(sa_column=Column(JSON, nullable=False))
    capacity: int
    is_on_duty: bool
    is_active: bool
    duty_changed_at: datetime | None = Field(sa_column=instant(nullable=True))
    last_assigned_at: datetime | None = Field(sa_column=instant(nullable=True))


class StoreRow(SQLModel, table=True):
    """The shops; `number` is kept as written, `folded` is what is looked up."""

    __tablename__ = "store"
    folded: str = Field(primary_key=True)
    number: str
    name: str
    province: str
    city: str
    address: str
    phone: str
    code: str | None = Field(default=None, unique=True)


class ContactRow(SQLModel, table=True):
    """People on file by telephone number."""

    __tablename__ = "contact"
    phone: str = Field(primary_key=True)
    name: str
    store_number: str


class FranchiseeRow(SQLModel, table=True):
    """People who have written."""

    __tablename__ = "franchisee"
    id: int | None = Field(default=None, sa_column=big_id())
    telegram_id: int = Field(sa_column=big(unique=True))
    name: str
    username: str | None
    phone: str | None
    store_number: str | None
    province: str | None
    is_reachable: bool
    created_at: datetime = Field(sa_column=instant())


class CaseRow(SQLModel, table=True):
    """Cases: one unfinished for each franchisee at most."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_one_unfinished", "franchisee_id", unique=True, sqlite_where=text(UNFINISHED_CASE),
              postgresql_where=text(UNFINISHED_CASE)),
        Index("cases_of_franchisee", "franchisee_id", "id"),
        Index("cases_unfinished", "handler_id", "state", sqlite_where=text(UNFINISHED_CASE),
              postgresql_where=text(UNFINISHED_CASE)),
        Index("cases_by_region", "region", "state"),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    franchisee_id: int = Field(sa_column=big())
    state: str
    handler_id: int = Field(sa_column=big())
    opened_at: datetime = Field(sa_column=instant())
    group_id: int = Field(sa_column=big())
    first_owner_id: int | None = Field(sa_column=big(nullable=True))
    region: str | None
    province: str | None
    store_number: str | None
    kind: str
    level: str
    route_reason: str = Field(sa_column=long_text())
    previous_case_id: int | None = Field(sa_column=big(nullable=True))
    respond_by: datetime | None = Field(sa_column=instant(nullable=True))
    resolve_by: datetime | None = Field(sa_column=instant(nullable=True))
    unanswered_since: datetime | None = Field(sa_column=instant(nullable=True))
    heard_at: datetime | None = Field(sa_column=instant(nullable=True))
    first_answer_at: datetime | None = Field(sa_column=instant(nullable=True))
    last_answer_at: datetime | None = Field(sa_column=instant(nullable=True))
    acknowledged_at: datetime | None = Field(sa_column=instant(nullable=True))
    paused_at: datetime | None = Field(sa_column=instant(nullable=True))
    resolved_at: datetime | None = Field(sa_column=instant(nullable=True))
    closed_at: datetime | None = Field(sa_column=instant(nullable=True))


class GroupRow(SQLModel, table=True):
    """The agent groups."""

    __tablename__ = "chat_group"
    chat_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    is_forum: bool
    title: str
    problem: str = Field(sa_column=long_text())


class GroupAliasRow(SQLModel, table=True):
    """Ids that a group had before it was upgraded: settings, and late updates, still name them."""

    __tablename__ = "chat_group_alias"
    old_chat_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    chat_id: int = Field(sa_column=big())


class TopicRow(SQLModel, table=True):
    """Franchisees' places in groups."""

    __tablename__ = "topic"
    __table_args__ = (Index("topic_by_thread", "chat_id", "thread_id"),)
    chat_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    franchisee_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    thread_id: int | None = Field(sa_column=big(nullable=True))
    is_closed: bool
    card_case_id: int | None = Field(sa_column=big(nullable=True))
    card_message_id: int | None = Field(sa_column=big(nullable=True))


class MessageRow(SQLModel, table=True):
    """What was said."""

    __tablename__ = "message"
    __table_args__ = (Index("message_of_case", "case_id", "id"),)
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    direction: str
    chat_id: int | None = Field(sa_column=big(nullable=True))
    message_id: int | None = Field(sa_column=big(nullable=True))
    kind: str
    text: str = Field(sa_column=long_text())
    entities: str = Field(sa_column=long_text(default="[]"))
    what: str
    staff_id: int | None = Field(sa_column=big(nullable=True))
    at: datetime = Field(sa_column=instant())
    script_id: str | None
    versions: list[str] = Field(sa_column=Column(JSON, nullable=False))
    origin: str = Field(default="", sa_column=long_text())
    album: str = Field(default="", sa_column=long_text())
    recalled_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class PlaceRow(SQLModel, table=True):
    """Where a message, or a copy of it, stands."""

    __tablename__ = "message_place"
    __table_args__ = (Index("message_place_of", "of_message"),)
    chat_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    message_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    part: int = Field(default=0, primary_key=True)
    case_id: int = Field(sa_column=big())
    of_message: int | None = Field(sa_column=big(nullable=True))


class EventRow(SQLModel, table=True):
    """What happened; triggers refuse to change or remove a row."""

    __tablename__ = "event"
    __table_args__ = (Index("event_of_case", "case_id", "id"), Index("event_at", "at"))
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    did: str
    at: datetime = Field(sa_column=instant())
    staff_id: int | None = Field(sa_column=big(nullable=True))
    data: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))


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
