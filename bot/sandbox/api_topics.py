"""createForumTopic and the other methods about forum topics and pinned messages."""

from typing import Any

from bot.sandbox.api_common import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.limits import charge
from bot.sandbox.members import has_right, need_right
from bot.sandbox.messages import pin, unpin
from bot.sandbox.state import GENERAL, Chat, Topic
from bot.sandbox.topics import (
    ICON_COLORS,
    clean_name,
    delete_topic,
    find_topic,
    open_topic,
    rename_topic,
    set_closed,
    set_hidden,
)

Json = dict[str, Any]


def create_forum_topic(call: Call) -> Json:
    """createForumTopic; counts as a message (tdlib/td#2592)."""
    chat = _forum(call)
    need_right(chat, call.bot, "can_manage_topics", "create a topic")
    name = clean_name(call.params.text("name"))
    if not name:
        raise bad_request("title must be non-empty")
    color = call.params.integer("icon_color")
    if color and color not in ICON_COLORS:
        raise bad_request("invalid icon color specified")
    charge(call.realm, call.bot, chat)
    emoji = call.params.text("icon_custom_emoji_id") or None
    post = open_topic(call.realm, chat, call.bot.bot_id, name, icon_color=color, emoji_id=emoji)
    topic: Json = {"message_thread_id": post.message_id, "name": name, "icon_color": color or ICON_COLORS[0]}
    return topic | ({"icon_custom_emoji_id": emoji} if emoji else {})


def _forum(call: Call) -> Chat:
    chat = call.chat(write=True)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(call: Call, *, what: str = "edit the topic") -> tuple[Chat, Topic]:
    """The topic that the call names, which the bot may manage: by right, or because it opened it."""
    chat = _forum(call)
    topic = find_topic(chat, call.params.integer("message_thread_id"))
    mine = topic.creator_id == call.bot.bot_id
    if not mine and not has_right(chat, call.bot.bot_id, "can_manage_topics"):
        raise bad_request(f"not enough rights to {what}")
    return chat, topic


def edit_forum_topic(call: Call) -> bool:
    """editForumTopic; naming nothing changes nothing and is fine."""
    chat, topic = _topic(call)
    changes: Json = {}
    if call.params.text("name"):
        changes["name"] = _name(call)
    if call.params.has("icon_custom_emoji_id"):
        changes["icon_custom_emoji_id"] = call.params.text("icon_custom_emoji_id")
    if changes:
        rename_topic(call.realm, chat, topic, changes, by=call.bot.bot_id)
    return True


def _name(call: Call) -> str:
    name = clean_name(call.params.text("name"))
    if not name:
        raise bad_request("title must be non-empty")
    return name


def close_forum_topic(call: Call) -> bool:
    """closeForumTopic."""
    chat, topic = _topic(call)
    set_closed(call.realm, chat, topic, True, by=call.bot.bot_id)
    return True


def reopen_forum_topic(call: Call) -> bool:
    """reopenForumTopic."""
    chat, topic = _topic(call)
    set_closed(call.realm, chat, topic, False, by=call.bot.bot_id)
    return True


def delete_forum_topic(call: Call) -> bool:
    """deleteForumTopic: the topic and all its messages."""
    chat = _forum(call)
    thread_id = call.params.integer("message_thread_id")
    if thread_id == GENERAL:
        raise bad_request("TOPIC_ID_INVALID")
    topic = find_topic(chat, thread_id)
    need_right(chat, call.bot, "can_delete_messages", "delete the topic")
    delete_topic(call.realm, chat, topic)
    return True


# General


def _general(call: Call) -> tuple[Chat, Topic]:
    chat = _forum(call)
    need_right(chat, call.bot, "can_manage_topics", "edit the topic")
    return chat, find_topic(chat, GENERAL)


def edit_general(call: Call) -> bool:
    """editGeneralForumTopic."""
    chat, topic = _general(call)
    rename_topic(call.realm, chat, topic, {"name": _name(call)}, by=call.bot.bot_id)
    return True


def close_general(call: Call) -> bool:
    """closeGeneralForumTopic."""
    chat, topic = _general(call)
    set_closed(call.realm, chat, topic, True, by=call.bot.bot_id)
    return True


def reopen_general(call: Call) -> bool:
    """reopenGeneralForumTopic; shows it again too, when it was hidden."""
    chat, topic = _general(call)
    if topic.is_hidden:
        set_hidden(call.realm, chat, False, by=call.bot.bot_id)
    set_closed(call.realm, chat, topic, False, by=call.bot.bot_id)
    return True


def hide_general(call: Call) -> bool:
    """hideGeneralForumTopic; closes it too."""
    chat, _ = _general(call)
    set_hidden(call.realm, chat, True, by=call.bot.bot_id)
    return True


def unhide_general(call: Call) -> bool:
    """unhideGeneralForumTopic."""
    chat, _ = _general(call)
    set_hidden(call.realm, chat, False, by=call.bot.bot_id)
    return True


# pins


def _may_pin(call: Call, chat: Chat) -> None:
    if not has_right(chat, call.bot.bot_id, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def pin_chat_message(call: Call) -> bool:
    """pinChatMessage; a message that is pinned stays pinned, and nobody is told twice."""
    chat = call.chat(write=True)
    post = call.post(chat, "message to pin")
    _may_pin(call, chat)
    pin(call.realm, chat, post, by=call.bot.bot_id)
    return True


def unpin_chat_message(call: Call) -> bool:
    """unpinChatMessage; without message_id the latest one."""
    chat = call.chat(write=True)
    if not call.params.integer("message_id"):
        _may_pin(call, chat)
        if not chat.pins:
            raise bad_request("message to unpin not found")
        unpin(call.realm, chat, [max(chat.pins)])
        return True
    post = call.post(chat, "message to unpin")
    _may_pin(call, chat)
    unpin(call.realm, chat, [each for each in chat.pins if each == post.message_id])
    return True


def unpin_all(call: Call) -> bool:
    """unpinAllChatMessages."""
    chat = call.chat(write=True)
    _may_pin(call, chat)
    unpin(call.realm, chat, list(chat.pins))
    return True


def unpin_all_in_topic(call: Call) -> bool:
    """unpinAllForumTopicMessages."""
    chat = _forum(call)
    topic = find_topic(chat, call.params.integer("message_thread_id"))
    _may_pin(call, chat)
    unpin(call.realm, chat, _pins_in(chat, topic.thread_id))
    return True


def unpin_all_in_general(call: Call) -> bool:
    """unpinAllGeneralForumTopicMessages."""
    chat = _forum(call)
    _may_pin(call, chat)
    unpin(call.realm, chat, _pins_in(chat, GENERAL))
    return True


def _pins_in(chat: Chat, thread_id: int) -> list[int]:
    wanted = None if thread_id == GENERAL else thread_id
    return [each for each in chat.pins if chat.posts[each].thread_id == wanted]
