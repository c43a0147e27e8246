"""The franchisee stays silent: asked again once, then the case is closed with the goodbye. Never outside of hours."""

from datetime import datetime, timedelta

from bot.desk.case import Case, State
from bot.desk.events import Did, Event
from bot.desk.message import Direction
from bot.desk.outgoing import Private
from bot.desk.question import is_question
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.beside import owing_departments
from bot.usecases.classify import COMPLAINT
from bot.usecases.first_owner import show_button
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.resolve import give_up
from bot.usecases.say import say

LOOKED_AT = 20
"""The last messages among which the newest answer is looked for: what came after it are notes."""


def look_for_word(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """What is due of a wait for the franchisee, if it still goes on: one step at a time, each once a wait."""
    since = _waits_since(work, case)
    if since is None or not office.sla.ask_again_after:
        return
    asked = _asked_at(work, case, since)
    due = _after(office, since, office.sla.ask_again_after) if asked is None else _closing_at(office, asked)
    if due is None:
        return
    if now < due or office.opening(now) > now:
        work.reminders.add(Reminder(ReminderKind.NO_WORD, case.id, office.opening(max(now, due))))
    elif asked is None:
        _ask(work, office, now, case)
    else:
        _end(work, office, now, case)


def _after(office: Office, since: datetime, wait: timedelta) -> datetime:
    """In working hours: what is due at closing time waits for the next opening."""
    return office.opening(office.due(since, wait))


def _closing_at(office: Office, asked: datetime) -> datetime | None:
    return _after(office, asked, office.sla.close_after) if office.sla.close_after else None


def _waits_since(work: Work, case: Case) -> datetime | None:
    """Since when it is the franchisee's turn: the case waits, or the last answer was a question; None: it is not."""
    answered = case.last_answer_at
    if case.state is State.WAITING and case.paused_at is not None:
        return max(case.paused_at, answered or case.paused_at)
    is_theirs = case.state is State.OPEN and case.unanswered_since is None and answered is not None
    if not is_theirs or (case.heard_at is not None and answered is not None and case.heard_at > answered):
        return None
    said = [m for m in work.messages.of_case(case.id, limit=LOOKED_AT) if m.direction is Direction.OUT]
    return answered if said and is_question(said[-1].content.text) else None


def _asked_at(work: Work, case: Case, since: datetime) -> datetime | None:
    asked = [e.at for e in work.events.of_case(case.id) if e.did is Did.ASKED_AGAIN and e.at >= since]
    return asked[-1] if asked else None


def _ask(work: Work, office: Office, now: datetime, case: Case) -> None:
    person = franchisee_of(work, case)
    script = office.scripts.get("answer/ask_again").id
    say(work, office, now, to=Private(person.telegram_id), script=script,
        values=case_values(work, office, case, person), case_id=case.id)  # fmt: skip
    work.events.add(Event(case.id, Did.ASKED_AGAIN, now))
    if (due := _closing_at(office, now)) is not None:
        work.reminders.add(Reminder(ReminderKind.NO_WORD, case.id, due))


def _end(work: Work, office: Office, now: datetime, case: Case) -> None:
    """Complaints end by hand only, and so does what a department still owes: then the handler is told instead."""
    if case.kind != COMPLAINT and not owing_departments(work, office, case):
        give_up(work, office, now, case=case)
        return
    values = {"case": str(case.id), "name": franchisee_of(work, case).name}
    to = Private(staff_of(work, case.handler_id).telegram_id)
    say(work, office, now, to=to, script="notice/no_word_handler", values=values, buttons=show_button(office, case),
        case_id=case.id)  # fmt: skip
