"""The emulated Telegram misbehaving on purpose: limits, outages, lost answers, as both libraries feel it."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from aiogram.exceptions import TelegramNetworkError, TelegramServerError
from telegram.error import NetworkError

from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, LIN, Aiogram, Client, G, Ptb, Refused
from tests.contract.botapi_rig import small_company

pytest_plugins = ["tests.contract.botapi_rig"]

HELLO = {"chat_id": CHEN, "text": "您好"}
BROKEN = (TelegramNetworkError, TelegramServerError, NetworkError)


@pytest.fixture(params=[Aiogram, Ptb], ids=["aiogram", "ptb"])
async def library(request: pytest.FixtureRequest, telegram_base: str) -> Any:
    made = request.param(telegram_base)
    yield made
    await made.close()


async def test_a_planned_error_comes_as_often_as_it_was_planned(client: Client, telegram_world: World):
    planned = {"method": "sendMessage", "code": 400, "description": "Bad Request: made up", "times": 2}
    telegram_world.set_faults({"errors": [planned]})
    for _ in range(2):
        with pytest.raises(Refused, match="made up"):
            await client.call("sendMessage", **HELLO)
    assert (await client.call("sendMessage", **HELLO))["text"] == "您好"
    assert len(telegram_world.history(CHEN)) == 2


async def test_a_planned_429_carries_its_seconds(client: Client, telegram_world: World):
    telegram_world.faults.next_error("*", 429, "Too Many Requests: retry after 17", parameters={"retry_after": 17})
    with pytest.raises(Refused) as caught:
        await client.call("sendMessage", **HELLO)
    assert caught.value.retry_after == 17


@pytest.mark.parametrize(("when", "said"), [("before", 0), ("after", 1)])
async def test_a_lost_connection_is_an_error_to_the_library(
    library: Client, telegram_world: World, when: str, said: int
):
    telegram_world.set_faults({"resets": [{"method": "sendMessage", "when": when}]})
    with pytest.raises(BROKEN):
        await library.call("sendMessage", **HELLO)
    assert len(telegram_world.history(CHEN)) == 1 + said
    await library.call("sendMessage", **HELLO)


@pytest.mark.parametrize("outage", ["503", "reset"])
async def test_an_outage_lasts_until_it_is_over(library: Client, telegram_world: World, outage: str):
    telegram_world.set_faults({"outage": outage})
    for _ in range(2):
        with pytest.raises(BROKEN):
            await library.call("sendMessage", **HELLO)
    telegram_world.set_faults({"outage": ""})
    assert (await library.call("sendMessage", **HELLO))["text"] == "您好"


async def test_a_hanging_call_took_effect_before_its_answer(client: Client, telegram_world: World):
    telegram_world.set_faults({"hangs": [{"method": "sendMessage", "seconds": 30}]})
    call = asyncio.ensure_future(client.call("sendMessage", **HELLO))
    for _ in range(3000):
        if len(telegram_world.history(CHEN)) == 2:
            break
        await asyncio.sleep(0.001)
    assert not call.done()
    call.cancel()
    assert len(telegram_world.history(CHEN)) == 2


async def test_twenty_a_minute_in_a_group_are_shared_by_sends_edits_and_topics(client: Client, telegram_world: World):
    telegram_world.set_faults({"limits": {"enabled": True}})
    made = await client.call("sendMessage", chat_id=G, text="0")
    await client.call("createForumTopic", chat_id=G, name="小陈")
    telegram_world.advance(timedelta(seconds=20))
    for number in range(18):
        await client.call("editMessageText", chat_id=G, message_id=made["message_id"], text=f"{number}!")
    for method, params in (
        ("sendMessage", {"text": "x"}),
        ("editMessageText", {"text": "x", "message_id": made["message_id"]}),
        ("createForumTopic", {"name": "x"}),
    ):
        with pytest.raises(Refused) as caught:
            await client.call(method, chat_id=G, **params)
        assert caught.value.retry_after == 40
    telegram_world.advance(timedelta(seconds=40))
    for _ in range(2):
        await client.call("sendMessage", chat_id=G, text="x")
    with pytest.raises(Refused):
        await client.call("sendMessage", chat_id=G, text="x")


async def test_a_private_chat_takes_a_burst_and_then_one_a_second(client: Client, telegram_world: World):
    telegram_world.set_faults({"limits": {"enabled": True, "private_burst": 3}})
    for _ in range(3):
        await client.call("sendMessage", **HELLO)
    with pytest.raises(Refused) as caught:
        await client.call("sendMessage", **HELLO)
    assert caught.value.retry_after == 3
    telegram_world.advance(timedelta(seconds=3))
    await client.call("sendMessage", **HELLO)


async def test_thirty_a_second_are_all_that_a_bot_has(telegram_world: World, telegram_base: str):
    for user_id in range(1, 32):
        telegram_world.add_user(user_id, "x")
        telegram_world.user_starts(user_id)
    telegram_world.set_faults({"limits": {"enabled": True}})
    client = Aiogram(telegram_base)
    for user_id in range(1, 31):
        await client.call("sendMessage", chat_id=user_id, text="x")
    with pytest.raises(Refused) as caught:
        await client.call("sendMessage", chat_id=31, text="x")
    assert caught.value.retry_after == 1
    await client.close()


async def test_each_item_of_an_album_counts(client: Client, telegram_world: World):
    photo = telegram_world.user_sends(CHEN, CHEN, "photo", data=b"a")["photo"][-1]["file_id"]
    telegram_world.set_faults({"limits": {"enabled": True, "group_per_minute": 5}})
    media = [{"type": "photo", "media": photo}] * 3
    await client.call("sendMediaGroup", chat_id=G, media=media)
    with pytest.raises(Refused):
        await client.call("sendMediaGroup", chat_id=G, media=media)
    await client.call("sendMessage", chat_id=G, text="x")


async def test_answers_to_presses_are_free(client: Client, telegram_world: World):
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    made = await client.call("sendMessage", chat_id=G, text="x", reply_markup=markup)
    telegram_world.set_faults({"limits": {"enabled": True, "group_per_minute": 0}})
    query = telegram_world.user_presses(LIN, G, made["message_id"], "ok")
    assert await client.call("answerCallbackQuery", callback_query_id=query) is True


async def test_swapped_updates_keep_their_numbers(client: Client, telegram_world: World):
    telegram_world.set_faults({"reorder": 1})
    telegram_world.user_writes(CHEN, CHEN, "一")
    telegram_world.user_writes(CHEN, CHEN, "二")
    found = await client.call("getUpdates")
    assert [each["message"]["text"] for each in found] == ["二", "一"]
    assert found[0]["update_id"] == found[1]["update_id"] + 1


def test_switches_go_through_json_and_are_told():
    world = small_company()
    events: list[dict[str, Any]] = []
    world.subscribe(events.append)
    world.set_faults({"outage": "503", "limits": {"enabled": True, "group_per_minute": 7}})
    kept = json.loads(json.dumps(events[0]["faults"]))
    world.set_faults(kept)
    assert world.faults.as_json() == kept
    assert (kept["outage"], kept["limits"]["group_per_minute"], kept["limits"]["overall_per_second"]) == ("503", 7, 30)


@pytest.mark.parametrize("spec", [{"outages": "503"}, {"outage": "maybe"}])
def test_a_switch_that_is_none_is_refused(spec: dict[str, str]):
    with pytest.raises(ValueError, match="no such fault"):
        small_company().set_faults(spec)
