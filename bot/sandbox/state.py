"""What the emulated Telegram remembers: plain records without behaviour, and the realm that holds them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults

Json = dict[str, Any]

GENERAL = 1
"""The thread id by which people (never bots) name a forum's General topic."""


@dataclass
class Post:
    """One message: `body` is the Bot API Message without what is looked up when it is shown.

    `thread_id` is its forum topic; `chain_id` the first message of its chain of replies outside of topics, which
    Telegram also calls message_thread_id. `keyboard` is a reply keyboard, which no Message shows.
    """

    body: Json
    thread_id: int | None = None
    chain_id: int | None = None
    reply_to: int | None = None
    pins: int | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict)
    deleted: bool = False
    versions: list[Json] = field(default_factory=list)
    keyboard: Json | None = None

    @property
    def message_id(self) -> int:
        """The id within the chat."""
        return int(self.body["message_id"])

    @property
    def sender_id(self) -> int:
        """Who wrote it."""
        return int(self.body["from"]["id"])


@dataclass
class Topic:
    """A forum topic; its id is that of the service message that opened it (General: 1, without such a message)."""

    thread_id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    creator_id: int = 0
    is_closed: bool = False
    is_deleted: bool = False
    is_hidden: bool = False


@dataclass
class Member:
    """Somebody's place in a group: Bot API status, and administrator rights or restrictions."""

    user_id: int
    status: str
    rights: dict[str, bool] = field(default_factory=dict)
    custom_title: str | None = None

    @property
    def is_in(self) -> bool:
        """Whether they are in the chat at this moment."""
        return self.status not in ("left", "kicked")


@dataclass
class Chat:
    """A private chat (its id is the person's), a basic group or a supergroup."""

    chat_id: int
    kind: str
    title: str = ""
    is_forum: bool = False
    next_message_id: int = 1
    posts: dict[int, Post] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pins: list[int] = field(default_factory=list)
    description: str = ""
    permissions: dict[str, bool] = field(default_factory=dict)
    migrated_to: int | None = None
    migrated_from: int | None = None
    is_started: bool = False
    is_blocked: bool = False


@dataclass
class StoredFile:
    """An uploaded file; `info` is what its media object says besides the ids (width, duration, file_name, …)."""

    file_id: str
    unique_id: str
    path: str
    kind: str
    data: bytes
    info: Json = field(default_factory=dict)


@dataclass
class Press:
    """A pressed inline button; `answer` is what the bot said to it."""

    query_id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    pressed_at: float
    answer: Json | None = None


@dataclass
class Queued:
    """An update that waits for its bot; `lane` is the queue in which a webhook keeps order."""

    update: Json
    lane: int
    expires_at: float


@dataclass
class Webhook:
    """What setWebhook said, and how the last delivery went."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class Bot:
    """A bot account with its queue of updates and its profile."""

    token: str
    user: Json
    next_update_id: int = 1
    updates: list[Queued] = field(default_factory=list)
    allowed_updates: list[str] | None = None
    webhook: Webhook = field(default_factory=Webhook)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    default_rights: dict[str, Json] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)
    logged_out_until: float = 0.0

    @property
    def bot_id(self) -> int:
        """The bot's user id."""
        return int(self.user["id"])


@dataclass
class Realm:
    """All of the emulated Telegram's memory."""

    clock: Clock
    faults: Faults = field(default_factory=Faults)
    users: dict[int, Json] = field(default_factory=dict)
    bots: dict[str, Bot] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    windows: dict[str, list[float]] = field(default_factory=dict)
    listeners: list[Callable[[Json], None]] = field(default_factory=list)
    wakers: list[Callable[[int], None]] = field(default_factory=list)

    def now(self) -> float:
        """The world's instant in seconds since 1970."""
        return self.clock.now().timestamp()

    def count(self, name: str) -> int:
        """The next number of a series that starts with 1."""
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def emit(self, kind: str, chat_id: int | None = None, **facts: Any) -> None:
        """Tell every subscriber what happened."""
        event: Json = {"type": kind, "chat_id": chat_id, **facts}
        for listener in list(self.listeners):
            listener(event)

    def wake(self, bot_id: int) -> None:
        """Tell whoever delivers updates that this bot has one."""
        for waker in list(self.wakers):
            waker(bot_id)

    def private_bot(self) -> Bot | None:
        """The bot on the other side of private chats: the first one registered."""
        return next(iter(self.bots.values()), None)
