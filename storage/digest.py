"""The figures of the daily digest, counted by the database over indexed spans."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from bot.desk.case import UNFINISHED, State
from bot.desk.digest import Counts, Delayed, Figure
from bot.desk.events import Did
from storage.conditions import is_one_of
from storage.tables import CaseRow, ComplaintRow, EventRow, FindingRow, LowRatingRow

_EVENTS: Final = {
    Figure.NEW: Did.CASE_OPENED, Figure.ANSWERED: Did.SPECIALIST_ANSWERED, Figure.RESOLVED: Did.CASE_RESOLVED,
}  # fmt: skip
_REGION: Final = func.coalesce(col(CaseRow.region), "")
_IS_UNFINISHED: Final = is_one_of(col(CaseRow.state), *(s.value for s in UNFINISHED))
_RUNS: Final = col(CaseRow.state) != State.WAITING.value


class SqlDigests:
    """The figures of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_span(self, since: datetime, until: datetime) -> Counts:
        """Each from the table that records it."""
        found: dict[str, dict[Figure, int]] = defaultdict(dict)
        for figure, did in _EVENTS.items():
            happened = _by_region(EventRow, EventRow.at, since, until, distinct=True)
            self._put(found, figure, happened.where(col(EventRow.did) == did.value))
        complained = _by_region(ComplaintRow, ComplaintRow.opened_at, since, until)
        self._put(found, Figure.COMPLAINTS, complained.where(col(ComplaintRow.void_at).is_(None)))
        self._put(found, Figure.LOW_RATINGS, _by_region(LowRatingRow, LowRatingRow.opened_at, since, until))
        forbidden = _by_region(FindingRow, FindingRow.at, since, until)
        self._put(found, Figure.FORBIDDEN, forbidden.where(col(FindingRow.severity) == "block"))
        return found

    def momentary(self, now: datetime) -> Counts:
        """From the unfinished cases alone."""
        found: dict[str, dict[Figure, int]] = defaultdict(dict)
        unfinished = select(_REGION, func.count()).where(_IS_UNFINISHED).group_by(_REGION)
        self._put(found, Figure.OPEN, unfinished)
        self._put(found, Figure.OVERDUE, unfinished.where(_RUNS, col(CaseRow.resolve_by) < now))
        return found

    def delayed(self, now: datetime, *, limit: int) -> Sequence[Delayed]:
        """The longest overdue first."""
        late_by = col(CaseRow.resolve_by)
        query = select(col(CaseRow.id), _REGION, col(CaseRow.handler_id), late_by)
        query = query.where(_IS_UNFINISHED, _RUNS, late_by < now).order_by(late_by, col(CaseRow.id)).limit(limit)
        return [Delayed(*row) for row in self._session.execute(query)]

    def _put(self, found: dict[str, dict[Figure, int]], figure: Figure, query: Select[Any]) -> None:
        for region, count in self._session.execute(query):
            found[region][figure] = count


def _by_region(table: Any, at: Any, since: datetime, until: datetime, *, distinct: bool = False) -> Select[Any]:
    count = func.count(col(table.case_id).distinct()) if distinct else func.count()
    query = select(_REGION, count).select_from(table).join(CaseRow, col(CaseRow.id) == col(table.case_id))
    return query.where(col(at) >= since, col(at) < until).group_by(_REGION)
