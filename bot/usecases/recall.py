"""Take an answer back from the franchisee; what was said stays on record, with the mark that it was taken back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.message import Direction, Message
from bot.desk.outgoing import Outgoing, Priority, Private, TakeBack
from bot.desk.people import Role, Staff
from bot.usecases.at_hand import Spot, franchisee_of, require_case, require_staff
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, Work
from bot.usecases.promise_heard import unsaid
from bot.usecases.say import say
from bot.usecases.topics import place_of

RECALL_WITHIN = timedelta(hours=48)
"""A message can be deleted for so long after it was sent (Bot API, deleteMessages)."""


def recall(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot) -> None:
    """`/recall` as a reply to an answer: it is deleted at the franchisee's, in its turn behind what is queued."""
    who = require_staff(work, staff_telegram_id)
    kept = _pointed_at(work, spot)
    _check(work, now, kept, who)
    work.messages.save(replace(kept, recalled_at=now))
    event = Event(kept.case_id, Did.MESSAGE_RECALLED, now, staff_id=who.id, data={"message": str(kept.id)})
    work.events.add(event)
    person = franchisee_of(work, require_case(work, kept.case_id))
    row = Outgoing(
        Private(person.telegram_id), TakeBack(kept.id), priority=Priority.TALK, case_id=kept.case_id,
        receipt=spot.reply_to,
    )  # fmt: skip
    work.outbox.add(row, at=now)


def _pointed_at(work: Work, spot: Spot) -> Message:
    mapped = work.messages.find(spot.reply_to) if spot.reply_to else None
    kept = work.messages.get(mapped.message_id) if mapped and mapped.message_id else None
    if kept is None or kept.direction is not Direction.OUT:
        raise DeskError("notice/how_recall")
    return kept


def _check(work: Work, now: datetime, kept: Message, who: Staff) -> None:
    """One's own words; those who lead may take back anybody's."""
    if kept.staff_id != who.id and who.role is Role.SPECIALIST:
        raise NotAllowed("notice/recall_not_yours")
    if kept.recalled_at is not None:
        raise DeskError("notice/recalled_before")
    if now - kept.at > RECALL_WITHIN:
        raise DeskError("notice/recall_too_late")


def recalled(work: Work, office: Office, now: datetime, *, row: OutboxRow) -> None:
    """The copies are gone: told where the answer was written; what was promised in it was not said."""
    if isinstance(row.outgoing.act, TakeBack):
        unsaid(work, office, now, message_id=row.outgoing.act.message)
    _tell(work, office, now, row, "notice/recalled", {})


def not_recalled(work: Work, office: Office, now: datetime, *, row: OutboxRow, reason: str) -> None:
    """The franchisee still sees the words: the mark is taken off again, and the specialist is told."""
    act = row.outgoing.act
    kept = work.messages.get(act.message) if isinstance(act, TakeBack) else None
    if kept is not None:
        work.messages.save(replace(kept, recalled_at=None))
    _tell(work, office, now, row, "notice/not_recalled", {"reason": reason})


def _tell(work: Work, office: Office, now: datetime, row: OutboxRow, script: str, values: dict[str, str]) -> None:
    case = require_case(work, row.outgoing.case_id or 0)
    say(work, office, now, to=place_of(case), script=script, values=values, reply_to=row.outgoing.receipt,
        case_id=case.id)  # fmt: skip
