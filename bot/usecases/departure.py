"""A colleague leaves (`/staff off 姓名`): not while cases are theirs; they are handed over in the same dialogue."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import STATE_NAMES, Case
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.message import MessageRef
from bot.desk.outgoing import Private
from bot.desk.people import Role, Staff
from bot.desk.transfer import OfferState
from bot.usecases.assign import choose_next, staff_of
from bot.usecases.at_hand import Spot, franchisee_of, require_case, require_supervisor
from bot.usecases.closing import pass_up
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.groups import room
from bot.usecases.hand_over import LEFT, Handing, hand_over
from bot.usecases.keyboard import in_rows
from bot.usecases.left_to_do import leave_to_do
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import edit, say
from bot.usecases.topics import place_of
from bot.usecases.transfer_answer import come_back

SHOWN = 20
OFFERED = 8
"""Colleagues that are offered by button."""


def leave(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, name: str, to_name: str = ""
) -> None:
    """`/staff off 姓名 [接手人或“派单”]`: who has no case is off at once, for others it is asked who takes them."""
    who = require_supervisor(work, staff_telegram_id)
    leaver = _named(work, name)
    _require_may(who, leaver)
    cases = _cases_of(work, leaver)
    place = room(spot.ref.chat_id, spot.thread_id)
    if not cases or to_name:
        told = _hand_all(work, office, now, who=who, leaver=leaver, to_name=to_name)
        say(work, office, now, to=place, script="notice/told", values={"words": told})
        return
    lines = [_line(work, office, case) for case in cases[:SHOWN]]
    if len(cases) > SHOWN:
        lines.append(office.line("more", count=len(cases) - SHOWN))
    values = {"name": leaver.name, "count": str(len(cases)), "lines": "\n".join(lines)}
    buttons = _offers(work, office, leaver, len(cases))
    say(work, office, now, to=place, script="notice/leaver_has_cases", values=values, buttons=buttons)


def leave_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, leaver_id: int, choice: str,
    pressed: MessageRef,
) -> str:  # fmt: skip
    """One tap: all cases to a named colleague, or each by routing (no choice), and the leaver is off."""
    who = require_supervisor(work, staff_telegram_id)
    leaver = work.staff.get(leaver_id)
    if leaver is None:
        raise DeskError("notice/button_outdated")
    if not leaver.is_active:
        raise DeskError("notice/left_already", name=leaver.name)
    _require_may(who, leaver)
    to = work.staff.get(int(choice)) if choice.isdecimal() and len(choice) < 16 else None
    told = _hand_all(work, office, now, who=who, leaver=leaver, to_name=to.name if to else "")
    edit(work, now, target=pressed, words=office.say("notice/told", words=told))
    return told


def _hand_all(work: Work, office: Office, now: datetime, *, who: Staff, leaver: Staff, to_name: str) -> str:
    """Everything in one transaction: either all cases have a new handler and the leaver is off, or nothing changed."""
    cases = _cases_of(work, leaver)
    by_routing = to_name in ("", office.word("by_routing"))
    to = None if by_routing else _receiver(work, leaver, to_name, len(cases))
    gone = replace(leaver, is_active=False, is_on_duty=False, duty_changed_at=now)
    work.staff.save(gone)  # first, so that routing does not choose them
    _drop_questions(work, office, now, gone)
    receivers: dict[int, list[Case]] = {}
    for case in cases:
        chosen = to or staff_of(work, choose_next(work, office, case=case).staff_id)
        handing = Handing(staff_of(work, chosen.id), who, office.word("left_company"), LEFT)
        after = hand_over(work, office, now, case=case, handing=handing)
        receivers.setdefault(chosen.id, []).append(after)
        _tell_case(work, office, now, after, leaver=gone, to=chosen, who=who)
    for staff_id, theirs in receivers.items():
        _tell_receiver(work, office, now, staff_of(work, staff_id), gone, theirs)
    leave_to_do(work, office, now, leaver=gone, by=who)
    if not cases:
        return office.say("notice/left_company", name=leaver.name).text
    names = "、".join(f"{staff_of(work, i).name} {len(c)}" for i, c in receivers.items())
    return office.say("notice/left_with_cases", name=leaver.name, count=str(len(cases)), people=names).text


def _drop_questions(work: Work, office: Office, now: datetime, leaver: Staff) -> None:
    """What waited for the leaver's word: offers go back, closings are put to the supervisors."""
    for offer in work.transfers.pending_to(leaver.id):
        answered = replace(offer, state=OfferState.RETURNED, answer=office.word("left_company_short"))
        come_back(work, office, now, require_case(work, offer.case_id), answered)
    for closing in work.closings.pending_for(leaver.id):
        pass_up(work, office, now, case=require_case(work, closing.case_id), closing=closing)


