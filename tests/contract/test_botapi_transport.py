"""The four ways to hand over parameters, and files inside of albums."""

import json
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
import telegram
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto

from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, TOKEN, Aiogram, Ptb

pytest_plugins = ["tests.contract.botapi_rig"]

MARKUP = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
FORM = {"chat_id": str(CHEN), "text": "您好", "reply_markup": json.dumps(MARKUP)}


def multipart() -> aiohttp.MultipartWriter:
    writer = aiohttp.MultipartWriter("form-data")
    for name, value in FORM.items():
        writer.append(value).set_content_disposition("form-data", name=name)
    return writer


WAYS: list[tuple[str, str, Callable[[], dict[str, Any]]]] = [
    ("query", "GET", lambda: {"params": FORM}),
    ("query of a POST", "POST", lambda: {"params": FORM}),
    ("JSON", "POST", lambda: {"json": {"chat_id": CHEN, "text": "您好", "reply_markup": MARKUP}}),
    ("JSON with text inside", "POST", lambda: {"json": FORM}),
    ("form", "POST", lambda: {"data": FORM}),
    ("multipart", "POST", lambda: {"data": multipart()}),
    ("query and form", "POST", lambda: {"params": {"chat_id": str(CHEN)}, "data": {**FORM, "chat_id": str(CHEN)}}),
]


@pytest.mark.parametrize(("way", "verb", "request_of"), WAYS, ids=[row[0] for row in WAYS])
@pytest.mark.parametrize("spelling", ["sendMessage", "sendmessage", "SENDMESSAGE"])
async def test_parameters_come_in_every_way(
    way: str, verb: str, request_of: Callable[[], dict[str, Any]], spelling: str, telegram_base: str
):
    url = f"{telegram_base}/bot{TOKEN}/{spelling}"
    async with aiohttp.ClientSession() as session, session.request(verb, url, **request_of()) as response:
        body = await response.json()
    assert (body["ok"], body["result"]["text"], body["result"]["reply_markup"]) == (True, "您好", MARKUP)


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"'])
async def test_a_body_that_is_no_object_is_refused(body: bytes, telegram_base: str):
    headers = {"Content-Type": "application/json"}
    url = f"{telegram_base}/bot{TOKEN}/getMe"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        assert (response.status, (await response.json())["ok"]) == (400, False)


async def test_aiogram_uploads_an_album(telegram_world: World, telegram_base: str):
    client = Aiogram(telegram_base)
    made = await client.bot.send_media_group(
        CHEN,
        media=[
            InputMediaPhoto(media=BufferedInputFile(b"one", "1.jpg"), caption="<b>一</b>", parse_mode="HTML"),
            InputMediaPhoto(media=BufferedInputFile(b"two", "2.jpg")),
        ],
    )
    assert [telegram_world.file_bytes(each.photo[-1].file_id) for each in made if each.photo] == [b"one", b"two"]
    assert made[0].caption == "一" and made[0].caption_entities
    edited = await client.bot.edit_message_media(
        media=InputMediaDocument(media=BufferedInputFile(b"three", "报表.pdf")),
        chat_id=CHEN,
        message_id=made[0].message_id,
    )
    assert isinstance(edited, type(made[0])) and edited.document
    assert (edited.document.file_name, telegram_world.file_bytes(edited.document.file_id)) == ("报表.pdf", b"three")
    await client.close()


async def test_ptb_uploads_an_album(telegram_world: World, telegram_base: str):
    client = Ptb(telegram_base)
    made = await client.bot.send_media_group(
        CHEN, [telegram.InputMediaDocument(b"one", filename="1.pdf"), telegram.InputMediaDocument(b"two", caption="二")]
    )
    assert [telegram_world.file_bytes(each.document.file_id) for each in made if each.document] == [b"one", b"two"]
    assert made[1].caption == "二"
    await client.close()


async def test_a_file_that_is_not_there_is_not_found(telegram_base: str):
    async with aiohttp.ClientSession() as session:
        for token, path, status in ((TOKEN, "voice/file_9.oga", 404), ("1:wrong", "voice/file_9.oga", 401)):
            async with session.get(f"{telegram_base}/file/bot{token}/{path}") as response:
                assert response.status == status
