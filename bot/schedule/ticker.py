"""APScheduler is the metronome: it beats, the database knows what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.blame import blame

log = logging.getLogger(__name__)

BEAT = 2.0
"""Seconds between sweeps; what is due waits at most so long."""


class Ticker:
    """Runs a sweep on every beat, never two at once; a sweep that fails is logged and the next one comes."""

    def __init__(self, sweep: Callable[[], Awaitable[int]], *, beat: float = BEAT) -> None:
        self._sweep = sweep
        self._is_stopping = False
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.beat, "interval", seconds=beat, max_instances=1, coalesce=True, misfire_grace_time=None
        )

    def start(self) -> None:
        """Begin to beat."""
        self._scheduler.start()

    async def stop(self) -> None:
        """No further beat; a sweep in hand is a transaction and is waited for (APScheduler would cancel it)."""
        self._is_stopping = True
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        await self._at_rest.wait()
        self._scheduler.shutdown(wait=False)

    async def beat(self) -> None:
        """Sweep until nothing is due."""
        self._at_rest.clear()
        try:
            while not self._is_stopping and await self._sweep():
                pass
        except Exception as error:  # noqa: BLE001  # told in the log, without its words
            log.error("a sweep failed; the next one will try again\n%s", blame(error))
            log.debug("the words of it: %s", error)
        finally:
            self._at_rest.set()
