"""Pass a specialist's words to the franchisee: the only door through which a person's text goes out."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import Case, State
from bot.desk.events import Did, Event
from bot.desk.message import Content, ContentKind, Direction, Incoming, Message, MessageRef
from bot.desk.people import Staff
from bot.usecases import relay
from bot.usecases.at_hand import Spot, active_staff, case_at, franchisee_of
from bot.usecases.groups import is_agent_group, room
from bot.usecases.note import keep_note
from bot.usecases.office import Office
from bot.usecases.open_case import open_case, reopen
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import ready_topic, show_card

NOTE_MARK = "//"
"""What begins with this stays inside."""


def reply(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, message: Incoming) -> int | None:
    """Something was said in an agent group: an answer, a note, or (no case there) talk; the case's id."""
    who = active_staff(work, staff_telegram_id)
    if who is None or not is_agent_group(work, office, message.ref.chat_id):
        return None
    case = case_at(work, Spot(message.ref, message.thread_id, message.reply_to))
    if case is None:
        _tell_nobody_hears(work, office, now, message)
        return None
    if message.content.text.lstrip().startswith(NOTE_MARK):
        keep_note(work, now, case=case, who=who, message=_without_mark(message))
    elif message.content.kind is ContentKind.OTHER:
        values = {"what": office.content_name(message.content.what)}
        to = room(message.ref.chat_id, message.thread_id)
        say(work, office, now, to=to, script="notice/cannot_relay_reply", values=values, reply_to=message.ref)
    else:
        words = Words(message.content, message.ref, message.reply_to, message.quote)
        answer(work, office, now, case=case, who=who, words=words)
    return case.id


def _tell_nobody_hears(work: Work, office: Office, now: datetime, message: Incoming) -> None:
    """A topic that we made and know nothing of: its making was in doubt (a crash, a lost answer) and was repeated."""
    if not message.is_in_our_topic or not message.thread_id or message.content.text.lstrip().startswith(NOTE_MARK):
        return
    to = room(message.ref.chat_id, message.thread_id)
    say(work, office, now, to=to, script="notice/topic_without_case", values={}, reply_to=message.ref)


def _without_mark(message: Incoming) -> Incoming:
    words = message.content.text.lstrip().removeprefix(NOTE_MARK).lstrip()
    return replace(message, content=replace(message.content, text=words, entities="[]"))


@dataclass(frozen=True)
class Words:
    """An answer: what is said, where it was written (None: it was sent by a button), what it replies to."""

    content: Content
    ref: MessageRef | None = None
    reply_to: MessageRef | None = None
    quote: str = ""
    script_id: str | None = None


def answer(work: Work, office: Office, now: datetime, *, case: Case, who: Staff, words: Words) -> Message:
    """Record an answer and queue it to the franchisee; the message as it is kept."""
    case = _to_answer(work, office, now, case, who)
    if case.first_owner_id is None and work.cases.take(case.id, who.id):
        work.events.add(Event(case.id, Did.CASE_CLAIMED, now, staff_id=who.id))
    after = moves.answered(case, now, by=who.id)
    work.cases.save(after)
    kept = _keep(work, now, after, who, words)
    to = franchisee_of(work, after).telegram_id
    answering = relay.answering(work, to, words.reply_to, words.quote)
    relay.to_franchisee(work, office, now, message=kept, telegram_id=to, receipt=words.ref, answering=answering)
    show_card(work, after, now)
    return kept


def _keep(work: Work, now: datetime, case: Case, who: Staff, words: Words) -> Message:
    draft = Message(
        0, case.id, Direction.OUT, words.ref, words.content, staff_id=who.id, at=now, script_id=words.script_id
    )
    kept = work.messages.add(draft)
    did = Did.READY_ANSWER_USED if words.script_id else Did.SPECIALIST_ANSWERED
    data = {"message": str(kept.id), **({"script": words.script_id} if words.script_id else {})}
    work.events.add(Event(case.id, did, now, staff_id=who.id, data=data))
    return kept


def _to_answer(work: Work, office: Office, now: datetime, case: Case, who: Staff) -> Case:
    """A closed case is opened again by an answer within the window; later the answer opens a new one, linked."""
    if case.state is not State.CLOSED:
        return case
    person = franchisee_of(work, case)
    ended = case.ended_at
    if ended is not None and now - ended <= office.terms.reopen_within:
        return reopen(work, office, now, case=case, person=person, by=who.id)
    fresh = open_case(work, office, now, person=person, previous=case, taken_by=who.id)
    ready_topic(work, fresh, person, now)
    return fresh
