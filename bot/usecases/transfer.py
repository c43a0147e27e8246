"""Offer a case to somebody else (转交): a person or a region, with a reason; until accepted, it stays where it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import MessageRef
from bot.desk.outgoing import Private
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.transfer import OfferState, TransferOffer
from bot.usecases.assign import choose, staff_of
from bot.usecases.at_hand import franchisee_of, require_in_charge, require_staff, require_unfinished, staff_and_case
from bot.usecases.concerned import tell_concerned
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.groups import group_of, room
from bot.usecases.hand_over import Handing, hand_over, require_receiver
from bot.usecases.keyboard import in_rows, numbered, pressed_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import edit, say
from bot.usecases.topics import place_of, show_card

REGION = "r."
"""What a choice begins with that is a region and no person."""


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
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    _require_offerable(work, office, now, case, who)
    people = _colleagues(work, case)
    if not people:
        raise DeskError("notice/nobody_to_transfer")
    buttons = (*_people_buttons(office, case, people), *_region_buttons(work, office, case))
    say(work, office, now, to=room(chat_id, thread_id), script="notice/transfer_to_whom",
        values={"case": str(case.id)}, buttons=buttons, case_id=case.id)  # fmt: skip
    return office.say("notice/transfer_choose").text


def ask_why(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, pressed: MessageRef
) -> str:
    """A person or a region was chosen: ask for the reason, in the same message."""
    _, case = staff_and_case(work, staff_telegram_id, case_id)
    name = _choice_name(work, office, choice)
    buttons = numbered(office.reasons_for_transfer, Verb.TRANSFER_WHY, case.id, after=choice)
    words = office.say("notice/transfer_why", case=str(case.id), name=name)
    edit(work, now, target=pressed, words=words, buttons=buttons)
    return ""


def transfer_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, pressed: MessageRef
) -> str:
    """Receiver and reason were chosen: the offer goes out; the words that answer the press."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    target, _, number = choice.rpartition(".")
    reason = pressed_of(office.reasons_for_transfer, number)
    to = _chosen(work, office, case, target)
    transfer(work, office, now, case=case, who=who, to=to, reason=reason)
    done = office.say("notice/transfer_offered_short", case=str(case.id), name=to.name)
    edit(work, now, target=pressed, words=done)
    return done.text


def transfer_by_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case: Case, target: str, reason: str
) -> None:
    """`/transfer 姓名或大区 原因`."""
    who = require_staff(work, staff_telegram_id)
    if not target or not reason:
        raise DeskError("notice/how_transfer")
    region = next((r for r in office.regions if target in (r.name, r.code)), None)
    to = _chosen(work, office, case, f"{REGION}{region.code}") if region else _named(work, target)
    transfer(work, office, now, case=case, who=who, to=to, reason=reason)


def transfer(work: Work, office: Office, now: datetime, *, case: Case, who: Staff, to: Staff, reason: str) -> None:
    """Offer a case; who takes a case upon themselves need not ask themselves."""
    _require_offerable(work, office, now, case, who)
    if to.id == case.handler_id:
        raise DeskError("notice/already_theirs", name=to.name)
    require_receiver(work, case, to)
    if to.id == who.id:
        _take_over(work, office, now, case, who, reason)
        return
    until = office.due(now, office.ownership.accept_within)
    offer = work.transfers.add(TransferOffer(0, case.id, case.handler_id, to.id, who.id, reason, now, until))
    work.reminders.add(Reminder(ReminderKind.TRANSFER, case.id, until))
    data = {"to": str(to.id), "name": to.name, "reason": reason}
    work.events.add(Event(case.id, Did.TRANSFER_OFFERED, now, staff_id=who.id, data=data))
    _tell_offer(work, office, now, case, offer)


def _take_over(work: Work, office: Office, now: datetime, case: Case, who: Staff, reason: str) -> None:
    after = hand_over(work, office, now, case=case, handing=Handing(who, who, reason))
    values = {"case": str(case.id), "name": who.name, "reason": reason}
    giver = staff_of(work, case.handler_id)
    tell_concerned(work, office, now, case=after, people=(giver,), script="notice/transfer_taken", values=values)
    what = office.line("step_accepted", name=who.name)
    tell_first_owner(work, office, now, case=after, what=what, told=(who.id, giver.id))


