"""APScheduler is the metronome: it beats, the database knows what is due."""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

BEAT = 2.0
"""Seconds between sweeps; what is due waits at most so long."""


class Ticker:
    """Runs a sweep on every beat, never two at once; a sweep that fails is logged and the next one comes."""

    def __init__(self, sweep: Callable[[], Awaitable[int]], *, beat: float = BEAT) -> None:
        self._sweep = sweep
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.beat, "interval", seconds=beat, max_instances=1, coalesce=True, misfire_grace_time=None
        )

    def start(self) -> None:
        """Begin to beat."""
        self._scheduler.start()

    def stop(self) -> None:
        """No further beat; a sweep in hand is a transaction and ends by itself."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def beat(self) -> None:
        """Sweep until nothing is due."""
        try:
            while await self._sweep():
                pass
        except Exception:
            log.exception("a sweep failed; the next one will try again")
