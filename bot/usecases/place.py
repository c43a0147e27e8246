"""Learn where a store is: the case goes to the region that serves it, unless somebody has taken it already."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import ContentKind, Direction
from bot.desk.outgoing import Outgoing, Private, SayText
from bot.desk.people import Franchisee
from bot.desk.script import Rendered
from bot.usecases import relay
from bot.usecases.assign import choose_next, note_assignment, staff_of, workplace
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.stored import offers_kept
from bot.usecases.topics import close_topic, place_of, ready_topic, show_card


def choose_province(work: Work, office: Office, now: datetime, *, sender: Sender, case_id: int, province: str) -> str:
    """The franchisee pressed a province; the words that answer the press."""
    person = met(work, now, sender)
    if office.region_of(province) is None:
        raise DeskError("notice/unknown_province", province=province)
    work.franchisees.save(replace(person, province=province))
    case = work.cases.get(case_id)
    if case is None or case.franchisee_id != person.id or not case.is_unfinished:
        return province
    if case.province != province:
        place_case(work, office, now, case=case, person=person, province=province, source="button")
    return province


def place_case(
    work: Work, office: Office, now: datetime, *, case: Case, person: Franchisee, province: str, source: str
) -> None:
    """Set a case's province; a case that nobody has taken is routed anew and moves to the region's group."""
    region = office.region_of(province)
    code = region.code if region else None
    placed = replace(case, province=province, region=code)
    work.events.add(Event(case.id, Did.PROVINCE_SET, now, data={"province": province, "source": source}))
    if case.first_owner_id is None:
        placed = _rerouted(work, office, now, placed)
    work.cases.save(placed)
    _show_move(work, office, now, case, placed, person)
    _tell_person(work, office, now, placed, person)


def _rerouted(work: Work, office: Office, now: datetime, case: Case) -> Case:
    chosen = choose_next(work, office, case=case)
    note_assignment(work, office, now, case=case, assignment=chosen)
    who = staff_of(work, chosen.staff_id)
    return replace(
        case,
        handler_id=who.id,
        route_reason=office.reason(chosen.reason),
        group_id=workplace(work, office, region=case.region, who=who),
    )


def _show_move(work: Work, office: Office, now: datetime, before: Case, after: Case, person: Franchisee) -> None:
    if after.group_id != before.group_id:
        move(work, office, now, before=before, after=after, person=person)
    show_card(work, after, now)


def move(
    work: Work,
    office: Office,
    now: datetime,
    *,
    before: Case,
    after: Case,
    person: Franchisee,
    pointer: str = "notice/moved_to_region",
    where: dict[str, str] | None = None,
    recap: Rendered | None = None,
) -> None:
    """The case goes on in another group: a topic there with all that was said, a pointer in the old place.

    With a `recap` the words are told in that one message, and only what is no text is carried over.
    """
    region = office.region(after.region)
    where = where or {"case": str(after.id), "region": region.name if region else office.word("place_unknown")}
    say(work, office, now, to=place_of(before), script=pointer, values=where, case_id=after.id)
    show_card(work, replace(after, group_id=before.group_id), now)
    close_topic(work, before, now)
    ready_topic(work, after, person, now)
    show_card(work, after, now)
    if recap is not None:
        work.outbox.add(Outgoing(place_of(after), SayText(recap.text, html=recap.html), case_id=after.id), at=now)
    kept = offers_kept(work, after.id)
    for message in work.messages.of_case(after.id):
        if message.direction is Direction.IN and (recap is None or message.content.kind is not ContentKind.TEXT):
            offers = _offers(office, kept.get(message.id, ()))
            relay.to_group(work, office, now, case=after, message=message, offers=offers)


def _offers(office: Office, script_ids: Sequence[str]) -> list[relay.Offer]:
    """Those that are still there: scripts are files that people change."""
    found = {script.id: script.title for script in office.scripts.ready()}
    return [relay.Offer(each, found[each]) for each in script_ids if each in found]


def _tell_person(work: Work, office: Office, now: datetime, case: Case, person: Franchisee) -> None:
    region = office.region(case.region)
    handler = work.staff.get(case.handler_id)
    values = {
        "province": case.province or "",
        "region": region.name if region else "",
        "specialist": office.called(handler) if handler else "",
        "case": str(case.id),
    }
    to = Private(person.telegram_id)
    say(work, office, now, to=to, script="notice/province_set", values=values, case_id=case.id)
