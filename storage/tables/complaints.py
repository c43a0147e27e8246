"""Tables: complaints, measures of prevention, the lists of the daily patrol."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

TO_SETTLE = "called_back_at IS NULL AND void_at IS NULL"
OPEN_MEASURE = "done_at IS NULL"


class ComplaintRow(SQLModel, table=True):
    """Complaints, one a case."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("complaint_opened", "opened_at"),
        Index("complaint_to_settle", "case_id", sqlite_where=text(TO_SETTLE), postgresql_where=text(TO_SETTLE)),
    )
    case_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    grade: str
    opened_at: datetime = Field(sa_column=instant())
    contact_by: datetime = Field(sa_column=instant())
    why: str = Field(sa_column=long_text())
    matter: str
    dangers: str
    marked_by: int | None = Field(sa_column=big(nullable=True))
    void_at: datetime | None = Field(sa_column=instant(nullable=True))
    void_why: str = Field(sa_column=long_text())
    cause: str
    details: str = Field(sa_column=long_text())
    handled: str = Field(sa_column=long_text())
    prevention: str = Field(sa_column=long_text())
    product: str = Field(sa_column=long_text())
    found_at: datetime | None = Field(sa_column=instant(nullable=True))
    found_by: int | None = Field(sa_column=big(nullable=True))
    called_back_at: datetime | None = Field(sa_column=instant(nullable=True))


class MeasureRow(SQLModel, table=True):
    """Measures of prevention."""

    __tablename__ = "measure"
    __table_args__ = (
        Index("measure_of_case", "case_id", "id"),
        Index("measure_open", "due_at", sqlite_where=text(OPEN_MEASURE), postgresql_where=text(OPEN_MEASURE)),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    words: str = Field(sa_column=long_text())
    owner_id: int = Field(sa_column=big())
    made_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())
    done_at: datetime | None = Field(sa_column=instant(nullable=True))
    done_by: int | None = Field(sa_column=big(nullable=True))
    done_words: str = Field(sa_column=long_text())


class PatrolRow(SQLModel, table=True):
    """A line of a day's patrol; the line of case 0 says that the day's patrol was held."""

    __tablename__ = "patrol"
    __table_args__ = (Index("patrol_of_case", "case_id", "day"),)
    day: date = Field(primary_key=True)
    case_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    reasons: str
    listed_at: datetime = Field(sa_column=instant())
    looked_at: datetime | None = Field(sa_column=instant(nullable=True))
    looked_by: int | None = Field(sa_column=big(nullable=True))
    how: str | None = None
