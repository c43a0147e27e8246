"""The verdict table, row by row: what Telegram answers or the wire does, over real HTTP, and what it means."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.desk.message import ContentKind, MessageRef
from bot.desk.outgoing import Act, CloseTopic, CopyMessage, EditText, LeaveChat, OpenTopic, React, ReopenTopic, SayText
from bot.desk.verdict import (
    Blocked,
    Delivered,
    Halt,
    Later,
    Moved,
    NoRights,
    NotForum,
    NotSent,
    Refused,
    SendPlain,
    TopicGone,
    Unknown,
    Verdict,
)
from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, LIN, G
from tests.contract.botapi_refusals import (
    closed_for_the_bot,
    deleted_and_cached,
    with_deleted_topic,
    with_topic,
    without,
)
from tests.delivery.rig import QUICK, Script, answering, courier_to, read_request, send, server_that

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]

HELLO = SayText("您好")
STRANGER = 50_000_009
OLD = -1001


def says(code: int, description: str, **parameters: int) -> Callable[[World], None]:
    return lambda world: world.faults.next_error("*", code, description, parameters=parameters)


def plain_group(world: World) -> None:
    world.add_group(-1002, "小群", members={LIN: "creator"}, is_forum=False)


@dataclass(frozen=True)
class Row:
    name: str
    verdict: Verdict
    arrange: Callable[[World], object] = lambda world: None
    act: Act = HELLO
    chat: int = CHEN


R = Refused
EMULATED = (
    Row("all is well", Delivered(2)),
    Row("429", Later(17), says(429, "Too Many Requests: retry after 17", retry_after=17)),
    Row("the group moved", Moved(-1009), says(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009)),
    Row("the person blocked the bot", Blocked("blocked"), lambda w: w.user_blocks(CHEN)),
    Row("the person never started it", Blocked("no_such_chat"), chat=STRANGER),
    Row("the account is gone", Blocked("deactivated"), says(403, "Forbidden: user is deactivated")),
    Row("the bot was thrown out", Blocked("kicked"), lambda w: w.remove_bot(G), chat=G),
    Row("who was thrown out has left", Delivered(), lambda w: w.remove_bot(G), LeaveChat(), G),
    Row("a group that is not there is left", Delivered(), act=LeaveChat(), chat=-100777),
    Row("no right to open a topic", NoRights("no_rights"), without("can_manage_topics"),
        OpenTopic("小陈"), G),
    Row("no right to write", NoRights("no_rights"),
        says(400, "Bad Request: not enough rights to send text messages to the chat"), chat=G),
    Row("no right to write, in code", NoRights("no_rights"),
        says(403, "Forbidden: CHAT_SEND_PHOTOS_FORBIDDEN"), chat=G),
    Row("the group has no topics", NotForum(), plain_group, OpenTopic("小陈"), -1002),
    Row("broken markup", SendPlain(), act=SayText("<b>", html="<b>x")),
    Row("an entity out of bounds", SendPlain(), says(400, "Bad Request: ENTITY_BOUNDS_INVALID")),
    Row("a text too long", R("text_too_long"), act=SayText("字" * 4097)),
    Row("nothing to say", R("empty"), act=SayText("")),
    Row("the original is gone", R("source_gone"), act=CopyMessage(MessageRef(CHEN, 99), ContentKind.PHOTO)),
    Row("the message to edit is gone", R("target_gone"), act=EditText(MessageRef(CHEN, 99), "x")),
    Row("a reaction that is not allowed", R("no_such_reaction"), says(400, "Bad Request: REACTION_INVALID"),
        React(MessageRef(CHEN, 1), "👌")),
    Row("whatever Telegram thinks of next", R("made_up_error"),
        says(400, "Bad Request: MADE_UP_ERROR")),
    Row("another 4xx", R("channel_private"), says(406, "CHANNEL_PRIVATE")),
    Row("too much", R("file_too_big"), says(413, "Request Entity Too Large")),
    Row("500", Unknown("Internal Server Error"), says(500, "Internal Server Error")),
    Row("a method that an old server lacks", R("server_too_old"),
        says(404, "Not Found: method not found")),
    Row("another program", Halt("另有程序在使用同一个令牌"),
        says(409, "Conflict: terminated by other getUpdates request")),
    Row("the token was withdrawn", Halt("Telegram 不认识这个 telegram.token"), says(401, "Unauthorized")),
    Row("no such token", Halt("Telegram 不认识这个 telegram.token"), says(404, "Not Found")),
)  # fmt: skip


@pytest.mark.parametrize("row", EMULATED, ids=[r.name for r in EMULATED])
async def test_every_answer_of_telegram_has_its_verdict(row: Row, telegram_world: World, telegram_base: str):
    row.arrange(telegram_world)
    async with courier_to(telegram_base) as courier:
        assert await send(courier, row.act, row.chat) == row.verdict


@pytest.mark.parametrize("arrange", [with_deleted_topic, deleted_and_cached])
async def test_a_deleted_topic_is_gone(arrange: Callable[[World], dict[str, int]], telegram_world: World, courier):
    thread = arrange(telegram_world)["message_thread_id"]
    assert await send(courier, HELLO, G, thread) == TopicGone(is_closed=False)


async def test_a_closed_topic_is_closed(telegram_world: World, courier):
    thread = closed_for_the_bot(telegram_world)["message_thread_id"]
    assert await send(courier, HELLO, G, thread) == TopicGone(is_closed=True)


@pytest.mark.parametrize("act", [CloseTopic(), ReopenTopic()])
async def test_a_deleted_topic_can_be_neither_closed_nor_reopened(act: Act, telegram_world: World, courier):
    thread = with_deleted_topic(telegram_world)["message_thread_id"]
    assert await send(courier, act, G, thread) == TopicGone(is_closed=False)


async def test_a_topic_that_is_open_counts_as_reopened(telegram_world: World, courier):
    thread = with_topic(telegram_world)["message_thread_id"]
    assert await send(courier, ReopenTopic(), G, thread) == Delivered()


async def test_an_upgraded_group_says_its_new_id(telegram_world: World, courier):
    telegram_world.add_group(OLD, "旧群", members={LIN: "creator"}, is_forum=False)
    new = telegram_world.migrate_group(OLD)
    assert await send(courier, HELLO, OLD) == Moved(new)


@pytest.mark.parametrize("token", ["1000000001:another-token-of-nobody", "x"])
async def test_a_wrong_token_halts(token: str, telegram_base: str):
    async with courier_to(telegram_base, token=token) as courier:
        assert await send(courier, HELLO, CHEN) == Halt("Telegram 不认识这个 telegram.token")


# the wire


async def cut_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def cut_after_reading(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.transport.abort()


async def say_half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"ok":true,"resu')
    await writer.drain()


async def say_nothing_that_is_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    await writer.drain()


async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    await asyncio.Event().wait()


async def say_a_byte_now_and_then(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


HTML = b"<html><body>" + b"message thread not found 413 " * 20 + b"</body></html>"


def html(status: int, **more: str) -> Script:
    return answering(status, HTML, kind="text/html", **more)


def reply(status: int, **body: object) -> Script:
    return answering(status, json.dumps(body).encode())


WIRE: dict[str, tuple[Script, type[Verdict] | Verdict]] = {
    "reset before the request is read": (cut_at_once, Unknown),
    "reset after the request is read": (cut_after_reading, Unknown),
    "half an answer": (say_half, Unknown),
    "an answer that is no HTTP": (say_nothing_that_is_http, Unknown),
    "no answer within the read timeout": (say_nothing, Unknown),
    "an answer that drips for ever": (say_a_byte_now_and_then, Unknown),
    "200 and garbage": (answering(200, b'{"ok": tru'), Unknown),
    "200 and a list": (answering(200, b"[1, 2]"), Unknown),
    "200 and nothing in it": (reply(200, ok=True), Unknown),
    "200 and a result of another kind": (reply(200, ok=True, result=["x"]), Unknown),
    "200 that says no": (reply(200, ok=False), Unknown),
    "a captive portal's page": (html(200), Unknown),
    "a captive portal's redirection": (html(302, headers="Location: http://127.0.0.1:9/\r\n"), NotSent),
    "a gateway's 403: nobody blocked the bot": (html(403), NotSent),
    "a gateway's 400: nothing is wrong with the words": (html(400), NotSent),
    "a gateway's 404: nothing is wrong with the token": (html(404), NotSent),
    "a gateway's 401": (html(401), NotSent),
    "a gateway's 407": (html(407), NotSent),
    "a gateway's 408": (html(408), Unknown),
    "a gateway's 413": (html(413), R("file_too_big")),
    "a gateway's 429": (html(429), Later(5.0)),
    "a gateway's 502": (html(502), Unknown),
    "a gateway's 504": (html(504), Unknown),
    "429 without seconds": (reply(429, ok=False, error_code=429, description="Too Many Requests"), Later(5.0)),
    "503 in the Bot API's words": (reply(503, ok=False, error_code=503, description="Service Unavailable"), Unknown),
    "a status from nowhere": (reply(799, ok=False, error_code=799, description="?"), Unknown),
}


@pytest.mark.parametrize("name", WIRE)
async def test_whatever_the_wire_does_has_its_verdict(name: str):
    script, expected = WIRE[name]
    async with server_that(script) as base, courier_to(base, timeouts=QUICK) as courier:
        verdict = await asyncio.wait_for(send(courier, HELLO, CHEN), 10)
    assert verdict == expected if not isinstance(expected, type) else isinstance(verdict, expected), verdict
    assert "html" not in str(verdict)


async def test_a_redirection_is_not_followed():
    """It would turn the call into a GET somewhere else, and that one's answer would be believed."""
    message = {"message_id": 9, "date": 1, "chat": {"id": CHEN, "type": "private"}}
    async with server_that(reply(200, ok=True, result=message)) as elsewhere:
        there = answering(302, b"", headers=f"Location: {elsewhere}/\r\n")
        async with server_that(there) as base, courier_to(base, timeouts=QUICK) as courier:
            assert isinstance(await send(courier, HELLO, CHEN), NotSent)


