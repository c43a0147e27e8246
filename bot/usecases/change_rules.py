"""Whether a swap or a stand-in can be: looked at when it is asked for, and again whenever somebody says yes."""

from dataclasses import replace
from datetime import date, datetime

from bot.desk.duty_request import DutyRequest, Wish, change_of
from bot.desk.errors import DeskError
from bot.desk.people import Staff
from bot.desk.roster import Roster, Watch, clashes
from bot.usecases.duty_asked import serves
from bot.usecases.duty_words import day_words
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.rostered import roster_now


def still_possible(
    work: Work, office: Office, now: datetime, request: DutyRequest, *, from_anywhere: bool = False
) -> None:
    """DeskError, in words for whoever asks or agrees, when it is not; `from_anywhere`: a supervisor sends somebody of
    another region, where the own one has nobody left.
    """
    roster = roster_now(work, office, now)
    asker, colleague = work.staff.get(request.asker_id), work.staff.get(request.colleague_id or 0)
    if asker is None or colleague is None or not colleague.is_active or not asker.is_active:
        raise DeskError("notice/no_such_colleague", name=colleague.name if colleague else "?")
    _can_take(office, now, roster, giver=asker, taker=colleague, day=request.first_day)
    for watch in roster.watches_of(asker.id, request.first_day):
        if not from_anywhere and not serves(office, colleague, watch.region):
            raise DeskError("notice/change_other_region", name=colleague.name)
    there = request.their_day
    if request.wish is Wish.SWAP and there is not None and there != request.first_day:
        _can_take(office, now, roster, giver=colleague, taker=asker, day=there)
    _changes_something(office, roster, request)


def _can_take(office: Office, now: datetime, roster: Roster, *, giver: Staff, taker: Staff, day: date) -> None:
    watches = roster.watches_of(giver.id, day)
    words = day_words(office, day)
    if not watches:
        raise DeskError("notice/change_no_watch", name=giver.name, day=words)
    if day < office.today(now) or any(t.ends_at(office.zone) <= now for t in watches):
        raise DeskError("notice/request_past", day=words)
    if any(leave.covers(taker.id, day) for leave in roster.leaves):
        raise DeskError("notice/change_on_leave", name=taker.name, day=words)


def _changes_something(office: Office, roster: Roster, request: DutyRequest) -> None:
    after = replace(roster, changes=(*roster.changes, change_of(request)))
    colleague = request.colleague_id or 0
    for day in {request.first_day, request.their_day or request.first_day}:
        if _work(after.watches(day)) == _work(roster.watches(day)):
            raise DeskError("notice/change_same", day=day_words(office, day))
        theirs = [t for t in after.watches(day) if t.staff_id in (request.asker_id, colleague)]
        if clashes(theirs, office.zone):
            raise DeskError("notice/change_clashes", day=day_words(office, day))


def _work(watches: tuple[Watch, ...]) -> set[tuple[int, str, str]]:
    return {(t.staff_id, t.region, t.shift.name) for t in watches}
