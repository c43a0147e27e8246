"""The bot as a process of the simulation: the real hearer, speaker and sweep, that can die at any moment."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from typing import Any

from bench.inline import InlineDesk
from bench.wire import Tally, Wire, WiredPoller, hearing_bot, speaking_bot
from bot.app.speak import limits_of
from bot.config import Settings
from bot.delivery.courier import TelegramCourier
from bot.delivery.pace import Pace
from bot.delivery.speaker import Speaker
from bot.handlers.dispatch import make_dispatcher
from bot.handlers.hints import Hints
from bot.handlers.worker import Worker
from bot.sandbox.world import World
from bot.usecases.inbox import release_updates
from bot.usecases.tick import sweep

BEAT = 5.0
SLOW_POLL = 10.0
"""Seconds between sweeps and between looks when nothing woke anybody; the program's own would only make the day longer
to play (and hide a wake-up that does not come).
"""


class Program:
    """One incarnation; the database and the world outlive it."""

    def __init__(
        self,
        desk: InlineDesk,
        world: World,
        settings: Settings,
        hints: Hints,
        chance: random.Random,
        tally: Tally,
    ) -> None:
        token = settings.require_token()
        self._desk = desk
        self._wire = Wire(world, token, chance, tally)
        self._stop = asyncio.Event()
        courier = TelegramCourier(speaking_bot(self._wire, token))
        self._speaker = Speaker(self._run, courier, Pace(limits_of(settings)), clock=desk.clock, probe=courier,
                                slow_poll=SLOW_POLL)  # fmt: skip
        dispatcher = make_dispatcher(hints=hints, bot_username="")
        self._worker = Worker(hearing_bot(self._wire, token), dispatcher, self._run, slow_poll=SLOW_POLL)
        self._poller = WiredPoller(self._wire, run=self._run, stored=self._worker.wake)
        self._tasks: list[asyncio.Task[Any]] = []

    async def start(self) -> None:
        """Begin as `bot.app.run` does."""
        self._desk.on_wake("inbox", self._worker.wake)
        self._desk.on_wake("outbox", self._speaker.wake)
        await self._run(release_updates)
        works = (self._poller.run(self._stop), self._worker.run(self._stop), self._speaker.run(), self._tick())
        self._tasks = [asyncio.create_task(work) for work in works]

    async def kill(self) -> None:
        """As `kill -9` does: what was under way arrives or does not, and nothing is written down after it."""
        self._wire.is_cut = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        """As SIGTERM does."""
        self._stop.set()
        await self._speaker.stop(8)
        self._tasks[-1].cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*self._tasks)

    def raise_if_ended(self) -> None:
        """Whatever ended one of its tasks; a program that runs has none."""
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()

    async def _run(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        if self._wire.is_cut:
            raise asyncio.CancelledError
        result = await self._desk.run(verb, **kwargs)
        if self._wire.is_cut:
            raise asyncio.CancelledError
        return result

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            while await self._run(sweep):
                pass
