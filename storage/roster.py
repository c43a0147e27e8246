"""The roster: shifts, the week's pattern, exceptions by date, requests."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlmodel import Session, col

from bot.desk.duty_request import DutyRequest, Stage, Wish, change_of, leave_of
from bot.desk.roster import DayDuty, Roster, Shift, ShiftVersion, Stretch, WeekDuty
from bot.usecases.ports import Changes
from storage.changed import changed
from storage.tables import DayDutyRow, DutyRequestRow, ShiftRow, WeekDutyRow

_COLUMNS = tuple(f.name for f in fields(DutyRequest) if f.name != "id")


class SqlRosters:
    """The roster of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def roster(self, *, since: date | None = None) -> Roster:
        """Everything that decides who is rostered; changes in the order of their approval."""
        approved = self.requests(stages=[Stage.APPROVED], since=since)
        changes = sorted(
            (r for r in approved if r.wish is not Wish.LEAVE), key=lambda r: (r.decided_at or r.asked_at, r.id)
        )
        return Roster(
            shifts=self.shifts(),
            weekly=self._weekly(since),
            dated=self._dated(since),
            changes=[change_of(r) for r in changes],
            leaves=[leave_of(r) for r in approved if r.wish is Wish.LEAVE],
        )

    def _weekly(self, since: date | None) -> list[WeekDuty]:
        query = select(WeekDutyRow).order_by(col(WeekDutyRow.id))
        if since is not None:
            until = col(WeekDutyRow.until_day)
            query = query.where(or_(until.is_(None), until >= since))
        return [_week_duty(row) for row in self._session.scalars(query)]

    def _dated(self, since: date | None) -> list[DayDuty]:
        query = select(DayDutyRow).order_by(col(DayDutyRow.id))
        if since is not None:
            query = query.where(col(DayDutyRow.day) >= since)
        return [_day_duty(row) for row in self._session.scalars(query)]

    def shifts(self) -> Sequence[ShiftVersion]:
        """Every version of every shift."""
        rows = self._session.scalars(select(ShiftRow).order_by(col(ShiftRow.name), col(ShiftRow.from_day)))
        return [ShiftVersion(Shift(r.name, tuple(Stretch(*s) for s in r.spans)), r.from_day) for r in rows]

    def put(
        self, *, shifts: Sequence[Shift], weekly: Sequence[WeekDuty], dated: Sequence[DayDuty], today: date
    ) -> Changes:
        """Take over an import."""
        done = [self._put_shift(shift, today) for shift in shifts]
        for staff_id in dict.fromkeys(w.staff_id for w in weekly):
            done.append(self._put_week(staff_id, [w for w in weekly if w.staff_id == staff_id], today))
        for key in dict.fromkeys((d.staff_id, d.day) for d in dated):
            done.append(self._put_day(*key, [d for d in dated if (d.staff_id, d.day) == key]))
        self._session.flush()
        return Changes(done.count("added"), done.count("changed"), done.count("unchanged"))

    def _put_shift(self, shift: Shift, today: date) -> str:
        spans = [[s.start, s.end] for s in shift.spans]
        found = self._session.scalars(
            select(ShiftRow).where(col(ShiftRow.name) == shift.name).order_by(col(ShiftRow.from_day))
        )
        last = found.all()[-1:]
        if last and last[0].spans == spans:
            return "unchanged"
        if last and last[0].from_day >= today:
            last[0].spans = spans
        else:
            self._session.add(ShiftRow(name=shift.name, from_day=today, spans=spans))
        return "changed" if last else "added"

    def _put_week(self, staff_id: int, wanted: Sequence[WeekDuty], today: date) -> str:
        """The old week ends yesterday; lines that have not begun to hold go."""
        mine = select(WeekDutyRow).where(col(WeekDutyRow.staff_id) == staff_id, col(WeekDutyRow.until_day).is_(None))
        old = list(self._session.scalars(mine))
        if {(r.weekday, r.region, r.shift) for r in old} == {(w.weekday, w.region, w.shift) for w in wanted}:
            return "unchanged"
        for row in old:
            if row.from_day >= today:
                self._session.delete(row)
            else:
                row.until_day = today - timedelta(days=1)
        for duty in wanted:
            self._session.add(
                WeekDutyRow(
                    staff_id=staff_id, weekday=duty.weekday, region=duty.region, shift=duty.shift, from_day=today
                )
            )
        return "changed" if old else "added"

    def _put_day(self, staff_id: int, day: date, wanted: Sequence[DayDuty]) -> str:
        mine = (col(DayDutyRow.staff_id) == staff_id, col(DayDutyRow.day) == day)
        old = {(r.region, r.shift) for r in self._session.scalars(select(DayDutyRow).where(*mine))}
        if old == {(d.region, d.shift) for d in wanted}:
            return "unchanged"
        self._session.execute(delete(DayDutyRow).where(*mine))
        for duty in wanted:
            self._session.add(DayDutyRow(staff_id=staff_id, day=day, region=duty.region, shift=duty.shift))
        return "changed" if old else "added"

    def ask(self, request: DutyRequest) -> DutyRequest:
        """Store a request."""
        row = DutyRequestRow(**_request_values(request))
        self._session.add(row)
        self._session.flush()
        return _request(row)

    def request(self, request_id: int) -> DutyRequest | None:
        """One request."""
        row = self._session.get(DutyRequestRow, request_id, populate_existing=True)
        return _request(row) if row is not None else None

    def requests(
        self, *, stages: Sequence[Stage] = (), staff_id: int | None = None, since: date | None = None
    ) -> Sequence[DutyRequest]:
        """Requests, the oldest first."""
        query = select(DutyRequestRow).order_by(col(DutyRequestRow.id)).execution_options(populate_existing=True)
        if stages:
            query = query.where(col(DutyRequestRow.stage).in_([s.value for s in stages]))
        if staff_id is not None:
            theirs = or_(col(DutyRequestRow.asker_id) == staff_id, col(DutyRequestRow.colleague_id) == staff_id)
            query = query.where(theirs)
        if since is not None:
            last = col(DutyRequestRow.last_day)
            query = query.where(or_(last >= since, col(DutyRequestRow.their_day) >= since))
        return [_request(row) for row in self._session.scalars(query)]

    def decide(self, request: DutyRequest, *, was: Stage) -> bool:
        """One conditional UPDATE: two who decide at once have one winner."""
        row = DutyRequestRow
        standing = (col(row.id) == request.id, col(row.stage) == was.value)
        done = self._session.execute(update(row).where(*standing).values(**_request_values(request)))
        return changed(done) == 1


def _week_duty(row: WeekDutyRow) -> WeekDuty:
    return WeekDuty(row.staff_id, row.weekday, row.region, row.shift, row.from_day, row.until_day)


def _day_duty(row: DayDutyRow) -> DayDuty:
    return DayDuty(row.staff_id, row.day, row.region, row.shift)


def _request(row: DutyRequestRow) -> DutyRequest:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return DutyRequest(id=row.id or 0, **{**values, "wish": Wish(row.wish), "stage": Stage(row.stage)})


def _request_values(request: DutyRequest) -> dict[str, Any]:
    values = {name: getattr(request, name) for name in _COLUMNS}
    return {**values, "wish": request.wish.value, "stage": request.stage.value}
