"""Open a case, or open one again: from the first instant somebody answers for it."""

from dataclasses import replace
from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import Case, State
from bot.desk.events import Did, Event
from bot.desk.people import Franchisee
from bot.desk.routing import Assignment
from bot.usecases.assign import choose, note_assignment, staff_of, workplace
from bot.usecases.deadlines import look_again
from bot.usecases.office import Office
from bot.usecases.old_buttons import drop_objection_buttons
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.spare import case_goes_on
from bot.usecases.topics import place_of, ready_topic, show_card


def open_case(
    work: Work,
    office: Office,
    now: datetime,
    *,
    person: Franchisee,
    previous: Case | None,
    hinted_province: str | None = None,
    hinted_region: str | None = None,
    taken_by: int | None = None,
) -> Case:
    """A new case: the bound store decides the place, then what the person said of themselves, then the text.

    A text that gives no province may still give a region, which is enough to know whose case it is.
    """
    store = work.stores.get(person.store_number) if person.store_number else None
    province = (store.province if store else None) or person.province or hinted_province
    region = office.region_of(province) if province else office.region(hinted_region)
    code = region.code if region else None
    chosen = choose(work, office, region=code, province=province, previous=previous)
    handler = staff_of(work, taken_by or chosen.staff_id)
    fresh = Case(
        id=0,
        franchisee_id=person.id,
        state=State.OPEN if taken_by else State.NEW,
        handler_id=handler.id,
        first_owner_id=taken_by,
        opened_at=now,
        group_id=workplace(work, office, region=code, who=handler),
        region=code,
        province=province,
        store_number=person.store_number,
        route_reason=office.reason("answered_first" if taken_by else chosen.reason),
        previous_case_id=previous.id if previous else None,
    )
    case = work.cases.add(replace(fresh, resolve_by=office.deadlines.resolve_by(fresh, now)))
    look_again(work, office, now, case=case)
    _record_opening(work, office, now, case, previous, chosen, taken_by)
    return case


def _record_opening(
    work: Work,
    office: Office,
    now: datetime,
    case: Case,
    previous: Case | None,
    chosen: Assignment,
    taken_by: int | None,
) -> None:
    linked = {"previous": str(previous.id)} if previous else {}
    work.events.add(Event(case.id, Did.CASE_OPENED, now, data={"region": case.region or "", **linked}))
    if taken_by:
        work.events.add(Event(case.id, Did.CASE_CLAIMED, now, staff_id=taken_by))
    else:
        note_assignment(work, office, now, case=case, assignment=chosen)


def reopen(work: Work, office: Office, now: datetime, *, case: Case, person: Franchisee, by: int | None = None) -> Case:
    """The same matter goes on with its first owner; off duty or full, routing says who answers for it."""
    owner = case.first_owner_id or case.handler_id
    chosen = choose(work, office, region=case.region, province=case.province, first_owner_id=owner)
    why = office.reason("reopened" if chosen.staff_id == owner else chosen.reason)
    due = office.deadlines.resolve_by(case, now)
    after = replace(moves.reopened(case, handler_id=by or chosen.staff_id, resolve_by=due), route_reason=why)
    if by is None:
        who = staff_of(work, chosen.staff_id)
        after = replace(after, group_id=workplace(work, office, region=case.region, who=who))
    work.cases.save(after)
    case_goes_on(work, now, case=after)
    work.events.add(Event(case.id, Did.CASE_REOPENED, now, staff_id=by, data={"handler": str(after.handler_id)}))
    look_again(work, office, now, case=after, events=work.events.of_case(case.id))
    if by is None:
        note_assignment(work, office, now, case=after, assignment=chosen)
    ready_topic(work, after, person, now)
    show_card(work, after, now)
    say(work, office, now, to=place_of(after), script="notice/case_reopened", values={"case": str(case.id)},
        case_id=case.id)  # fmt: skip
    drop_objection_buttons(work, now, case=case)
    return after
