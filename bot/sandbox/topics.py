"""Forum topics: opened, renamed, closed, hidden and deleted, with the service messages that tell so."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.members import has_right
from bot.sandbox.messages import delete, serve
from bot.sandbox.state import GENERAL, Bot, Chat, Post, Realm, Topic

Json = dict[str, Any]

ICON_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
"""The icon colours that createForumTopic allows."""

NAME_LENGTH = 128


def general_topic() -> Topic:
    """What every forum starts with."""
    return Topic(GENERAL, "General", ICON_COLORS[0])


def clean_name(name: str) -> str:
    """Spaces cut; what is too long is cut too, in silence, as Telegram does (tdlib, ForumTopicManager)."""
    return " ".join(name.split())[:NAME_LENGTH].rstrip()


def open_topic(
    realm: Realm, chat: Chat, creator_id: int, name: str, *, icon_color: int = 0, emoji_id: str | None = None
) -> Post:
    """A new topic; returns its service message, whose id is the thread's."""
    topic = Topic(chat.next_message_id, name, icon_color or ICON_COLORS[0], emoji_id, creator_id)
    chat.topics[topic.thread_id] = topic
    content: Json = {"name": topic.name, "icon_color": topic.icon_color}
    if emoji_id:
        content["icon_custom_emoji_id"] = emoji_id
    post = serve(realm, chat, creator_id, {"forum_topic_created": content}, thread_id=topic.thread_id)
    emit_topic(realm, chat, topic)
    return post


def find_topic(chat: Chat, thread_id: int) -> Topic:
    """The living topic; raises TOPIC_ID_INVALID, or that the chat is no forum."""
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    topic = chat.topics.get(thread_id)
    if topic is None or topic.is_deleted:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def rename_topic(realm: Realm, chat: Chat, topic: Topic, changes: Json, *, by: int) -> Post:
    """Give it a new `name` or `icon_custom_emoji_id`; raises TOPIC_NOT_MODIFIED."""
    real = {key: value for key, value in changes.items() if (getattr(topic, key) or "") != value}
    if not real:
        raise bad_request("TOPIC_NOT_MODIFIED")
    for key, value in real.items():
        setattr(topic, key, value)
    return _tell(realm, chat, topic, {"forum_topic_edited": real}, by=by)


def set_closed(realm: Realm, chat: Chat, topic: Topic, closed: bool, *, by: int) -> Post:
    """Close or reopen; raises TOPIC_NOT_MODIFIED."""
    if topic.is_closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = closed
    return _tell(realm, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, by=by)


def set_hidden(realm: Realm, chat: Chat, hidden: bool, *, by: int) -> Post:
    """Hide or show General; hiding closes it too (core.telegram.org/bots/api#hidegeneralforumtopic)."""
    topic = find_topic(chat, GENERAL)
    if topic.is_hidden == hidden:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_hidden = hidden
    topic.is_closed = topic.is_closed or hidden
    return _tell(
        realm, chat, topic, {"general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden": {}}, by=by
    )


def delete_topic(realm: Realm, chat: Chat, topic: Topic) -> None:
    """The topic goes with all its messages; nobody is told."""
    topic.is_deleted = True
    for post in list(chat.posts.values()):
        if post.thread_id == topic.thread_id and not post.deleted:
            delete(realm, chat, post)
    emit_topic(realm, chat, topic)


def _tell(realm: Realm, chat: Chat, topic: Topic, content: Json, *, by: int) -> Post:
    post = serve(realm, chat, by, content, thread_id=None if topic.thread_id == GENERAL else topic.thread_id)
    emit_topic(realm, chat, topic)
    return post


def emit_topic(realm: Realm, chat: Chat, topic: Topic) -> None:
    """Tell the page how the topic stands."""
    realm.emit("topic", chat.chat_id, thread_id=topic.thread_id, topic=topic_json(topic))


def topic_json(topic: Topic) -> Json:
    """A topic as the page shows it."""
    return {
        "message_thread_id": topic.thread_id,
        "name": topic.name,
        "icon_color": topic.icon_color,
        "icon_custom_emoji_id": topic.icon_custom_emoji_id,
        "is_closed": topic.is_closed,
        "is_hidden": topic.is_hidden,
        "is_deleted": topic.is_deleted,
        "is_general": topic.thread_id == GENERAL,
    }


def thread_for_call(realm: Realm, chat: Chat, bot: Bot, thread_id: int | None) -> int | None:
    """Where a bot's message goes; None is General, whose own id 1 bots must leave out (tdlib/telegram-bot-api#798)."""
    if not thread_id:
        _check_general(chat, bot.bot_id)
        return None
    topic = chat.topics.get(thread_id) if thread_id != GENERAL else None
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_deleted:
        raise bad_request(realm.faults.topic_deleted_answer)
    if topic.is_closed and not may_write_closed(chat, topic, bot.bot_id):
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def _check_general(chat: Chat, user_id: int) -> None:
    general = chat.topics.get(GENERAL)
    if general is not None and general.is_closed and not may_write_closed(chat, general, user_id):
        raise bad_request("TOPIC_CLOSED")


def may_write_closed(chat: Chat, topic: Topic, user_id: int) -> bool:
    """Who manages topics, and who opened this one, may write into it when it is closed."""
    return topic.creator_id == user_id or has_right(chat, user_id, "can_manage_topics")
