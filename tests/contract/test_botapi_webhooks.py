"""Updates brought to a webhook: the secret, the order, the retries, and calls that come back in the answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, LIN, TOKEN, Client, G

pytest_plugins = ["tests.contract.botapi_rig"]


class Desk:
    """A bot's own server: takes down what comes, and answers what `replies` says (200 when that is used up)."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, Any], str | None]] = []
        self.replies: list[web.Response] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.gate: asyncio.Event | None = None

    async def take(self, request: web.Request) -> web.Response:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.requests.append((await request.json(), secret))
        if self.gate is not None:
            await self.gate.wait()
        self.in_flight -= 1
        return self.replies.pop(0) if self.replies else web.Response()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update, _ in self.requests]


@pytest.fixture
async def desk() -> AsyncIterator[tuple[Desk, str]]:
    taken = Desk()
    app = web.Application()
    app.router.add_post("/hook", taken.take)
    async with TestServer(app) as server:
        yield taken, str(server.make_url("/hook"))


async def until(reached: Callable[[], object]) -> None:
    for _ in range(3000):
        if reached():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("never happened")


async def test_an_update_comes_with_the_secret(client: Client, telegram_world: World, desk: tuple[Desk, str]):
    taken, url = desk
    await client.call("setWebhook", url=url, secret_token="tell-nobody")
    telegram_world.user_writes(CHEN, CHEN, "在吗")
    await until(lambda: taken.requests and not telegram_world.realm.bots[TOKEN].updates)
    update, secret = taken.requests[0]
    assert (update["message"]["text"], secret) == ("在吗", "tell-nobody")
    info = await client.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (url, 0)


async def test_what_waited_before_the_webhook_comes_too(client: Client, telegram_world: World, desk: tuple[Desk, str]):
    telegram_world.user_writes(CHEN, CHEN, "早")
    await client.call("setWebhook", url=desk[1])
    await until(lambda: desk[0].texts() == ["早"])


async def test_pending_updates_can_be_dropped(client: Client, telegram_world: World, desk: tuple[Desk, str]):
    telegram_world.user_writes(CHEN, CHEN, "早")
    await client.call("setWebhook", url=desk[1], drop_pending_updates=True)
    telegram_world.user_writes(CHEN, CHEN, "晚")
    await until(lambda: desk[0].requests)
    assert desk[0].texts() == ["晚"]


async def test_a_refused_update_comes_again_before_the_next_of_its_chat(
    client: Client, telegram_world: World, desk: tuple[Desk, str]
):
    taken, url = desk
    taken.replies = [web.Response(status=503), web.Response(status=500)]
    telegram_world.user_writes(CHEN, CHEN, "一")
    telegram_world.user_writes(CHEN, CHEN, "二")
    await client.call("setWebhook", url=url)
    await until(lambda: len(taken.requests) == 4)
    assert taken.texts() == ["一", "一", "一", "二"]
    ids = [update["update_id"] for update, _ in taken.requests]
    assert ids[0] == ids[1] == ids[2] == ids[3] - 1
    info = await client.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_one_chat_waits_for_nobody_elses(client: Client, telegram_world: World, desk: tuple[Desk, str]):
    taken, url = desk
    taken.gate = asyncio.Event()
    await client.call("setWebhook", url=url)
    for text in ("一", "二"):
        telegram_world.user_writes(CHEN, CHEN, text)
        telegram_world.user_writes(LIN, G, text)
    await until(lambda: taken.in_flight == 2)
    assert taken.texts() == ["一", "一"]
    taken.gate.set()
    await until(lambda: len(taken.requests) == 4)
    assert taken.most_in_flight == 2


async def test_an_unreachable_webhook_is_tried_until_it_is_there(client: Client, telegram_world: World):
    await client.call("setWebhook", url="http://127.0.0.1:1/hook")
    telegram_world.user_writes(CHEN, CHEN, "在吗")
    hook = telegram_world.realm.bots[TOKEN].webhook
    await until(lambda: hook.last_error_message)
    info = await client.call("getWebhookInfo")
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)


ANSWERS = [
    web.json_response,
    lambda call: web.Response(
        text="&".join(f"{k}={v}" for k, v in call.items()), content_type="application/x-www-form-urlencoded"
    ),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=["json", "form"])
async def test_the_answer_may_hold_a_call(
    client: Client, telegram_world: World, desk: tuple[Desk, str], answer: Callable[[dict[str, Any]], web.Response]
):
    taken, url = desk
    taken.replies = [answer({"method": "sendMessage", "chat_id": CHEN, "text": "收到"})]
    await client.call("setWebhook", url=url)
    telegram_world.user_writes(CHEN, CHEN, "在吗")
    await until(lambda: telegram_world.history(CHEN)[-1]["text"] == "收到")


async def test_an_answer_that_is_no_call_is_passed_over(client: Client, telegram_world: World, desk: tuple[Desk, str]):
    taken, url = desk
    taken.replies = [web.Response(text="ok"), web.Response(text=json.dumps({"method": "noSuchMethod"}))]
    await client.call("setWebhook", url=url)
    for text in ("一", "二", "三"):
        telegram_world.user_writes(CHEN, CHEN, text)
    await until(lambda: taken.texts() == ["一", "二", "三"])


async def test_a_doubled_update_comes_twice_with_one_id(client: Client, telegram_world: World, desk: tuple[Desk, str]):
    taken, url = desk
    telegram_world.set_faults({"duplicate": 1})
    await client.call("setWebhook", url=url)
    telegram_world.user_writes(CHEN, CHEN, "一")
    telegram_world.user_writes(CHEN, CHEN, "二")
    await until(lambda: len(taken.requests) == 3)
    assert taken.texts() == ["一", "一", "二"]
    assert taken.requests[0][0]["update_id"] == taken.requests[1][0]["update_id"]


async def test_an_outage_holds_deliveries_back(client: Client, telegram_world: World, desk: tuple[Desk, str]):
    taken, url = desk
    await client.call("setWebhook", url=url)
    telegram_world.set_faults({"outage": "503"})
    telegram_world.user_writes(CHEN, CHEN, "在吗")
    await until(lambda: telegram_world.realm.bots[TOKEN].webhook.last_error_message == "Outage")
    assert taken.requests == []
    telegram_world.set_faults({"outage": ""})
    await until(lambda: taken.requests)
