"""Who was on duty: the append-only record, the steps of the sweep, the notes of handing over."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import and_, select, update
from sqlmodel import Session, col

from bot.desk.attendance import DutyDid, DutyEvent
from bot.usecases.ports import Handover
from storage.changed import changed
from storage.inbox import insert_or_ignore
from storage.tables import DutyEventRow, DutyStepRow, HandoverRow


class SqlAttendance:
    """The attendance of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, *events: DutyEvent) -> None:
        """Append."""
        for e in events:
            row = DutyEventRow(did=e.did.value, at=e.at, staff_id=e.staff_id, by_id=e.by_id, data=dict(e.data))
            self._session.add(row)
        self._session.flush()

    def events(self, *, since: datetime | None = None, staff_id: int | None = None) -> Sequence[DutyEvent]:
        """What happened, in order."""
        query = select(DutyEventRow).order_by(col(DutyEventRow.at), col(DutyEventRow.id))
        if since is not None:
            query = query.where(col(DutyEventRow.at) >= since)
        if staff_id is not None:
            query = query.where(col(DutyEventRow.staff_id) == staff_id)
        rows = self._session.scalars(query)
        return [DutyEvent(DutyDid(r.did), r.at, r.staff_id, r.by_id, r.data) for r in rows]

    def step(self, key: str, at: datetime) -> bool:
        """An insert that only one can make."""
        return insert_or_ignore(self._session, DutyStepRow, [{"key": key, "at": at}], ["key"]) == 1

    def hand_over(self, note: Handover) -> Handover:
        """Store a note."""
        row = HandoverRow(**{f.name: getattr(note, f.name) for f in fields(Handover) if f.name != "id"})
        self._session.add(row)
        self._session.flush()
        return _handover(row)

    def handover(self, handover_id: int) -> Handover | None:
        """One note."""
        row = self._session.get(HandoverRow, handover_id, populate_existing=True)
        return _handover(row) if row is not None else None

    def untaken(self) -> Sequence[Handover]:
        """Notes that nobody has acknowledged."""
        query = select(HandoverRow).where(col(HandoverRow.taken_by).is_(None)).order_by(col(HandoverRow.id))
        return [_handover(row) for row in self._session.scalars(query)]

    def take_over(self, handover_id: int, staff_id: int, at: datetime) -> bool:
        """One conditional UPDATE: two who acknowledge at once have one winner."""
        free = and_(col(HandoverRow.id) == handover_id, col(HandoverRow.taken_by).is_(None))
        values = {"taken_by": staff_id, "taken_at": at}
        done = self._session.execute(update(HandoverRow).where(free).values(**values))
        return changed(done) == 1


def _handover(row: HandoverRow) -> Handover:
    return Handover(**{f.name: getattr(row, f.name) for f in fields(Handover)})
