"""Tables: early warnings, and the words by which matters are recognised as one and the same."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

WAITING = "taken_at IS NULL AND closed_at IS NULL"


class WarningRow(SQLModel, table=True):
    """Warnings: one for each rule, subject and window."""

    __tablename__ = "warning"
    __table_args__ = (
        Index("warning_once", "rule", "subject", "window_key", unique=True),
        Index("warning_raised", "raised_at"),
        Index("warning_waiting", "id", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    level: str
    rule: str
    subject: str
    window_key: str
    numbers: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    cases: list[int] = Field(sa_column=Column(JSON, nullable=False))
    raised_at: datetime = Field(sa_column=instant())
    taken_at: datetime | None = Field(sa_column=instant(nullable=True))
    taken_by: int | None = Field(sa_column=big(nullable=True))
    closed_at: datetime | None = Field(sa_column=instant(nullable=True))
    closed_by: int | None = Field(sa_column=big(nullable=True))
    reason: str = Field(sa_column=long_text())


class CaseWordRow(SQLModel, table=True):
    """Words of cases."""

    __tablename__ = "case_word"
    __table_args__ = (Index("case_word_said", "at", "word", "case_id"), Index("case_word_of", "word", "at", "case_id"))
    case_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    word: str = Field(primary_key=True)
    at: datetime = Field(sa_column=instant())
