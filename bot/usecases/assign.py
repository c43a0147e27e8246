"""Give a case to the person who answers for it, with the reason."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.people import Role, Staff
from bot.desk.routing import Assignment, Candidate, route
from bot.usecases.office import Office
from bot.usecases.ports import Work


def choose(work: Work, *, region: str | None, province: str | None, previous: Case | None) -> Assignment:
    """Who should get a case; DeskError when the department has nobody at all."""
    counts = work.cases.open_counts()
    candidates = [Candidate(s, counts.get(s.id, 0)) for s in work.staff.all()]
    owner = _previous_owner(work, previous)
    chosen = route(candidates, region=region, province=province, previous_owner_id=owner)
    if chosen is None:
        raise DeskError("notice/no_staff")
    return chosen


def _previous_owner(work: Work, previous: Case | None) -> int | None:
    """Only a specialist counts: a supervisor who stood in for an unknown place is not the franchisee's own."""
    owner = work.staff.get(previous.handler_id) if previous else None
    return owner.id if owner and owner.role is Role.SPECIALIST else None


def note_assignment(work: Work, office: Office, now: datetime, *, case: Case, assignment: Assignment) -> None:
    """Record who got the case and why; the person's idle time starts anew."""
    who = staff_of(work, assignment.staff_id)
    work.staff.save(replace(who, last_assigned_at=now))
    details = {"to": str(who.id), "name": who.name, "reason": assignment.reason.value}
    work.events.add(Event(case.id, Did.CASE_ASSIGNED, now, data=details))


def staff_of(work: Work, staff_id: int) -> Staff:
    """A member of staff who must exist, since a case names them."""
    person = work.staff.get(staff_id)
    if person is None:
        raise LookupError(f"staff {staff_id} is named by a case and not on file")
    return person
