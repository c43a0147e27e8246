"""Refusals about chats, people, button presses and settings, in Telegram's words."""

import pytest

from bot.sandbox.world import World
from tests.contract.botapi_clients import BOT, CHEN, CLIENTS, LIN, Bare, G, Refused
from tests.contract.botapi_refusals import (
    GROUP,
    STRANGER,
    TO_CHEN,
    TO_GROUP,
    TOO_OLD,
    Row,
    blocked,
    check_refusal,
    kicked,
    kicked_from_basic,
    left,
    migrated,
    muted_member,
    pressed_and_answered,
    pressed_long_ago,
    refused,
    stranger,
)

pytest_plugins = ["tests.contract.botapi_rig"]

ROWS = [
    # chats
    Row("no chat", "sendMessage", {"text": "x"}, "chat_id is empty", only=("bare",)),
    Row("an unknown chat", "sendMessage", {"chat_id": 77, "text": "x"}, "chat not found"),
    Row("an unknown group", "getChat", {"chat_id": -100999}, "chat not found"),
    Row(
        "a person whom the bot never met",
        "sendMessage",
        {"chat_id": STRANGER, "text": "x"},
        "chat not found",
        arrange=stranger,
    ),
    Row(
        "a person who never started it",
        "sendMessage",
        {"chat_id": LIN, "text": "x"},
        "Forbidden: bot can't initiate conversation with a user",
        403,
    ),
    Row("itself", "sendMessage", {"chat_id": BOT, "text": "x"}, "Forbidden: bot can't send messages to bots", 403),
    Row("blocked", "sendMessage", TO_CHEN, "Forbidden: bot was blocked by the user", 403, blocked),
    Row(
        "blocked, chat action",
        "sendChatAction",
        {"chat_id": CHEN, "action": "typing"},
        "Forbidden: bot was blocked by the user",
        403,
        blocked,
    ),
    Row("kicked", "sendMessage", TO_GROUP, "Forbidden: bot was kicked from the supergroup chat", 403, kicked),
    Row(
        "kicked, reading", "getChat", {"chat_id": G}, "Forbidden: bot was kicked from the supergroup chat", 403, kicked
    ),
    Row(
        "kicked from a basic group",
        "sendMessage",
        {"chat_id": GROUP, "text": "x"},
        "Forbidden: bot was kicked from the group chat",
        403,
        kicked_from_basic,
    ),
    Row("has left", "sendMessage", TO_GROUP, "Forbidden: bot is not a member of the supergroup chat", 403, left),
    Row(
        "upgraded",
        "sendMessage",
        {"chat_id": GROUP, "text": "x"},
        "group chat was upgraded to a supergroup chat",
        arrange=migrated,
        extra={"migrate_to_chat_id": -1_002_000_000_001},
    ),
    # groups
    Row(
        "photos are not allowed here",
        "sendPhoto",
        {"chat_id": G, "photo": "x"},
        "not enough rights to send photos to the chat",
        arrange=muted_member,
    ),
    Row(
        "administrators of a private chat",
        "getChatAdministrators",
        {"chat_id": CHEN},
        "there are no administrators in the private chat",
    ),
    Row("an unknown person", "getChatMember", {"chat_id": G, "user_id": 99}, "user not found"),
    # presses
    Row("an unknown press", "answerCallbackQuery", {"callback_query_id": "1"}, TOO_OLD),
    Row("a press of long ago", "answerCallbackQuery", {}, TOO_OLD, arrange=pressed_long_ago),
    Row("a press answered twice", "answerCallbackQuery", {}, TOO_OLD, arrange=pressed_and_answered),
    # settings
    Row(
        "a command in capitals",
        "setMyCommands",
        {"commands": [{"command": "帮助", "description": "x"}]},
        "BOT_COMMAND_INVALID",
    ),
    Row(
        "a webhook without TLS",
        "setWebhook",
        {"url": "http://example.com/"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    Row(
        "an action that is none",
        "sendChatAction",
        {"chat_id": CHEN, "action": "dancing"},
        "wrong parameter action in request",
    ),
]


@refused(ROWS)
async def test_a_refusal_comes_in_telegrams_words(
    row: Row, client_name: str, telegram_world: World, telegram_base: str
):
    await check_refusal(row, client_name, telegram_world, telegram_base)


async def test_an_unknown_token_is_unauthorized(telegram_base: str):
    bare = Bare(telegram_base, "1000000001:wrong")
    assert await bare.answer("getMe") == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    await bare.close()


@pytest.mark.parametrize("client_name", ["aiogram", "ptb"])
async def test_both_libraries_know_a_wrong_token(client_name: str, telegram_base: str):
    client = CLIENTS[client_name](telegram_base, "1000000001:wrong")
    with pytest.raises(Refused, match=r"(?i)unauthorized|rejected by the server"):
        await client.call("getMe")
    await client.close()


async def test_an_unknown_method_is_not_found(telegram_base: str):
    bare = Bare(telegram_base)
    body = {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
    assert await bare.answer("sendSmoke") == (404, body)
    await bare.close()
