"""aiogram's types into the desk's words: who, what, where."""

import json
from datetime import UTC

from aiogram.enums import ChatType, ContentType
from aiogram.types import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    User,
)

from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.usecases.at_hand import Spot
from bot.usecases.people import Sender

_KINDS = {
    ContentType.TEXT: ContentKind.TEXT,
    ContentType.PHOTO: ContentKind.PHOTO,
    ContentType.LIVE_PHOTO: ContentKind.PHOTO,
    ContentType.VIDEO: ContentKind.VIDEO,
    ContentType.ANIMATION: ContentKind.ANIMATION,
    ContentType.AUDIO: ContentKind.AUDIO,
    ContentType.VOICE: ContentKind.VOICE,
    ContentType.VIDEO_NOTE: ContentKind.VIDEO_NOTE,
    ContentType.DOCUMENT: ContentKind.DOCUMENT,
    ContentType.STICKER: ContentKind.STICKER,
    ContentType.LOCATION: ContentKind.LOCATION,
    ContentType.VENUE: ContentKind.VENUE,
    ContentType.CONTACT: ContentKind.CONTACT,
}
_UNRELAYABLE = {
    ContentType.POLL: "poll",
    ContentType.DICE: "dice",
    ContentType.STORY: "story",
    ContentType.GAME: "game",
    ContentType.INVOICE: "invoice",
    ContentType.CHECKLIST: "checklist",
    ContentType.PAID_MEDIA: "paid_media",
    ContentType.GIVEAWAY: "giveaway",
    ContentType.GIVEAWAY_WINNERS: "giveaway",
    ContentType.RICH_MESSAGE: "unknown",
    ContentType.UNKNOWN: "unknown",
}
"""What people send and copyMessage does not carry; every other content type is a service message."""


def sender_of(user: User) -> Sender:
    """A person as Telegram names them."""
    return Sender(user.id, user.full_name, user.username)


def content_of(message: Message) -> Content | None:
    """What a message holds; None for service messages (pins, joins, renames …), which are nobody's words."""
    kind = _KINDS.get(ContentType(message.content_type))
    if kind is not None:
        entities = message.entities or message.caption_entities or []
        packed = [e.model_dump(exclude_none=True, exclude={"user"}) | _mentioned(e.user) for e in entities]
        return Content(
            kind, message.text or message.caption or "", json.dumps(packed, ensure_ascii=False),
            origin=_origin(message), album=message.media_group_id or "",
        )  # fmt: skip
    what = _UNRELAYABLE.get(ContentType(message.content_type))
    return Content(ContentKind.OTHER, what=what) if what else None


def _origin(message: Message) -> str:
    """Whom a forwarded message is from. What staff forward never names a person: it may be another franchisee."""
    match message.forward_origin:
        case MessageOriginChannel(chat=chat):
            return chat.title or ""
        case MessageOriginChat(sender_chat=chat):
            return chat.title or ""
        case MessageOriginUser(sender_user=user) if message.chat.type == ChatType.PRIVATE:
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name) if message.chat.type == ChatType.PRIVATE:
            return name
        case _:
            return ""


def _mentioned(user: User | None) -> dict[str, object]:
    return {"user": user.model_dump(exclude_none=True)} if user else {}


def incoming(message: Message, content: Content) -> Incoming:
    """A message with its place: in a forum the thread, and a reply only where somebody really replied."""
    spot = spot_of(message)
    quote = message.quote.text if message.quote is not None and message.quote.is_manual else ""
    at = message.date.astimezone(UTC)
    return Incoming(spot.ref, at, content, spot.thread_id, spot.reply_to, quote, _is_in_our_topic(message))


def _is_in_our_topic(message: Message) -> bool:
    """By what the message replies to: a topic's plain messages reply to its first, which names whoever made it."""
    first = message.reply_to_message
    made_by = first.from_user if first is not None and message.is_topic_message else None
    return made_by is not None and message.bot is not None and made_by.id == message.bot.id


def spot_of(message: Message) -> Spot:
    """Where a message stands."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Spot(MessageRef(message.chat.id, message.message_id), thread, _replied(message))


def _replied(message: Message) -> MessageRef | None:
    """Telegram marks every plain message of a topic as a reply to the topic's first: that is nobody's reply."""
    target = message.reply_to_message
    if target is None or target.forum_topic_created is not None:
        return None
    return MessageRef(target.chat.id, target.message_id)
