"""What a period's report is counted from: sums where the database can make them, else rows in a stream."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Select, and_, func, select
from sqlalchemy import case as sql_case
from sqlmodel import Session, col

from bot.desk.case import UNFINISHED
from bot.desk.custody import CUSTODY_EVENTS
from bot.desk.events import Did, Event
from bot.desk.follow_up import FollowUpState
from bot.desk.survey import Standing
from bot.usecases.ports.period_figures import (
    CallSum,
    FoundSum,
    OpenedCase,
    PromiseSum,
    RatingSum,
    SurveySum,
    TurnedCase,
    Whose,
)
from storage.conditions import is_exactly, is_one_of
from storage.tables import (
    CaseRow,
    ComplaintRow,
    EventRow,
    FindingRow,
    FollowUpRow,
    PromiseRow,
    RatingRow,
    SurveyPersonRow,
    SurveyRow,
)
from storage.tables.cases import TURNS

AT_ONCE = 500
"""Cases whose events are read by one statement: engines limit the number of bound values."""
STREAM: Final = {"yield_per": 2000}
"""So many rows are in memory at once."""
ENDS: Final = (Did.CASE_RESOLVED, Did.CASE_CLOSED)
READ: Final = tuple(dict.fromkeys((*CUSTODY_EVENTS, *ENDS, Did.CASE_REOPENED, Did.DEADLINE_PASSED)))
"""The events that a case comes with that changed hands."""
LEAN: Final = tuple(did for did in READ if did not in (Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED))
"""Of every other case: answers are the most of all events, and tell nothing of how it ended."""
_PERSON = func.coalesce(col(CaseRow.first_owner_id), col(CaseRow.handler_id))
_REGION = col(CaseRow.region)
_IS_TURN = is_one_of(col(EventRow.did), *TURNS)
_IS_UNFINISHED = is_one_of(col(CaseRow.state), *(s.value for s in UNFINISHED))


class SqlPeriodFigures:
    """The raw material of reports."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begun_at(self) -> datetime | None:
        """When the first case was opened."""
        first = select(col(CaseRow.opened_at)).order_by(col(CaseRow.opened_at)).limit(1)
        return self._session.scalars(first).first()

    def opened(self, since: datetime, until: datetime) -> Iterator[OpenedCase]:
        """The cases that were opened in a span."""
        query = select(
            _REGION, _PERSON, col(CaseRow.kind), col(CaseRow.urgency), col(CaseRow.opened_at),
            col(CaseRow.first_answer_at),
        ).where(*_within(CaseRow.opened_at, since, until))  # fmt: skip
        for region, person, *rest in self._session.execute(query.execution_options(**STREAM)):
            yield OpenedCase(Whose(region, person), *rest)

    def open_at(self, at: datetime) -> Mapping[Whose, int]:
        """By the cases' own dates, but of those that were opened anew since then, by their events."""
        anew = self._reopened_since(at)
        found: dict[Whose, int] = {}
        for condition in _unfinished_at(at):
            mine = select(_REGION, _PERSON, func.count()).where(condition, col(CaseRow.opened_at) < at)
            for region, person, count in self._session.execute(mine.group_by(_REGION, _PERSON)):
                found[Whose(region, person)] = found.get(Whose(region, person), 0) + count
        for whose, by_row, by_events in self._judged_anew(anew, at):
            found[whose] = found.get(whose, 0) + by_events - by_row
        return {whose: count for whose, count in found.items() if count}

    def _reopened_since(self, at: datetime) -> list[int]:
        """Cases whose own dates no longer tell how they stood at an instant."""
        again = is_exactly(col(EventRow.did), Did.CASE_REOPENED.value)
        query = select(col(EventRow.case_id)).where(_IS_TURN, again, col(EventRow.at) >= at).distinct()
        return sorted(self._session.scalars(query))

    def _judged_anew(self, case_ids: Sequence[int], at: datetime) -> Iterator[tuple[Whose, int, int]]:
        """Of each case: whose, whether its dates say unfinished at that instant, and whether its events do."""
        for some in _batches(case_ids):
            events = self._events_of(some, at, LEAN)
            last = {case_id: e.did for case_id in events for e in events[case_id] if e.did in _STANDING}
            columns = (col(CaseRow.id), _REGION, _PERSON, col(CaseRow.resolved_at), col(CaseRow.closed_at))
            mine = select(*columns).where(col(CaseRow.id).in_(some), col(CaseRow.opened_at) < at)
            for case_id, region, person, resolved, closed in self._session.execute(mine):
                ended = resolved or closed
                yield Whose(region, person), int(ended is None or ended >= at), int(last.get(case_id) not in ENDS)

    def turned(self, since: datetime, until: datetime) -> Iterator[TurnedCase]:
        """The cases that ended, went on or changed hands in a span."""
        did = col(EventRow.did)
        query: Any = select(col(EventRow.case_id), did).where(_IS_TURN, *_within(EventRow.at, since, until)).distinct()
        found = self._session.execute(query).all()
        handed = {case_id for case_id, did in found if did == Did.CASE_TRANSFERRED.value}
        for some in _batches(sorted({case_id for case_id, _ in found})):
            whole = [case_id for case_id in some if case_id in handed]
            lean = [case_id for case_id in some if case_id not in handed]
            events = {**self._events_of(whole, until, READ), **self._events_of(lean, until, LEAN)}
            query = (
                select(col(CaseRow.id), _REGION, _PERSON, col(CaseRow.opened_at), col(ComplaintRow.opened_at))
                .outerjoin(ComplaintRow, and_(_of_case(ComplaintRow), col(ComplaintRow.void_at).is_(None)))
                .where(col(CaseRow.id).in_(some))
            )
            for case_id, region, person, opened_at, complained_at in self._session.execute(query):
                yield TurnedCase(Whose(region, person), opened_at, complained_at, events.get(case_id, ()))

    def _events_of(self, case_ids: Sequence[int], until: datetime, dids: Sequence[Did]) -> dict[int, Sequence[Event]]:
        if not case_ids:
            return {}
        columns = (EventRow.case_id, EventRow.did, EventRow.at, EventRow.staff_id, EventRow.data)
        query = (
            select(*(col(column) for column in columns))
            .where(col(EventRow.case_id).in_(case_ids), col(EventRow.did).in_([did.value for did in dids]))
            .where(col(EventRow.at) < until)
            .order_by(col(EventRow.case_id), col(EventRow.id))
        )
        found = [Event(i, Did(did), at, staff, data) for i, did, at, staff, data in self._session.execute(query)]
        return {case_id: list(events) for case_id, events in groupby(found, key=lambda e: e.case_id)}

    def overdue(self, since: datetime, until: datetime) -> Mapping[Whose, int]:
        """How many cases passed a deadline in a span."""
        passed = is_exactly(col(EventRow.did), Did.DEADLINE_PASSED.value)
        query = (
            select(_REGION, _PERSON, func.count(col(EventRow.case_id).distinct()))
            .select_from(EventRow)
            .join(CaseRow, _of_case(EventRow))
            .where(_IS_TURN, passed, *_within(EventRow.at, since, until))
        )
        return self._by_whose(query)

    def complaints(self, since: datetime, until: datetime) -> Mapping[Whose, int]:
        """How many cases became complaints in a span."""
        query = select(_REGION, _PERSON, func.count()).select_from(ComplaintRow).join(CaseRow, _of_case(ComplaintRow))
        standing = col(ComplaintRow.void_at).is_(None)
        return self._by_whose(query.where(standing, *_within(ComplaintRow.opened_at, since, until)))

    def _by_whose(self, query: Select[*tuple[Any, ...]]) -> Mapping[Whose, int]:
        rows = self._session.execute(query.group_by(_REGION, _PERSON))
        return {Whose(region, person): count for region, person, count in rows}

    def promises(self, since: datetime, until: datetime) -> Sequence[PromiseSum]:
        """Promises that were settled in a span."""
        keys = (_REGION, col(PromiseRow.staff_id), col(PromiseRow.state))
        return [PromiseSum(*row) for row in self._sums(PromiseRow, PromiseRow.settled_at, since, until, keys)]

    def call_backs(self, since: datetime, until: datetime) -> Sequence[CallSum]:
        """Calls back that were done in a span."""
        late = sql_case((col(FollowUpRow.done_at) > col(FollowUpRow.deadline_at), 1), else_=0)
        keys = (_REGION, col(FollowUpRow.owner_id), func.coalesce(col(FollowUpRow.outcome), ""), late)
        done = is_exactly(col(FollowUpRow.state), FollowUpState.DONE.value)
        found = self._sums(FollowUpRow, FollowUpRow.done_at, since, until, keys, done)
        return [CallSum(region, owner, outcome, bool(is_late), n) for region, owner, outcome, is_late, n in found]

    def ratings(self, since: datetime, until: datetime) -> Sequence[RatingSum]:
        """Ratings that were asked for in a span."""
        row = RatingRow
        keys = (col(row.region), col(row.first_owner_id), col(row.handler_id), col(row.state), col(row.score))
        query = select(*keys, func.count()).where(*_within(row.asked_at, since, until)).group_by(*keys)
        return [RatingSum(*found) for found in self._session.execute(query)]

    def found(self, since: datetime, until: datetime) -> Sequence[FoundSum]:
        """What the lint found in a span."""
        held = func.count(col(FindingRow.draft_id))
        keys = (_REGION, col(FindingRow.staff_id), col(FindingRow.category))
        return [FoundSum(*row) for row in self._sums(FindingRow, FindingRow.at, since, until, keys, also=(held,))]

    def _sums(
        self, table: Any, column: Any, since: datetime, until: datetime, keys: tuple[Any, ...], *where: Any,
        also: tuple[Any, ...] = (),
    ) -> Any:  # fmt: skip
        query = select(*keys, func.count(), *also).select_from(table).join(CaseRow, _of_case(table))
        return self._session.execute(query.where(*_within(column, since, until), *where).group_by(*keys))

    def surveys(self, since: datetime, until: datetime) -> Sequence[SurveySum]:
        """Rounds that began in a span."""
        rounds = select(SurveyRow).where(*_within(SurveyRow.started_at, since, until)).order_by(col(SurveyRow.id))
        return [
            SurveySum(r.title, r.started_at, self._standings(r.id or 0)) for r in self._session.scalars(rounds).all()
        ]

    def _standings(self, survey_id: int) -> Mapping[Standing, int]:
        state = col(SurveyPersonRow.state)
        query = select(state, func.count()).where(col(SurveyPersonRow.survey_id) == survey_id).group_by(state)
        return {Standing(name): count for name, count in self._session.execute(query)}

    def events(self, since: datetime, until: datetime) -> Mapping[Did, int]:
        """How often each thing happened in a span."""
        did = col(EventRow.did)
        query = select(did, func.count()).where(*_within(EventRow.at, since, until)).group_by(did)
        return {Did(name): count for name, count in self._session.execute(query)}


_STANDING: Final = (*ENDS, Did.CASE_REOPENED)


def _within(column: Any, since: datetime, until: datetime) -> tuple[Any, Any]:
    return col(column) >= since, col(column) < until


def _of_case(table: Any) -> Any:
    return col(CaseRow.id) == col(table.case_id)


def _unfinished_at(at: datetime) -> tuple[Any, ...]:
    """Three ways in which the dates say that a case was unfinished then, each answered from an index of its own."""
    return (
        _IS_UNFINISHED,
        and_(~_IS_UNFINISHED, col(CaseRow.resolved_at) >= at),
        and_(~_IS_UNFINISHED, col(CaseRow.resolved_at).is_(None), col(CaseRow.closed_at) >= at),
    )


def _batches(case_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (case_ids[n : n + AT_ONCE] for n in range(0, len(case_ids), AT_ONCE))
