"""Refusals about topics, edits, deletions, copies, pins and reactions, in Telegram's words."""

from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, G
from tests.contract.botapi_refusals import (
    GROUP,
    NOT_MODIFIED,
    TO_CHEN,
    TO_GROUP,
    Row,
    basic_group,
    blocked,
    call,
    check_refusal,
    closed,
    closed_for_the_bot,
    deleted,
    deleted_and_cached,
    general_closed,
    in_group,
    lins_message_and_no_right,
    message_and_no_pin_right,
    refused,
    topic_service,
    topic_without_rights,
    two_days_old,
    with_buttons,
    with_deleted_topic,
    with_message,
    with_photo,
    with_reply_keyboard,
    with_topic,
    without,
    written_by_chen,
)

pytest_plugins = ["tests.contract.botapi_rig"]

ROWS = [
    # topics
    Row("General by its id", "sendMessage", {**TO_GROUP, "message_thread_id": 1}, "message thread not found"),
    Row("no such topic", "sendMessage", {**TO_GROUP, "message_thread_id": 999}, "message thread not found"),
    Row("a topic in private", "sendMessage", {**TO_CHEN, "message_thread_id": 5}, "message thread not found"),
    Row("a deleted topic", "sendMessage", TO_GROUP, "message thread not found", arrange=with_deleted_topic),
    Row(
        "a deleted topic that Telegram still remembers",
        "sendMessage",
        TO_GROUP,
        "TOPIC_DELETED",
        arrange=deleted_and_cached,
    ),
    Row(
        "a copy into a deleted topic",
        "copyMessage",
        {"chat_id": G, "from_chat_id": CHEN, "message_id": 1},
        "message thread not found",
        arrange=with_deleted_topic,
    ),
    Row("a closed topic", "sendMessage", TO_GROUP, "TOPIC_CLOSED", arrange=closed_for_the_bot),
    Row("General closed", "sendMessage", TO_GROUP, "TOPIC_CLOSED", arrange=general_closed),
    Row("close again", "closeForumTopic", {"chat_id": G}, "TOPIC_NOT_MODIFIED", arrange=closed),
    Row("reopen what is open", "reopenForumTopic", {"chat_id": G}, "TOPIC_NOT_MODIFIED", arrange=with_topic),
    Row("the same name", "editForumTopic", {"chat_id": G, "name": "小陈"}, "TOPIC_NOT_MODIFIED", arrange=with_topic),
    Row(
        "rename a deleted topic",
        "editForumTopic",
        {"chat_id": G, "name": "新"},
        "TOPIC_ID_INVALID",
        arrange=with_deleted_topic,
    ),
    Row("close a deleted topic", "closeForumTopic", {"chat_id": G}, "TOPIC_ID_INVALID", arrange=with_deleted_topic),
    Row("reopen a deleted topic", "reopenForumTopic", {"chat_id": G}, "TOPIC_ID_INVALID", arrange=with_deleted_topic),
    Row("delete a topic twice", "deleteForumTopic", {"chat_id": G}, "TOPIC_ID_INVALID", arrange=with_deleted_topic),
    Row("a nameless topic", "createForumTopic", {"chat_id": G, "name": " "}, "title must be non-empty"),
    Row(
        "a topic in a group without topics",
        "createForumTopic",
        {"chat_id": GROUP, "name": "x"},
        "the chat is not a forum",
        arrange=basic_group,
    ),
    Row(
        "a topic without the right",
        "createForumTopic",
        {"chat_id": G, "name": "x"},
        "not enough rights to create a topic",
        arrange=without("can_manage_topics"),
    ),
    Row(
        "rename without the right",
        "editForumTopic",
        {"chat_id": G, "name": "x"},
        "not enough rights to edit the topic",
        arrange=topic_without_rights,
    ),
    Row(
        "close without the right",
        "closeForumTopic",
        {"chat_id": G},
        "not enough rights to edit the topic",
        arrange=topic_without_rights,
    ),
    Row(
        "delete without the right",
        "deleteForumTopic",
        {"chat_id": G},
        "not enough rights to delete the topic",
        arrange=topic_without_rights,
    ),
    Row(
        "hide General twice",
        "hideGeneralForumTopic",
        {"chat_id": G},
        "TOPIC_NOT_MODIFIED",
        arrange=lambda w: call(w, "hideGeneralForumTopic", chat_id=G) and None,
    ),
    Row("unhide what is shown", "unhideGeneralForumTopic", {"chat_id": G}, "TOPIC_NOT_MODIFIED"),
    # edits
    Row("edit nothing new", "editMessageText", TO_CHEN, NOT_MODIFIED, arrange=with_message),
    Row("edit nothing new, with the same buttons", "editMessageText", TO_CHEN, NOT_MODIFIED, arrange=with_buttons),
    Row("the same buttons", "editMessageReplyMarkup", {"chat_id": CHEN}, NOT_MODIFIED, arrange=with_buttons),
    Row("edit what never was", "editMessageText", {**TO_CHEN, "message_id": 999}, "message to edit not found"),
    Row("edit what is deleted", "editMessageText", TO_CHEN, "message to edit not found", arrange=deleted),
    Row("edit somebody else's", "editMessageText", TO_CHEN, "message can't be edited", arrange=written_by_chen),
    Row(
        "edit under a reply keyboard",
        "editMessageText",
        {"chat_id": CHEN, "text": "新"},
        "message can't be edited",
        arrange=with_reply_keyboard,
    ),
    Row(
        "edit no message",
        "editMessageText",
        {"text": "x"},
        "message identifier is not specified",
        only=("bare", "aiogram"),
    ),
    Row(
        "a photo has no text",
        "editMessageText",
        {"chat_id": CHEN, "text": "x"},
        "there is no text in the message to edit",
        arrange=with_photo,
    ),
    Row(
        "a text has no caption",
        "editMessageCaption",
        {"chat_id": CHEN, "caption": "x"},
        "there is no caption in the message to edit",
        arrange=with_message,
    ),
    Row(
        "edit when blocked",
        "editMessageText",
        {"chat_id": CHEN, "text": "新"},
        "Forbidden: bot was blocked by the user",
        403,
        lambda w: (with_message(w), blocked(w))[0],
    ),
    # deletions
    Row("delete what never was", "deleteMessage", {"chat_id": CHEN, "message_id": 999}, "message to delete not found"),
    Row("delete twice", "deleteMessage", {"chat_id": CHEN}, "message to delete not found", arrange=deleted),
    Row(
        "delete after two days",
        "deleteMessage",
        {"chat_id": CHEN},
        "message can't be deleted for everyone",
        arrange=two_days_old,
    ),
    Row(
        "delete somebody else's without the right",
        "deleteMessage",
        {"chat_id": G},
        "message can't be deleted",
        arrange=lins_message_and_no_right,
    ),
    Row(
        "delete what opened a topic", "deleteMessage", {"chat_id": G}, "message can't be deleted", arrange=topic_service
    ),
    # copies and forwards
    Row(
        "copy what never was",
        "copyMessage",
        {"chat_id": CHEN, "from_chat_id": G, "message_id": 999},
        "message to copy not found",
    ),
    Row(
        "forward what never was",
        "forwardMessage",
        {"chat_id": CHEN, "from_chat_id": G, "message_id": 999},
        "message to forward not found",
    ),
    Row(
        "copy a service message",
        "copyMessage",
        {"chat_id": CHEN, "from_chat_id": G},
        "message can't be copied",
        arrange=topic_service,
    ),
    Row(
        "forward a service message",
        "forwardMessage",
        {"chat_id": CHEN, "from_chat_id": G},
        "message can't be forwarded",
        arrange=topic_service,
    ),
    Row(
        "copy only what is gone",
        "copyMessages",
        {"chat_id": CHEN, "from_chat_id": G, "message_ids": [998, 999]},
        "message to copy not found",
    ),
    Row(
        "copy out of order",
        "copyMessages",
        {"chat_id": CHEN, "from_chat_id": G, "message_ids": [3, 2]},
        "message identifiers must be in a strictly increasing order",
    ),
    # pins, reactions
    Row("pin what never was", "pinChatMessage", {"chat_id": G, "message_id": 999}, "message to pin not found"),
    Row(
        "pin without the right",
        "pinChatMessage",
        {"chat_id": G},
        "not enough rights to manage pinned messages in the chat",
        arrange=message_and_no_pin_right,
    ),
    Row("unpin when nothing is pinned", "unpinChatMessage", {"chat_id": G}, "message to unpin not found"),
    Row(
        "react to nothing",
        "setMessageReaction",
        {"chat_id": G, "message_id": 999, "reaction": [{"type": "emoji", "emoji": "👍"}]},
        "message to react not found",
    ),
    Row(
        "a reaction that is none",
        "setMessageReaction",
        {"chat_id": G, "reaction": [{"type": "emoji", "emoji": "字"}]},
        "REACTION_INVALID",
        arrange=in_group,
    ),
]


@refused(ROWS)
async def test_a_refusal_comes_in_telegrams_words(
    row: Row, client_name: str, telegram_world: World, telegram_base: str
):
    await check_refusal(row, client_name, telegram_world, telegram_base)
