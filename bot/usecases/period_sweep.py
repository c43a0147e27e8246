"""Reports on schedule: each period's goes out once, however many processes look and however often they begin anew."""

from datetime import datetime, timedelta
from typing import Final

from bot.desk.fiscal import FiscalPeriod, Grain, due_at, holding
from bot.desk.outgoing import Address, Group, Priority, Private
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.wall import instant
from bot.usecases.office import Office
from bot.usecases.period_command import order
from bot.usecases.ports import Work

NO_SUBJECT: Final = 0
LATEST: Final = timedelta(days=7)
"""After an outage a report is sent late, but no later than this: what is older is asked for by `/report`."""


def plan_reports(work: Work, office: Office, now: datetime) -> None:
    """Look again when the next report is due; at the latest tomorrow, for the calendar may change."""
    ahead = [at for period in _candidates(office, now) if (at := _due(office, period)) > now]
    tomorrow = instant(office.today(now) + timedelta(days=1), 0, office.zone)
    work.reminders.add(Reminder(ReminderKind.REPORT, NO_SUBJECT, min([*ahead, tomorrow])))


def look_at_reports(work: Work, office: Office, now: datetime, *, subject: int = NO_SUBJECT) -> None:
    """Send what is due, each once; nothing of a time at which there was no desk."""
    begun = work.period_figures.begun_at()
    for period in _candidates(office, now):
        due, end = _due(office, period), instant(period.days.end, 0, office.zone)
        is_due = due <= now < due + LATEST and begun is not None and begun < end
        if is_due and work.attendance.step(f"report:{period.code()}", now):
            for place in _places(work, office):
                order(work, now, to=place, period=period, priority=Priority.DIGEST)
    plan_reports(work, office, now)


def _candidates(office: Office, now: datetime) -> list[FiscalPeriod]:
    """Of each kind that is sent, the last two that are over, and the one that goes on: its report is the next."""
    terms, today = office.reports, office.today(now)
    going_on = [holding(today, grain, begins=terms.begins) for grain in Grain if terms.nth[grain]]
    return [each for period in going_on for each in (period.before.before, period.before, period)]


def _due(office: Office, period: FiscalPeriod) -> datetime:
    terms = office.reports
    return due_at(period, terms.nth[period.grain], terms.at, zone=office.zone, is_workday=office.calendar.is_workday)


def _places(work: Work, office: Office) -> list[Address]:
    """The chat of the settings; without one, everybody of the roles in private."""
    terms = office.reports
    if terms.chat_id:
        return [Group(work.groups.current(terms.chat_id))]
    return [Private(s.telegram_id) for s in work.staff.all() if s.is_active and s.role in terms.roles]
