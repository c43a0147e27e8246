"""再见: asked for in the last message before closing; the goodbye script makes up for it, and the lack is recorded."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.draft import Outcome
from bot.desk.events import Did, Event
from bot.desk.lint import Severity
from bot.desk.message import Direction
from bot.usecases.found import data_of, keep_missing
from bot.usecases.office import Office
from bot.usecases.ports import Work


def note_goodbye(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Record when the last words of a person to the franchisee hold no 再见; nobody is told, nothing is lost."""
    said = [m for m in work.messages.of_case(case.id) if m.direction is Direction.OUT and m.content.text.strip()]
    last = said[-1] if said else None
    if last is None or last.staff_id is None:
        return
    report = office.linter.check(last.content.text)
    if report.courtesy.zaijian or report.courtesy_severity is Severity.OFF:
        return
    found = keep_missing(work, now, case=case, who_id=last.staff_id, lacks=("zaijian",), outcome=Outcome.MADE_UP,
                         message_id=last.id)  # fmt: skip
    data = {"message": str(last.id), **data_of(found)}
    work.events.add(Event(case.id, Did.GOODBYE_MISSED, now, staff_id=last.staff_id, data=data))
