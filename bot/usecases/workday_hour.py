"""An hour of the next working day: when what comes once a working day is due."""

from datetime import datetime, time, timedelta
from typing import Final

from bot.usecases.office import Office

FARTHEST: Final = 400
"""Days that are searched; no calendar rests longer."""


def next_workday_at(office: Office, now: datetime, at: time) -> datetime:
    """The hour (the desk's time) on the first working day that it is still ahead of (UTC)."""
    today = office.today(now)
    for ahead in range(FARTHEST):
        day = today + timedelta(days=ahead)
        instant = datetime.combine(day, at, office.zone).astimezone(now.tzinfo)
        if instant > now and office.calendar.is_workday(day):
            return instant
    return now + timedelta(days=FARTHEST)
