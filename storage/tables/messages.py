"""Tables: what was said, and the places where it stands."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text


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
