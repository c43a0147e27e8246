"""The one place where somebody goes on or off duty: the persisted truth and the record of it change together."""

from dataclasses import replace
from datetime import datetime

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.people import Staff
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.reassign import duty_changed


def flip(work: Work, office: Office, now: datetime, *, who: Staff, is_on: bool, by_desk: bool = False) -> Staff:
    """Change `is_on_duty`, record it, and route anew what that concerns; the person as they are now.

    Nothing when it is so already.
    """
    if who.is_on_duty == is_on:
        return who
    after = replace(who, is_on_duty=is_on, duty_changed_at=now)
    work.staff.save(after)
    did = DutyDid.SIGNED_ON if is_on else DutyDid.CLOSED if by_desk else DutyDid.SIGNED_OFF
    work.attendance.add(DutyEvent(did, now, staff_id=who.id, by_id=None if by_desk else who.id))
    duty_changed(work, office, now, who=after)
    return after
