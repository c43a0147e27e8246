"""Let a paused case's clock go on: the working time that was left at the pause is left still."""

from datetime import datetime, timedelta

from bot.desk import case as moves
from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.usecases.office import Office
from bot.usecases.ports import Work


def resume(work: Work, office: Office, now: datetime, *, case: Case, by: int | None = None) -> Case:
    """The case with its deadline moved by as long as it stood; the caller saves it."""
    work.events.add(Event(case.id, Did.CASE_RESUMED, now, staff_id=by))
    return moves.resumed(case, resolve_by=_moved_deadline(office, case, now))


def _moved_deadline(office: Office, case: Case, now: datetime) -> datetime | None:
    if case.resolve_by is None or case.paused_at is None:
        return case.resolve_by
    if case.resolve_by <= case.paused_at:
        return case.resolve_by
    left: timedelta = office.calendar.working_time_between(case.paused_at, case.resolve_by, office.zone)
    return office.due(now, left)
