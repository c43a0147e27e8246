"""Change words that were sent: the record keeps the old ones, the copies on the other side become the new ones."""

from dataclasses import replace
from datetime import datetime

from bot.desk.events import Did, Event
from bot.desk.message import CAPTIONED, Content, ContentKind, Message, MessageRef
from bot.desk.outgoing import Address, EditCopy, EditText, Outgoing, Priority, Private, SayText
from bot.desk.rich import Rich, joined
from bot.usecases.at_hand import franchisee_of, require_case
from bot.usecases.header import parts_of
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, Work
from bot.usecases.promise_heard import reheard


def is_changed(kept: Message, content: Content) -> bool:
    """Whether an edit says something else, or says it in another look (bold, a link)."""
    return (kept.content.text, kept.content.entities) != (content.text, content.entities)


def remember(work: Work, now: datetime, *, kept: Message, content: Content, staff_id: int | None = None) -> None:
    """The message says this now; what it said before stays among its versions, unless only its look has changed."""
    new = replace(kept.content, text=content.text, entities=content.entities)
    if content.text == kept.content.text:
        work.messages.save(replace(kept, content=new))
        return
    work.messages.save(replace(kept, content=new, versions=(*kept.versions, kept.content.text)))
    data = {"message": str(kept.id)}
    work.events.add(Event(kept.case_id, Did.MESSAGE_EDITED, now, staff_id=staff_id, data=data))


def edit_copies(work: Work, office: Office, now: datetime, *, kept: Message, content: Content, to: Address) -> None:
    """What stands on the other side (or is on its way there) changes; what was longer or shorter before, too."""
    is_caption = kept.content.kind in CAPTIONED
    if not is_caption and kept.content.kind is not ContentKind.TEXT:
        return
    whole = Rich(content.text, content.entities)
    parts = [whole] if is_caption else parts_of(whole)
    before = 1 if is_caption else len(parts_of(Rich(kept.content.text, kept.content.entities)))
    for number, part in enumerate(parts):
        if number < before:
            _queue(work, now, kept, to, EditCopy(kept.id, number, part.text, part.entities, is_caption))
        else:
            _queue(work, now, kept, to, SayText(part.text, entities=part.entities))
    for number in range(len(parts), before):
        _queue(work, now, kept, to, EditCopy(kept.id, number, office.line("part_gone")))


def _queue(work: Work, now: datetime, kept: Message, to: Address, act: EditCopy | SayText) -> None:
    work.outbox.add(Outgoing(to, act, priority=Priority.TALK, case_id=kept.case_id, carries=kept.id), at=now)


def drawn(work: Work, act: EditCopy, chat_id: int) -> EditText | None:
    """The edit as it is made now; None when the words never came to stand there."""
    places = [c for c in work.messages.copies(act.message) if c.chat_id == chat_id]
    if act.part >= len(places):
        return None
    target, words = places[act.part], Rich(act.text, act.entities)
    beside = work.messages.parts_at(target)
    if len(beside) > 1:  # several messages travelled together: each says what it says now
        words = joined(words if i == act.message else _words(work, i) for i in beside)
    return EditText(target, words.text, entities=words.entities, is_caption=act.is_caption)


def _words(work: Work, message_id: int) -> Rich:
    kept = work.messages.get(message_id)
    return Rich(kept.content.text, kept.content.entities) if kept else Rich("")


def change_answer(work: Work, office: Office, now: datetime, *, kept: Message, content: Content, staff_id: int) -> None:
    """New words in an answer, here and at the franchisee's; they have been looked at."""
    remember(work, now, kept=kept, content=content, staff_id=staff_id)
    to = Private(franchisee_of(work, require_case(work, kept.case_id)).telegram_id)
    edit_copies(work, office, now, kept=kept, content=content, to=to)
    reheard(work, office, now, message_id=kept.id)


def restore_copy(work: Work, office: Office, now: datetime, *, kept: Message) -> None:
    """Let the copy at the franchisee's say what was looked at last: an album is copied with whatever stands under it at
    that moment.
    """
    to = Private(franchisee_of(work, require_case(work, kept.case_id)).telegram_id)
    edit_copies(work, office, now, kept=kept, content=kept.content, to=to)


def copy_in(work: Work, kept: Message, chat_id: int) -> MessageRef | None:
    """Where a message stands in some chat."""
    return next((c for c in work.messages.copies(kept.id) if c.chat_id == chat_id), None)


def catch_up(work: Work, office: Office, now: datetime, *, row: OutboxRow) -> None:
    """Words that had been given up as undelivered have arrived after all, as they were when they were first sent: what
    was edited meanwhile changes there, too.
    """
    carried = [work.messages.get(i) for i in (row.outgoing.carries, *row.outgoing.also) if i is not None]
    for kept in carried:
        if kept is not None and kept.versions:
            edit_copies(work, office, now, kept=kept, content=kept.content, to=row.outgoing.to)
