"""Keep a note (内部备注): words about a case that never leave the group."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import Direction, Incoming, Message
from bot.desk.outgoing import Outgoing, Priority, React
from bot.desk.people import Staff
from bot.usecases.at_hand import Spot, case_at, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work

NOTE_MARK = "//"
"""What begins with this stays inside."""
NOTED = "✍"
"""The reaction that says: kept as a note, not sent."""


def note(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, message: Incoming, words: str) -> None:
    """`/note 内容` in a topic, or as a reply to a message of the case."""
    who = require_staff(work, staff_telegram_id)
    case = case_at(work, Spot(message.ref, message.thread_id, message.reply_to))
    if case is None:
        raise DeskError("notice/no_topic_here")
    if not words.strip():
        raise DeskError("notice/how_note")
    kept = replace(message, content=replace(message.content, text=words.strip(), entities="[]"))
    keep_note(work, now, case=case, who=who, message=kept)


def without_mark(message: Incoming) -> Incoming:
    """What is noted: the words behind the mark."""
    words = message.content.text.lstrip().removeprefix(NOTE_MARK).lstrip()
    return replace(message, content=replace(message.content, text=words, entities="[]"))


def keep_note(work: Work, now: datetime, *, case: Case, who: Staff, message: Incoming) -> None:
    """Store a note and mark it as kept."""
    kept = work.messages.add(Message(0, case.id, Direction.NOTE, message.ref, message.content, staff_id=who.id, at=now))
    work.events.add(Event(case.id, Did.NOTE_ADDED, now, staff_id=who.id, data={"message": str(kept.id)}))
    to = room(message.ref.chat_id, message.thread_id)
    work.outbox.add(Outgoing(to, React(message.ref, NOTED), priority=Priority.RECEIPT, case_id=case.id), at=now)
