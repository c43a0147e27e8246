"""The way to the emulated Telegram without sockets: exchanges take their time, and break when the faults say so."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from telegram.ext import ExtBot

from bot.delivery.request import AiohttpRequest
from bot.handlers.fence import Fence
from bot.handlers.poll import Poller
from bot.sandbox import botapi
from bot.sandbox.errors import ApiError
from bot.sandbox.polling import Pollers
from bot.sandbox.world import World

_NEAR, _FAR = 0.02, 0.25
"""Seconds to Telegram and back, half of them each way: from Hong Kong, and through a proxy."""


_SAYING = ("sendMessage", "copyMessage", "copyMessages")

_COSTS = (*_SAYING, "createForumTopic", "editMessageText", "editMessageCaption", "editMessageReplyMarkup")
"""What Telegram counts into a chat's share (levlam in tdlib/td#2592: sends, edits and new topics)."""


@dataclass
class Tally:
    """What only the line knows: calls that Telegram refused for their speed although nobody planned it, and messages
    that stand there while the answer to the call was never read. `spent` is told what each call costs its chat.
    `broke`: what those who watch raised inside a call (the bot takes it for a line that broke) or in a timer.
    """

    floods: list[str] = field(default_factory=list)
    unread: int = 0
    broke: list[Exception] = field(default_factory=list)
    spent: Callable[[int, int], None] = lambda chat_id, cost: None


class Wire:
    """One line to Telegram; `is_cut` when the process at this end has died, and nothing comes back any more."""

    def __init__(self, world: World, token: str, chance: random.Random, tally: Tally) -> None:
        self._world = world
        self._tally = tally
        self._token = token
        self._chance = chance
        self._pollers = Pollers(world)
        self.is_cut = False

    async def exchange(self, method: str, params: Mapping[str, Any]) -> tuple[int, bytes]:
        """Status and body; ServerDisconnectedError when the line breaks, before or after the call took effect."""
        name = botapi.method_name(method)
        plan = self._world.faults.take_transport(name)
        await self._travel()
        if plan.outage == "503":
            return 503, _failed(ApiError(503, "Service Unavailable"))
        if plan.outage or plan.reset == "before":
            raise aiohttp.ServerDisconnectedError
        answer = await self._answer(name, dict(params))
        stands = int(answer[0] == 200 and name in _SAYING)
        self._tally.unread += stands
        await self._travel()
        await asyncio.sleep(plan.hang_seconds)
        if plan.reset == "after":
            raise aiohttp.ServerDisconnectedError
        self._tally.unread -= stands
        return answer

    async def _travel(self) -> None:
        await asyncio.sleep(self._chance.uniform(_NEAR, _FAR) / 2)
        if self.is_cut:
            raise asyncio.CancelledError

    async def _answer(self, name: str, params: dict[str, Any]) -> tuple[int, bytes]:
        planned = self._planned()
        try:
            if name == "getUpdates":
                found: Any = await self._pollers.get_updates(self._token, params)
            else:
                found = botapi.call(self._world, self._token, name, params)
        except ApiError as error:
            if error.code == 429 and self._planned() == planned:
                self._tally.floods.append(f"{name} {params.get('chat_id')}")
            return error.code, _failed(error)
        except Exception as error:
            self._tally.broke.append(error)
            raise
        if name in _COSTS:
            cost = len(found) if isinstance(found, list) else 1
            self._tally.spent(int(params["chat_id"]), cost)
        return 200, json.dumps({"ok": True, "result": found}).encode()

    def _planned(self) -> int:
        return sum(error.times for error in self._world.faults.errors)


def _failed(error: ApiError) -> bytes:
    return json.dumps(error.as_json()).encode()


class WiredRequest(AiohttpRequest):
    """The speaker's HTTP, all but the socket."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    async def _exchange(
        self,
        method: str,
        url: str,
        body: dict[str, Any],
        timeouts: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        params = dict(parse_qsl(body.get("data", b"").decode(), keep_blank_values=True))
        async with asyncio.timeout(timeouts.total):
            return await self._wire.exchange(url.rpartition("/")[2], params)


def speaking_bot(wire: Wire, token: str) -> "ExtBot[None]":
    """python-telegram-bot's client on this line."""
    request = WiredRequest(wire)
    return ExtBot(token, request=request, get_updates_request=request)


class WiredSession(BaseSession):
    """The hearer's HTTP, all but the socket."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    async def close(self) -> None:
        """There is nothing to close."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109  # aiogram's name
        """One call."""
        files: dict[str, Any] = {}
        given = {k: self.prepare_value(v, bot=bot, files=files) for k, v in method.model_dump(warnings=False).items()}
        status, body = await self._wire.exchange(method.__api_method__, {k: v for k, v in given.items() if v})
        return self.check_response(bot=bot, method=method, status_code=status, content=body.decode()).result

    def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        """The desk downloads nothing."""
        raise NotImplementedError


def hearing_bot(wire: Wire, token: str) -> Bot:
    """aiogram's client on this line."""
    bot = Bot(token, session=WiredSession(wire))
    bot.session.middleware(Fence())
    return bot


class WiredPoller(Poller):
    """The poller, all but the socket."""

    def __init__(self, wire: Wire, **kwargs: Any) -> None:
        super().__init__("", None, **kwargs)  # type: ignore[arg-type]  # nothing is asked of a session
        self._wire = wire

    async def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        async with asyncio.timeout(40):
            _, answer = await self._wire.exchange("getUpdates", body)
        return dict(json.loads(answer))
