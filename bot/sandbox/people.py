"""What a person in a chat does: writes, sends, edits, deletes, presses, reacts, blocks."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.chats import chat_for_act, chat_json, default_permissions, find_user, user_json
from bot.sandbox.entities import formatted, in_order
from bot.sandbox.errors import ActError
from bot.sandbox.media import FILE_KINDS, other_content, store_media
from bot.sandbox.members import has_right, is_admin, tell_private
from bot.sandbox.messages import delete, emit_post, find_post, rewrite, shown, tell_bots, write_down
from bot.sandbox.state import GENERAL, Chat, Post, Press, Realm
from bot.sandbox.topics import may_write_closed
from bot.sandbox.updates import bots_in, queue_update
from bot.sandbox.utf16 import u16_length

Json = dict[str, Any]

EDIT_SECONDS = 48 * 3600
"""How long people may edit what they wrote (limits.tginfo.me)."""


def start(realm: Realm, user_id: int, payload: str) -> Post:
    """Press Start: unblocks, opens the private chat, and writes /start."""
    chat = chat_for_act(realm, user_id)
    if chat.is_blocked:
        unblock(realm, user_id)
    chat.is_started = True
    return say(realm, user_id, user_id, text_content(realm, f"/start {payload}".rstrip(), ()))


def chat_of(realm: Realm, user_id: int) -> Chat:
    """A person's private chat with the bot."""
    return chat_for_act(realm, user_id)


def text_content(realm: Realm, text: str, entities: Sequence[Json], *, prefix: str = "") -> Json:
    """`text` and `entities` (or, with prefix "caption_", the caption) of a message, as Telegram marks them."""
    text, found = formatted(text, entities=entities, user_of=lambda user_id: find_user(realm, user_id))
    name = "caption" if prefix else "text"
    if not text:
        return {}
    return {name: text, f"{prefix}entities": in_order(found)} if found else {name: text}


def say(
    realm: Realm,
    user_id: int,
    chat_id: int,
    content: Mapping[str, Any],
    *,
    thread_id: int | None = None,
    reply_to: int | None = None,
    quote: str | None = None,
) -> Post:
    """Put a person's message into a chat, if they may, and tell the bots there."""
    chat = chat_for_act(realm, chat_id)
    if not content:
        raise ActError("an empty message")
    _check_may_write(chat, user_id)
    thread = _thread(chat, user_id, thread_id, reply_to)
    content = {**_quoted(chat, reply_to, quote), **content}
    if chat.kind == "private":
        chat.is_started = True
    post = write_down(realm, chat, user_id, content, thread_id=thread, reply_to=reply_to)
    tell_bots(realm, chat, post)
    return post


def _check_may_write(chat: Chat, user_id: int) -> None:
    _check_is_in(chat, user_id)
    if chat.is_blocked:
        raise ActError("the bot is blocked")
    if not has_right(chat, user_id, "can_send_messages"):
        raise ActError("may not write in this group")


def _check_is_in(chat: Chat, user_id: int) -> None:
    if chat.kind == "private":
        if chat.chat_id != user_id:
            raise ActError("this is somebody else's private chat")
    elif user_id not in chat.members or not chat.members[user_id].is_in:
        raise ActError("not a member of this group")


def _thread(chat: Chat, user_id: int, thread_id: int | None, reply_to: int | None) -> int | None:
    """The topic that the person stands in; with none named, that of the message they answer."""
    target = _target(chat, reply_to) if reply_to is not None else None
    if thread_id is None and target is not None:
        thread_id = target.thread_id
    if not chat.is_forum:
        if thread_id not in (None, GENERAL):
            raise ActError("this chat has no topics")
        return None
    topic = chat.topics.get(thread_id or GENERAL)
    if topic is None or topic.is_deleted:
        raise ActError(f"there is no topic {thread_id}")
    if topic.is_closed and not may_write_closed(chat, topic, user_id):
        raise ActError("this topic is closed")
    return None if topic.thread_id == GENERAL else topic.thread_id


def _target(chat: Chat, message_id: int | None) -> Post:
    post = find_post(chat, message_id)
    if post is None:
        raise ActError(f"there is no message {message_id}")
    return post


def _quoted(chat: Chat, reply_to: int | None, quote: str | None) -> Json:
    if quote is None or reply_to is None:
        return {}
    body = _target(chat, reply_to).body
    text = str(body.get("text") or body.get("caption") or "")
    at = text.find(quote)
    if at < 0:
        raise ActError("the quote is not in the message")
    return {"quote": {"text": quote, "position": u16_length(text[:at]), "is_manual": True}}


def media_content(
    realm: Realm, kind: str, data: bytes, *, file_name: str | None, mime_type: str | None, extra: Mapping[str, Any]
) -> Json:
    """What a person's photo, voice, location, … puts into the message; raises ActError for an unknown kind."""
    if kind in FILE_KINDS:
        return store_media(realm, kind, data or b"\0", file_name=file_name, mime_type=mime_type, **extra)
    try:
        return other_content(realm, kind, extra)
    except ValueError as error:
        raise ActError(str(error)) from error


