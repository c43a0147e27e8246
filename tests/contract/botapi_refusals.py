"""What the tables of refusals are made of: rows, the worlds that they need, and how a row is checked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox import botapi
from bot.sandbox.world import World
from tests.contract.botapi_clients import (
    BOT,
    CHEN,
    CLIENTS,
    LIN,
    TOKEN,
    Bare,
    Client,
    G,
    Refused,
    plain_words,
)

STRANGER = 50_000_009
OLD = -1001
GROUP = -1002
LONG = "字" * 4097

Arrange = Callable[[World], dict[str, Any] | None]


def nothing(world: World) -> None:
    pass


@dataclass(frozen=True)
class Row:
    """`arrange` may return parameters that are only known then."""

    name: str
    method: str
    params: dict[str, Any]
    description: str
    code: int = 400
    arrange: Arrange = nothing
    extra: dict[str, Any] = field(default_factory=dict)
    only: tuple[str, ...] = ("bare", "aiogram", "ptb")


def call(world: World, method: str, **params: Any) -> Any:
    return botapi.call(world, TOKEN, method, params)


def with_topic(world: World) -> dict[str, Any]:
    return {"message_thread_id": call(world, "createForumTopic", chat_id=G, name="小陈")["message_thread_id"]}


def with_deleted_topic(world: World) -> dict[str, Any]:
    made = with_topic(world)
    world.topic_deleted(G, made["message_thread_id"])
    return made


def deleted_and_cached(world: World) -> dict[str, Any]:
    world.faults.topic_deleted_answer = "TOPIC_DELETED"
    return with_deleted_topic(world)


def closed_for_the_bot(world: World) -> dict[str, Any]:
    post = world.topic_made(LIN, G, "小陈")
    world.topic_closed(G, post["message_id"])
    world.set_bot_rights(G, can_manage_topics=False)
    return {"message_thread_id": post["message_id"]}


def closed(world: World) -> dict[str, Any]:
    made = with_topic(world)
    call(world, "closeForumTopic", chat_id=G, **made)
    return made


def general_closed(world: World) -> None:
    call(world, "closeGeneralForumTopic", chat_id=G)
    world.set_bot_rights(G, can_manage_topics=False)


def with_message(world: World) -> dict[str, Any]:
    return {"message_id": call(world, "sendMessage", chat_id=CHEN, text="您好")["message_id"]}


def in_group(world: World) -> dict[str, Any]:
    return {"message_id": call(world, "sendMessage", chat_id=G, text="您好")["message_id"]}


def with_buttons(world: World) -> dict[str, Any]:
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    made = call(world, "sendMessage", chat_id=CHEN, text="您好", reply_markup=markup)
    return {"message_id": made["message_id"], "reply_markup": markup}


def with_reply_keyboard(world: World) -> dict[str, Any]:
    markup = {"keyboard": [[{"text": "好"}]]}
    return {"message_id": call(world, "sendMessage", chat_id=CHEN, text="您好", reply_markup=markup)["message_id"]}


def with_photo(world: World) -> dict[str, Any]:
    sent = world.user_sends(CHEN, CHEN, "photo", data=b"x")
    made = call(world, "sendPhoto", chat_id=CHEN, photo=sent["photo"][0]["file_id"])
    return {"message_id": made["message_id"]}


def written_by_chen(world: World) -> dict[str, Any]:
    return {"message_id": world.user_writes(CHEN, CHEN, "我要退款")["message_id"]}


def written_by_lin(world: World) -> dict[str, Any]:
    return {"message_id": world.user_writes(LIN, G, "在")["message_id"]}


def two_days_old(world: World) -> dict[str, Any]:
    made = with_message(world)
    world.advance(timedelta(hours=48, seconds=1))
    return made


def deleted(world: World) -> dict[str, Any]:
    made = with_message(world)
    world.user_deletes(CHEN, CHEN, made["message_id"])
    return made


def without(*rights: str) -> Arrange:
    def arrange(world: World) -> None:
        world.set_bot_rights(G, **dict.fromkeys(rights, False))

    return arrange


def topic_without_rights(world: World) -> dict[str, Any]:
    post = world.topic_made(LIN, G, "小陈")
    world.set_bot_rights(G, can_manage_topics=False, can_delete_messages=False)
    return {"message_thread_id": post["message_id"]}


def message_and_no_pin_right(world: World) -> dict[str, Any]:
    made = in_group(world)
    world.set_bot_rights(G, can_pin_messages=False)
    return made


def lins_message_and_no_right(world: World) -> dict[str, Any]:
    made = written_by_lin(world)
    world.set_bot_rights(G, can_delete_messages=False)
    return made


def blocked(world: World) -> None:
    world.user_blocks(CHEN)


def stranger(world: World) -> None:
    world.add_user(STRANGER, "生人")


def kicked(world: World) -> None:
    world.remove_bot(G)


def left(world: World) -> None:
    call(world, "leaveChat", chat_id=G)


def basic_group(world: World) -> None:
    world.add_group(GROUP, "旧群", members={LIN: "creator"})


def kicked_from_basic(world: World) -> None:
    basic_group(world)
    world.remove_bot(GROUP)


def migrated(world: World) -> None:
    basic_group(world)
    world.migrate_group(GROUP)


def topic_service(world: World) -> dict[str, Any]:
    return {"message_id": with_topic(world)["message_thread_id"]}


def muted_member(world: World) -> None:
    world.realm.chats[G].permissions["can_send_photos"] = False
    world.set_bot_rights(G, **dict.fromkeys(world.realm.chats[G].members[BOT].rights, False))


def pressed_long_ago(world: World) -> dict[str, Any]:
    made = with_buttons(world)
    query = world.user_presses(CHEN, CHEN, made["message_id"], "ok")
    world.advance(timedelta(seconds=151))
    return {"callback_query_id": query}


def pressed_and_answered(world: World) -> dict[str, Any]:
    made = with_buttons(world)
    query = world.user_presses(CHEN, CHEN, made["message_id"], "ok")
    call(world, "answerCallbackQuery", callback_query_id=query)
    return {"callback_query_id": query}


def big_file(world: World) -> dict[str, Any]:
    world.set_faults({"limits": {"download_bytes": 10}})
    return {"file_id": world.user_sends(CHEN, CHEN, "voice", data=b"x" * 11)["voice"]["file_id"]}


def voice_id(world: World) -> dict[str, Any]:
    return {"photo": world.user_sends(CHEN, CHEN, "voice", data=b"x")["voice"]["file_id"]}


def small_uploads(world: World) -> None:
    world.set_faults({"limits": {"upload_bytes": 1000}})


def button(**kind: str) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[{"text": "好", **kind}]]}}


TO_CHEN = {"chat_id": CHEN, "text": "您好"}
TO_GROUP = {"chat_id": G, "text": "您好"}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def check_refusal(row: Row, client_name: str, world: World, base: str) -> None:
    """The client reports Telegram's words; without a library the whole answer is Telegram's."""
    if client_name not in row.only:
        pytest.skip("this library does not let the call out, or the parameter in")
    params = {**row.params, **(row.arrange(world) or {})}
    client: Client = CLIENTS[client_name](base)
    try:
        with pytest.raises(Refused) as caught:
            await client.call(row.method, **params)
        assert caught.value.words.casefold() == plain_words(row.description).casefold()
        assert caught.value.migrate_to_chat_id == row.extra.get("migrate_to_chat_id")
        if isinstance(client, Bare):
            assert client.last == (row.code, _body(row))
    finally:
        await client.close()


def _body(row: Row) -> dict[str, Any]:
    described = row.description if row.code != 400 else f"Bad Request: {row.description}"
    body = {"ok": False, "error_code": row.code, "description": described}
    return body | ({"parameters": row.extra} if row.extra else {})


def refused(rows: list[Row]) -> Any:
    """One test per row and client."""
    by_row = pytest.mark.parametrize("row", rows, ids=lambda row: row.name)
    by_client = pytest.mark.parametrize("client_name", CLIENTS)
    return lambda test: by_row(by_client(test))
