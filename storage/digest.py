"""The figures of the daily digest, counted by the database from the events, over one index that holds nothing else."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, null, select, text
from sqlalchemy import case as sql_case
from sqlmodel import Session, col

from bot.desk.case import UNFINISHED, State
from bot.desk.digest import ANSWERS, NOTABLE, STANDING, Counts, Ended, Figure, Figures, Happened, OpenCase, stood_at
from bot.desk.events import Did, Event
from bot.usecases.ports.digest import Openings
from storage.conditions import is_exactly, is_one_of
from storage.tables import COUNTED_EVENT, CaseRow, EventRow, MessageRow

AT_ONCE: Final = 500
PER_CASE: Final = 3
"""Messages of a franchisee that are read of a case: what it is about stands at its beginning."""
_COUNTED: Final = text(f"event.{COUNTED_EVENT}")
"""Spelled as the index is, for the same reason as in `conditions.py`."""
_ENDS: Final = (Did.CASE_RESOLVED, Did.CASE_CLOSED)
_FIGURES: Final = {
    Figure.NEW: (Did.CASE_OPENED,), Figure.ANSWERED: ANSWERS, Figure.RESOLVED: (Did.CASE_RESOLVED,),
}  # fmt: skip
_REGION: Final = func.coalesce(col(CaseRow.region), "")
_IS_UNFINISHED: Final = is_one_of(col(CaseRow.state), *(s.value for s in UNFINISHED))
_SAME_CASE: Final = col(CaseRow.id) == col(EventRow.case_id)
_EVENT: Final = (col(EventRow.case_id), col(EventRow.did), col(EventRow.at), col(EventRow.staff_id))
_DATA: Final = col(EventRow.data)
_SENT: Final = sql_case((col(EventRow.did) == Did.FRANCHISEE_WROTE.value, _DATA), else_=null())
"""Of the voices' events only these say more than that they happened; to read what the others hold took half of it."""
_DIDS: Final = {did.value: did for did in Did}


