"""Give a dead letter (死信) another try."""

from datetime import datetime

from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.usecases.at_hand import require_staff
from bot.usecases.office import Office
from bot.usecases.ports import Work


def retry(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, row_id: int) -> str:
    """The button 重试 under 未送达; pressing it twice sends once. The words that answer the press."""
    who = require_staff(work, staff_telegram_id)
    row = work.outbox.get(row_id)
    if row is None or not work.outbox.revive(row_id, at=now):
        raise DeskError("notice/nothing_to_retry")
    if row.outgoing.case_id is not None:
        event = Event(row.outgoing.case_id, Did.RETRIED, now, staff_id=who.id, data={"row": str(row_id)})
        work.events.add(event)
    return office.say("notice/retrying").text
