"""Keep the work calendar: lay imported days over it, take in new ones, say in time that a decree is missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot.desk.calendar import ANNOUNCED_FROM, SpecialDay
from bot.desk.outgoing import Priority
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.groups import supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Changes, Work
from bot.usecases.say import say

ASK_AT = time(9)
"""When on the first of the month (the desk's zone) supervisors are asked for the next year's decree."""


def with_imported(work: Work, office: Office) -> Office:
    """The office as it is with the days that are stored now."""
    return replace(office, calendar=office.calendar.with_imported(work.special_days.all()))


def import_days(work: Work, office: Office, now: datetime, *, days: Sequence[SpecialDay]) -> Changes:
    """Add or change special days by date; those that are not named stay."""
    return work.special_days.put_all(days)


def missing_decrees(office: Office, now: datetime) -> tuple[int, ...]:
    """Years whose decree should be at hand by now and is not: for `check`, and for the supervisors' digest."""
    return office.calendar.missing_years(now.astimezone(office.zone).date())


def plan_decree_notice(work: Work, office: Office, now: datetime) -> None:
    """Look again at the next first of November or December whether the year after has its decree (once, whoever asks).

    The year that is asked about stands in the place of the reminder's case.
    """
    if office.calendar.follows_decree:
        due = _next_look(office, now)
        work.reminders.add(Reminder(ReminderKind.DECREE, due.astimezone(office.zone).year + 1, due))


def _next_look(office: Office, now: datetime) -> datetime:
    year = now.astimezone(office.zone).year
    firsts = [date(y, month, 1) for y in (year, year + 1) for month in range(ANNOUNCED_FROM, 13)]
    looks = (datetime.combine(first, ASK_AT, office.zone) for first in firsts)
    return next(look for look in looks if look > now)


def ask_for_decree(work: Work, office: Office, now: datetime, *, subject: int) -> None:
    """Tell the supervisors, unless the year (`subject`) is known by now; and plan the next look."""
    year = subject
    current = with_imported(work, office)
    if not current.calendar.is_known(year):
        say(work, office, now, to=supervisors(work, office), script="notice/decree_missing",
            values={"year": str(year)}, priority=Priority.DIGEST)  # fmt: skip
    plan_decree_notice(work, current, now)
