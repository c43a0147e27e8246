"""Cases; what is read here is locked until the unit of work ends (PostgreSQL; SQLite has one writer anyway)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, update
from sqlalchemy import case as sql_case
from sqlmodel import Session, col

from bot.desk.case import UNFINISHED, Case, Level, State, Urgency
from bot.usecases.ports import RegionCount
from storage.conditions import is_one_of
from storage.prepared import Line, Prepared, Row, given
from storage.rows import case_of, case_values
from storage.shape import Shape
from storage.tables import CaseRow

_IS_UNFINISHED = is_one_of(col(CaseRow.state), *(s.value for s in UNFINISHED))


def _is_late(now: datetime) -> ColumnElement[bool]:
    """A deadline has passed, of a case that does not wait."""
    return and_(
        col(CaseRow.state) != State.WAITING.value,
        or_(col(CaseRow.respond_by) < now, col(CaseRow.resolve_by) < now),
    )


_SHAPE = Shape(CaseRow, Case, state=State, level=Level, urgency=Urgency)
_ID, _OF = col(CaseRow.id) == given(CaseRow.id), col(CaseRow.franchisee_id) == given(CaseRow.franchisee_id)
_BY_ID = Prepared(_SHAPE.select(_ID).with_for_update())
_UNFINISHED = Prepared(_SHAPE.select(_IS_UNFINISHED).order_by(col(CaseRow.id)).with_for_update())
_UNFINISHED_OF = Prepared(_SHAPE.select(_OF, _IS_UNFINISHED).with_for_update())
_LAST_OF = Prepared(_SHAPE.select(_OF).order_by(col(CaseRow.id).desc()).limit(1).with_for_update())
_FIRST_OWNER, _HANDLER = given(CaseRow.first_owner_id), given(CaseRow.handler_id)
_TAKE = Prepared(
    update(CaseRow)
    .where(_ID, col(CaseRow.first_owner_id).is_(None))
    .values(first_owner_id=_FIRST_OWNER, handler_id=_HANDLER)
)
_HAND = Prepared(
    update(CaseRow)
    .where(_ID, col(CaseRow.handler_id) == bindparam("giver"), _IS_UNFINISHED)
    .values(handler_id=_HANDLER)
)


class SqlCases:
    """The cases of a unit of work: one that was read is locked, and so is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._line = Line.of(session)

    def add(self, case: Case) -> Case:
        """Store a new case."""
        new = replace(case, id=_SHAPE.add(self._line, case_values(case)))
        self._line.forget(Case)
        return new

    def get(self, case_id: int) -> Case | None:
        """One case, locked."""
        kept = self._line.kept(Case).get(case_id)
        return self._keep(self._line.first(_BY_ID, id=case_id)) if kept is None else kept

    def save(self, case: Case) -> None:
        """Write a case back; LookupError when it is not there."""
        self._line.forget(Case)
        _SHAPE.save(self._line, case_values(case), id=case.id)

    def take(self, case_id: int, staff_id: int) -> bool:
        """One conditional UPDATE: twenty who claim at once have one winner."""
        self._line.forget(Case)
        return self._line.change(_TAKE, id=case_id, first_owner_id=staff_id, handler_id=staff_id) == 1

    def hand(self, case_id: int, *, giver: int, taker: int) -> bool:
        """One conditional UPDATE: of two who give it away at once, one does."""
        self._line.forget(Case)
        return self._line.change(_HAND, id=case_id, giver=giver, handler_id=taker) == 1

    def unfinished(self) -> Sequence[Case]:
        """By id, locked."""
        return [_SHAPE.item(row) for row in self._line.rows(_UNFINISHED)]

    def unfinished_of(self, franchisee_id: int) -> Case | None:
        """The one that is NEW, OPEN or WAITING."""
        return self._keep(self._line.first(_UNFINISHED_OF, franchisee_id=franchisee_id))

    def last_of(self, franchisee_id: int) -> Case | None:
        """The newest."""
        return self._keep(self._line.first(_LAST_OF, franchisee_id=franchisee_id))

    def _keep(self, row: Row | None) -> Case | None:
        if row is None:
            return None
        case = self._line.kept(Case)[row[0]] = _SHAPE.item(row)
        return case

    def open_counts(self) -> Mapping[int, int]:
        """Unfinished cases per handler."""
        query = select(col(CaseRow.handler_id), func.count()).where(_IS_UNFINISHED).group_by(col(CaseRow.handler_id))
        return {row[0]: row[1] for row in self._session.execute(query)}

    def listed(
        self, *, region: str | None = None, states: Sequence[State] = (), handler_id: int | None = None, limit: int = 20
    ) -> Sequence[Case]:
        """The longest unanswered first, then the oldest."""
        query = select(CaseRow).execution_options(populate_existing=True)
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
        return [case_of(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

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
