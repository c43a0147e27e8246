"""The sandbox's world: people, chats and bots, one small method per thing that a person does or a page shows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults

Json = dict[str, Any]


class World:
    """Synchronous, sans-IO and single-threaded; messages are plain dicts in the Bot API's JSON shape.

    A private chat's chat_id is the user's id. Acts raise `ActError` when the person could not do that in Telegram.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.faults = Faults()

    # the stage

    def add_bot(self, token: str, *, username: str, first_name: str) -> Json:
        """Register a bot; returns its User object (its id is the number before the token's colon)."""
        raise NotImplementedError

    def add_user(
        self,
        user_id: int,
        first_name: str,
        *,
        last_name: str = "",
        username: str | None = None,
        language_code: str = "zh-hans",
        phone: str | None = None,
    ) -> Json:
        """Register a person; returns the User object."""
        raise NotImplementedError

    def add_group(
        self,
        chat_id: int,
        title: str,
        *,
        is_forum: bool = True,
        members: Mapping[int, str] = {},  # noqa: B006
        bot_rights: Mapping[str, bool] | None = None,
    ) -> Json:
        """Make a group (-100… = supergroup, other negative ids = basic group) that the bots are in."""
        raise NotImplementedError

    # what people do

    def user_starts(self, user_id: int, payload: str = "") -> Json:
        """Press Start in the private chat (a deep link's payload goes along); unblocks the bot."""
        raise NotImplementedError

    def user_writes(
        self,
        user_id: int,
        chat_id: int,
        text: str,
        *,
        entities: Sequence[Json] = (),
        thread_id: int | None = None,
        reply_to: int | None = None,
        quote: str | None = None,
    ) -> Json:
        """Write a text; commands, mentions, links and phone numbers get their entities as Telegram marks them."""
        raise NotImplementedError

    def user_sends(
        self,
        user_id: int,
        chat_id: int,
        kind: str,
        *,
        data: bytes = b"",
        file_name: str | None = None,
        mime_type: str | None = None,
        caption: str = "",
        caption_entities: Sequence[Json] = (),
        thread_id: int | None = None,
        reply_to: int | None = None,
        media_group_id: str | None = None,
        **extra: Any,
    ) -> Json:
        """Send anything else; `kind` is the Message field: photo, voice, document, location, contact, poll, …"""
        raise NotImplementedError

    def user_edits(self, user_id: int, chat_id: int, message_id: int, text: str, entities: Sequence[Json] = ()) -> Json:
        """Edit an own text or caption."""
        raise NotImplementedError

    def user_deletes(self, user_id: int, chat_id: int, message_id: int) -> None:
        """Delete a message for everybody; bots hear nothing of it, as in Telegram."""
        raise NotImplementedError

    def user_presses(self, user_id: int, chat_id: int, message_id: int, data: str) -> str:
        """Press an inline button; returns the callback query's id, good for 150 s."""
        raise NotImplementedError

    def user_reacts(self, user_id: int, chat_id: int, message_id: int, emoji: str | None) -> None:
        """Set one's only reaction; None takes it away."""
        raise NotImplementedError

    def user_blocks(self, user_id: int) -> None:
        """Block the bot in the private chat."""
        raise NotImplementedError

    def user_unblocks(self, user_id: int) -> None:
        """Unblock the bot."""
        raise NotImplementedError

    def user_joins(self, user_id: int, chat_id: int, status: str = "member") -> None:
        """Join a group (service message new_chat_members, chat_member update)."""
        raise NotImplementedError

    def user_leaves(self, user_id: int, chat_id: int) -> None:
        """Leave a group (service message left_chat_member, chat_member update)."""
        raise NotImplementedError

    # what administrators do

    def topic_made(self, user_id: int, chat_id: int, name: str) -> Json:
        """A human opens a forum topic; returns its service message (message_id = thread id)."""
        raise NotImplementedError

    def topic_deleted(self, chat_id: int, thread_id: int) -> None:
        """A human deletes a topic and all its messages; bots hear nothing of it."""
        raise NotImplementedError

    def topic_closed(self, chat_id: int, thread_id: int) -> Json:
        """A human closes a topic."""
        raise NotImplementedError

    def topic_reopened(self, chat_id: int, thread_id: int) -> Json:
        """A human opens a closed topic again."""
        raise NotImplementedError

    def migrate_group(self, chat_id: int) -> int:
        """The group becomes a new supergroup; returns its id. History and topics stay behind."""
        raise NotImplementedError

    def remove_bot(self, chat_id: int) -> None:
        """Kick the bot out of a group."""
        raise NotImplementedError

    def set_bot_rights(self, chat_id: int, **rights: bool) -> None:
        """Change the bot's administrator rights (my_chat_member); no right left = a plain member."""
        raise NotImplementedError

    def inject(self, update: Json) -> Json:
        """Queue a raw update for every bot; a missing update_id is filled in."""
        raise NotImplementedError

    # views

    def users(self) -> list[Json]:
        """All people (User objects; phone as `_phone`)."""
        raise NotImplementedError

    def chats(self) -> list[Json]:
        """All chats (Chat objects with `_members`: {user id: status}, `_migrated_to`, `_started`, `_blocked`)."""
        raise NotImplementedError

    def chats_of(self, user_id: int) -> list[Json]:
        """The chats that this person sees: the private one first, then their groups."""
        raise NotImplementedError

    def topics(self, chat_id: int) -> list[Json]:
        """Living topics, General (message_thread_id 1) first; keys: name, icon_color, is_closed, is_hidden."""
        raise NotImplementedError

    def history(self, chat_id: int, thread_id: int | None = None) -> list[Json]:
        """Messages by id with `_reactions` {emoji: [user ids]}, `_deleted`, `_edited`; thread_id 1 = General only."""
        raise NotImplementedError

    def file_bytes(self, file_id: str) -> bytes:
        """The content of a file; raises KeyError."""
        raise NotImplementedError

    def pinned(self, chat_id: int, thread_id: int | None = None) -> list[Json]:
        """Pinned messages, the latest pin first."""
        raise NotImplementedError

    def commands_for(self, user_id: int, chat_id: int) -> list[Json]:
        """The command menu that this person is shown in this chat."""
        raise NotImplementedError

    def callback_answer(self, callback_query_id: str) -> Json | None:
        """What the bot answered to a press, {"text", "show_alert", "url"}; None while it has not."""
        raise NotImplementedError

    def subscribe(self, callback: Callable[[Json], None]) -> Callable[[], None]:
        """Call back with every event; returns what ends that."""
        raise NotImplementedError

    # switches and keeping

    def advance(self, by: timedelta) -> None:
        """Move the clock forward and tell subscribers."""
        raise NotImplementedError

    def set_faults(self, spec: Mapping[str, Any]) -> None:
        """`faults.apply` plus an event."""
        raise NotImplementedError

    def dump(self) -> Json:
        """Everything as JSON-able data, files as base64."""
        raise NotImplementedError

    @classmethod
    def load(cls, dumped: Mapping[str, Any], clock: Clock | None = None) -> "World":
        """The world that `dump` described."""
        raise NotImplementedError
