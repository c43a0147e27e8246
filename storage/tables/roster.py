"""Tables: the roster, what is asked of it, and the record of who was on duty."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Date, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

OPEN_REQUEST = "stage IN ('asked', 'agreed', 'approved')"


def _day(*, nullable: bool = False) -> Column[date]:
    return Column(Date, nullable=nullable)


class ShiftRow(SQLModel, table=True):
    """Shifts, as they are from a date on; `spans` as pairs of minutes."""

    __tablename__ = "shift"
    name: str = Field(primary_key=True)
    from_day: date = Field(sa_column=Column(Date, primary_key=True))
    spans: list[list[int]] = Field(sa_column=Column(JSON, nullable=False))


class WeekDutyRow(SQLModel, table=True):
    """The pattern; a line that holds no longer is ended, not removed."""

    __tablename__ = "week_duty"
    __table_args__ = (Index("week_duty_of", "staff_id"),)
    id: int | None = Field(default=None, sa_column=big_id())
    staff_id: int = Field(sa_column=big())
    weekday: int
    region: str
    shift: str
    from_day: date = Field(sa_column=_day())
    until_day: date | None = Field(default=None, sa_column=_day(nullable=True))


class DayDutyRow(SQLModel, table=True):
    """Exceptions by date."""

    __tablename__ = "day_duty"
    __table_args__ = (UniqueConstraint("day", "staff_id", "region", "shift", name="day_duty_once"),)
    id: int | None = Field(default=None, sa_column=big_id())
    staff_id: int = Field(sa_column=big())
    day: date = Field(sa_column=_day())
    region: str
    shift: str


class DutyRequestRow(SQLModel, table=True):
    """Leave, swaps, stand-ins."""

    __tablename__ = "duty_request"
    __table_args__ = (
        Index("duty_request_open", "stage", sqlite_where=text(OPEN_REQUEST), postgresql_where=text(OPEN_REQUEST)),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    wish: str
    asker_id: int = Field(sa_column=big())
    first_day: date = Field(sa_column=_day())
    last_day: date = Field(sa_column=_day())
    reason: str = Field(sa_column=long_text())
    stage: str
    asked_at: datetime = Field(sa_column=instant())
    colleague_id: int | None = Field(default=None, sa_column=big(nullable=True))
    their_day: date | None = Field(default=None, sa_column=_day(nullable=True))
    from_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    decided_by: int | None = Field(default=None, sa_column=big(nullable=True))
    decided_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class DutyEventRow(SQLModel, table=True):
    """What happened around duty; triggers refuse to change or remove a row."""

    __tablename__ = "duty_event"
    __table_args__ = (Index("duty_event_at", "at"),)
    id: int | None = Field(default=None, sa_column=big_id())
    did: str
    at: datetime = Field(sa_column=instant())
    staff_id: int | None = Field(default=None, sa_column=big(nullable=True))
    by_id: int | None = Field(default=None, sa_column=big(nullable=True))
    data: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))


class DutyStepRow(SQLModel, table=True):
    """What the sweep has done: each key once."""

    __tablename__ = "duty_step"
    key: str = Field(primary_key=True)
    at: datetime = Field(sa_column=instant())


class HandoverRow(SQLModel, table=True):
    """Notes of handing over."""

    __tablename__ = "handover"
    __table_args__ = (
        Index("handover_untaken", "id", sqlite_where=text("taken_by IS NULL"),
              postgresql_where=text("taken_by IS NULL")),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    staff_id: int = Field(sa_column=big())
    region: str
    day: date = Field(sa_column=_day())
    shift: str
    posted_at: datetime = Field(sa_column=instant())
    take_by: datetime = Field(sa_column=instant())
    cases: int
    taken_by: int | None = Field(default=None, sa_column=big(nullable=True))
    taken_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
