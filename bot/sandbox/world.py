"""The sandbox's world: people, chats and bots, one small method per thing that a person does or a page shows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.sandbox import groups, people
from bot.sandbox.chats import chat_for_act, chat_json
from bot.sandbox.clock import Clock
from bot.sandbox.errors import as_act
from bot.sandbox.faults import Faults
from bot.sandbox.menus import commands_shown
from bot.sandbox.messages import as_seen, find_post
from bot.sandbox.snapshot import dump_realm, left_at, load_realm
from bot.sandbox.state import GENERAL, Bot, Chat, Post, Realm
from bot.sandbox.topics import topic_json
from bot.sandbox.updates import queue_raw

Json = dict[str, Any]


class World:
    """Synchronous, sans-IO and single-threaded; messages are plain dicts in the Bot API's JSON shape.

    A private chat's chat_id is the user's id. Acts raise `ActError` when the person could not do that in Telegram.
    The events of `subscribe` are dicts with `type` (message, edited, deleted, reaction, topic, pin, member, migrated,
    callback_answer, chat_action, commands, faults, clock), `chat_id` and what belongs to the type.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.realm = Realm(self.clock)

    @property
    def faults(self) -> Faults:
        """The switches; to change them with an event use `set_faults`."""
        return self.realm.faults

    # the stage

    def add_bot(self, token: str, *, username: str, first_name: str) -> Json:
        """Register a bot; returns its User object (its id is the number before the token's colon)."""
        user: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": first_name}
        self.realm.bots[token] = Bot(token, user | {"username": username})
        return dict(self.realm.bots[token].user)

    def add_user(
        self,
        user_id: int,
        first_name: str,
        *,
        last_name: str = "",
        username: str | None = None,
        language_code: str = "zh-hans",
        phone: str | None = None,
        has_started: bool = False,
    ) -> Json:
        """Register a person (or change their names), who may have pressed Start before; returns the User object."""
        user: Json = {"id": user_id, "is_bot": False, "first_name": first_name, "language_code": language_code}
        optional = {"last_name": last_name, "username": username, "_phone": phone}
        return people.add_person(self.realm, user | {k: v for k, v in optional.items() if v}, has_started=has_started)

    def has_started(self, user_id: int) -> None:
        """They pressed Start some day before: the bot may write to them; no update, and nothing in the chat."""
        people.chat_of(self.realm, user_id).is_started = True

    def add_group(
        self,
        chat_id: int,
        title: str,
        *,
        is_forum: bool = True,
        members: Mapping[int, str] = {},
        bot_rights: Mapping[str, bool] | None = None,
    ) -> Json:
        """Make a group (-100… = supergroup, other negative ids = basic group) that all bots are in; no updates."""
        chat = groups.found_group(self.realm, chat_id, title, is_forum=is_forum, members=members, bot_rights=bot_rights)
        return chat_json(self.realm, chat)

    # what people do

    def user_starts(self, user_id: int, payload: str = "") -> Json:
        """Press Start in the private chat (a deep link's payload goes along); unblocks the bot."""
        return self._seen(user_id, people.start(self.realm, user_id, payload))

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
        with as_act():
            content = people.text_content(self.realm, text, entities)
        post = people.say(self.realm, user_id, chat_id, content, thread_id=thread_id, reply_to=reply_to, quote=quote)
        return self._seen(chat_id, post)

    def user_sends(
        self,
        user_id: int,
        chat_id: int,
        kind: str,
        /,
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
        """Send anything else; `kind` is the Message field: photo, voice, document, location, contact, poll, …

        `extra` goes into the media object (duration=…, emoji=…, latitude=…, phone_number=…, question=…).
        """
        content = people.media_content(self.realm, kind, data, file_name=file_name, mime_type=mime_type, extra=extra)
        with as_act():
            content |= people.text_content(self.realm, caption, caption_entities, prefix="caption_")
        if media_group_id:
            content["media_group_id"] = media_group_id
        post = people.say(self.realm, user_id, chat_id, content, thread_id=thread_id, reply_to=reply_to)
        return self._seen(chat_id, post)

    def user_edits(self, user_id: int, chat_id: int, message_id: int, text: str, entities: Sequence[Json] = ()) -> Json:
        """Edit an own text or caption."""
        with as_act():
            return self._seen(chat_id, people.edit(self.realm, user_id, chat_id, message_id, text, entities))

    def user_deletes(self, user_id: int, chat_id: int, message_id: int) -> None:
        """Delete a message for everybody; bots hear nothing of it, as in Telegram."""
        people.remove(self.realm, user_id, chat_id, message_id)

    def user_presses(self, user_id: int, chat_id: int, message_id: int, data: str) -> str:
        """Press an inline button; returns the callback query's id, good for 150 s."""
        return people.press(self.realm, user_id, chat_id, message_id, data).query_id

    def user_reacts(self, user_id: int, chat_id: int, message_id: int, emoji: str | None) -> None:
        """Set one's only reaction; None takes it away."""
        people.react(self.realm, user_id, chat_id, message_id, emoji)

    def user_blocks(self, user_id: int) -> None:
        """Block the bot in the private chat."""
        people.block(self.realm, user_id)

    def user_unblocks(self, user_id: int) -> None:
        """Unblock the bot."""
        people.unblock(self.realm, user_id)

    def user_joins(self, user_id: int, chat_id: int, status: str = "member") -> None:
        """Join a group (service message new_chat_members, chat_member update)."""
        groups.join(self.realm, user_id, chat_id, status)

    def user_leaves(self, user_id: int, chat_id: int) -> None:
        """Leave a group (service message left_chat_member, chat_member update)."""
        groups.leave(self.realm, user_id, chat_id)

    # what administrators do

    def topic_made(self, user_id: int, chat_id: int, name: str) -> Json:
        """A human opens a forum topic; returns its service message (message_id = thread id)."""
        return self._seen(chat_id, groups.make_topic(self.realm, user_id, chat_id, name))

    def topic_deleted(self, chat_id: int, thread_id: int) -> None:
        """A human deletes a topic and all its messages; bots hear nothing of it."""
        groups.remove_topic(self.realm, chat_id, thread_id)

    def topic_closed(self, chat_id: int, thread_id: int) -> Json:
        """A human closes a topic."""
        return self._seen(chat_id, groups.close_topic(self.realm, chat_id, thread_id, True))

    def topic_reopened(self, chat_id: int, thread_id: int) -> Json:
        """A human opens a closed topic again."""
        return self._seen(chat_id, groups.close_topic(self.realm, chat_id, thread_id, False))

    def migrate_group(self, chat_id: int) -> int:
        """The group becomes a new supergroup; returns its id. History and topics stay behind."""
        return groups.upgrade(self.realm, chat_id)

    def remove_bot(self, chat_id: int) -> None:
        """Kick the bot out of a group."""
        groups.kick_bots(self.realm, chat_id)

    def return_bot(self, chat_id: int, rights: Mapping[str, bool] | None = None) -> None:
        """Take the bot (back) into a group as an administrator; None = with every right."""
        groups.add_bots(self.realm, chat_id, rights)

    def set_bot_rights(self, chat_id: int, **rights: bool) -> None:
        """Change the bot's administrator rights (my_chat_member); no right left = a plain member."""
        groups.change_bot_rights(self.realm, chat_id, rights)

    def inject(self, update: Json) -> Json:
        """Queue a raw update for every bot, whatever it holds; a missing update_id is filled in."""
        queued = [queue_raw(self.realm, bot, update) for bot in self.realm.bots.values()]
        return queued[0] if queued else update

    # views

    def users(self) -> list[Json]:
        """All people (User objects; phone as `_phone`)."""
        return [dict(user) for user in self.realm.users.values()]

    def bots(self) -> list[Json]:
        """All bots (User objects)."""
        return [dict(bot.user) for bot in self.realm.bots.values()]

    def chats(self) -> list[Json]:
        """All chats (Chat objects with `_members`: {user id: status}, `_migrated_to`, `_started`, `_blocked`)."""
        return [self._chat(chat) for chat in self.realm.chats.values()]

    def chats_of(self, user_id: int) -> list[Json]:
        """The chats that this person sees: the private one first, then their groups."""
        groups_of = [c for c in self.realm.chats.values() if user_id in c.members and c.members[user_id].is_in]
        private = [self.realm.chats[user_id]] if user_id in self.realm.chats else []
        return [self._chat(chat) for chat in [*private, *(c for c in groups_of if c.migrated_to is None)]]

    def topics(self, chat_id: int) -> list[Json]:
        """Living topics, General (message_thread_id 1) first; keys: name, icon_color, is_closed, is_hidden, …"""
        return [topic_json(t) for t in self.realm.chats[chat_id].topics.values() if not t.is_deleted]

    def history(self, chat_id: int, thread_id: int | None = None) -> list[Json]:
        """Messages by id with `_reactions` {emoji: [user ids]}, `_deleted`, `_edited`, `_versions`, `_keyboard`
        (a reply keyboard), `_pinned`; thread_id None = the whole chat, 1 = General only."""
        chat = self.realm.chats[chat_id]
        return [as_seen(self.realm, chat, p) for p in chat.posts.values() if _stands_in(p, thread_id)]

    def message(self, chat_id: int, message_id: int) -> Json:
        """One message as `history` shows it; raises KeyError."""
        return self._seen(chat_id, self.realm.chats[chat_id].posts[message_id])

    def file_bytes(self, file_id: str) -> bytes:
        """The content of a file; raises KeyError."""
        return self.realm.files[file_id].data

    def pinned(self, chat_id: int, thread_id: int | None = None) -> list[Json]:
        """Pinned messages, the latest pin first."""
        chat = self.realm.chats[chat_id]
        posts = [post for message_id in reversed(chat.pins) if (post := find_post(chat, message_id))]
        return [as_seen(self.realm, chat, post) for post in posts if _stands_in(post, thread_id)]

    def commands_for(self, user_id: int, chat_id: int) -> list[Json]:
        """The command menu that this person is shown in this chat; a group that became another one has none."""
        if self.realm.chats[chat_id].migrated_to is not None:
            return []
        return commands_shown(self.realm, chat_for_act(self.realm, chat_id), user_id)

    def callback_answer(self, callback_query_id: str) -> Json | None:
        """What the bot answered to a press, {"text", "show_alert", "url"}; None while it has not."""
        press = self.realm.presses.get(callback_query_id)
        return press.answer if press else None

    def subscribe(self, callback: Callable[[Json], None]) -> Callable[[], None]:
        """Call back with every event; returns what ends that."""
        self.realm.listeners.append(callback)
        return lambda: self.realm.listeners.remove(callback)

    def _seen(self, chat_id: int, post: Post) -> Json:
        return as_seen(self.realm, self.realm.chats[chat_id], post)

    def _chat(self, chat: Chat) -> Json:
        statuses = {user_id: member.status for user_id, member in chat.members.items()}
        private = {"_started": chat.is_started, "_blocked": chat.is_blocked}
        return {**chat_json(self.realm, chat), "_members": statuses, "_migrated_to": chat.migrated_to, **private}

    # switches and keeping

    def advance(self, by: timedelta) -> None:
        """Move the clock forward and tell subscribers."""
        self.clock.advance(by)
        self.realm.emit("clock", now=self.clock.now().isoformat())

    def set_faults(self, spec: Mapping[str, Any]) -> None:
        """`faults.apply` plus an event."""
        self.faults.apply(spec)
        self.realm.emit("faults", faults=self.faults.as_json())

    def dump(self) -> Json:
        """Everything as JSON-able data, files as base64."""
        return dump_realm(self.realm)

    @classmethod
    def load(cls, dumped: Mapping[str, Any], clock: Clock | None = None) -> "World":
        """The world that `dump` described; without a clock of the caller's, time goes on where it stopped."""
        world = cls(clock or Clock(start=left_at(dumped)))
        world.realm = load_realm(dumped, world.clock)
        return world


def _stands_in(post: Post, thread_id: int | None) -> bool:
    if thread_id is None:
        return True
    return post.thread_id is None if thread_id == GENERAL else post.thread_id == thread_id