class SqlDigests:
    """The figures of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def counts(self, since: datetime, until: datetime) -> Counts:
        """Each case once a figure."""
        found: dict[str, dict[Figure, int]] = defaultdict(dict)
        query = _counting(_REGION, since, until, tuple(_FIGURES)).join(CaseRow, _SAME_CASE)
        for region, figure, count in self._session.execute(query):
            found[region][Figure(figure)] = count
        return found

    def by_person(self, since: datetime, until: datetime) -> Mapping[int, Figures]:
        """Whoever did it, be it their case or not."""
        found: dict[int, dict[Figure, int]] = defaultdict(dict)
        query = _counting(col(EventRow.staff_id), since, until, (Figure.ANSWERED, Figure.RESOLVED))
        for staff_id, figure, count in self._session.execute(query.where(col(EventRow.staff_id).is_not(None))):
            found[staff_id][Figure(figure)] = count
        return found

    def count(self, figure: Figure, since: datetime, until: datetime) -> int:
        """Counted where they lie: to read the instants of two weeks for their number took half a second."""
        did = is_one_of(col(EventRow.did), *(d.value for d in _FIGURES[figure]))
        cases = select(func.count(col(EventRow.case_id).distinct())).where(_COUNTED, did, *_within(since, until))
        return int(self._session.scalar(cases) or 0)

    def times(self, figure: Figure, since: datetime, until: datetime) -> Sequence[datetime]:
        """Each case once, when it happened first within the span; from the index alone."""
        did = is_one_of(col(EventRow.did), *(d.value for d in _FIGURES[figure]))
        first = select(func.min(col(EventRow.at))).where(_COUNTED, did, *_within(since, until))
        return list(self._session.scalars(first.group_by(col(EventRow.case_id))))

    def notable(self, since: datetime, until: datetime) -> Sequence[Happened]:
        """In the order in which they happened."""
        did = is_one_of(col(EventRow.did), *(d.value for d in NOTABLE))
        query = _happened().where(_COUNTED, did, *_within(since, until))
        return sorted(self._read(query), key=lambda each: each.event.at)

    def open_at(self, at: datetime) -> Sequence[OpenCase]:
        """What goes on by now, and what has ended since; a case to which something happened since is read anew."""
        rows = [*self._session.execute(_open().where(_IS_UNFINISHED, col(CaseRow.opened_at) < at))]
        known = {row.id for row in rows}
        ended = [case_id for case_id in self._ended_since(at) if case_id not in known]
        for part in _parts(ended):
            ours = _open().where(col(CaseRow.id).in_(part), col(CaseRow.opened_at) < at)
            rows += self._session.execute(ours)
        events = self._events([row.id for row in rows], STANDING)
        found = [c for row in rows if (c := _open_case(row, events.get(row.id, ()), at)) is not None]
        return sorted(found, key=lambda c: (not c.is_late, c.late_since or at, c.case_id))

    def of_ended(self, since: datetime, until: datetime, kinds: Sequence[Did]) -> Sequence[Ended]:
        """All their events of these kinds, from the beginning."""
        did = is_one_of(col(EventRow.did), *(d.value for d in _ENDS))
        cases = select(col(EventRow.case_id)).where(_COUNTED, did, *_within(since, until)).distinct()
        ids = sorted(self._session.scalars(cases))
        events = self._events(ids, kinds, data=_SENT)
        places = (
            row for part in _parts(ids) for row in self._session.execute(_open().where(col(CaseRow.id).in_(part)))
        )
        return [Ended(row.id or 0, row.region, row.handler_id, events[row.id or 0]) for row in places]

    def openings(self, since: datetime, until: datetime, *, limit: int) -> Openings:
        """Of more cases than `limit` every so manieth by number."""
        opened = (_COUNTED, is_exactly(col(EventRow.did), Did.CASE_OPENED.value), *_within(since, until))
        cases = int(self._session.scalar(select(func.count()).select_from(EventRow).where(*opened)) or 0)
        step = -(-cases // limit) if limit else 1
        ids = select(col(EventRow.case_id)).where(*opened, col(EventRow.case_id) % step == 0)
        told: dict[int, list[str]] = defaultdict(list)
        for part in _parts(list(self._session.scalars(ids))):
            for case_id, words in self._session.execute(_incoming(part)):
                if len(told[case_id]) < PER_CASE:
                    told[case_id].append(words)
        return Openings(cases, ["\n".join(words) for words in told.values()])

    def _ended_since(self, at: datetime) -> list[int]:
        did = is_one_of(col(EventRow.did), *(d.value for d in _ENDS))
        query = select(col(EventRow.case_id)).where(_COUNTED, did, col(EventRow.at) >= at).distinct()
        return sorted(self._session.scalars(query))

    def _events(self, case_ids: Sequence[int], kinds: Sequence[Did], *, data: Any = _DATA) -> Mapping[int, list[Event]]:
        found: dict[int, list[Event]] = defaultdict(list)
        for part in _parts(case_ids):
            query = select(*_EVENT, data).where(col(EventRow.case_id).in_(part))
            query = query.where(col(EventRow.did).in_([k.value for k in kinds]))
            rows = self._session.execute(query.order_by(col(EventRow.case_id), col(EventRow.id)))
            for case_id, did, at, staff_id, told in rows:
                found[case_id].append(Event(case_id, _DIDS[did], at, staff_id, told or {}))
        return found

    def _read(self, query: Select[int, str, datetime, int | None, dict[str, str], str, int]) -> Iterator[Happened]:
        for case_id, did, at, staff_id, data, region, handler_id in self._session.execute(query):
            yield Happened(Event(case_id, _DIDS[did], at, staff_id, data), region, handler_id)


def _within(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(EventRow.at) >= since, col(EventRow.at) < until


def _counting(by: Any, since: datetime, until: datetime, figures: Sequence[Figure]) -> Select[Any]:
    """How many cases each figure has, by region or person."""
    of = {did: figure for figure in figures for did in _FIGURES[figure]}
    named = sql_case({did.value: figure.value for did, figure in of.items()}, value=col(EventRow.did))
    counted = select(by, named, func.count(col(EventRow.case_id).distinct())).select_from(EventRow)
    return counted.where(
        _COUNTED, is_one_of(col(EventRow.did), *(d.value for d in of)), *_within(since, until)
    ).group_by(by, named)


def _happened() -> Select[int, str, datetime, int | None, dict[str, str], str, int]:
    columns = select(*_EVENT, _DATA, _REGION, col(CaseRow.handler_id)).select_from(EventRow)
    return columns.join(CaseRow, _SAME_CASE)


def _open() -> Select[int | None, str, int, str, datetime | None, datetime | None]:
    return select(
        col(CaseRow.id), _REGION.label("region"), col(CaseRow.handler_id), col(CaseRow.state), col(CaseRow.respond_by),
        col(CaseRow.resolve_by),
    )  # fmt: skip


def _open_case(row: Any, events: Sequence[Event], at: datetime) -> OpenCase | None:
    """As the case stands, unless something happened to it since: then as its events say it stood."""
    if row.state in {s.value for s in UNFINISHED} and not any(e.at >= at for e in events):
        passed = [by for by in (row.respond_by, row.resolve_by) if by is not None and by < at]
        return OpenCase(row.id, row.region, row.handler_id, min(passed, default=None), row.state == State.WAITING.value)
    stood = stood_at(events, at)
    if not stood.is_open:
        return None
    return OpenCase(row.id, row.region, row.handler_id, stood.late_since, stood.is_waiting)


def _incoming(case_ids: Sequence[int]) -> Select[int, str]:
    query = select(col(MessageRow.case_id), col(MessageRow.text))
    return query.where(
        col(MessageRow.case_id).in_(case_ids), col(MessageRow.direction) == "in", col(MessageRow.text) != ""
    ).order_by(col(MessageRow.case_id), col(MessageRow.id))


def _parts(case_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (case_ids[n : n + AT_ONCE] for n in range(0, len(case_ids), AT_ONCE))
