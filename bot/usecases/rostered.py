"""The roster as far as it matters now: what lies behind is read for an attendance sheet only."""

from datetime import datetime, timedelta

from bot.desk.roster import Roster
from bot.usecases.office import Office
from bot.usecases.ports import Work

BEHIND = timedelta(days=2)
"""A night shift began yesterday, and may have been swapped on its own date."""


def roster_now(work: Work, office: Office, now: datetime) -> Roster:
    """Two days back, and all that is to come."""
    return work.rosters.roster(since=office.today(now) - BEHIND)
