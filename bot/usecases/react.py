"""Reactions cross the desk, both ways; what staff send to a franchisee is friendly."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.events import Did, Event
from bot.desk.message import Direction, Message, MessageRef
from bot.desk.outgoing import Address, Outgoing, Priority, Private, React
from bot.usecases.at_hand import active_staff, franchisee_of, require_case
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.relay import other_side
from bot.usecases.say import say
from bot.usecases.settle import DELIVERED
from bot.usecases.topics import place_of


def react(
    work: Work, office: Office, now: datetime, *, telegram_id: int, at: MessageRef, emojis: Sequence[str]
) -> None:
    """Somebody changed their reaction to a message (`emojis`: what stands there now; a bot can show one)."""
    mapped = work.messages.find(at)
    kept = work.messages.get(mapped.message_id) if mapped and mapped.message_id else None
    if kept is None:
        return
    if at.chat_id == telegram_id:
        _by_franchisee(work, now, kept, at, emojis)
    else:
        _by_staff(work, office, now, telegram_id, kept, at, emojis)


def _by_franchisee(work: Work, now: datetime, kept: Message, at: MessageRef, emojis: Sequence[str]) -> None:
    """On an answer it takes the place of the delivered mark, which comes back when the reaction goes."""
    case = require_case(work, kept.case_id)
    target = other_side(work, case.group_id, at)
    if target is None:
        return
    otherwise = DELIVERED if kept.direction is Direction.OUT else ""
    _mark(work, now, kept, room(case.group_id, None), target, emojis[0] if emojis else otherwise)
    _record(work, now, kept, None, emojis)


def _by_staff(
    work: Work, office: Office, now: datetime, telegram_id: int, kept: Message, at: MessageRef, emojis: Sequence[str]
) -> None:
    who = active_staff(work, telegram_id)
    person = franchisee_of(work, require_case(work, kept.case_id))
    target = other_side(work, person.telegram_id, at)
    if who is None or target is None:
        return
    friendly = [e for e in emojis if e in office.labels.friendly]
    if emojis and not friendly:
        case = require_case(work, kept.case_id)
        say(work, office, now, to=place_of(case), script="notice/reaction_kept", values={"emoji": emojis[0]},
            reply_to=at, case_id=case.id)  # fmt: skip
        return
    _mark(work, now, kept, Private(person.telegram_id), target, friendly[0] if friendly else "")
    _record(work, now, kept, who.id, friendly)


def _mark(work: Work, now: datetime, kept: Message, to: Address, target: MessageRef, emoji: str) -> None:
    row = Outgoing(to, React(target, emoji), priority=Priority.RECEIPT, case_id=kept.case_id)
    work.outbox.add(row, at=now)


def _record(work: Work, now: datetime, kept: Message, staff_id: int | None, emojis: Sequence[str]) -> None:
    data = {"message": str(kept.id), "emoji": " ".join(emojis)}
    work.events.add(Event(kept.case_id, Did.REACTED, now, staff_id=staff_id, data=data))
