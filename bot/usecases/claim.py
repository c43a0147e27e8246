"""Claim a case (接单): whoever is first becomes its first owner; the loser is told who won."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.people import Role, Staff
from bot.desk.routing import Candidate, Matter, with_room
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import staff_and_case
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.topics import show_card


def claim(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int) -> str:
    """Take an unclaimed case, or take over nothing: the words that answer the press."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    if case.first_owner_id is not None:
        owner = staff_of(work, case.handler_id)
        raise DeskError("notice/already_yours" if owner.id == who.id else "notice/already_claimed", name=owner.name)
    _leave_it_to_who_has_room(work, who, case)
    after = moves.claimed(case, by=who.id)
    if who.id != case.handler_id:
        after = replace(after, route_reason=office.reason("claimed"))
    if not work.cases.take(case.id, who.id):
        raise DeskError("notice/already_claimed", name=office.word("colleague"))
    work.cases.save(after)
    work.staff.save(replace(who, last_assigned_at=now))
    work.events.add(Event(case.id, Did.CASE_CLAIMED, now, staff_id=who.id))
    show_card(work, after, now)
    return office.say("notice/you_claimed", case=str(case.id)).text


def _leave_it_to_who_has_room(work: Work, who: Staff, case: Case) -> None:
    """Nobody takes more than their hands hold while a colleague has room, or would have it after giving this case away;
    what is theirs already, they may claim.
    """
    if who.role is not Role.SPECIALIST or case.handler_id == who.id:
        return
    people, counts = work.staff.candidates(), Counter(work.cases.open_counts())
    counts[case.handler_id] -= 1
    candidates = [Candidate(s, counts[s.id]) for s in people]
    me = next(c for c in candidates if c.staff.id == who.id)
    free = None if me.has_room else with_room(candidates, Matter(case.region, case.province))
    if free is not None:
        raise DeskError("notice/hands_full", name=free.staff.name, count=str(me.open_cases))
