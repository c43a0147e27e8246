"""Write an imported roster down: all of it or nothing, and what has to be looked at next is looked at now."""

from datetime import datetime

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.roster_file import RosterFile
from bot.usecases.office import Office
from bot.usecases.ports import Changes, Work
from bot.usecases.roster_sweep import look_ahead


def enrol_roster(work: Work, office: Office, now: datetime, *, roster: RosterFile) -> Changes:
    """Take over shifts, weeks and dates; the same file twice changes nothing. ValueError while it has problems."""
    if roster.problems:
        raise ValueError("a roster with problems is not to be used")
    done = work.rosters.put(shifts=roster.shifts, weekly=roster.weekly, dated=roster.dated, today=office.today(now))
    if done.added or done.changed:
        told = {"added": str(done.added), "changed": str(done.changed)}
        work.attendance.add(DutyEvent(DutyDid.ROSTER_IMPORTED, now, data=told))
        look_ahead(work, office, now)
    return done
