"""Carry a stored message across the desk: into the franchisee's topic, or out to the franchisee."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.message import CAPTIONED, Content, ContentKind, Direction, Message, MessageRef
from bot.desk.outgoing import Act, Address, CopyMessage, Outgoing, Priority, Private, SayText, Topic
from bot.desk.rich import Rich
from bot.desk.split import units
from bot.usecases import album
from bot.usecases.groups import state_of
from bot.usecases.header import CAPTION_LIMIT, ROOM, parts_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.topics import place_of

WHO_SAID = {Direction.IN: "franchisee", Direction.OUT: "answer", Direction.NOTE: "note"}
"""The label (`[words]`) of each direction, in records."""


@dataclass(frozen=True)
class Offer:
    """A ready answer that fits what the franchisee wrote."""

    script_id: str
    title: str


@dataclass(frozen=True)
class Answering:
    """What a message answers, in the chat that it goes to, and the part of it that was quoted."""

    ref: MessageRef | None = None
    quote: str = ""


def offer_buttons(office: Office, case_id: int, offers: Sequence[Offer]) -> Buttons:
    """One row for each ready answer: a tap sends it."""
    label = office.label("offer")
    return tuple(
        (Button(label.format(title=offer.title), Press(Verb.READY, case_id, offer.script_id)),) for offer in offers
    )


def to_group(
    work: Work,
    office: Office,
    now: datetime,
    *,
    case: Case,
    message: Message,
    offers: Sequence[Offer] = (),
    answering: Answering = Answering(),  # frozen
) -> None:
    """Queue the franchisee's message into their topic, with ready answers under it."""
    buttons = offer_buttons(office, case.id, offers)
    _carry(work, office, now, message, to=place_of(case), buttons=buttons, answering=answering)


def to_franchisee(
    work: Work,
    office: Office,
    now: datetime,
    *,
    message: Message,
    telegram_id: int,
    receipt: MessageRef | None,
    answering: Answering,
) -> None:
    """Queue a specialist's message to the franchisee; `receipt` gets the delivered mark."""
    _carry(work, office, now, message, to=Private(telegram_id), receipt=receipt, answering=answering)


def _carry(
    work: Work,
    office: Office,
    now: datetime,
    message: Message,
    *,
    to: Address,
    answering: Answering,
    buttons: Buttons = (),
    receipt: MessageRef | None = None,
) -> None:
    content, ref = message.content, message.ref
    if album.is_of_album(content) and ref is not None:
        if not album.is_collecting(work, to, content):
            _queue(work, now, message, to, _album_lead(work, office, message, to, answering), is_lead=True)
        album.collect(work, now, to=to, message=message, ref=ref, receipt=receipt)
    elif content.kind is ContentKind.TEXT or ref is None:
        _queue(work, now, message, to, _in_parts(office, content, buttons, answering), receipt)
    else:
        is_ours = isinstance(to, Private) and content.kind in CAPTIONED  # what was looked at, not what stands there now
        copy = CopyMessage(ref, content.kind, caption=content.text if is_ours else "", is_captioned=is_ours,
                           caption_entities=content.entities if is_ours else "[]", buttons=buttons,
                           reply_to=answering.ref, quote=answering.quote)  # fmt: skip
        lead, copy = _with_origin(office, content, copy)
        _queue(work, now, message, to, lead, is_lead=True)
        _queue(work, now, message, to, [copy], receipt)


def _queue(
    work: Work,
    now: datetime,
    message: Message,
    to: Address,
    acts: Sequence[Act],
    receipt: MessageRef | None = None,
    *,
    is_lead: bool = False,
) -> None:
    """A lead stands ahead of the words and holds none of them."""
    carries = None if is_lead else message.id
    for number, act in enumerate(acts, start=1):
        mark = receipt if number == len(acts) else None
        row = Outgoing(to, act, priority=Priority.TALK, case_id=message.case_id, carries=carries, receipt=mark)
        work.outbox.add(row, at=now)


def _album_lead(work: Work, office: Office, message: Message, to: Address, answering: Answering) -> list[Act]:
    """An album carries neither reply nor header (Bot API, copyMessages): a line ahead of it does, where due."""
    is_unnamed = isinstance(to, Topic) and not state_of(work, work.groups.current(to.chat_id)).is_forum
    if message.content.origin:
        words = office.line("forwarded", name=message.content.origin)
    elif is_unnamed or answering.ref is not None:
        words = office.line("album_follows")
    else:
        return []
    return [SayText(words, reply_to=answering.ref, quote=answering.quote)]


def _in_parts(office: Office, content: Content, buttons: Buttons, answering: Answering) -> list[Act]:
    whole = Rich(content.text, content.entities)
    if content.origin:
        whole = whole.after(office.line("forwarded", name=content.origin))
    parts = parts_of(whole)
    said = [SayText(p.text, entities=p.entities, reply_to=answering.ref, quote=answering.quote) for p in parts]
    return [*said[:-1], replace(said[-1], buttons=buttons)]


def _with_origin(office: Office, content: Content, copy: CopyMessage) -> tuple[list[Act], CopyMessage]:
    """Whom a forwarded picture is from: in the caption where one can stand and has room, else in a line ahead."""
    if not content.origin:
        return [], copy
    origin = office.line("forwarded", name=content.origin)
    caption = Rich(content.text, content.entities).after(origin)
    if content.kind in CAPTIONED and units(caption.text) + ROOM <= CAPTION_LIMIT:
        return [], replace(copy, caption=caption.text.rstrip(), caption_entities=caption.entities)
    return [SayText(origin)], copy


def answering(work: Work, to_chat: int, reply_to: MessageRef | None, quote: str) -> Answering:
    """What a message answers, as it stands in another chat: a reply stays a reply, a quote a quote."""
    ref = other_side(work, to_chat, reply_to)
    return Answering(ref, quote if ref is not None else "")


def other_side(work: Work, to_chat: int, ref: MessageRef | None) -> MessageRef | None:
    """The place, in another chat, of a message (the first of them, where a long text became several)."""
    mapped = work.messages.find(ref) if ref else None
    if mapped is None or mapped.message_id is None:
        return None
    original = work.messages.get(mapped.message_id)
    own = [original.ref] if original and original.ref else []
    places = [*work.messages.copies(mapped.message_id), *own]
    return next((p for p in places if p.chat_id == to_chat), None)


def in_words(office: Office, message: Message) -> str:
    """A message as one line of text, for recaps and lists."""
    content = message.content
    is_text = content.kind is ContentKind.TEXT
    other = f"[{office.content_name(content.what)}]"
    media = "" if is_text else office.labels.media.get(content.kind.value, other)
    recalled = office.word("recalled") if message.recalled_at else ""
    origin = office.line("forwarded", name=content.origin) if content.origin else ""
    return " ".join(part for part in (recalled, origin, media, content.text) if part)
