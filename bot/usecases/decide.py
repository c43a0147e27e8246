"""Say yes or no to a request (`/approve`, `/decline`, buttons), or take one's own back (`/cancel`)."""

from dataclasses import replace
from datetime import datetime

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.duty_request import DutyRequest, Stage, Wish, may_approve
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.message import MessageRef
from bot.desk.people import Role, Staff
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.change_rules import still_possible
from bot.usecases.duty_asked import answer_buttons, decided, outcome, places_of_change, tell_asker, what_words
from bot.usecases.duty_words import day_words, names_of
from bot.usecases.groups import room, supervisors
from bot.usecases.handover import hand_over
from bot.usecases.holes import left_empty
from bot.usecases.office import Office
from bot.usecases.on_duty import flip
from bot.usecases.ports import Work
from bot.usecases.roster_sweep import look_ahead
from bot.usecases.rostered import roster_now
from bot.usecases.say import edit, say

_MOST_DIGITS = 9


def press_decision(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, request_id: int, is_yes: bool,
    pressed: MessageRef,
) -> str:  # fmt: skip
    """The buttons: the words that answer the press; once it is answered, the question says by whom and how."""
    told = decide(work, office, now, staff_telegram_id=staff_telegram_id, request_id=request_id, is_yes=is_yes)
    edit(work, now, target=pressed, words=outcome(work, office, _request(work, request_id)))
    return told


def decide_by_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, number: str, name: str
) -> None:
    """`/approve N`, `/decline N`, `/cancel N`."""
    plain = number.strip().lstrip("#").removesuffix("号").strip()
    if not plain.isdecimal() or len(plain) > _MOST_DIGITS:
        raise DeskError("notice/how_approve")
    if name == "cancel":
        told = cancel(work, office, now, staff_telegram_id=staff_telegram_id, request_id=int(plain))
    else:
        told = decide(work, office, now, staff_telegram_id=staff_telegram_id, request_id=int(plain),
                      is_yes=name == "approve")  # fmt: skip
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/told", values={"words": told}, reply_to=spot.ref)


def decide(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, request_id: int, is_yes: bool) -> str:
    """The colleague agrees or not, then who may approves or not; the words for whoever decided."""
    who = require_staff(work, staff_telegram_id)
    request = _request(work, request_id)
    stage = Stage.REFUSED if not is_yes else Stage.AGREED if request.waits_for_colleague else Stage.APPROVED
    if _is_said(who, request, is_yes):
        return _told(work, office, request)
    is_taken_back = not is_yes and request.stage is Stage.AGREED and who.id == request.colleague_id
    if not is_taken_back:
        _may_decide(work, office, now, who, request)
    return _decide(work, office, now, request, who, stage)


def _is_said(who: Staff, request: DutyRequest, is_yes: bool) -> bool:
    """Whether this person has given this very answer: twice is once."""
    said = (Stage.AGREED, Stage.APPROVED) if is_yes else (Stage.REFUSED,)
    return request.decided_by == who.id and request.stage in said


def approve_own(work: Work, office: Office, now: datetime, *, request: DutyRequest, who: Staff) -> str:
    """The manager's own leave, and what supervisors arrange themselves: nobody else has to say yes."""
    return _decide(work, office, now, request, who, Stage.APPROVED)


def _request(work: Work, request_id: int) -> DutyRequest:
    request = work.rosters.request(request_id)
    if request is None:
        raise DeskError("notice/no_such_request", number=str(request_id))
    return request


def _may_decide(work: Work, office: Office, now: datetime, who: Staff, request: DutyRequest) -> None:
    names = names_of(work)
    if not request.is_open:
        by = names.get(request.decided_by or 0, "—")
        stage = office.duty(f"stage_{request.stage.value}")
        raise DeskError("notice/request_decided", number=str(request.id), stage=stage, by=by,
                        at=office.local(request.decided_at))  # fmt: skip
    if request.waits_for_colleague:
        if who.id != request.colleague_id:
            name = names.get(request.colleague_id or 0, "?")
            raise NotAllowed("notice/request_waits", number=str(request.id), name=name)
    elif not may_approve(who, request, leave_approver=office.attendance.leave_approver):
        needed = office.attendance.leave_approver if request.wish is Wish.LEAVE else Role.SUPERVISOR.value
        raise NotAllowed("notice/request_not_yours", title=Role(needed).title_zh)
    if request.last_day < office.today(now):
        raise DeskError("notice/request_past", day=day_words(office, request.last_day))


def _decide(work: Work, office: Office, now: datetime, request: DutyRequest, who: Staff, stage: Stage) -> str:
    if stage in (Stage.AGREED, Stage.APPROVED) and request.wish is not Wish.LEAVE:
        still_possible(work, office, now, request, from_anywhere=who.role is not Role.SPECIALIST)
    after = decided(request, stage, who, now)
    if stage is Stage.APPROVED and request.wish is Wish.LEAVE:
        after = _from_now(work, office, now, after)
    if not work.rosters.decide(after, was=request.stage):
        _may_decide(work, office, now, who, _request(work, request.id))
        raise DeskError("notice/request_changed", number=str(request.id))
    did = {Stage.AGREED: DutyDid.AGREED, Stage.APPROVED: DutyDid.APPROVED}.get(stage, DutyDid.REFUSED)
    data = {"request": str(request.id)}
    work.attendance.add(DutyEvent(did, now, staff_id=request.asker_id, by_id=who.id, data=data))
    _tell(work, office, now, after, who)
    if stage is Stage.APPROVED:
        _take_effect(work, office, now, after)
    return _told(work, office, after)


