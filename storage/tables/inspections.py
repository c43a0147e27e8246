"""Tables: quality inspections, their history, the day's draws and the versions of the score card."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

AWAITED_INSPECTION = "state IN ('drawn', 'appealed')"


class InspectionDrawRow(SQLModel, table=True):
    """A day's draw, with all that it followed from; triggers refuse to change or remove a row."""

    __tablename__ = "inspection_draw"
    day: date = Field(primary_key=True)
    at: datetime = Field(sa_column=instant())
    since: datetime = Field(sa_column=instant())
    until: datetime = Field(sa_column=instant())
    seed: str
    shares: list[int] = Field(sa_column=Column(JSON, nullable=False))
    pool: list[list[Any]] = Field(sa_column=Column(JSON, nullable=False))


class ScoreCardRow(SQLModel, table=True):
    """Versions of the score card."""

    __tablename__ = "score_card"
    version: str = Field(primary_key=True)
    source: str = Field(sa_column=long_text())


class InspectionRow(SQLModel, table=True):
    """Inspections, one a case at most."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index("inspection_awaited", "state", "day", "case_id", sqlite_where=text(AWAITED_INSPECTION),
              postgresql_where=text(AWAITED_INSPECTION)),
        Index("inspection_of_staff", "staff_id", "scored_at"),
        Index("inspection_scored", "scored_at"),
        Index("inspection_of_day", "day", "case_id"),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big(unique=True))
    staff_id: int = Field(sa_column=big())
    day: date
    why: str
    card: str
    state: str
    marks: str
    score: float | None
    first_score: float | None
    words: str = Field(sa_column=long_text())
    inspector_id: int | None = Field(sa_column=big(nullable=True))
    scored_at: datetime | None = Field(sa_column=instant(nullable=True))
    appeal: str = Field(sa_column=long_text())
    appealed_at: datetime | None = Field(sa_column=instant(nullable=True))
    second_id: int | None = Field(sa_column=big(nullable=True))
    answer: str = Field(sa_column=long_text())
    decided_at: datetime | None = Field(sa_column=instant(nullable=True))
    draft: str
    draft_by: int | None = Field(sa_column=big(nullable=True))


class InspectionStepRow(SQLModel, table=True):
    """What happened to an inspection; triggers refuse to change or remove a row."""

    __tablename__ = "inspection_step"
    __table_args__ = (Index("inspection_step_of", "inspection_id", "id"),)
    id: int | None = Field(default=None, sa_column=big_id())
    inspection_id: int = Field(sa_column=big())
    did: str
    at: datetime = Field(sa_column=instant())
    staff_id: int | None = Field(sa_column=big(nullable=True))
    data: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
