"""Carry a stored message across the desk: into the franchisee's topic, or out to the franchisee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.case import Case
from bot.desk.message import Content, ContentKind, Direction, Message, MessageRef
from bot.desk.outgoing import (
    Act,
    Address,
    Button,
    Buttons,
    CopyMessage,
    Outgoing,
    Press,
    Priority,
    Private,
    SayText,
    Verb,
)
from bot.desk.rich import Rich, cut
from bot.desk.split import LIMIT
from bot.usecases.header import ROOM
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
    reply_to: MessageRef | None = None,
) -> None:
    """Queue the franchisee's message into their topic, with ready answers under it."""
    _carry(
        work, now, case, message, to=place_of(case), buttons=offer_buttons(office, case.id, offers), reply_to=reply_to
    )


def to_franchisee(
    work: Work,
    now: datetime,
    *,
    case: Case,
    message: Message,
    telegram_id: int,
    receipt: MessageRef | None,
    reply_to: MessageRef | None = None,
) -> None:
    """Queue a specialist's message to the franchisee; `receipt` gets the delivered mark."""
    _carry(work, now, case, message, to=Private(telegram_id), receipt=receipt, reply_to=reply_to)


def _carry(
    work: Work,
    now: datetime,
    case: Case,
    message: Message,
    *,
    to: Address,
    buttons: Buttons = (),
    receipt: MessageRef | None = None,
    reply_to: MessageRef | None = None,
) -> None:
    acts = _acts(message, buttons, reply_to)
    for number, act in enumerate(acts, start=1):
        last = number == len(acts)
        row = Outgoing(
            to, act, priority=Priority.TALK, case_id=case.id, carries=message.id, receipt=receipt if last else None
        )
        work.outbox.add(row, at=now)


def _acts(message: Message, buttons: Buttons, reply_to: MessageRef | None) -> list[Act]:
    content = message.content
    if content.kind is not ContentKind.TEXT and message.ref is not None:
        return [CopyMessage(message.ref, content.kind, buttons=buttons, reply_to=reply_to)]
    *first, last = cut(Rich(content.text, content.entities), LIMIT - ROOM)
    body: list[Act] = [SayText(part.text, entities=part.entities, reply_to=reply_to) for part in first]
    return [*body, SayText(last.text, entities=last.entities, buttons=buttons, reply_to=reply_to)]


def other_side(work: Work, to_chat: int, reply_to: MessageRef | None) -> MessageRef | None:
    """The place, in another chat, of the message that was replied to (so that a reply stays a reply)."""
    mapped = work.messages.find(reply_to) if reply_to else None
    if mapped is None or mapped.message_id is None:
        return None
    original = work.messages.get(mapped.message_id)
    own = [original.ref] if original and original.ref else []
    places = [*work.messages.copies(mapped.message_id), *own]
    return next((p for p in places if p.chat_id == to_chat), None)


def in_words(office: Office, content: Content) -> str:
    """A message as one line of text, for recaps and lists."""
    is_text = content.kind is ContentKind.TEXT
    other = f"[{office.content_name(content.what)}]"
    media = "" if is_text else office.labels.media.get(content.kind.value, other)
    return " ".join(part for part in (media, content.text) if part)
