"""Change words that were sent: the record keeps the old ones, the copies on the other side become the new ones."""

from dataclasses import replace
from datetime import datetime

from bot.desk.events import Did, Event
from bot.desk.message import CAPTIONED, Content, ContentKind, Message, MessageRef
from bot.desk.outgoing import Address, EditText, Outgoing, Priority, Private
from bot.desk.rich import Rich, joined
from bot.desk.split import LIMIT, units
from bot.usecases.at_hand import franchisee_of, require_case
from bot.usecases.ports import Work


def remember(work: Work, now: datetime, *, kept: Message, content: Content, staff_id: int | None = None) -> None:
    """The message says this now; what it said before stays among its versions."""
    new = replace(kept.content, text=content.text, entities=content.entities)
    work.messages.save(replace(kept, content=new, versions=(*kept.versions, kept.content.text)))
    data = {"message": str(kept.id)}
    work.events.add(Event(kept.case_id, Did.MESSAGE_EDITED, now, staff_id=staff_id, data=data))


def edit_copies(work: Work, now: datetime, *, kept: Message, content: Content, to: Address, chat_id: int) -> None:
    """Only what Telegram can edit: one text within the limit, or a caption."""
    target = copy_in(work, kept, chat_id)
    is_caption = kept.content.kind in CAPTIONED
    fits = units(content.text) <= LIMIT
    if target is None or not fits or not (is_caption or kept.content.kind is ContentKind.TEXT):
        return
    whole = Rich(content.text, content.entities) if is_caption else _whole(work, target)
    act = EditText(target, whole.text, entities=whole.entities, is_caption=is_caption)
    row = Outgoing(to, act, priority=Priority.TALK, case_id=kept.case_id, carries=kept.id)
    work.outbox.add(row, at=now)


def change_answer(work: Work, now: datetime, *, kept: Message, content: Content, staff_id: int) -> None:
    """New words in an answer, here and at the franchisee's; they have been looked at."""
    remember(work, now, kept=kept, content=content, staff_id=staff_id)
    to = Private(franchisee_of(work, require_case(work, kept.case_id)).telegram_id)
    edit_copies(work, now, kept=kept, content=content, to=to, chat_id=to.chat_id)


def restore_copy(work: Work, now: datetime, *, kept: Message) -> None:
    """An album is copied with whatever stands under it at that moment: put back what was looked at."""
    to = Private(franchisee_of(work, require_case(work, kept.case_id)).telegram_id)
    edit_copies(work, now, kept=kept, content=kept.content, to=to, chat_id=to.chat_id)


def copy_in(work: Work, kept: Message, chat_id: int) -> MessageRef | None:
    """Where a message stands in some chat."""
    return next((c for c in work.messages.copies(kept.id) if c.chat_id == chat_id), None)


def _whole(work: Work, target: MessageRef) -> Rich:
    """All words of a message that several became, as they are now."""
    kept = [work.messages.get(i) for i in work.messages.parts_at(target)]
    return joined(Rich(m.content.text, m.content.entities) for m in kept if m is not None)
