"""What a request is in words, who is asked, and who hears of the answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.duty_request import DutyRequest, Stage, Wish, may_approve
from bot.desk.errors import DeskError
from bot.desk.outgoing import Address, Group, Private
from bot.desk.people import Role, Staff
from bot.desk.roster import WHOLE_DESK
from bot.desk.script import Rendered
from bot.usecases.duty_words import day_words, days_words, names_of
from bot.usecases.groups import group_of, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

ASKED = {Wish.LEAVE: DutyDid.LEAVE_ASKED, Wish.SWAP: DutyDid.SWAP_ASKED, Wish.STAND_IN: DutyDid.STAND_IN_ASKED}


def what_words(work: Work, office: Office, request: DutyRequest) -> str:
    """请假 11月25日 周三; 换班 11月25日 周三 与周宁的 11月26日 周四 互换."""
    return f"{office.duty(f'wish_{request.wish.value}')} {_days(work, office, request)}"


def _days(work: Work, office: Office, request: DutyRequest) -> str:
    name = names_of(work).get(request.colleague_id or 0, "?")
    match request.wish:
        case Wish.LEAVE if request.from_at is not None and request.first_day == request.last_day:
            return office.duty("from_now", day=day_words(office, request.first_day))
        case Wish.LEAVE:
            return days_words(office, request.first_day, request.last_day)
        case Wish.SWAP if request.their_day in (None, request.first_day):
            return office.duty("swap_day", day=day_words(office, request.first_day), name=name)
        case Wish.SWAP:
            theirs = day_words(office, request.their_day or request.first_day)
            return office.duty("swap_days", mine=day_words(office, request.first_day), name=name, theirs=theirs)
        case Wish.STAND_IN:
            return office.duty("stand_in_days", day=day_words(office, request.first_day), name=name)


def line_of(work: Work, office: Office, request: DutyRequest) -> str:
    """One request in a list."""
    return office.duty(
        "request",
        number=request.id,
        name=names_of(work).get(request.asker_id, "?"),
        wish=office.duty(f"wish_{request.wish.value}"),
        days=_days(work, office, request),
        stage=office.duty(f"stage_{request.stage.value}"),
    )


def file(work: Work, now: datetime, request: DutyRequest, *, by: Staff | None = None) -> DutyRequest:
    """Store a request and the fact that it was made (`by`: the supervisor who arranges it)."""
    stored = work.rosters.ask(request)
    data = {"request": str(stored.id)}
    work.attendance.add(
        DutyEvent(ASKED[stored.wish], now, staff_id=stored.asker_id, by_id=by.id if by else stored.asker_id, data=data)
    )
    return stored


def not_again(work: Work, office: Office, request: DutyRequest) -> None:
    """DeskError when the very same was asked before."""
    for other in _standing(work, request):
        if other.is_same(request):
            raise DeskError("notice/request_known", **_values(work, office, other))


def not_beside(work: Work, office: Office, request: DutyRequest) -> None:
    """DeskError when something else of the asker's lies on the same dates, and both cannot be."""
    for other in _standing(work, request):
        is_leave = Wish.LEAVE in (other.wish, request.wish)
        is_mine = other.asker_id == request.asker_id and (is_leave or other.is_open)
        if is_mine and other.touches(request.first_day, request.last_day):
            raise DeskError("notice/request_overlaps", **_values(work, office, other))


def _standing(work: Work, request: DutyRequest) -> Sequence[DutyRequest]:
    stages = (Stage.ASKED, Stage.AGREED, Stage.APPROVED)
    return work.rosters.requests(stages=stages, staff_id=request.asker_id, since=request.first_day)


def _values(work: Work, office: Office, request: DutyRequest) -> dict[str, str]:
    what, stage = what_words(work, office, request), office.duty(f"stage_{request.stage.value}")
    return {"number": str(request.id), "what": what, "stage": stage}


def answer_buttons(office: Office, request: DutyRequest) -> Buttons:
    """同意/不同意 for the colleague, 批准/不批准 for who approves."""
    yes, no = ("agree", "decline") if request.waits_for_colleague else ("approve", "turn_down")
    return (
        (
            Button(office.label(yes), Press(Verb.APPROVE, request.id)),
            Button(office.label(no), Press(Verb.DECLINE, request.id)),
        ),
    )


def approvers(work: Work, office: Office, request: DutyRequest) -> Sequence[Staff]:
    """Who may say yes to it."""
    rule = office.attendance.leave_approver
    return [s for s in work.staff.all() if s.is_active and may_approve(s, request, leave_approver=rule)]


def place_of_team(work: Work, office: Office, person: Staff) -> Address:
    """Where a person's team is: their region's group, or for leaders the supervisors' chat."""
    codes = [*person.regions, *(r.code for r in office.regions if set(r.provinces) & set(person.provinces))]
    if person.role is not Role.SPECIALIST or not codes:
        return supervisors(work, office)
    return Group(group_of(work, office, codes[0]))


def serves(office: Office, person: Staff, region: str) -> bool:
    """Whether somebody can stand in a region; leaders can stand in for leaders."""
    if region == WHOLE_DESK:
        return person.role is not Role.SPECIALIST
    found = office.region(region)
    return region in person.regions or bool(found and set(found.provinces) & set(person.provinces))


def tell_asker(work: Work, office: Office, now: datetime, request: DutyRequest, script: str, *, by: str) -> None:
    """The asker hears of the answer in private."""
    asker = work.staff.get(request.asker_id)
    if asker is not None:
        values = {"number": str(request.id), "what": what_words(work, office, request), "by": by, "name": asker.name}
        say(work, office, now, to=Private(asker.telegram_id), script=script, values=values)


def outcome(work: Work, office: Office, request: DutyRequest) -> Rendered:
    """What takes the place of the question once it is answered: whoever reads it later sees by whom and how."""
    names = names_of(work)
    answer = office.duty(f"answer_{request.stage.value}", by=names.get(request.decided_by or 0, "?"))
    reason = office.duty("request_reason", reason=request.reason) if request.reason else ""
    return office.say("notice/request_answered", what=what_words(work, office, request), number=str(request.id),
                      name=names.get(request.asker_id, "?"), reason=reason, answer=answer)  # fmt: skip


def places_of_change(work: Work, office: Office, request: DutyRequest, *, but: Staff | None = None) -> list[Address]:
    """Who live by a change of the roster: the colleague in private, and the teams of both."""
    both = [work.staff.get(staff_id) for staff_id in (request.colleague_id, request.asker_id) if staff_id]
    people = [person for person in both if person is not None]
    heard = {request.asker_id, but.id if but is not None else 0}
    own: list[Address] = [Private(person.telegram_id) for person in people if person.id not in heard]
    teams = [place_of_team(work, office, person) for person in people]
    return list({place.lane: place for place in (*own, *teams)}.values())


def decided(request: DutyRequest, stage: Stage, who: Staff, now: datetime) -> DutyRequest:
    """The request as it stands after an answer."""
    return replace(request, stage=stage, decided_by=who.id, decided_at=now)
