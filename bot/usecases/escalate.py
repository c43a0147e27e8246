"""Escalate a case (升级): specialist → supervisor → manager, beside the state; the handler stays."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Verb
from bot.desk.case import Case, Level
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import MessageRef
from bot.desk.outgoing import Outgoing, Priority, Private, SayText
from bot.desk.people import Role, Staff
from bot.usecases.at_hand import franchisee_of, require_staff, require_unfinished, staff_and_case
from bot.usecases.first_owner import show_button, tell_first_owner
from bot.usecases.groups import room
from bot.usecases.keyboard import numbered, pressed_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.recap import recap
from bot.usecases.say import edit, say
from bot.usecases.topics import place_of, show_card
from bot.usecases.upstairs import leaders_places

_LEVELS = (Level.SPECIALIST, Level.SUPERVISOR, Level.MANAGER)
_ROLE = {Level.SUPERVISOR: Role.SUPERVISOR, Level.MANAGER: Role.MANAGER}
LONGEST_REASON = 200


def ask_why_up(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    case_id: int,
    chat_id: int,
    thread_id: int | None,
) -> str:
    """The button 升级: ask for the reason."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    _require_step(work, case, who)
    buttons = numbered(office.labels.escalation_reasons, Verb.ESCALATE_WHY, case.id)
    say(work, office, now, to=room(chat_id, thread_id), script="notice/escalate_why", values={"case": str(case.id)},
        buttons=buttons, case_id=case.id)  # fmt: skip
    return ""


def escalate_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, pressed: MessageRef
) -> str:
    """A reason was chosen; the words that answer the press."""
    reason = pressed_of(office.labels.escalation_reasons, choice)
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    after = escalate(work, office, now, case=case, who=who, reason=reason)
    told = office.say("notice/you_escalated", case=str(case.id), level=_ROLE[after.level].title_zh)
    edit(work, now, target=pressed, words=told)
    return told.text


def escalate_by_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case: Case, reason: str
) -> None:
    """`/up 原因`."""
    who = require_staff(work, staff_telegram_id)
    if not reason:
        raise DeskError("notice/how_up")
    escalate(work, office, now, case=case, who=who, reason=reason[:LONGEST_REASON])


def escalate_by_rule(work: Work, office: Office, now: datetime, *, case: Case, reason: str) -> Case:
    """A deadline (or another rule) lifts a case one level; the case as it was when there is nobody above."""
    if not case.is_unfinished or _next(work, case, None) is None:
        return case
    return escalate(work, office, now, case=case, who=None, reason=reason)


def escalate(work: Work, office: Office, now: datetime, *, case: Case, who: Staff | None, reason: str) -> Case:
    """One level up: whoever leads there reads the whole story in one message, the franchisee hears who follows up."""
    level = _require_step(work, case, who)
    after = replace(case, level=level)
    work.cases.save(after)
    leader = _leader(work, level)
    data = {"level": level.value, "reason": reason, "name": leader.name}
    work.events.add(Event(case.id, Did.CASE_ESCALATED, now, staff_id=who.id if who else None, data=data))
    by = who.name if who else office.line("by_rule")
    _tell_up(work, office, now, after, who=who, by=by, reason=reason)
    _tell_case(work, office, now, after, leader=leader, by=by, reason=reason)
    show_card(work, after, now)
    what = office.line("step_escalated", by=by, level=_ROLE[level].title_zh, reason=reason)
    told = (who.id if who else None, leader.id)
    tell_first_owner(work, office, now, case=after, what=what, told=told)
    return after


def _tell_up(work: Work, office: Office, now: datetime, case: Case, *, who: Staff | None, by: str, reason: str) -> None:
    role = _ROLE[case.level]
    values = {"level": role.title_zh, "by": by, "reason": reason}
    words = recap(work, office, now, case=case, script="notice/escalated_up", values=values)
    leaders = [s for s in work.staff.all() if s.is_active and s.role is role and (who is None or s.id != who.id)]
    places = {p.lane: p for p in (*leaders_places(work, office), *(Private(s.telegram_id) for s in leaders))}
    for place in places.values():
        act = SayText(words.text, html=words.html, buttons=show_button(office, case))
        work.outbox.add(Outgoing(place, act, priority=Priority.CARD, case_id=case.id), at=now)


def _tell_case(work: Work, office: Office, now: datetime, case: Case, *, leader: Staff, by: str, reason: str) -> None:
    """The topic and the franchisee are told who follows up."""
    person = franchisee_of(work, case)
    values = {"case": str(case.id), "by": by, "leader": office.called(leader), "reason": reason}
    say(work, office, now, to=place_of(case), script="notice/escalated_here", values=values, case_id=case.id)
    handler = work.staff.get(case.handler_id)
    told = {"case": str(case.id), "leader": office.called(leader),
            "specialist": office.called(handler) if handler else ""}  # fmt: skip
    say(work, office, now, to=Private(person.telegram_id), script="notice/escalated_franchisee", values=told,
        case_id=case.id)  # fmt: skip


def _require_step(work: Work, case: Case, who: Staff | None) -> Level:
    """The next level that has anybody; DeskError when the case is over or stands at the top."""
    require_unfinished(case)
    level = _next(work, case, who)
    if level is None:
        raise DeskError("notice/highest_level", case=str(case.id))
    return level


def _next(work: Work, case: Case, who: Staff | None) -> Level | None:
    """Above the case's level and above the person's own, the first where somebody works."""
    own = next((n for n, level in enumerate(_LEVELS) if who is not None and _ROLE.get(level) is who.role), 0)
    start = max(_LEVELS.index(case.level), own) + 1
    roles = {s.role for s in work.staff.all() if s.is_active}
    return next((level for level in _LEVELS[start:] if _ROLE[level] in roles), None)


def _leader(work: Work, level: Level) -> Staff:
    """Who follows up: of that level, on duty if anybody is."""
    people = [s for s in work.staff.all() if s.is_active and s.role is _ROLE[level]]
    return min(people, key=lambda s: (not s.is_on_duty, s.id))
