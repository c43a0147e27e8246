"""Tables: the special days of the calendar that were imported."""

from datetime import date

from sqlmodel import Field, SQLModel


class SpecialDayRow(SQLModel, table=True):
    """A date that is not as its weekday says; `hours` are minutes (`540-720 780-1080`), None: by what kind it is."""

    __tablename__ = "special_day"
    day: date = Field(primary_key=True)
    kind: str
    name: str
    hours: str | None
    weekday: int | None
