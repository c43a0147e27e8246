"""Before another than the first owner ends a case, the first owner is asked, unless the franchisee said yes already."""

from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.closing import Closing
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import Direction
from bot.desk.outgoing import Private
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.settled import says_settled
from bot.desk.thanks import is_thanks
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.first_owner import first_owner_of, show_button
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.relay import in_words
from bot.usecases.say import say
from bot.usecases.topics import show_card
from bot.usecases.upstairs import tell_leaders

EXCERPT = 200
"""Characters of the last answer that whoever confirms is shown."""


def needs_yes(work: Work, office: Office, case: Case, who: Staff) -> bool:
    """Whether this person may not end the case alone."""
    is_own = case.first_owner_id in (None, who.id)
    return who.role is Role.SPECIALIST and not is_own and not franchisee_said_settled(work, office, case)


def franchisee_said_settled(work: Work, office: Office, case: Case) -> bool:
    """Whether the franchisee's words since the last answer say so (thanks beside them change nothing)."""
    for message in reversed(work.messages.of_case(case.id, limit=20)):
        match message.direction:
            case Direction.OUT:
                return False
            case Direction.NOTE:
                continue
        text = message.content.text
        if says_settled(text, words=office.labels.settled, doubts=office.labels.doubts):
            return True
        if not is_thanks(text):
            return False
    return False


def ask_first_owner(work: Work, office: Office, now: datetime, *, case: Case, who: Staff) -> str:
    """Ask the first owner, or the supervisors when that person has left; the words that answer the press."""
    waiting = work.closings.pending_of(case.id)
    if waiting is not None:
        raise DeskError("notice/closing_waits", case=str(case.id), name=confirmer_name(work, office, waiting))
    owner = first_owner_of(work, case)
    until = office.due(now, office.ownership.confirm_closing_within) if owner else None
    closing = work.closings.add(Closing(0, case.id, who.id, owner.id if owner else None, now, until))
    if until is not None:
        work.reminders.add(Reminder(ReminderKind.CLOSING, case.id, until))
    work.events.add(Event(case.id, Did.CLOSING_ASKED, now, staff_id=who.id))
    put_question(work, office, now, case=case, closing=closing)
    name = confirmer_name(work, office, closing)
    show_card(work, case, now)
    return office.say("notice/closing_asked", case=str(case.id), name=name).text


def put_question(work: Work, office: Office, now: datetime, *, case: Case, closing: Closing) -> None:
    """The question with its buttons, to the first owner in private or to the supervisors."""
    values = {
        "case": str(case.id),
        "name": franchisee_of(work, case).name,
        "by": staff_of(work, closing.asked_by).name,
        "last": _last_answer(work, office, case),
        "until": office.local(closing.answer_by),
    }
    buttons = (*_answers(office, case), *show_button(office, case))
    if closing.confirmer_id is None:
        tell_leaders(work, office, now, script="notice/closing_question_up", values=values, buttons=buttons,
                     case_id=case.id)  # fmt: skip
        return
    to = Private(staff_of(work, closing.confirmer_id).telegram_id)
    say(work, office, now, to=to, script="notice/closing_question", values=values, buttons=buttons, case_id=case.id)


def confirmer_name(work: Work, office: Office, closing: Closing) -> str:
    """Whose yes is waited for."""
    who = closing.confirmer_id
    return staff_of(work, who).name if who is not None else office.word("supervisor_title")


def _answers(office: Office, case: Case) -> Buttons:
    return ((Button(office.label("closing_yes"), Press(Verb.CLOSING_YES, case.id)),
             Button(office.label("closing_no"), Press(Verb.CLOSING_NO, case.id))),)  # fmt: skip


def _last_answer(work: Work, office: Office, case: Case) -> str:
    said = [m for m in work.messages.of_case(case.id) if m.direction is Direction.OUT]
    return in_words(office, said[-1])[:EXCERPT] if said else office.word("none")
