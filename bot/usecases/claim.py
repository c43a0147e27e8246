"""Claim a case (接单): whoever is first becomes its first owner; the loser is told who won."""

from dataclasses import replace
from datetime import datetime

from bot.desk import case as moves
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import require_case, require_staff
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.topics import show_card


def claim(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int) -> str:
    """Take an unclaimed case, or take over nothing: the words that answer the press."""
    who = require_staff(work, staff_telegram_id)
    case = require_case(work, case_id)
    if case.first_owner_id is not None:
        owner = staff_of(work, case.handler_id)
        raise DeskError("notice/already_yours" if owner.id == who.id else "notice/already_claimed", name=owner.name)
    after = moves.claimed(case, by=who.id)
    if not work.cases.take(case.id, who.id):
        raise DeskError("notice/already_claimed", name=office.word("colleague"))
    work.cases.save(after)
    work.staff.save(replace(who, last_assigned_at=now))
    work.events.add(Event(case.id, Did.CASE_CLAIMED, now, staff_id=who.id))
    show_card(work, after, now)
    return office.say("notice/you_claimed", case=str(case.id)).text
