"""Pass words on to the franchisee that have been looked at: record them and queue them."""

from dataclasses import dataclass
from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import Case, State
from bot.desk.events import Did, Event
from bot.desk.message import Content, Direction, Message, MessageRef
from bot.desk.outgoing import Outgoing, Priority, SayText
from bot.desk.people import Staff
from bot.desk.question import is_question
from bot.desk.rich import Rich, cut
from bot.desk.split import LIMIT
from bot.usecases import relay
from bot.usecases.at_hand import franchisee_of, require_case
from bot.usecases.await_word import await_word
from bot.usecases.header import ROOM
from bot.usecases.office import Office
from bot.usecases.open_case import open_case, reopen
from bot.usecases.ports import Work
from bot.usecases.topics import place_of, ready_topic, show_change


@dataclass(frozen=True)
class Words:
    """An answer: what is said, where it was written (None: it was sent by a button), what it replies to."""

    content: Content
    ref: MessageRef | None = None
    reply_to: MessageRef | None = None
    quote: str = ""
    script_id: str | None = None
    thread_id: int | None = None


def pass_on(work: Work, office: Office, now: datetime, *, case: Case, who: Staff, words: Words) -> Message:
    """Record an answer and queue it to the franchisee; the message as it is kept. It is not looked at again here."""
    case = _to_answer(work, office, now, case, who)
    if case.first_owner_id is None and work.cases.take(case.id, who.id):
        work.events.add(Event(case.id, Did.CASE_CLAIMED, now, staff_id=who.id))
    after = moves.answered(case, now, by=who.id)
    work.cases.save(after)
    kept = _keep(work, now, after, who, words)
    to = franchisee_of(work, after).telegram_id
    answering = relay.answering(work, to, words.reply_to, words.quote)
    relay.to_franchisee(work, office, now, message=kept, telegram_id=to, receipt=words.ref, answering=answering)
    if after.state is State.WAITING or is_question(words.content.text):
        await_word(work, office, now, case=after)
    show_change(work, now, before=case, after=after)
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


def show_sent(work: Work, office: Office, now: datetime, *, who: Staff, kept: Message) -> None:
    """Show in the topic what a button sent; a franchisee's reply to it finds its way by this copy."""
    case = require_case(work, kept.case_id)
    shown = office.say("notice/ready_shown", name=who.name, words=kept.content.text)
    parts = cut(Rich(shown.text), LIMIT - ROOM)
    for part in parts:
        act = SayText(part.text, html=shown.html if len(parts) == 1 else "")
        row = Outgoing(place_of(case), act, priority=Priority.REPLY, case_id=case.id, carries=kept.id)
        work.outbox.add(row, at=now)
