"""What people say: a message as the desk sees it, whatever the messenger's own shape is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ContentKind(StrEnum):
    """The kinds of message that cross the desk; OTHER is everything that cannot be relayed (polls, dice, stories…)."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    VENUE = "venue"
    CONTACT = "contact"
    OTHER = "other"


CAPTIONED = frozenset(
    {
        ContentKind.PHOTO,
        ContentKind.VIDEO,
        ContentKind.ANIMATION,
        ContentKind.AUDIO,
        ContentKind.VOICE,
        ContentKind.DOCUMENT,
    }
)
"""Kinds that may carry a caption (Bot API, copyMessage)."""


@dataclass(frozen=True)
class MessageRef:
    """Where a message stands: message ids are unique within a chat only."""

    chat_id: int
    message_id: int


@dataclass(frozen=True)
class Content:
    """What a message holds. `entities` is the messenger's own JSON list; the desk carries it and never reads it.

    `origin` names whom a forwarded message is from, `album` is the messenger's id of the album that it belongs to.
    """

    kind: ContentKind
    text: str = ""
    entities: str = "[]"
    what: str = ""
    origin: str = ""
    album: str = ""


@dataclass(frozen=True)
class Incoming:
    """One message from a person, as it arrived; `sent_at` is UTC, `quote` the part of `reply_to` that they chose.

    `is_in_our_topic`: it stands in a topic that the bot made, or answers the bot's words.
    """

    ref: MessageRef
    sent_at: datetime
    content: Content
    thread_id: int | None = None
    reply_to: MessageRef | None = None
    quote: str = ""
    is_in_our_topic: bool = False


class Direction(StrEnum):
    """Which way a stored message went: in from the franchisee, out to them, or a note that stays."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


@dataclass(frozen=True)
class Message:
    """A message of a case as it is kept: the words, who said them (None: the franchisee or the desk), and when (UTC).

    `ref` is where it was written; None when nobody wrote it in a chat (a ready answer that was sent by a button).
    `recalled_at` is when a specialist took it back.
    """

    id: int
    case_id: int
    direction: Direction
    ref: MessageRef | None
    content: Content
    staff_id: int | None
    at: datetime
    script_id: str | None = None
    versions: tuple[str, ...] = ()
    recalled_at: datetime | None = None
