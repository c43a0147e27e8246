"""An edit on either side arrives as an edit; the old words stay in the history and are shown to staff."""

from dataclasses import replace
from datetime import datetime

from bot.desk.events import Did, Event
from bot.desk.message import CAPTIONED, ContentKind, Direction, Incoming, Message, MessageRef
from bot.desk.outgoing import Address, EditCopy, EditText, Outgoing, Priority, Private, SayText
from bot.desk.rich import Rich, joined
from bot.usecases.at_hand import active_staff, require_case
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.relay import parts_of
from bot.usecases.say import say
from bot.usecases.topics import place_of


def edit_by_franchisee(work: Work, office: Office, now: datetime, *, message: Incoming) -> None:
    """The franchisee changed their words: the copy in the topic changes, and the topic is told what stood there."""
    kept = _kept(work, message, Direction.IN)
    if kept is None or kept.content.text == message.content.text:
        return
    _remember(work, now, kept, message)
    case = require_case(work, kept.case_id)
    _edit_copies(work, office, now, kept, message, to=place_of(case))
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
        _edit_copies(work, office, now, kept, message, to=Private(person.telegram_id))


def _kept(work: Work, message: Incoming, direction: Direction) -> Message | None:
    mapped = work.messages.find(message.ref)
    kept = work.messages.get(mapped.message_id) if mapped and mapped.message_id else None
    return kept if kept is not None and kept.direction is direction and kept.ref == message.ref else None


def _remember(work: Work, now: datetime, kept: Message, message: Incoming, staff_id: int | None = None) -> None:
    content = replace(kept.content, text=message.content.text, entities=message.content.entities)
    work.messages.save(replace(kept, content=content, versions=(*kept.versions, kept.content.text)))
    data = {"message": str(kept.id)}
    work.events.add(Event(kept.case_id, Did.MESSAGE_EDITED, now, staff_id=staff_id, data=data))


def _copy_in(work: Work, kept: Message, chat_id: int) -> MessageRef | None:
    return next((c for c in work.messages.copies(kept.id) if c.chat_id == chat_id), None)


def _edit_copies(work: Work, office: Office, now: datetime, kept: Message, message: Incoming, *, to: Address) -> None:
    """What stands on the other side (or is on its way there) changes; what was longer or shorter before, too."""
    is_caption = kept.content.kind in CAPTIONED
    if not is_caption and kept.content.kind is not ContentKind.TEXT:
        return
    whole = Rich(message.content.text, message.content.entities)
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
