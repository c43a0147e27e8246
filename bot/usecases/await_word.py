"""It is the franchisee's turn: look again after a while whether they said anything."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.office import Office
from bot.usecases.ports import Work


def await_word(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """In working hours; nothing when silent franchisees are not asked again."""
    if office.sla.ask_again_after:
        due = office.opening(office.due(now, office.sla.ask_again_after))
        work.reminders.add(Reminder(ReminderKind.NO_WORD, case.id, due))