def _tell_case(work: Work, office: Office, now: datetime, case: Case, *, leaver: Staff, to: Staff, who: Staff) -> None:
    values = {"case": str(case.id), "name": to.name, "leaver": leaver.name}
    say(work, office, now, to=place_of(case), script="notice/leaver_handed", values=values, case_id=case.id)
    what = office.line("step_accepted", name=to.name)
    tell_first_owner(work, office, now, case=case, what=what, told=(to.id, who.id))


def _tell_receiver(work: Work, office: Office, now: datetime, to: Staff, leaver: Staff, cases: Sequence[Case]) -> None:
    """One message for all of them, with a button for each."""
    buttons = [Button(f"#{c.id}", Press(Verb.SHOW, c.id)) for c in cases[:SHOWN]]
    rows = in_rows(buttons, 5)
    values = {"leaver": leaver.name, "count": str(len(cases)),
              "lines": "\n".join(_line(work, office, c) for c in cases[:SHOWN])}  # fmt: skip
    say(work, office, now, to=Private(to.telegram_id), script="notice/leaver_to_you", values=values, buttons=rows)


def _offers(work: Work, office: Office, leaver: Staff, count: int) -> Buttons:
    """By routing, or to one of those on duty who have room for all, the same region first."""
    counts = work.cases.open_counts()
    able = [s for s in work.staff.all() if _is_able(s, leaver, counts.get(s.id, 0) + count)]
    able.sort(key=lambda s: (not set(s.regions) & set(leaver.regions), s.role is not Role.SPECIALIST, s.id))
    label = office.label("leave_to")
    people = [Button(label.format(name=s.name), Press(Verb.LEAVE_TO, leaver.id, str(s.id))) for s in able[:OFFERED]]
    rows = in_rows(people, 2)
    return ((Button(office.label("leave_route"), Press(Verb.LEAVE_TO, leaver.id)),), *rows)


def _is_able(person: Staff, leaver: Staff, load: int) -> bool:
    is_here = person.is_active and person.is_on_duty and person.id != leaver.id
    return is_here and (person.role is not Role.SPECIALIST or load <= person.capacity)


def _receiver(work: Work, leaver: Staff, name: str, count: int) -> Staff:
    to = _named(work, name)
    if to.id == leaver.id:
        raise DeskError("notice/no_such_colleague", name=name)
    if not to.is_on_duty:
        raise DeskError("notice/receiver_off_duty", name=to.name)
    load = work.cases.open_counts().get(to.id, 0)
    if not _is_able(to, leaver, load + count):
        raise DeskError("notice/leaver_too_many", name=to.name, load=str(load), count=str(count),
                        capacity=str(to.capacity))  # fmt: skip
    return to


def _cases_of(work: Work, leaver: Staff) -> list[Case]:
    return [case for case in work.cases.answered_for_by(leaver.id) if case.handler_id == leaver.id]


def _line(work: Work, office: Office, case: Case) -> str:
    name = franchisee_of(work, case).name
    return office.line("leaver_case", case=case.id, state=STATE_NAMES[case.state], name=name)


def _named(work: Work, name: str) -> Staff:
    found = [s for s in work.staff.all() if s.name == name.lstrip("@")]
    active = [s for s in found if s.is_active]
    if found and not active:
        raise DeskError("notice/left_already", name=name)
    if len(active) != 1:
        raise DeskError("notice/no_such_colleague", name=name)
    return active[0]


def _require_may(who: Staff, leaver: Staff) -> None:
    """Supervisors let specialists go, the manager everybody; nobody themselves."""
    if who.id == leaver.id or (who.role is Role.SUPERVISOR and leaver.role is not Role.SPECIALIST):
        raise NotAllowed("notice/leave_not_yours", name=leaver.name)
