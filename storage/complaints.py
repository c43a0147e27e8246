"""Complaints, measures of prevention, the lists of the daily patrol."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, text, update
from sqlmodel import Session, col

from bot.desk.case import UNFINISHED, State
from bot.desk.complaint import Complaint, Grade, Measure
from bot.desk.complaint_figures import Entry
from bot.desk.patrol import Looked, PatrolLine, Why
from storage.changed import changed
from storage.conditions import is_one_of
from storage.inbox import insert_or_ignore
from storage.rows import case_of
from storage.tables import CaseRow, ComplaintRow, MeasureRow, PatrolRow

_IS_UNFINISHED = is_one_of(col(CaseRow.state), *(s.value for s in UNFINISHED))
_IS_ENDED = is_one_of(col(CaseRow.state), State.RESOLVED.value, State.CLOSED.value)
_NOT_VOID = col(ComplaintRow.void_at).is_(None)
_TO_SETTLE = text("complaint.called_back_at IS NULL AND complaint.void_at IS NULL")
"""Spelled as the index is, for the same reason as in `conditions.py`."""
_HELD = 0
"""The case of the line that says that a day's patrol was held."""


class SqlComplaints:
    """The complaints of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, complaint: Complaint) -> None:
        """Store a new one."""
        self._session.add(ComplaintRow(**_values(complaint)))
        self._session.flush()

    def get(self, case_id: int) -> Complaint | None:
        """The row of a case, locked."""
        query = select(ComplaintRow).where(col(ComplaintRow.case_id) == case_id).with_for_update()
        row = self._session.scalars(query.execution_options(populate_existing=True)).first()
        return _complaint(row) if row is not None else None

    def save(self, complaint: Complaint) -> None:
        """Write one back; LookupError when it is not there."""
        mine = col(ComplaintRow.case_id) == complaint.case_id
        done = self._session.execute(update(ComplaintRow).where(mine).values(**_values(complaint)))
        if changed(done) != 1:
            raise LookupError(f"complaint {complaint.case_id} is not stored")

    def unfinished(self) -> Sequence[Entry]:
        """Those whose cases still go on."""
        return self._entries(_joined().where(_IS_UNFINISHED, _NOT_VOID).order_by(col(ComplaintRow.opened_at)))

    def to_settle(self, *, limit: int = 50) -> Sequence[Entry]:
        """Those whose cases ended and that nobody has called back about."""
        return self._entries(_joined().where(_TO_SETTLE, _IS_ENDED).order_by(col(ComplaintRow.case_id)).limit(limit))

    def opened(self, since: datetime, until: datetime) -> Sequence[Entry]:
        """Those that became complaints in a span."""
        at = col(ComplaintRow.opened_at)
        return self._entries(_joined().where(_NOT_VOID, at >= since, at < until).order_by(at))

    def of_store(self, case_id: int, since: datetime) -> int:
        """How many of the same store, or person, since then."""
        case = self._session.get(CaseRow, case_id)
        if case is None:
            return 0
        same = (
            col(CaseRow.store_number) == case.store_number
            if case.store_number
            else col(CaseRow.franchisee_id) == case.franchisee_id
        )
        query = select(func.count()).select_from(ComplaintRow).join(CaseRow, _SAME_CASE)
        query = query.where(same, _NOT_VOID, col(ComplaintRow.opened_at) >= since, col(CaseRow.id) != case_id)
        return int(self._session.scalar(query) or 0)

    def _entries(self, query: Select[ComplaintRow, CaseRow]) -> list[Entry]:
        rows = self._session.execute(query.execution_options(populate_existing=True))
        return [Entry(_complaint(complaint), case_of(case)) for complaint, case in rows]


class SqlMeasures:
    """The measures of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, measure: Measure) -> Measure:
        """Store one."""
        values = asdict(measure)
        del values["id"]
        row = MeasureRow(**values)
        self._session.add(row)
        self._session.flush()
        return _measure(row)

    def get(self, measure_id: int) -> Measure | None:
        """One, locked."""
        query = select(MeasureRow).where(col(MeasureRow.id) == measure_id).with_for_update()
        row = self._session.scalars(query.execution_options(populate_existing=True)).first()
        return _measure(row) if row is not None else None

    def save(self, measure: Measure) -> None:
        """Write one back; LookupError when it is not there."""
        values = asdict(measure)
        del values["id"]
        done = self._session.execute(update(MeasureRow).where(col(MeasureRow.id) == measure.id).values(**values))
        if changed(done) != 1:
            raise LookupError(f"measure {measure.id} is not stored")

    def of_case(self, case_id: int) -> Sequence[Measure]:
        """All of a case."""
        return self._all(select(MeasureRow).where(col(MeasureRow.case_id) == case_id).order_by(col(MeasureRow.id)))

    def open(self, *, limit: int = 50) -> Sequence[Measure]:
        """What is not done yet."""
        query = select(MeasureRow).where(text("measure.done_at IS NULL"))
        return self._all(query.order_by(col(MeasureRow.due_at), col(MeasureRow.id)).limit(limit))

    def _all(self, query: Select[Any]) -> list[Measure]:
        return [_measure(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]


class SqlPatrols:
    """The patrols of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, day: date, at: datetime) -> bool:
        """An insert that only one can make."""
        held = PatrolLine(day, _HELD, (), at)
        return insert_or_ignore(self._session, PatrolRow, [_line_values(held)], ["day", "case_id"]) == 1

    def put(self, lines: Sequence[PatrolLine]) -> None:
        """Store lines."""
        insert_or_ignore(self._session, PatrolRow, [_line_values(line) for line in lines], ["day", "case_id"])

    def of_day(self, day: date) -> Sequence[PatrolLine]:
        """A day's lines."""
        query = select(PatrolRow).where(col(PatrolRow.day) == day, col(PatrolRow.case_id) != _HELD)
        query = query.order_by(col(PatrolRow.case_id)).execution_options(populate_existing=True)
        return [_line(row) for row in self._session.scalars(query)]

    def last_before(self, day: date) -> Sequence[PatrolLine]:
        """The lines of the newest patrol before a day."""
        last = self._session.scalar(
            select(func.max(PatrolRow.day)).where(col(PatrolRow.case_id) == _HELD, col(PatrolRow.day) < day)
        )
        return self.of_day(last) if last is not None else []

    def look(self, case_id: int, *, day: date, by: int, at: datetime, how: Looked) -> None:
        """Kept on the newest line of this case up to that day."""
        mine = (col(PatrolRow.case_id) == case_id, col(PatrolRow.day) <= day)
        newest = select(func.max(PatrolRow.day)).where(*mine).scalar_subquery()
        free = (col(PatrolRow.case_id) == case_id, col(PatrolRow.day) == newest, col(PatrolRow.looked_at).is_(None))
        self._session.execute(
            update(PatrolRow)
            .where(*free)
            .values(looked_at=at, looked_by=by, how=how.value)
            .execution_options(synchronize_session=False)
        )


_SAME_CASE = col(CaseRow.id) == col(ComplaintRow.case_id)


def _joined() -> Select[ComplaintRow, CaseRow]:
    return select(ComplaintRow, CaseRow).join(CaseRow, _SAME_CASE)


def _values(complaint: Complaint) -> dict[str, Any]:
    return {**asdict(complaint), "grade": complaint.grade.value}


def _complaint(row: ComplaintRow) -> Complaint:
    values = {f.name: getattr(row, f.name) for f in fields(Complaint)}
    return Complaint(**{**values, "grade": Grade(values["grade"])})


def _measure(row: MeasureRow) -> Measure:
    return Measure(**{f.name: getattr(row, f.name) for f in fields(Measure)})


def _line_values(line: PatrolLine) -> dict[str, Any]:
    how = line.how.value if line.how is not None else None
    return {**asdict(line), "reasons": " ".join(why.value for why in line.reasons), "how": how}


def _line(row: PatrolRow) -> PatrolLine:
    values = {f.name: getattr(row, f.name) for f in fields(PatrolLine)}
    reasons = tuple(Why(code) for code in row.reasons.split())
    return PatrolLine(**{**values, "reasons": reasons, "how": Looked(row.how) if row.how else None})
