"""Tables: the improvement list, and what became of each."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

GOING_ON = "state IN ('new', 'doing')"


class ImprovementRow(SQLModel, table=True):
    """What is to become better: from whom, who sees to it, until when, how it stands."""

    __tablename__ = "improvement"
    __table_args__ = (
        Index("improvement_going_on", "due_on", sqlite_where=text(GOING_ON), postgresql_where=text(GOING_ON)),
        Index("improvement_ended", "ended_at"),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    words: str = Field(sa_column=long_text())
    source: str
    author: str
    author_telegram_id: int | None = Field(sa_column=big(nullable=True))
    case_id: int | None = Field(sa_column=big(nullable=True))
    owner_id: int = Field(sa_column=big())
    due_on: date
    state: str
    reason: str = Field(sa_column=long_text())
    added_at: datetime = Field(sa_column=instant())
    ended_at: datetime | None = Field(sa_column=instant(nullable=True))


class ImprovementStepRow(SQLModel, table=True):
    """What was done about it, by whom and when; triggers refuse to change or remove a row."""

    __tablename__ = "improvement_step"
    __table_args__ = (Index("improvement_step_of", "improvement_id", "id"),)
    id: int | None = Field(default=None, sa_column=big_id())
    improvement_id: int = Field(sa_column=big())
    did: str
    at: datetime = Field(sa_column=instant())
    staff_id: int | None = Field(sa_column=big(nullable=True))
    words: str = Field(sa_column=long_text())
