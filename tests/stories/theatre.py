"""A stage for stories: the emulator over real HTTP, the real bot, and a company; what happens is read as a transcript."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.desk import Desk
from bot.app.run import ROLES, open_desk, run_roles
from bot.app.sandbox import Stage, move_in, set_up
from bot.sandbox.company import Company
from bot.sandbox.world import World
from storage.schema import migrate

PATIENCE = 15.0
"""Seconds of real time until a scene must have come to rest; far more than any needs."""
FAST = {"overall_per_second": 10_000, "private_per_second": 1_000, "private_burst": 1_000, "group_per_minute": 100_000}


class Theatre:
    """The world, the desk, and how to wait until everything that was begun is done."""

    def __init__(self, stage: Stage, desk: Desk) -> None:
        self.stage = stage
        self.desk = desk

    @property
    def world(self) -> World:
        return self.stage.world

    @property
    def company(self) -> Company:
        return self.stage.company

    async def quiet(self) -> None:
        """Wait until no update and no outbox row is waiting and the bot has fetched everything."""
        async with asyncio.timeout(PATIENCE):
            while not await self._is_quiet():
                await asyncio.sleep(0.01)

    async def _is_quiet(self) -> bool:
        if self.world.pending_updates():
            return False
        return bool(await self.desk.run(_nothing_waits))

    async def later(self, **kwargs: float) -> None:
        """Move the clock ahead, sweep, and let what follows happen."""
        await self.quiet()
        self.world.clock.advance(timedelta(**kwargs))
        await self.quiet()

    def words(self, chat_id: int, thread_id: int | None = None) -> list[str]:
        """What stands in a chat, a line for each message."""
        return [line(m) for m in self.world.history(chat_id, thread_id) if not m.get("_deleted")]


def _nothing_waits(work: object, office: object, now: datetime) -> bool:
    return not work.inbox.waiting() and not work.outbox.waiting(now)  # type: ignore[attr-defined]


def line(message: dict) -> str:  # type: ignore[type-arg]
    """`名字: 话`, with media named in brackets."""
    who = "机器人" if message["from"]["is_bot"] else message["from"]["first_name"]
    kinds = [k for k in ("photo", "video", "voice", "document", "sticker", "location", "contact") if k in message]
    said = message.get("text") or message.get("caption") or ""
    return f"{who}: " + " ".join([*(f"[{k}]" for k in kinds), re.sub(r"\s*\n\s*", " / ", said)])


@contextlib.asynccontextmanager
async def theatre(folder: Path, *, limits: dict[str, float] | None = None, **desk_settings: object) -> AsyncIterator[Theatre]:
    """Raise the curtain; when the story is told, the bot stops as on SIGTERM."""
    async with set_up(folder) as stage:
        settings = stage.settings
        telegram = settings.telegram.model_copy(
            update={"limits": settings.telegram.limits.model_copy(update=limits or FAST)}
        )
        desk_part = settings.desk.model_copy(update=desk_settings)
        settings = settings.model_copy(update={"telegram": telegram, "desk": desk_part})
        stage = replace(stage, settings=settings)
        migrate(settings.database.url.reveal())
        stop = asyncio.Event()
        async with open_desk(settings, clock=stage.world.clock) as desk:
            await move_in(desk, stage.company)
            running = asyncio.create_task(run_roles(settings, desk, ROLES, stop))
            try:
                yield Theatre(stage, desk)
            finally:
                stop.set()
                await running
