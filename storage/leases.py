"""Leases: one row for each thing that only one process may do at a time."""

from datetime import datetime

from sqlalchemy import String, bindparam, delete, func, or_, select, update
from sqlmodel import Session, col

from storage.changed import changed
from storage.prepared import Line, Prepared, given
from storage.tables import LeaseRow

_TURN = Prepared(select(func.pg_try_advisory_xact_lock(func.hashtext(bindparam("name", type_=String)))))
_HOLDER = Prepared(select(col(LeaseRow.holder)).where(col(LeaseRow.name) == given(LeaseRow.name)))


class SqlLeases:
    """The leases of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._line = Line.of(session)

    def turn(self, name: str) -> bool:
        """On SQLite units of work come one by one; PostgreSQL lets go of the lock when the transaction ends."""
        if self._session.get_bind().dialect.name == "sqlite":
            return True
        return bool(self._line.value(_TURN, name=name))

    def take(self, name: str, holder: str, now: datetime, *, until: datetime, over: str = "") -> bool:
        """Become or stay the holder."""
        free = or_(col(LeaseRow.holder).in_([holder, over]), col(LeaseRow.until) < now)
        mine = update(LeaseRow).where(col(LeaseRow.name) == name, free).values(holder=holder, until=until)
        if changed(self._session.execute(mine)) == 1:
            return True
        if self.holder(name):
            return False
        self._session.add(LeaseRow(name=name, holder=holder, until=until))
        self._session.flush()
        return True

    def holder(self, name: str) -> str:
        """Who holds it or held it last."""
        return self._line.value(_HOLDER, name=name) or ""

    def holds(self, name: str, holder: str) -> bool:
        """Whether nobody took over from this one."""
        return self.holder(name) == holder

    def free(self, name: str, holder: str) -> None:
        """Let go."""
        mine = (col(LeaseRow.name) == name) & (col(LeaseRow.holder) == holder)
        self._session.execute(delete(LeaseRow).where(mine))
