"""An edit on either side arrives as an edit; the old words stay in the history and are shown to staff."""

from dataclasses import replace
from datetime import datetime

from bot.desk.events import Did, Event
from bot.desk.message import CAPTIONED, ContentKind, Direction, Incoming, Message, MessageRef
from bot.desk.outgoing import Address, EditText, Outgoing, Priority, Private
from bot.desk.rich import Rich, joined
from bot.desk.split import LIMIT, units
from bot.usecases.at_hand import active_staff, require_case
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of


def edit_by_franchisee(work: Work, office: Office, now: datetime, *, message: Incoming) -> None:
    """The franchisee changed their words: the copy in the topic changes, and the topic is told what stood there."""
    kept = _kept(work, message, Direction.IN)
    if kept is None or kept.content.text == message.content.text:
        return
    _remember(work, now, kept, message)
    case = require_case(work, kept.case_id)
    _edit_copies(work, now, kept, message, to=place_of(case), chat_id=case.group_id)
    say(work, office, now, to=place_of(case), script="notice/franchisee_edited",
        values={"old": kept.content.text[:500] or "—"}, reply_to=_copy_in(work, kept, case.group_id),
        case_id=case.id)  # fmt: skip


def edit_by_staff(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, message: Incoming) -> None:
    """A specialist changed an answer: it changes at the franchisee's too."""
    kept = _kept(work, message, Direction.OUT)
    who = active_staff(work, staff_telegram_id)
    if kept is None or who is None or kept.content.text == message.content.text:
        return
    _remember(work, now, kept, message, who.id)
    person = work.franchisees.get(require_case(work, kept.case_id).franchisee_id)
    if person is not None:
        to = Private(person.telegram_id)
        _edit_copies(work, now, kept, message, to=to, chat_id=person.telegram_id)


def _kept(work: Work, message: Incoming, direction: Direction) -> Message | None:
    mapped = work.messages.find(message.ref)
    kept = work.messages.get(mapped.message_id) if mapped and mapped.message_id else None
    return kept if kept is not None and kept.direction is direction and kept.ref == message.ref else None


def _remember(work: Work, now: datetime, kept: Message, message: Incoming, staff_id: int | None = None) -> None:
    content = replace(kept.content, text=message.content.text, entities=message.content.entities)
    work.messages.save(replace(kept, content=content, versions=(*kept.versions, kept.content.text)))
    data = {"message": str(kept.id)}
    work.events.add(Event(kept.case_id, Did.MESSAGE_EDITED, now, staff_id=staff_id, data=data))


def _whole(work: Work, target: MessageRef) -> Rich:
    """All words of a message that several became, as they are now."""
    kept = [work.messages.get(i) for i in work.messages.parts_at(target)]
    return joined(Rich(m.content.text, m.content.entities) for m in kept if m is not None)


def _copy_in(work: Work, kept: Message, chat_id: int) -> MessageRef | None:
    return next((c for c in work.messages.copies(kept.id) if c.chat_id == chat_id), None)


def _edit_copies(work: Work, now: datetime, kept: Message, message: Incoming, *, to: Address, chat_id: int) -> None:
    """Only what Telegram can edit: one text within the limit, or a caption."""
    target = _copy_in(work, kept, chat_id)
    is_caption = kept.content.kind in CAPTIONED
    fits = units(message.content.text) <= LIMIT
    if target is None or not fits or not (is_caption or kept.content.kind is ContentKind.TEXT):
        return
    whole = _whole(work, target) if not is_caption else Rich(message.content.text, message.content.entities)
    act = EditText(target, whole.text, entities=whole.entities, is_caption=is_caption)
    row = Outgoing(to, act, priority=Priority.TALK, case_id=kept.case_id, carries=kept.id)
    work.outbox.add(row, at=now)