def _told(work: Work, office: Office, request: DutyRequest) -> str:
    """What whoever decided reads."""
    stage = office.duty(f"stage_{request.stage.value}")
    what = what_words(work, office, request)
    name = names_of(work).get(request.asker_id, "?")
    return office.say("notice/you_decided", number=str(request.id), name=name, what=what, stage=stage).text


def _tell(work: Work, office: Office, now: datetime, request: DutyRequest, who: Staff) -> None:
    match request.stage:
        case Stage.AGREED:
            ask_supervisors(work, office, now, request)
            tell_asker(work, office, now, request, "notice/request_agreed", by=who.name)
        case Stage.APPROVED:
            _tell_all(work, office, now, request, who, "notice/request_approved")
        case _:
            _tell_all(work, office, now, request, who, "notice/request_refused")


def _tell_all(work: Work, office: Office, now: datetime, request: DutyRequest, who: Staff, script: str) -> None:
    """The asker in private, and a change of the roster to the team that lives by it."""
    if request.asker_id != who.id:
        tell_asker(work, office, now, request, script, by=who.name)
    if request.colleague_id is None or request.stage is not Stage.APPROVED:
        return
    values = {"what": what_words(work, office, request), "by": who.name,
              "name": names_of(work).get(request.asker_id, "?")}  # fmt: skip
    for place in places_of_change(work, office, request, but=who):
        say(work, office, now, to=place, script="notice/roster_changed", values=values)


def ask_supervisors(work: Work, office: Office, now: datetime, request: DutyRequest) -> None:
    """Both sides want the change: the supervisors have the last word."""
    values = {"number": str(request.id), "what": what_words(work, office, request), "reason": request.reason or "—",
              "name": names_of(work).get(request.asker_id, "?")}  # fmt: skip
    say(work, office, now, to=supervisors(work, office), script="notice/change_asked", values=values,
        buttons=answer_buttons(office, request))  # fmt: skip


def _from_now(work: Work, office: Office, now: datetime, request: DutyRequest) -> DutyRequest:
    """Who is at the post when the leave is approved was there until then."""
    asker = work.staff.get(request.asker_id)
    is_there = asker is not None and asker.is_on_duty and request.first_day <= office.today(now)
    if request.from_at is not None:
        return replace(request, from_at=now)
    watches = roster_now(work, office, now).watches_of(request.asker_id, request.first_day)
    began = any(t.starts_at(office.zone) <= now for t in watches)
    return replace(request, from_at=now) if is_there and began else request


def _take_effect(work: Work, office: Office, now: datetime, request: DutyRequest) -> None:
    """Who may leave now is off duty from now; and what the roster makes due is done."""
    asker = work.staff.get(request.asker_id)
    if request.wish is Wish.LEAVE and request.from_at == now and asker is not None and asker.is_on_duty:
        watches = roster_now(work, office, now).watches_of(asker.id, request.first_day)
        going = next((t for t in watches if t.starts_at(office.zone) <= now < t.ends_at(office.zone)), None)
        if going is not None:
            hand_over(work, office, now, who=asker, watch=going)
        flip(work, office, now, who=asker, is_on=False)
        left_empty(work, office, now, who=asker)
    look_ahead(work, office, now)


def cancel(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, request_id: int) -> str:
    """Take one's own request back, as long as it has not begun; twice is once."""
    who = require_staff(work, staff_telegram_id)
    request = _request(work, request_id)
    if request.asker_id != who.id:
        raise NotAllowed("notice/request_not_own", number=str(request.id))
    if request.stage is not Stage.CANCELLED:
        _cancel(work, office, now, request, who)
    what = what_words(work, office, request)
    return office.say("notice/request_cancelled", number=str(request.id), what=what).text


def _cancel(work: Work, office: Office, now: datetime, request: DutyRequest, who: Staff) -> None:
    has_begun = request.stage is Stage.APPROVED and _has_begun(work, office, now, request)
    if request.stage is Stage.REFUSED or has_begun:
        stage = office.duty(f"stage_{request.stage.value}")
        raise DeskError("notice/request_begun", number=str(request.id), stage=stage)
    if not work.rosters.decide(decided(request, Stage.CANCELLED, who, now), was=request.stage):
        raise DeskError("notice/request_changed", number=str(request.id))
    data = {"request": str(request.id)}
    work.attendance.add(DutyEvent(DutyDid.CANCELLED, now, staff_id=who.id, by_id=who.id, data=data))
    values = {"number": str(request.id), "what": what_words(work, office, request), "name": who.name}
    say(work, office, now, to=supervisors(work, office), script="notice/cancelled_here", values=values)
    if request.stage is Stage.APPROVED and request.colleague_id is not None:
        for place in places_of_change(work, office, request):
            say(work, office, now, to=place, script="notice/roster_back", values=values)
    look_ahead(work, office, now)


def _has_begun(work: Work, office: Office, now: datetime, request: DutyRequest) -> bool:
    if request.from_at is not None:
        return True
    people = [i for i in (request.asker_id, request.colleague_id) if i is not None]
    days = [request.first_day, *([request.their_day] if request.their_day else [])]
    roster = replace(roster_now(work, office, now), leaves=())
    watches = [t for day in days for i in people for t in roster.watches_of(i, day)]
    return min(days) < office.today(now) or any(t.starts_at(office.zone) <= now for t in watches)