async def test_nobody_listens():
    async with server_that(cut_at_once) as base:
        pass
    async with courier_to(base, timeouts=QUICK) as courier:
        assert isinstance(await send(courier, HELLO, CHEN), NotSent)


async def test_a_name_that_nobody_knows():
    async with courier_to("http://no-such-host.invalid", timeouts=QUICK) as courier:
        assert isinstance(await send(courier, HELLO, CHEN), NotSent)


async def test_what_cannot_be_written_is_refused_and_not_tried(telegram_world: World, courier):
    assert await send(courier, SayText("x", entities="no JSON"), CHEN) == R("cannot_be_written")
    assert isinstance(await send(courier, SayText("半个 \ud83d 表情"), CHEN), Refused)
    assert len(telegram_world.history(CHEN)) == 1


async def test_a_call_that_hangs_is_given_up_and_may_have_taken_effect(telegram_world: World, telegram_base: str):
    telegram_world.set_faults({"hangs": [{"method": "sendMessage", "seconds": 30}]})
    arrived = asyncio.Event()
    telegram_world.subscribe(lambda event: arrived.set())
    async with courier_to(telegram_base, timeouts=QUICK) as courier:
        assert isinstance(await asyncio.wait_for(send(courier, HELLO, CHEN), 10), Unknown)
    await asyncio.wait_for(arrived.wait(), 10)
    assert [m["text"] for m in telegram_world.history(CHEN)][1:] == ["您好"]


async def test_a_call_that_is_given_up_leaves_the_courier_whole(telegram_world: World, courier):
    telegram_world.set_faults({"hangs": [{"method": "sendMessage", "seconds": 30}]})
    arrived = asyncio.Event()
    telegram_world.subscribe(lambda event: arrived.set())
    call = asyncio.ensure_future(send(courier, HELLO, CHEN))
    await asyncio.wait_for(arrived.wait(), 10)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert isinstance(await send(courier, HELLO, CHEN), Delivered)


async def test_after_closing_nothing_is_sent_and_nothing_is_open(telegram_world: World, telegram_base: str):
    async with courier_to(telegram_base) as courier:
        await send(courier, HELLO, CHEN)
        session = courier._bot.request._session  # what would be left open is nowhere else to be seen
        assert not session.closed
        await courier.close()
        assert session.closed
        assert await send(courier, HELLO, CHEN) == NotSent("the session is closed")
    assert len(telegram_world.history(CHEN)) == 2
