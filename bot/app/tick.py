"""TICK: the sweep of what is due, on every beat."""

import asyncio

from bot.app.desk import Desk
from bot.config import Settings
from bot.schedule.ticker import Ticker
from bot.usecases.tick import sweep


async def tick(settings: Settings, desk: Desk, stop: asyncio.Event) -> None:
    """Beat until `stop`."""

    async def once() -> int:
        return int(await desk.run(sweep))

    ticker = Ticker(once)
    ticker.start()
    try:
        await stop.wait()
    finally:
        await ticker.stop()
