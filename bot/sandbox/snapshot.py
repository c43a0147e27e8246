"""The realm as JSON-able data and back, files included."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.state import Bot, Chat, Member, Post, Press, Queued, Realm, StoredFile, Topic, Webhook

Json = dict[str, Any]
_Value = TypeVar("_Value")

VERSION = 1


def dump_realm(realm: Realm) -> Json:
    """Everything but the subscribers; file contents are base64 text."""
    return {
        "version": VERSION,
        "clock": {"now": realm.now()},
        "faults": realm.faults.as_json(),
        "users": {str(key): dict(user) for key, user in realm.users.items()},
        "bots": [asdict(bot) for bot in realm.bots.values()],
        "chats": [_dump_chat(chat) for chat in realm.chats.values()],
        "files": [asdict(f) | {"data": base64.b64encode(f.data).decode()} for f in realm.files.values()],
        "presses": [asdict(press) for press in realm.presses.values()],
        "counters": dict(realm.counters),
        "windows": {key: list(times) for key, times in realm.windows.items()},
    }


def _dump_chat(chat: Chat) -> Json:
    """Records are listed by themselves: JSON keys are texts, ids are numbers."""
    return asdict(chat) | {
        "posts": [asdict(post) for post in chat.posts.values()],
        "members": [asdict(member) for member in chat.members.values()],
        "topics": [asdict(topic) for topic in chat.topics.values()],
    }


def left_at(dumped: Mapping[str, Any]) -> datetime:
    """When (UTC) the dump was made; of one that does not say so, when its last message was written or edited."""
    bodies = [post["body"] for chat in dumped["chats"] for post in chat["posts"]]
    said = [float(body.get(key, 0)) for body in bodies for key in ("date", "edit_date")]
    return datetime.fromtimestamp(max([float(dumped["clock"].get("now", 0)), *said]), UTC)


def load_realm(dumped: Mapping[str, Any], clock: Clock) -> Realm:
    """The realm that `dump_realm` described; raises ValueError for another version."""
    if dumped.get("version") != VERSION:
        raise ValueError(f"this sandbox can't read version {dumped.get('version')}")
    realm = Realm(clock, Faults())
    realm.faults.apply(dumped["faults"])
    realm.users = {int(key): dict(user) for key, user in dumped["users"].items()}
    realm.bots = _keyed([_load_bot(row) for row in dumped["bots"]], lambda bot: bot.token)
    realm.chats = _keyed([_load_chat(row) for row in dumped["chats"]], lambda chat: chat.chat_id)
    files = [_load(StoredFile, {**row, "data": base64.b64decode(row["data"])}) for row in dumped["files"]]
    realm.files = _keyed(files, lambda stored: stored.file_id)
    realm.presses = _keyed([_load(Press, row) for row in dumped["presses"]], lambda press: press.query_id)
    realm.counters = dict(dumped["counters"])
    realm.windows = {key: list(times) for key, times in dumped["windows"].items()}
    return realm


def _load(record: type[_Value], row: Mapping[str, Any]) -> _Value:
    names = {field.name for field in fields(record)}  # type: ignore[arg-type]
    return record(**{key: value for key, value in row.items() if key in names})


def _keyed(records: list[_Value], key: Callable[[_Value], Any]) -> dict[Any, _Value]:
    return {key(record): record for record in records}


def _load_bot(row: Mapping[str, Any]) -> Bot:
    queued = [_load(Queued, update) for update in row["updates"]]
    return _load(Bot, {**row, "updates": queued, "webhook": _load(Webhook, row["webhook"])})


def _load_chat(row: Mapping[str, Any]) -> Chat:
    posts = _keyed([_load(Post, post) for post in row["posts"]], lambda post: post.message_id)
    members = _keyed([_load(Member, member) for member in row["members"]], lambda member: member.user_id)
    topics = _keyed([_load(Topic, topic) for topic in row["topics"]], lambda topic: topic.thread_id)
    return _load(Chat, {**row, "posts": posts, "members": members, "topics": topics})
