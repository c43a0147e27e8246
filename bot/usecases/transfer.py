"""Transfer a case (转交): the handler changes, the first owner never does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import MessageRef
from bot.desk.outgoing import Button, Buttons, EditText, Outgoing, Press, Priority, Private, Verb
from bot.desk.people import Role, Staff
from bot.usecases.assign import choose
from bot.usecases.at_hand import franchisee_of, require_case, require_staff
from bot.usecases.groups import group_of, room
from bot.usecases.office import Office
from bot.usecases.place import move
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of, show_card


def offer_transfer(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    case_id: int,
    chat_id: int,
    thread_id: int | None,
) -> str:
    """The button 转交: ask to whom."""
    require_staff(work, staff_telegram_id)
    case = require_case(work, case_id)
    people = _colleagues(work, case)
    if not people:
        raise DeskError("notice/nobody_to_transfer")
    say(work, office, now, to=room(chat_id, thread_id), script="notice/transfer_to_whom",
        values={"case": str(case.id)}, buttons=_people_buttons(office, case, people), case_id=case.id)  # fmt: skip
    return office.say("notice/transfer_choose").text


def ask_why(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, pressed: MessageRef
) -> str:
    """A person was chosen: ask for the reason, in the same message."""
    require_staff(work, staff_telegram_id)
    case = require_case(work, case_id)
    person = _person(work, choice)
    reasons = office.reasons_for_transfer
    buttons = tuple(
        (Button(reason, Press(Verb.TRANSFER_WHY, case.id, f"{person.id}.{n}")),) for n, reason in enumerate(reasons)
    )
    words = office.say("notice/transfer_why", case=str(case.id), name=person.name)
    _edit(work, now, pressed, words.text, words.html, buttons)
    return ""


def transfer_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, pressed: MessageRef
) -> str:
    """Person and reason were chosen: hand over."""
    who = require_staff(work, staff_telegram_id)
    person_id, _, number = choice.partition(".")
    person = _person(work, person_id)
    reasons = office.reasons_for_transfer
    if not number.isdigit() or int(number) >= len(reasons):
        raise DeskError("notice/button_outdated")
    case = require_case(work, case_id)
    transfer(work, office, now, case=case, who=who, to=person, reason=reasons[int(number)])
    done = office.say("notice/transfer_done", case=str(case.id), name=person.name)
    _edit(work, now, pressed, done.text, done.html, ())
    return done.text


def transfer_by_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case: Case, target: str, reason: str
) -> None:
    """`/transfer 姓名或大区 原因`."""
    who = require_staff(work, staff_telegram_id)
    if not target or not reason:
        raise DeskError("notice/how_transfer")
    region = next((r for r in office.regions if target in (r.name, r.code)), None)
    if region is not None:
        chosen = choose(work, office, region=region.code, province=None)
        person = _person(work, str(chosen.staff_id))
    else:
        person = _named(work, target)
    transfer(work, office, now, case=case, who=who, to=person, reason=reason)


def transfer(work: Work, office: Office, now: datetime, *, case: Case, who: Staff, to: Staff, reason: str) -> None:
    """Hand a case over; the person, the topic and the franchisee are told."""
    if not case.is_unfinished:
        raise DeskError("notice/case_is_over", case=str(case.id))
    if to.id == case.handler_id:
        raise DeskError("notice/already_theirs", name=to.name)
    why, group_id = office.line("transferred", reason=reason), _group_of(work, office, case, to)
    after = replace(case, handler_id=to.id, group_id=group_id, route_reason=why)
    work.cases.save(after)
    work.staff.save(replace(to, last_assigned_at=now))
    data = {"from": str(case.handler_id), "to": str(to.id), "reason": reason}
    work.events.add(Event(case.id, Did.CASE_TRANSFERRED, now, staff_id=who.id, data=data))
    _tell(work, office, now, case, after, who, to, reason)


def _tell(
    work: Work, office: Office, now: datetime, before: Case, after: Case, who: Staff, to: Staff, reason: str
) -> None:
    person = franchisee_of(work, after)
    if after.group_id != before.group_id:
        move(work, office, now, before=before, after=after, person=person)
    values = {"case": str(after.id), "by": who.name, "name": to.name, "reason": reason}
    say(work, office, now, to=place_of(after), script="notice/transferred", values=values, case_id=after.id)
    show_card(work, after, now)
    script = "notice/transferred_franchisee"
    say(work, office, now, to=Private(person.telegram_id), script=script,
        values={"case": str(after.id), "specialist": office.called(to)}, case_id=after.id)  # fmt: skip


def _group_of(work: Work, office: Office, case: Case, to: Staff) -> int:
    """A specialist of another region works in that region's group; a supervisor comes to where the case is."""
    if to.role is not Role.SPECIALIST or not to.regions or case.region in to.regions:
        return case.group_id
    return group_of(work, office, to.regions[0])


def _colleagues(work: Work, case: Case) -> list[Staff]:
    """Who is on duty, of the same region first, then supervisors, then the others."""
    people = [s for s in work.staff.all() if s.is_active and s.is_on_duty and s.id != case.handler_id]
    return sorted(people, key=lambda s: (case.region not in s.regions, s.role is Role.SPECIALIST, s.id))[:12]


def _people_buttons(office: Office, case: Case, people: Sequence[Staff]) -> Buttons:
    def label(person: Staff) -> str:
        return office.line("colleague", name=person.name, title=person.role.title_zh)

    buttons = [Button(label(s), Press(Verb.TRANSFER_TO, case.id, str(s.id))) for s in people]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def _person(work: Work, staff_id: str) -> Staff:
    person = work.staff.get(int(staff_id)) if staff_id.isdigit() else None
    if person is None or not person.is_active:
        raise DeskError("notice/button_outdated")
    return person


def _named(work: Work, name: str) -> Staff:
    found = [s for s in work.staff.all() if s.is_active and s.name == name.lstrip("@")]
    if len(found) != 1:
        raise DeskError("notice/no_such_colleague", name=name)
    return found[0]


def _edit(work: Work, now: datetime, target: MessageRef, text: str, html: str, buttons: Buttons) -> None:
    act = EditText(target, text, html=html, buttons=buttons)
    row = Outgoing(room(target.chat_id, None), act, priority=Priority.REPLY)
    work.outbox.add(row, at=now)
