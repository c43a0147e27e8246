"""The special days of the calendar that were imported."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from bot.desk.calendar import DayKind, SpecialDay
from bot.desk.hours import Span
from bot.usecases.ports import Changes
from storage.people import put_all
from storage.tables import SpecialDayRow


class SqlSpecialDays:
    """The special days of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Sequence[SpecialDay]:
        """Every one, by date."""
        query = select(SpecialDayRow).order_by(col(SpecialDayRow.day)).execution_options(populate_existing=True)
        return [_day_of(row) for row in self._session.scalars(query)]

    def put_all(self, days: Sequence[SpecialDay]) -> Changes:
        """Add or change by date."""
        return put_all(self._session, SpecialDayRow, days, key=lambda d: d.day, values=lambda d, known: _values(d))


def _day_of(row: SpecialDayRow) -> SpecialDay:
    spans = None if row.hours is None else tuple(_span(text) for text in row.hours.split())
    return SpecialDay(row.day, DayKind(row.kind), row.name, spans, row.weekday)


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return Span(int(start), int(end))


def _values(special: SpecialDay) -> dict[str, object]:
    hours = None if special.spans is None else " ".join(f"{s.start}-{s.end}" for s in special.spans)
    return {"day": special.day, "kind": special.kind.value, "name": special.name, "hours": hours,
            "weekday": special.like}  # fmt: skip
