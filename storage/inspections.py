"""Quality inspections with their history, the day's draws, and what a review reads beside."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, select, update
from sqlmodel import Session, col

from bot.desk.attendance import DutyDid
from bot.desk.case import Case
from bot.desk.draft import DOUBT_EXCEPTED, DOUBT_OPEN
from bot.desk.draw import Candidate, Draw, DrawShares, Why
from bot.desk.events import Did
from bot.desk.inspection import Inspection, InspectionDid, InspectionState, InspectionStep
from storage.changed import changed
from storage.conditions import is_one_of
from storage.inbox import insert_or_ignore
from storage.rows import case_of
from storage.tables import (
    CaseRow,
    ComplaintRow,
    DutyEventRow,
    EventRow,
    FindingRow,
    InspectionDrawRow,
    InspectionRow,
    InspectionStepRow,
    ScoreCardRow,
)

AT_ONCE = 500
"""Cases asked for in one statement."""
_AWAITED = is_one_of(col(InspectionRow.state), InspectionState.DRAWN.value, InspectionState.APPEALED.value)


class SqlInspections:
    """The inspections of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, draw: Draw) -> bool:
        """An insert that only one can make."""
        return insert_or_ignore(self._session, InspectionDrawRow, [_draw_values(draw)], ["day"]) == 1

    def draw(self, day: date) -> Draw | None:
        """A day's draw."""
        row = self._session.get(InspectionDrawRow, day)
        return _draw(row) if row is not None else None

    def last_draw(self) -> Draw | None:
        """The newest draw."""
        row = self._session.scalars(select(InspectionDrawRow).order_by(col(InspectionDrawRow.day).desc()).limit(1))
        newest = row.first()
        return _draw(newest) if newest is not None else None

    def keep_card(self, version: str, source: str) -> None:
        """Keep a version."""
        insert_or_ignore(self._session, ScoreCardRow, [{"version": version, "source": source}], ["version"])

    def card(self, version: str) -> str | None:
        """The text of a version."""
        return self._session.scalar(select(col(ScoreCardRow.source)).where(col(ScoreCardRow.version) == version))

    def add(self, item: Inspection) -> Inspection | None:
        """Store one, unless the case has one."""
        if insert_or_ignore(self._session, InspectionRow, [_values(item)], ["case_id"]) != 1:
            return None
        return self.of_case(item.case_id)

    def of_case(self, case_id: int) -> Inspection | None:
        """The one of a case, locked."""
        query = select(InspectionRow).where(col(InspectionRow.case_id) == case_id).with_for_update()
        row = self._session.scalars(query.execution_options(populate_existing=True)).first()
        return _item(row) if row is not None else None

    def save(self, item: Inspection) -> None:
        """Write one back."""
        here = update(InspectionRow).where(col(InspectionRow.id) == item.id)
        if changed(self._session.execute(here.values(**_values(item)))) != 1:
            raise LookupError(f"inspection {item.id} is not stored")

    def waiting(self) -> Sequence[Inspection]:
        """Appeals first, then the oldest draw."""
        state = col(InspectionRow.state)
        return self._all(
            select(InspectionRow).where(_AWAITED).order_by(state, col(InspectionRow.day), col(InspectionRow.case_id))
        )

    def of_staff(self, staff_id: int, *, limit: int = 20) -> Sequence[Inspection]:
        """What somebody was scored for."""
        mine = (col(InspectionRow.staff_id) == staff_id, col(InspectionRow.scored_at).is_not(None))
        newest = (col(InspectionRow.scored_at).desc(), col(InspectionRow.case_id).desc())
        return self._all(select(InspectionRow).where(*mine).order_by(*newest).limit(limit))

    def of_day(self, day: date) -> Sequence[Inspection]:
        """What a day's draw led to."""
        query = select(InspectionRow).where(col(InspectionRow.day) == day)
        return self._all(query.order_by(col(InspectionRow.case_id)))

    def scored(self, since: datetime, until: datetime) -> Sequence[Inspection]:
        """Those whose first score was given then."""
        at = col(InspectionRow.scored_at)
        return self._all(select(InspectionRow).where(at >= since, at < until).order_by(at, col(InspectionRow.case_id)))

    def note(self, *steps: InspectionStep) -> None:
        """Append to the history."""
        for step in steps:
            self._session.add(InspectionStepRow(**{**asdict(step), "did": step.did.value, "data": dict(step.data)}))
        self._session.flush()

    def steps(self, inspection_id: int) -> Sequence[InspectionStep]:
        """What happened to one."""
        query = select(InspectionStepRow).where(col(InspectionStepRow.inspection_id) == inspection_id)
        rows = self._session.scalars(query.order_by(col(InspectionStepRow.id)))
        return [InspectionStep(r.inspection_id, InspectionDid(r.did), r.at, r.staff_id, r.data) for r in rows]

    def ended(self, since: datetime, until: datetime) -> Sequence[int]:
        """The cases that ended then and were never drawn."""
        drawn = exists().where(col(InspectionRow.case_id) == col(EventRow.case_id))
        at, did = col(EventRow.at), col(EventRow.did).in_([Did.CASE_RESOLVED.value, Did.CASE_CLOSED.value])
        query = select(col(EventRow.case_id)).where(at > since, at <= until, did, ~drawn).distinct()
        return list(self._session.scalars(query.order_by(col(EventRow.case_id))))

    def cases(self, case_ids: Collection[int]) -> Mapping[int, Case]:
        """Cases by number, not locked."""
        found: dict[int, Case] = {}
        for some in _batches(case_ids):
            query = select(CaseRow).where(col(CaseRow.id).in_(some)).execution_options(populate_existing=True)
            rows = self._session.scalars(query)
            found |= {case.id: case for case in map(case_of, rows)}
        return found

    def complaints(self, case_ids: Collection[int]) -> Collection[int]:
        """Which of these are complaints; a mark that was taken back counts for none."""
        found: set[int] = set()
        for some in _batches(case_ids):
            stands = (col(ComplaintRow.case_id).in_(some), col(ComplaintRow.void_at).is_(None))
            found |= set(self._session.scalars(select(col(ComplaintRow.case_id)).where(*stands)))
        return found

    def first_on(self) -> Mapping[int, datetime]:
        """When each signed on for the first time: read once a day, of a table that grows by a few rows a person."""
        person, at = col(DutyEventRow.staff_id), func.min(col(DutyEventRow.at))
        signed = (col(DutyEventRow.did) == DutyDid.SIGNED_ON.value, person.is_not(None))
        rows = self._session.execute(select(person, at).where(*signed).group_by(person))
        return {staff_id: first for staff_id, first in rows if staff_id is not None}

    def found_in(self, case_id: int, staff_id: int) -> Sequence[tuple[str, str]]:
        """(category, outcome) of what was found and is no false alarm."""
        mine = (col(FindingRow.case_id) == case_id, col(FindingRow.staff_id) == staff_id)
        stands = col(FindingRow.doubt).not_in([DOUBT_OPEN, DOUBT_EXCEPTED])
        query = select(col(FindingRow.category), col(FindingRow.outcome)).where(*mine, stands)
        return [(category, outcome) for category, outcome in self._session.execute(query.order_by(col(FindingRow.id)))]

    def _all(self, query: Select[Any]) -> list[Inspection]:
        return [_item(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]


def _batches(case_ids: Collection[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(case_ids)
    return (ordered[n : n + AT_ONCE] for n in range(0, len(ordered), AT_ONCE))


def _values(item: Inspection) -> dict[str, Any]:
    values = asdict(item)
    del values["id"]
    return {**values, "why": item.why.value, "state": item.state.value}


def _item(row: InspectionRow) -> Inspection:
    values = {f.name: getattr(row, f.name) for f in fields(Inspection)}
    return Inspection(**{**values, "why": Why(row.why), "state": InspectionState(row.state)})


def _draw_values(draw: Draw) -> dict[str, Any]:
    kept = {name: getattr(draw, name) for name in ("day", "at", "since", "until", "seed")}
    return {**kept, "shares": list(astuple(draw.shares)), "pool": [list(astuple(each)) for each in draw.pool]}


def _draw(row: InspectionDrawRow) -> Draw:
    pool = tuple(Candidate(*each) for each in row.pool)
    return Draw(row.day, row.at, row.since, row.until, row.seed, DrawShares(*row.shares), pool)
