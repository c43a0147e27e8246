"""Escalate a case (升级): specialist → supervisor → manager, beside the state; the handler stays."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case, Level
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.outgoing import Button, Press, Priority, Private, Verb
from bot.desk.people import Role, Staff
from bot.usecases.at_hand import franchisee_of, require_case, require_staff
from bot.usecases.greet import case_values
from bot.usecases.groups import supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of, show_card

_NEXT = {Level.SPECIALIST: Level.SUPERVISOR, Level.SUPERVISOR: Level.MANAGER}
_ROLE = {Level.SUPERVISOR: Role.SUPERVISOR, Level.MANAGER: Role.MANAGER}


def escalate(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int) -> str:
    """One level up: supervisors (or the manager) and the franchisee are told; the words that answer the press."""
    who = require_staff(work, staff_telegram_id)
    case = require_case(work, case_id)
    level = _NEXT.get(case.level)
    if level is None:
        raise DeskError("notice/highest_level", case=str(case.id))
    if not case.is_unfinished:
        raise DeskError("notice/case_is_over", case=str(case.id))
    after = replace(case, level=level)
    work.cases.save(after)
    work.events.add(Event(case.id, Did.CASE_ESCALATED, now, staff_id=who.id, data={"level": level.value}))
    _tell(work, office, now, after, who)
    return office.say("notice/you_escalated", case=str(case.id), level=_ROLE[level].title_zh).text


def _tell(work: Work, office: Office, now: datetime, case: Case, who: Staff) -> None:
    person = franchisee_of(work, case)
    values = case_values(work, office, case, person)
    title = _ROLE[case.level].title_zh
    told = {**values, "by": who.name, "level": title}
    button = ((Button(office.label("show_case"), Press(Verb.SHOW, case.id)),),)
    say(work, office, now, to=supervisors(work, office), script="notice/escalated_up", values=told, buttons=button,
        case_id=case.id, priority=Priority.CARD)  # fmt: skip
    leaders = (s for s in work.staff.all() if s.is_active and s.role is _ROLE[case.level] and s.id != who.id)
    for leader in leaders:
        say(work, office, now, to=Private(leader.telegram_id), script="notice/escalated_up", values=told,
            buttons=button, case_id=case.id)  # fmt: skip
    say(work, office, now, to=place_of(case), script="notice/escalated_here", values=told, case_id=case.id)
    say(work, office, now, to=Private(person.telegram_id), script="notice/escalated_franchisee", values=told,
        case_id=case.id)  # fmt: skip
    show_card(work, case, now)
