"""Tables: drafts that the lint held, what was found, exceptions and changes of the rules."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

LIVING_DRAFT = "state IN ('held', 'asked', 'refused')"
ASKED_DRAFT = "state = 'asked'"
DOUBTED = "doubt = 'open'"
IN_FORCE = "removed_at IS NULL"


class DraftRow(SQLModel, table=True):
    """Replies held back."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("draft_of_case", "case_id", "id"),
        Index("draft_living", "case_id", sqlite_where=text(LIVING_DRAFT), postgresql_where=text(LIVING_DRAFT)),
        Index("draft_asked", "id", sqlite_where=text(ASKED_DRAFT), postgresql_where=text(ASKED_DRAFT)),
        Index("draft_edits", "edits"),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    staff_id: int = Field(sa_column=big())
    state: str
    at: datetime = Field(sa_column=instant())
    version: int
    thread_id: int | None = Field(sa_column=big(nullable=True))
    reply_chat_id: int | None = Field(sa_column=big(nullable=True))
    reply_message_id: int | None = Field(sa_column=big(nullable=True))
    quote: str = Field(sa_column=long_text())
    script_id: str | None
    edits: int | None = Field(sa_column=big(nullable=True))
    sent: int | None = Field(sa_column=big(nullable=True))
    asked_why: str = Field(sa_column=long_text())
    settled_at: datetime | None = Field(sa_column=instant(nullable=True))
    settled_by: int | None = Field(sa_column=big(nullable=True))
    versions: list[str] = Field(sa_column=Column(JSON, nullable=False))


class DraftItemRow(SQLModel, table=True):
    """The messages of a draft: one, or an album's."""

    __tablename__ = "draft_item"
    __table_args__ = (Index("draft_item_at", "chat_id", "message_id"),)
    draft_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    chat_id: int | None = Field(sa_column=big(nullable=True))
    message_id: int | None = Field(sa_column=big(nullable=True))
    kind: str
    text: str = Field(sa_column=long_text())
    entities: str = Field(sa_column=long_text(default="[]"))
    what: str
    origin: str = Field(sa_column=long_text())
    album: str = Field(sa_column=long_text())
    better: str = Field(sa_column=long_text())


class FindingRow(SQLModel, table=True):
    """What was found in whose words."""

    __tablename__ = "finding"
    __table_args__ = (
        Index("finding_of_draft", "draft_id"),
        Index("finding_of_message", "message_id"),
        Index("finding_of_case", "case_id", "id"),
        Index("finding_at", "at"),
        Index("finding_doubted", "id", sqlite_where=text(DOUBTED), postgresql_where=text(DOUBTED)),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    staff_id: int = Field(sa_column=big())
    draft_id: int | None = Field(sa_column=big(nullable=True))
    message_id: int | None = Field(sa_column=big(nullable=True))
    version: int
    category: str
    severity: str
    rule: str
    start: int
    end: int
    matched: str = Field(sa_column=long_text())
    context: str = Field(sa_column=long_text())
    is_suspected: bool
    at: datetime = Field(sa_column=instant())
    outcome: str
    doubt: str
    doubted_at: datetime | None = Field(sa_column=instant(nullable=True))
    doubted_by: int | None = Field(sa_column=big(nullable=True))


class RuleExceptionRow(SQLModel, table=True):
    """Words in which a rule is not applied, made in chat; those that were taken back stay on record."""

    __tablename__ = "rule_exception"
    __table_args__ = (
        Index("rule_exception_in_force", "rule", "id", sqlite_where=text(IN_FORCE), postgresql_where=text(IN_FORCE)),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    rule: str
    words: str = Field(sa_column=long_text())
    at: datetime = Field(sa_column=instant())
    staff_id: int = Field(sa_column=big())
    found_id: int | None = Field(sa_column=big(nullable=True))
    removed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    removed_by: int | None = Field(default=None, sa_column=big(nullable=True))


class RuleChangeRow(SQLModel, table=True):
    """Who changed the rules, when, and what."""

    __tablename__ = "rule_change"
    id: int | None = Field(default=None, sa_column=big_id())
    what: str
    at: datetime = Field(sa_column=instant())
    staff_id: int | None = Field(sa_column=big(nullable=True))
    detail: str = Field(sa_column=long_text())
    fingerprint: str
