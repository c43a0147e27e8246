"""Tables: cases and what happened to them."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

UNFINISHED_CASE = "state IN ('new', 'open', 'waiting')"
COUNTED_EVENT = (
    "did IN ('CaseOpened', 'CaseResolved', 'CaseClosed', 'SpecialistAnswered', 'ReadyAnswerUsed', "
    "'ComplaintMarked', 'ComplaintUnmarked', 'Rated', 'ReplyHeld', 'EditHeld')"
)
"""What the daily digest counts: about a third of the events, so that the others pay nothing for its index."""
TURNS = ("CaseResolved", "CaseClosed", "CaseReopened", "CaseTransferred", "TransferReturned", "DeadlinePassed")
"""Events that reports look for: few of all, so they have an index of their own."""
IS_TURN = f"did IN ({', '.join(repr(turn) for turn in TURNS)})"


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
        Index("cases_opened", "opened_at"),
        Index("cases_resolved", "resolved_at", sqlite_where=text("resolved_at IS NOT NULL"),
              postgresql_where=text("resolved_at IS NOT NULL")),
        Index("cases_closed", "closed_at", sqlite_where=text("closed_at IS NOT NULL AND resolved_at IS NULL"),
              postgresql_where=text("closed_at IS NOT NULL AND resolved_at IS NULL")),
        Index("cases_first_owner", "first_owner_id", sqlite_where=text(UNFINISHED_CASE),
              postgresql_where=text(UNFINISHED_CASE)),
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
    urgency: str = Field("normal", sa_column_kwargs={"server_default": "normal"})
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


class EventRow(SQLModel, table=True):
    """What happened; triggers refuse to change or remove a row."""

    __tablename__ = "event"
    __table_args__ = (
        Index("event_of_case", "case_id", "id"),
        Index("event_at", "at"),
        Index("event_counted", "did", "at", "case_id", sqlite_where=text(COUNTED_EVENT),
              postgresql_where=text(COUNTED_EVENT)),
        Index("event_turned", "did", "at", "case_id", sqlite_where=text(IS_TURN), postgresql_where=text(IS_TURN)),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    did: str
    at: datetime = Field(sa_column=instant())
    staff_id: int | None = Field(sa_column=big(nullable=True))
    data: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