def edit(realm: Realm, user_id: int, chat_id: int, message_id: int, text: str, entities: Sequence[Json]) -> Post:
    """A person edits their own text or caption; an edit that changes nothing is no edit."""
    chat = chat_for_act(realm, chat_id)
    post = _target(chat, message_id)
    if post.sender_id != user_id:
        raise ActError("this is not your message")
    if realm.now() - post.body["date"] > EDIT_SECONDS:
        raise ActError("too late to edit")
    if chat.kind == "private" and chat.is_blocked:
        raise ActError("the bot is blocked")
    is_text = "text" in post.body
    prefix = "" if is_text else "caption_"
    changes = text_content(realm, text, entities, prefix=prefix)
    gone = ("text", "entities") if is_text else ("caption", "caption_entities")
    if changes != {name: post.body[name] for name in gone if name in post.body}:
        rewrite(realm, chat, post, changes, gone=gone)
        tell_bots(realm, chat, post, "edited_message")
    return post


def remove(realm: Realm, user_id: int, chat_id: int, message_id: int) -> None:
    """A person deletes their own message, any in their private chat, or any at all as an administrator."""
    chat = chat_for_act(realm, chat_id)
    post = _target(chat, message_id)
    may = post.sender_id == user_id or chat.chat_id == user_id
    if not may and not (is_admin(chat, user_id) and has_right(chat, user_id, "can_delete_messages")):
        raise ActError("this is not your message")
    delete(realm, chat, post)


def press(realm: Realm, user_id: int, chat_id: int, message_id: int, data: str) -> Press:
    """Press an inline button: the bot that sent the message gets a callback query."""
    chat = chat_for_act(realm, chat_id)
    _check_is_in(chat, user_id)
    post = _target(chat, message_id)
    rows = post.body.get("reply_markup", {}).get("inline_keyboard", [])
    if not any(button.get("callback_data") == data for row in rows for button in row):
        raise ActError("there is no such button")
    query_id = str(4_000_000_000_000_000_000 + realm.count("press"))
    pressed = Press(query_id, user_id, chat_id, message_id, data, realm.now())
    realm.presses[query_id] = pressed
    content: Json = {
        "id": query_id,
        "from": user_json(realm, user_id),
        "message": shown(realm, chat, post),
        "chat_instance": str(7_000_000_000 + abs(chat_id) % 1_000_000_007),
        "data": data,
    }
    for bot in bots_in(realm, chat):
        if bot.bot_id == post.sender_id:
            queue_update(realm, bot, "callback_query", content, about_id=user_id)
    return pressed


def react(realm: Realm, user_id: int, chat_id: int, message_id: int, emoji: str | None) -> None:
    """Set or clear a person's one reaction; administrators' bots hear of it when allowed_updates say so."""
    chat = chat_for_act(realm, chat_id)
    _check_is_in(chat, user_id)
    post = _target(chat, message_id)
    old = set_reaction(realm, chat, post, user_id, [] if emoji is None else [emoji])
    content: Json = {
        "chat": chat_json(realm, chat),
        "message_id": message_id,
        "user": user_json(realm, user_id),
        "date": realm.clock.unix(),
        "old_reaction": [{"type": "emoji", "emoji": each} for each in old],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    for bot in bots_in(realm, chat):
        if chat.kind == "private" or is_admin(chat, bot.bot_id):
            queue_update(realm, bot, "message_reaction", content, about_id=chat_id)


def set_reaction(realm: Realm, chat: Chat, post: Post, user_id: int, emojis: Sequence[str]) -> list[str]:
    """Replace somebody's reactions to a message; returns the old ones."""
    old = [emoji for emoji, users in post.reactions.items() if user_id in users]
    for emoji in old:
        post.reactions[emoji].remove(user_id)
        if not post.reactions[emoji]:
            del post.reactions[emoji]
    for emoji in emojis:
        post.reactions.setdefault(emoji, []).append(user_id)
    emit_post(realm, chat, post, "reaction")
    return old


def block(realm: Realm, user_id: int) -> None:
    """Block the bot; my_chat_member tells it."""
    chat = chat_for_act(realm, user_id)
    if not chat.is_blocked:
        chat.is_blocked = True
        tell_private(realm, chat, was="member", now="kicked")


def unblock(realm: Realm, user_id: int) -> None:
    """Take that back."""
    chat = chat_for_act(realm, user_id)
    if chat.is_blocked:
        chat.is_blocked = False
        tell_private(realm, chat, was="kicked", now="member")


def add_person(realm: Realm, user: Json, *, has_started: bool = False) -> Json:
    """Register somebody, with a private chat that waits for its first message (or that they started before)."""
    user_id = int(user["id"])
    realm.users[user_id] = user
    chat = realm.chats.setdefault(user_id, Chat(user_id, "private", permissions=default_permissions()))
    chat.is_started = chat.is_started or has_started
    return user_json(realm, user_id)
