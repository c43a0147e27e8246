"""Give a case to the person who answers for it, with the reason."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.people import Role, Staff, region_of
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.route_record import recorded
from bot.desk.routing import Assignment, Candidate, route
from bot.desk.silence import lost_by_silence
from bot.usecases.groups import group_of
from bot.usecases.office import Office
from bot.usecases.ports import Work


def choose(
    work: Work,
    office: Office,
    *,
    region: str | None,
    province: str | None,
    previous: Case | None = None,
    first_owner_id: int | None = None,
    passed: Collection[int] = (),
) -> Assignment:
    """Who should get a case; DeskError when the department has nobody at all. Whoever chooses at the same time waits
    until this unit of work ends, so that two never count on the same free place.
    """
    people, counts = work.staff.candidates(), work.cases.open_counts()
    served = office.region(region)
    chosen = route(
        [Candidate(s, counts.get(s.id, 0)) for s in people],
        region=region,
        province=province,
        previous_owner_id=_own_specialist(work, previous.handler_id if previous else None),
        first_owner_id=first_owner_id or _own_specialist(work, previous.first_owner_id if previous else None),
        stand_ins=served.stand_in if served else (),
        passed=passed,
    )
    if chosen is None:
        raise DeskError("notice/no_staff")
    return chosen


def choose_next(work: Work, office: Office, *, case: Case, passed: Collection[int] = ()) -> Assignment:
    """Who should get an unfinished case now. Whoever is among `passed`, or has lost it by silence while the franchisee
    waits, gets it only when nobody else is on duty.
    """
    return choose(
        work, office, region=case.region, province=case.province, first_owner_id=case.first_owner_id,
        passed={*silent_before(work, case), *passed},
    )  # fmt: skip


def silent_before(work: Work, case: Case) -> Collection[int]:
    """Who has lost this case by silence since the franchisee wrote what nobody has answered."""
    return lost_by_silence(work.events.of_case(case.id), since=case.unanswered_since or case.opened_at)


def _own_specialist(work: Work, staff_id: int | None) -> int | None:
    """Only a specialist counts: a supervisor who stood in for an unknown place is not the franchisee's own."""
    owner = work.staff.get(staff_id) if staff_id else None
    return owner.id if owner and owner.role is Role.SPECIALIST else None


def note_assignment(work: Work, office: Office, now: datetime, *, case: Case, assignment: Assignment) -> None:
    """Record who got the case and why not the others; the person's idle time starts anew, and so does the time within
    which they are to answer before it goes to the next.
    """
    who = staff_of(work, assignment.staff_id)
    work.staff.save(replace(who, last_assigned_at=now))
    work.events.add(Event(case.id, Did.CASE_ASSIGNED, now, data={**recorded(assignment), "name": who.name}))
    watch(work, office, now, case)


def watch(work: Work, office: Office, now: datetime, case: Case) -> None:
    """Look again after the time in which whoever has the case now must have answered."""
    if office.terms.reassign_after:
        due = office.due(now, office.terms.reassign_after)
        work.reminders.add(Reminder(ReminderKind.SILENCE, case.id, due))


def workplace(work: Work, office: Office, *, region: str | None, who: Staff) -> int:
    """The group where a person works on a region's case: a specialist of another region stays in their own group."""
    own = [*who.regions, *(r.code for p in who.provinces if (r := region_of(p, office.regions)))]
    is_at_home = who.role is not Role.SPECIALIST or not own or region in own
    return group_of(work, office, region if is_at_home else own[0])


def staff_of(work: Work, staff_id: int) -> Staff:
    """A member of staff who must exist, since a case names them."""
    person = work.staff.get(staff_id)
    if person is None:
        raise LookupError(f"staff {staff_id} is named by a case and not on file")
    return person
