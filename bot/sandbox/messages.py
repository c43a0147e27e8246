"""Messages in chats: writing them down, showing them as Bot API objects, editing, deleting, pinning."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.chats import chat_json, user_json
from bot.sandbox.state import Chat, Post, Realm
from bot.sandbox.updates import queue_for_members

Json = dict[str, Any]


def write_down(
    realm: Realm,
    chat: Chat,
    sender_id: int,
    content: Mapping[str, Any],
    *,
    thread_id: int | None = None,
    reply_to: int | None = None,
    pins: int | None = None,
    keyboard: Json | None = None,
) -> Post:
    """Add a message to the chat and show it to the people; the bots are told by `tell_bots`."""
    message_id = chat.next_message_id
    chat.next_message_id += 1
    body = {"message_id": message_id, "from": user_json(realm, sender_id), "date": realm.clock.unix(), **content}
    chain = _chain(chat, reply_to) if thread_id is None else None
    post = Post(body, thread_id, chain, reply_to, pins, keyboard=keyboard)
    chat.posts[message_id] = post
    emit_post(realm, chat, post, "message")
    return post


def _chain(chat: Chat, reply_to: int | None) -> int | None:
    """In supergroups a reply carries the id of the first message of its chain as message_thread_id."""
    target = chat.posts.get(reply_to or 0)
    if chat.kind != "supergroup" or target is None:
        return None
    return target.chain_id or target.message_id


def tell_bots(realm: Realm, chat: Chat, post: Post, kind: str = "message", *, but: int | None = None) -> None:
    """Queue the message for the bots in the chat; `but` is the bot that said it (bots don't hear themselves)."""
    queue_for_members(realm, chat, kind, shown(realm, chat, post), but=but)


def serve(
    realm: Realm,
    chat: Chat,
    sender_id: int,
    content: Mapping[str, Any],
    *,
    thread_id: int | None = None,
    pins: int | None = None,
) -> Post:
    """A service message; unlike others it also reaches the bot that caused it."""
    post = write_down(realm, chat, sender_id, content, thread_id=thread_id, pins=pins)
    tell_bots(realm, chat, post)
    return post


def shown(realm: Realm, chat: Chat, post: Post, *, deep: bool = True) -> Json:
    """The Message object as a bot gets it at this moment; a message inside of another one (not `deep`) nests none."""
    body = dict(post.body)
    message: Json = {"message_id": body.pop("message_id"), "from": body.pop("from"), "chat": chat_json(realm, chat)}
    message["date"] = body.pop("date")
    if post.thread_id is not None:
        message |= {"message_thread_id": _thread_shown(post), "is_topic_message": True}
    elif post.chain_id is not None:
        message["message_thread_id"] = post.chain_id
    if deep:
        message |= _inner(realm, chat, post)
    return message | body


def _thread_shown(post: Post) -> int:
    return int(post.thread_id or 0)


def _inner(realm: Realm, chat: Chat, post: Post) -> Json:
    """A plain message in a topic replies to the service message that opened the topic, as real ones do."""
    inner: Json = {}
    root = post.thread_id if post.thread_id != post.message_id else None
    target = find_post(chat, post.reply_to or root)
    if target is not None and post.pins is None:
        inner["reply_to_message"] = shown(realm, chat, target, deep=False)
    if post.pins is not None:
        pinned = find_post(chat, post.pins)
        gone = {"chat": chat_json(realm, chat), "message_id": post.pins, "date": 0}
        inner["pinned_message"] = shown(realm, chat, pinned, deep=False) if pinned else gone
    return inner


def find_post(chat: Chat, message_id: int | None) -> Post | None:
    """The message, unless it never was or is deleted."""
    post = chat.posts.get(message_id or 0)
    return None if post is None or post.deleted else post


def as_seen(realm: Realm, chat: Chat, post: Post) -> Json:
    """The message as the page shows it: with what no bot gets to know, under names that begin with "_"."""
    return {
        **shown(realm, chat, post),
        "_reactions": {emoji: list(users) for emoji, users in post.reactions.items()},
        "_deleted": post.deleted,
        "_edited": bool(post.versions),
        "_versions": [dict(version) for version in post.versions],
        "_keyboard": post.keyboard,
        "_pinned": post.message_id in chat.pins,
    }


def emit_post(realm: Realm, chat: Chat, post: Post, kind: str) -> None:
    """Tell the page of this message."""
    if realm.listeners:
        realm.emit(kind, chat.chat_id, thread_id=post.thread_id, message=as_seen(realm, chat, post))


def rewrite(realm: Realm, chat: Chat, post: Post, changes: Mapping[str, Any], *, gone: tuple[str, ...] = ()) -> None:
    """Edit: put `changes` in, take the fields `gone` out; the old body is kept unless only the buttons changed."""
    old = dict(post.body)
    for name in gone:
        post.body.pop(name, None)
    post.body.update(changes)
    if _words(old) != _words(post.body):
        post.versions.append(old)
    post.body["edit_date"] = realm.clock.unix()
    emit_post(realm, chat, post, "edited")


def _words(body: Json) -> Json:
    return {name: value for name, value in body.items() if name not in ("reply_markup", "edit_date")}


def delete(realm: Realm, chat: Chat, post: Post) -> None:
    """Delete for everybody; bots hear nothing of it, as in Telegram."""
    post.deleted = True
    if post.message_id in chat.pins:
        chat.pins.remove(post.message_id)
    realm.emit("deleted", chat.chat_id, thread_id=post.thread_id, message_id=post.message_id)


def pin(realm: Realm, chat: Chat, post: Post, *, by: int) -> None:
    """Pin, with the service message that tells so."""
    if post.message_id in chat.pins:
        return
    chat.pins.append(post.message_id)
    serve(realm, chat, by, {}, thread_id=post.thread_id, pins=post.message_id)
    realm.emit("pin", chat.chat_id, thread_id=post.thread_id, message_id=post.message_id, is_pinned=True)


def unpin(realm: Realm, chat: Chat, message_ids: list[int]) -> None:
    """Unpin these messages; Telegram tells nobody."""
    for message_id in message_ids:
        chat.pins.remove(message_id)
        post = chat.posts[message_id]
        realm.emit("pin", chat.chat_id, thread_id=post.thread_id, message_id=message_id, is_pinned=False)
