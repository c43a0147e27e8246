"""The waiting in getUpdates: one poller per bot, woken by the first update."""

import asyncio
from typing import Any

from bot.sandbox import api_updates, botapi
from bot.sandbox.api_common import Call
from bot.sandbox.params import Params
from bot.sandbox.updates import waiting
from bot.sandbox.world import World


class Pollers:
    """Knows who is waiting; a new poller sends the older one away with 409, as Telegram does."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._current: dict[int, asyncio.Event] = {}
        self._closing = False
        world.realm.wakers.append(self._wake)

    def _wake(self, bot_id: int) -> None:
        if bot_id in self._current:
            self._current[bot_id].set()

    def waiting(self) -> set[int]:
        """The ids of the bots for which somebody waits right now."""
        return set(self._current)

    def close(self) -> None:
        """Let everybody go, and nobody wait any more."""
        self._closing = True
        for event in self._current.values():
            event.set()
        self._world.realm.wakers.remove(self._wake)

    async def get_updates(self, token: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        """getUpdates with its timeout (real seconds); raises ApiError."""
        bot = botapi.bot_of(self._world, token)
        mine = asyncio.Event()
        older = self._current.get(bot.bot_id)
        self._current[bot.bot_id] = mine
        if older is not None:
            older.set()
        try:
            return await self._wait(token, params, mine)
        finally:
            if self._current.get(bot.bot_id) is mine:
                del self._current[bot.bot_id]

    async def _wait(self, token: str, params: dict[str, Any], mine: asyncio.Event) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = botapi.call(self._world, token, "getUpdates", params)
        call = Call(self._world.realm, botapi.bot_of(self._world, token), Params(params))
        loop = asyncio.get_running_loop()
        until = loop.time() + api_updates.poll_seconds(call)
        while not found and not self._closing and loop.time() < until:
            mine.clear()
            try:
                await asyncio.wait_for(mine.wait(), until - loop.time())
            except TimeoutError:
                break
            if self._current.get(call.bot.bot_id) is not mine:
                raise api_updates.conflict_with_poller()
            if call.bot.webhook.url:
                raise api_updates.conflict_with_webhook()
            found = waiting(self._world.realm, call.bot, call.params.integer("limit", api_updates.MOST_UPDATES))
        return found
