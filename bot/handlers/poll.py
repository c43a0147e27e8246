"""Polling: a batch is stored raw in one transaction, and only then the next offset is asked for."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import aiohttp
import orjson

from bot.handlers.dispatch import ALLOWED_UPDATES
from bot.handlers.door import RunVerb
from bot.handlers.rawupdate import in_sequence, is_update, rows_of
from bot.usecases.inbox import store_updates

log = logging.getLogger(__name__)

LONG_POLL = 25
"""Seconds that Telegram holds a getUpdates open; it caps at 50 (perf: Client.cpp process_get_updates_query)."""
BATCH = 100
_PAUSES = (1, 2, 4, 8, 15, 30)


class TokenRefused(RuntimeError):
    """Telegram does not know this token."""


class Poller:
    """One per token (Telegram answers 409 to a second)."""

    def __init__(self, url: str, session: aiohttp.ClientSession, run: RunVerb, *, stored: Callable[[], None]) -> None:
        """`url` is the getUpdates address (it holds the token: it is never logged); `stored` wakes the worker."""
        self._url = url
        self._session = session
        self._run = run
        self._stored = stored
        self._failures = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until `stop` is set; a batch in hand is stored first."""
        offset: int | None = None
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                offset = await self._once(offset, stopping)
        finally:
            stopping.cancel()

    async def _once(self, offset: int | None, stopping: "asyncio.Task[Any]") -> int | None:
        fetching = asyncio.create_task(self._fetch(offset))
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not fetching.done():
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)
            return offset
        updates = in_sequence([u for u in fetching.result() if is_update(u)])
        if len(updates) < len(fetching.result()):
            log.error("getUpdates answered %s things that are no updates", len(fetching.result()) - len(updates))
        if not updates:
            return offset
        await self._run(store_updates, updates=rows_of(updates))
        self._stored()
        return int(updates[-1]["update_id"]) + 1

    async def _fetch(self, offset: int | None) -> list[dict[str, Any]]:
        query = {"timeout": LONG_POLL, "limit": BATCH, "allowed_updates": list(ALLOWED_UPDATES)}
        body = query if offset is None else {**query, "offset": offset}
        try:
            answer = await self._ask(body)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return await self._pause(f"{type(error).__name__}")
        if answer.get("ok"):
            self._failures = 0
            return list(answer["result"])
        return await self._refused(answer)

    async def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        timeout = aiohttp.ClientTimeout(total=LONG_POLL + 15, sock_connect=10)
        async with self._session.post(self._url, json=body, timeout=timeout) as response:
            answer = orjson.loads(await response.read())
        if not isinstance(answer, dict):
            raise ValueError("not a Bot API answer")
        return answer

    async def _refused(self, answer: dict[str, Any]) -> list[dict[str, Any]]:
        code = answer.get("error_code")
        if code in (401, 404):
            raise TokenRefused("Telegram 不认识这个 telegram.token，请核对（BotFather 给的完整一串）")
        wait = (answer.get("parameters") or {}).get("retry_after")
        if code == 409:
            log.warning("another program polls with this token (409): only one may; waiting for it to stop")
        return await self._pause(f"answer {code}", at_least=float(wait or 0))

    async def _pause(self, why: str, at_least: float = 0) -> list[dict[str, Any]]:
        pause = max(at_least, _PAUSES[min(self._failures, len(_PAUSES) - 1)])
        self._failures += 1
        log.warning("getUpdates failed (%s), again in %.0f s", why, pause)
        await asyncio.sleep(pause)
        return []
