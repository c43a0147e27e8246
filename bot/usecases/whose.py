"""Whose figures a command asks for, and of which days: `姓名 时段`, in whichever order."""

from datetime import datetime

from bot.desk.errors import DeskError
from bot.desk.people import Staff
from bot.desk.period import Period, month_of, parse_period
from bot.usecases.office import Office
from bot.usecases.ports import Work


def whose(work: Work, office: Office, now: datetime, *, query: str, how: str) -> tuple[Staff | None, Period]:
    """The person (None: everybody) and the days (this month unless some are named); DeskError by the notice `how`."""
    today, names = office.today(now), {s.name: s for s in work.staff.all()}
    person, period = None, None
    for word in query.split():
        found = parse_period(word, today)
        if found is not None and period is None:
            period = found
        elif word.lstrip("@") in names and person is None:
            person = names[word.lstrip("@")]
        else:
            raise DeskError(how, word=word)
    return person, period or month_of(today)
