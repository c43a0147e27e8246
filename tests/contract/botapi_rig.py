"""Fixtures of the Bot API contract: a small company in a fresh world, served on loopback, and every client."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestServer

from bot.sandbox.clock import Clock
from bot.sandbox.deliverer import Backoff
from bot.sandbox.server import make_app
from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, CLIENTS, LIN, TOKEN, Client, G

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def small_company() -> World:
    """小陈 has started the bot; 林 owns the forum group where the bot is an administrator."""
    world = World(Clock(start=NOON, frozen=True))
    world.add_bot(TOKEN, username="desk_bot", first_name="首问")
    world.add_user(CHEN, "小陈", username="chen")
    world.add_user(LIN, "林")
    world.add_group(G, "华东", members={LIN: "creator", CHEN: "member"})
    world.user_starts(CHEN)
    world.realm.bots[TOKEN].updates.clear()
    return world


@pytest.fixture
def telegram_world() -> World:
    return small_company()


@pytest.fixture
async def telegram_base(telegram_world: World) -> AsyncIterator[str]:
    app = make_app(telegram_world, webhook_backoff=Backoff(first=0.01, most=0.02))
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture(params=CLIENTS)
async def client(request: pytest.FixtureRequest, telegram_base: str) -> AsyncIterator[Client]:
    made: Client = CLIENTS[request.param](telegram_base)
    yield made
    await made.close()
