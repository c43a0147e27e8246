"""Undelivered is visible: in the topic, with its reason and a retry button; a group in trouble is told upstairs."""

from datetime import datetime

from bot.desk.buttons import Button, Press, Verb
from bot.desk.events import Did, Event
from bot.desk.message import ContentKind
from bot.desk.outgoing import Private, Topic
from bot.desk.people import Role
from bot.usecases.duty_asked import place_of_team
from bot.usecases.groups import mark_problem, state_of, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, Work
from bot.usecases.reach_colleague import remind_in_group
from bot.usecases.reachable import became_unreachable
from bot.usecases.relay import in_words
from bot.usecases.say import say
from bot.usecases.topics import place_of

EXCERPT = 200
"""Characters of a caption: enough to ask for the right thing again."""


def tell_undelivered(work: Work, office: Office, now: datetime, *, row: OutboxRow, reason: str) -> None:
    """Only words are worth telling about; a mark or a card that failed is on record in the outbox."""
    if row.outgoing.carries is None or row.outgoing.case_id is None:
        return
    case = work.cases.get(row.outgoing.case_id)
    if case is None:
        return
    work.events.add(Event(case.id, Did.UNDELIVERED, now, data={"row": str(row.id), "reason": reason}))
    inward = isinstance(row.outgoing.to, Topic)
    script = "notice/undelivered_in" if inward else "notice/undelivered"
    values = {"reason": reason} | ({"what": _what_came(work, office, row.outgoing.carries)} if inward else {})
    button = ((Button(office.label("retry"), Press(Verb.RETRY, row.id)),),)
    receipt = row.outgoing.receipt
    to = place_of(case)
    say(work, office, now, to=to, script=script, values=values, buttons=button, reply_to=receipt, case_id=case.id)


def _what_came(work: Work, office: Office, message_id: int) -> str:
    """A picture that cannot be copied is seen by nobody: what it was, and what stood under it. Texts can be sent."""
    kept = work.messages.get(message_id)
    if kept is None or kept.content.kind is ContentKind.TEXT:
        return ""
    return office.line("aside", what=in_words(office, kept)[:EXCERPT])


def tell_blocked(work: Work, office: Office, now: datetime, *, row: OutboxRow, reason: str) -> None:
    """The person does not let the bot write: the topic is told once, and a failed answer is told each time."""
    person = work.franchisees.by_telegram(row.outgoing.to.chat_id)
    if person is None:
        remind_in_group(work, now, office=office, row=row)
        _colleague_unheard(work, office, now, telegram_id=row.outgoing.to.chat_id)
        return
    tell_undelivered(work, office, now, row=row, reason=reason)
    became_unreachable(work, office, now, person=person)


def _colleague_unheard(work: Work, office: Office, now: datetime, *, telegram_id: int) -> None:
    """A colleague who never opened the private chat is asked to, once, where their team is."""
    who = work.staff.by_telegram(telegram_id)
    if who is not None and who.is_active and work.attendance.step(f"private:{who.id}", now):
        to = place_of_team(work, office, who)
        say(work, office, now, to=to, script="notice/please_start", values={"name": who.name})


def group_in_trouble(work: Work, office: Office, now: datetime, *, chat_id: int, reason: str) -> None:
    """Tell the supervisors once what is to be mended; when it is their own chat, tell each of them in private."""
    if mark_problem(work, work.groups.current(chat_id), reason):
        _tell_leaders(work, office, now, chat_id=work.groups.current(chat_id), reason=reason)


def group_refused(work: Work, office: Office, now: datetime, *, chat_id: int, reason: str) -> None:
    """A call into a group was refused: news only while nothing (more exact) is known to be wrong with the group."""
    if not state_of(work, work.groups.current(chat_id)).problem:
        group_in_trouble(work, office, now, chat_id=chat_id, reason=reason)


def _tell_leaders(work: Work, office: Office, now: datetime, *, chat_id: int, reason: str) -> None:
    values = {"group": state_of(work, chat_id).title or str(chat_id), "what": reason}
    own = chat_id == work.groups.current(office.supervisors_chat)
    leaders = [s for s in work.staff.all() if s.is_active and s.role is not Role.SPECIALIST]
    places = [Private(s.telegram_id) for s in leaders] if own else [supervisors(work, office)]
    for place in places:
        say(work, office, now, to=place, script="notice/group_problem", values=values)