def _tell_offer(work: Work, office: Office, now: datetime, case: Case, offer: TransferOffer) -> None:
    """The receiver hears of it in the topic and in private, wherever their own group is."""
    by, to = staff_of(work, offer.by_id), staff_of(work, offer.to_id)
    values = {"case": str(case.id), "by": by.name, "name": to.name, "reason": offer.reason,
              "until": office.local(offer.answer_by)}  # fmt: skip
    answers = offer_buttons(office, case)
    say(work, office, now, to=place_of(case), script="notice/transfer_offered", values=values, buttons=answers,
        case_id=case.id)  # fmt: skip
    show = (Button(office.label("show_case"), Press(Verb.SHOW, case.id)),)
    about = {**values, "franchisee": franchisee_of(work, case).name}
    say(work, office, now, to=Private(to.telegram_id), script="notice/transfer_to_you", values=about,
        buttons=(*answers, show), case_id=case.id)  # fmt: skip
    show_card(work, case, now)
    what = office.line("step_offered", by=by.name, name=to.name, reason=offer.reason)
    tell_first_owner(work, office, now, case=case, what=what, told=(by.id, to.id))
    if by.id != case.handler_id != case.first_owner_id:
        giver = staff_of(work, case.handler_id)
        say(work, office, now, to=Private(giver.telegram_id), script="notice/transfer_offered", values=values,
            case_id=case.id)  # fmt: skip


def offer_buttons(office: Office, case: Case) -> Buttons:
    """接收 and 退回."""
    return ((Button(office.label("accept"), Press(Verb.ACCEPT, case.id)),
             Button(office.label("send_back"), Press(Verb.SEND_BACK, case.id))),)  # fmt: skip


def _require_offerable(work: Work, office: Office, now: datetime, case: Case, who: Staff) -> None:
    """The case is going on, it is theirs to give, and no offer waits that still holds."""
    require_unfinished(case)
    require_in_charge(case, who)
    pending = work.transfers.pending_of(case.id)
    if pending is None:
        return
    if pending.from_id != case.handler_id:
        work.transfers.save(replace(pending, state=OfferState.VOID, answered_at=now))
        return
    to = staff_of(work, pending.to_id)
    raise DeskError("notice/transfer_waits", case=str(case.id), name=to.name, until=office.local(pending.answer_by))


def _colleagues(work: Work, case: Case) -> list[Staff]:
    """Who is on duty, of the same region first, then supervisors, then the others."""
    people = [s for s in work.staff.all() if s.is_active and s.is_on_duty and s.id != case.handler_id]
    return sorted(people, key=lambda s: (case.region not in s.regions, s.role is Role.SPECIALIST, s.id))[:12]


def _people_buttons(office: Office, case: Case, people: Sequence[Staff]) -> Buttons:
    def label(person: Staff) -> str:
        return office.line("colleague", name=person.name, title=person.role.title_zh)

    buttons = [Button(label(s), Press(Verb.TRANSFER_TO, case.id, str(s.id))) for s in people]
    return in_rows(buttons, 2)


def _region_buttons(work: Work, office: Office, case: Case) -> Buttons:
    """The other regions that have somebody on duty."""
    staffed = {code for s in work.staff.all() if s.is_active and s.is_on_duty for code in s.regions}
    others = [r for r in office.regions if r.code in staffed and group_of(work, office, r.code) != case.group_id]
    label = office.label("to_region")
    buttons = [Button(label.format(region=r.name), Press(Verb.TRANSFER_TO, case.id, REGION + r.code)) for r in others]
    return in_rows(buttons, 4)


def _choice_name(work: Work, office: Office, choice: str) -> str:
    region = office.region(choice.removeprefix(REGION)) if choice.startswith(REGION) else None
    return region.name if region else _person(work, choice).name


def _chosen(work: Work, office: Office, case: Case, choice: str) -> Staff:
    """A person by number, or whom the routing of a region says; a region where nobody is on duty is refused."""
    if not choice.startswith(REGION):
        return _person(work, choice)
    region = office.region(choice.removeprefix(REGION))
    if region is None:
        raise DeskError("notice/button_outdated")
    to = staff_of(work, choose(work, office, region=region.code, province=None).staff_id)
    if not to.is_on_duty or (to.role is Role.SPECIALIST and region.code not in to.regions):
        raise DeskError("notice/region_empty", region=region.name)
    return to


def _person(work: Work, staff_id: str) -> Staff:
    person = work.staff.get(int(staff_id)) if staff_id.isdecimal() and len(staff_id) < 16 else None
    if person is None or not person.is_active:
        raise DeskError("notice/button_outdated")
    return person


def _named(work: Work, name: str) -> Staff:
    found = [s for s in work.staff.all() if s.is_active and s.name == name.lstrip("@")]
    if len(found) != 1:
        raise DeskError("notice/no_such_colleague", name=name)
    return found[0]
