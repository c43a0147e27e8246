"""Let a paused case's clock go on: the time that was left at the pause is left still."""

from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.usecases.deadlines import look_again
from bot.usecases.office import Office
from bot.usecases.ports import Work


def resume(work: Work, office: Office, now: datetime, *, case: Case, by: int | None = None) -> Case:
    """The case with its deadline moved by as long as it stood; the caller saves it."""
    work.events.add(Event(case.id, Did.CASE_RESUMED, now, staff_id=by))
    after = moves.resumed(case, resolve_by=office.deadlines.moved(case, now))
    look_again(work, office, now, case=after, events=work.events.of_case(case.id))
    return after
