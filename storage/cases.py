"""Cases; what is read here is locked until the unit of work ends (PostgreSQL; SQLite has one writer anyway)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy import case as sql_case
from sqlmodel import Session, col

from bot.desk.case import UNFINISHED, Case, State
from bot.usecases.ports import RegionCount
from storage.changed import changed
from storage.conditions import is_one_of
from storage.rows import case_of, case_values
from storage.tables import CaseRow

_IS_UNFINISHED = is_one_of(col(CaseRow.state), *(s.value for s in UNFINISHED))


def _is_late(now: datetime) -> ColumnElement[bool]:
    """A deadline has passed, of a case that does not wait."""
    return and_(
        col(CaseRow.state) != State.WAITING.value,
        or_(col(CaseRow.respond_by) < now, col(CaseRow.resolve_by) < now),
    )


class SqlCases:
    """The cases of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case: Case) -> Case:
        """Store a new case."""
        row = CaseRow(**case_values(case))
        self._session.add(row)
        self._session.flush()
        return case_of(row)

    def get(self, case_id: int) -> Case | None:
        """One case, locked."""
        return self._one(select(CaseRow).where(col(CaseRow.id) == case_id))

    def save(self, case: Case) -> None:
        """Write a case back; LookupError when it is not there."""
        done = self._session.execute(update(CaseRow).where(col(CaseRow.id) == case.id).values(**case_values(case)))
        if changed(done) != 1:
            raise LookupError(f"case {case.id} is not stored")

    def take(self, case_id: int, staff_id: int) -> bool:
        """One conditional UPDATE: twenty who claim at once have one winner."""
        free = and_(col(CaseRow.id) == case_id, col(CaseRow.first_owner_id).is_(None))
        done = self._session.execute(update(CaseRow).where(free).values(first_owner_id=staff_id, handler_id=staff_id))
        return changed(done) == 1

    def hand(self, case_id: int, *, giver: int, taker: int) -> bool:
        """One conditional UPDATE: of two who give it away at once, one does."""
        theirs = and_(col(CaseRow.id) == case_id, col(CaseRow.handler_id) == giver, _IS_UNFINISHED)
        done = self._session.execute(update(CaseRow).where(theirs).values(handler_id=taker))
        return changed(done) == 1

    def unfinished(self) -> Sequence[Case]:
        """By id, locked."""
        query = select(CaseRow).where(_IS_UNFINISHED).order_by(col(CaseRow.id)).with_for_update()
        return [case_of(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

    def unfinished_of(self, franchisee_id: int) -> Case | None:
        """The one that is NEW, OPEN or WAITING."""
        mine = select(CaseRow).where(col(CaseRow.franchisee_id) == franchisee_id)
        return self._one(mine.where(_IS_UNFINISHED))

    def last_of(self, franchisee_id: int) -> Case | None:
        """The newest."""
        mine = select(CaseRow).where(col(CaseRow.franchisee_id) == franchisee_id)
        return self._one(mine.order_by(col(CaseRow.id).desc()).limit(1))

    def open_counts(self) -> Mapping[int, int]:
        """Unfinished cases per handler."""
        query = select(col(CaseRow.handler_id), func.count()).where(_IS_UNFINISHED).group_by(col(CaseRow.handler_id))
        return {row[0]: row[1] for row in self._session.execute(query)}

    def listed(
        self, *, region: str | None = None, states: Sequence[State] = (), handler_id: int | None = None, limit: int = 20
    ) -> Sequence[Case]:
        """The longest unanswered first, then the oldest."""
        query = select(CaseRow)
        if region is not None:
            query = query.where(col(CaseRow.region) == region)
        if states:
            query = query.where(col(CaseRow.state).in_([s.value for s in states]))
        if handler_id is not None:
            query = query.where(col(CaseRow.handler_id) == handler_id)
        waiting = col(CaseRow.unanswered_since)
        query = query.order_by(waiting.is_(None), waiting, col(CaseRow.id)).limit(limit)
        return [case_of(row) for row in self._session.scalars(query)]

    def overdue(self, now: datetime, *, limit: int = 20) -> Sequence[Case]:
        """The one whose deadline passed first goes first."""
        respond, resolve = col(CaseRow.respond_by), col(CaseRow.resolve_by)
        first = sql_case((resolve.is_(None), respond), (respond < resolve, respond), else_=resolve)
        query = select(CaseRow).where(_IS_UNFINISHED, _is_late(now)).order_by(first, col(CaseRow.id)).limit(limit)
        return [case_of(row) for row in self._session.scalars(query)]

    def answered_for_by(self, staff_id: int) -> Sequence[Case]:
        """Unfinished cases of a handler or first owner; one query for each of the two indexes."""
        found: dict[int, Case] = {}
        for column in (CaseRow.handler_id, CaseRow.first_owner_id):
            query = select(CaseRow).where(_IS_UNFINISHED, col(column) == staff_id)
            for row in self._session.scalars(query.execution_options(populate_existing=True)):
                found[row.id or 0] = case_of(row)
        return [found[case_id] for case_id in sorted(found)]

    def counts(self, now: datetime) -> Sequence[RegionCount]:
        """Unfinished work by region."""
        late = _is_late(now)
        query = (
            select(col(CaseRow.region), col(CaseRow.state), func.count(), func.count().filter(late))
            .where(_IS_UNFINISHED)
            .group_by(col(CaseRow.region), col(CaseRow.state))
        )
        states: dict[str | None, dict[State, int]] = {}
        overdue: dict[str | None, int] = {}
        for region, state, count, late_count in self._session.execute(query):
            states.setdefault(region, {})[State(state)] = count
            overdue[region] = overdue.get(region, 0) + late_count
        return [RegionCount(region, by_state, overdue[region]) for region, by_state in states.items()]

    def _one(self, query: Select[CaseRow]) -> Case | None:
        row = self._session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()
        return case_of(row) if row is not None else None
