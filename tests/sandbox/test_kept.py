"""A sandbox that is kept: stopped by a signal and started again, it goes on where it was, and still answers."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.app.sandbox import DATABASE_FILE, sandbox
from tests.databases import copy_migrated

OWNER, CODE = 7100000001, "bWvPuw1k9SdR"
"""The first franchisee of the made-up company, and their store's invitation."""


class Visitor:
    """Somebody in front of the page."""

    def __init__(self, http: ClientSession) -> None:
        self._http = http

    async def does(self, **wish: Any) -> None:
        async with self._http.post("/stage/act", json=wish) as answer:
            assert answer.status == 200, await answer.text()

    async def sees(self, what: str, **query: Any) -> Any:
        async with self._http.get(f"/stage/{what}", params=query) as answer:
            return await answer.json()

    async def clock(self) -> datetime:
        return datetime.fromisoformat((await self.sees("state"))["now"])

    async def answered(self, words: str) -> None:
        """The bot has said something with these words to the owner since they wrote last."""
        for _ in range(600):
            told = (await self.sees("history", chat=OWNER))["messages"]
            last = max(n for n, m in enumerate(told) if m["from"]["id"] == OWNER)
            if any(words in m.get("text", "") for m in told[last:] if m["from"]["is_bot"]):
                return
            await asyncio.sleep(0.05)
        raise AssertionError([m.get("text") for m in told])


@contextlib.asynccontextmanager
async def playing(folder: Path) -> AsyncIterator[Visitor]:
    """What `make sandbox ARGS="--keep DIR"` runs, until Ctrl+C."""
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(sandbox(port=0, keep=folder, limits=False, ready=address.set_result))
    await asyncio.wait([address, running], return_when=asyncio.FIRST_COMPLETED)
    async with ClientSession(await address) as http:
        yield Visitor(http)
    signal.raise_signal(signal.SIGINT)
    await running


async def test_a_kept_sandbox_goes_on_where_it_stopped_and_still_answers(tmp_path: Path) -> None:
    copy_migrated(tmp_path / DATABASE_FILE)
    async with playing(tmp_path) as visitor:
        await visitor.does(do="start", who=OWNER, code=CODE)
        await visitor.does(do="write", who=OWNER, chat=OWNER, text="昨天的货少了两箱")
        await visitor.answered("#1")
        await visitor.does(do="advance", minutes=2 * 24 * 60)
        stopped = await visitor.clock()
    async with playing(tmp_path) as visitor:
        assert timedelta(0) <= await visitor.clock() - stopped < timedelta(minutes=1)
        await visitor.does(do="write", who=OWNER, chat=OWNER, text="/case")
        await visitor.answered("#1")
