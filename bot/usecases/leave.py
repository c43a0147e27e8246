"""`/leave` (请假、离岗): asked by anybody of the staff, approved by the manager (manual, 岗位制度 5)."""

from dataclasses import replace
from datetime import date, datetime

from bot.desk.days import days_from
from bot.desk.duty_request import DutyRequest, Stage, Wish, leave_of
from bot.desk.errors import DeskError
from bot.desk.outgoing import Address, Private
from bot.desk.people import Role, Staff
from bot.desk.roster import Roster, Watch
from bot.desk.week import week_of
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.decide import approve_own
from bot.usecases.duty_asked import (
    answer_buttons,
    approvers,
    file,
    line_of,
    not_again,
    not_beside,
    what_words,
)
from bot.usecases.duty_words import day_words, names_of, region_words, shift_words
from bot.usecases.groups import room, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.rostered import roster_now
from bot.usecases.say import say

NOW = ("现在", "此刻", "马上", "立即", "now")


def ask_leave(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """`/leave 日期 原因`, `/leave 现在 原因`; alone it lists what one has asked for."""
    who = require_staff(work, staff_telegram_id)
    if not query.strip():
        _list(work, office, now, who, spot)
        return
    first, last, from_at, reason = _understood(work, office, now, who, query)
    if first < office.today(now) and from_at is None:
        raise DeskError("notice/request_past", day=day_words(office, first))
    wanted = DutyRequest(0, Wish.LEAVE, who.id, first, last, reason, Stage.ASKED, now, from_at=from_at)
    not_again(work, office, wanted)
    not_beside(work, office, wanted)
    if who.role is not Role.MANAGER and not approvers(work, office, wanted):
        raise DeskError("notice/leave_no_approver")
    request = file(work, now, wanted)
    to = room(spot.ref.chat_id, spot.thread_id)
    if who.role is Role.MANAGER:
        told = approve_own(work, office, now, request=request, who=who)
        say(work, office, now, to=to, script="notice/told", values={"words": told}, reply_to=spot.ref)
        return
    _ask(work, office, now, request, who)
    values = {"number": str(request.id), "what": what_words(work, office, request), "who": _asked(office)}
    say(work, office, now, to=to, script="notice/request_sent", values=values, reply_to=spot.ref)


def _asked(office: Office) -> str:
    return Role(office.attendance.leave_approver).title_zh


def _understood(
    work: Work, office: Office, now: datetime, who: Staff, query: str
) -> tuple[date, date, datetime | None, str]:
    """First and last date, since when (leaving at once), the reason; DeskError when it is not all there."""
    words = query.split()
    if words[0].casefold() in NOW:
        reason = " ".join(words[1:])
        if not reason:
            raise DeskError("notice/how_leave")
        return (*_current_day(work, office, now, who), now, reason)
    for count in (3, 2, 1):  # a span may be written with blanks: 11月25日 至 27日
        span = days_from(" ".join(words[:count]), office.today(now)) if len(words) > count else None
        if span is not None:
            return (*span, None, " ".join(words[count:]))
    raise DeskError("notice/how_leave")


def _current_day(work: Work, office: Office, now: datetime, who: Staff) -> tuple[date, date]:
    """The date of the shift that is going on (a night shift began yesterday)."""
    watch = current_watch(work, office, now, who)
    if watch is None and not who.is_on_duty:
        raise DeskError("notice/leave_no_watch")
    day = watch.day if watch else office.today(now)
    return day, day


def current_watch(work: Work, office: Office, now: datetime, who: Staff) -> Watch | None:
    """The watch of a person that is going on, breaks included."""
    watches = roster_now(work, office, now).around(now, office.zone)
    mine = (t for t in watches if t.staff_id == who.id and not t.is_off)
    return next((t for t in mine if t.starts_at(office.zone) <= now < t.ends_at(office.zone)), None)


def _ask(work: Work, office: Office, now: datetime, request: DutyRequest, who: Staff) -> None:
    """In the supervisors' chat, where the desk surely may write, and to whoever decides in private."""
    roster = roster_now(work, office, now)
    values = {
        "number": str(request.id),
        "name": who.name,
        "what": what_words(work, office, request),
        "reason": request.reason,
        "watches": _turns(office, roster, request),
        "effect": _effect(work, office, roster, request),
        "who": _asked(office),
    }
    deciders = [Private(s.telegram_id) for s in approvers(work, office, request)]
    places: list[Address] = [supervisors(work, office), *deciders]
    for to in places:
        say(work, office, now, to=to, script="notice/leave_asked", values=values,
            buttons=answer_buttons(office, request))  # fmt: skip


def _turns(office: Office, roster: Roster, request: DutyRequest) -> str:
    shifts = [t.shift for t in roster.watches_of(request.asker_id, request.first_day)]
    return "、".join(dict.fromkeys(shift_words(office, s) for s in shifts)) or office.duty("nobody_today")


def _effect(work: Work, office: Office, roster: Roster, request: DutyRequest) -> str:
    """Where nobody would be on duty that now somebody is."""
    without = replace(roster, leaves=(*roster.leaves, leave_of(replace(request, from_at=None))))
    regions, names = [r.code for r in office.regions], names_of(work)
    weeks = (week_of(r, request.first_day, regions=regions, names=names) for r in (roster, without))
    before, after = ({(day, code) for day, codes in week.holes() for code in codes} for week in weeks)
    found = [f"{day_words(office, day)} {region_words(office, code)}" for day, code in sorted(after - before)]
    return office.duty("makes_hole", days="、".join(found)) if found else office.duty("no_hole")


def _list(work: Work, office: Office, now: datetime, who: Staff, spot: Spot) -> None:
    requests = work.rosters.requests(staff_id=who.id, since=office.today(now))
    lines = "\n".join(line_of(work, office, r) for r in requests) or office.word("none")
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/my_requests", values={"lines": lines}, reply_to=spot.ref)
