"""Handle what the inbox holds: one update of a chat after the other, chats side by side."""

import asyncio
import json
import logging
import os
import traceback
from datetime import timedelta
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from bot.handlers.dispatch import ALLOWED_UPDATES
from bot.handlers.door import Door, RunVerb
from bot.handlers.fence import refuse_returned
from bot.usecases.inbox import fail_update, lease_updates
from bot.usecases.ports import InboxRow

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=10)
"""How long an update may be in hand before another worker takes it over; handled by both, it takes effect once."""
SLOW_POLL = 1.0
"""Seconds between looks when nothing woke the worker: the safety net."""
SIDE_BY_SIDE = 32
"""Chats handled at once: the storage thread is the narrow place, not this."""


class Worker:
    """Feeds stored updates to aiogram's dispatcher, each with a door of its own."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, run: RunVerb, *, slow_poll: float = SLOW_POLL) -> None:
        self._bot = bot
        self._slow_poll = slow_poll
        self._dispatcher = dispatcher
        self._run = run
        self._awake = asyncio.Event()
        self._name = f"hear-{os.getpid()}-{id(self):x}"
        self._busy: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There is something new."""
        self._awake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Handle until `stop` is set; what is in hand is finished."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                await self._round(stopping)
        finally:
            stopping.cancel()
            if self._busy:
                await asyncio.wait(self._busy)

    async def _round(self, stopping: "asyncio.Task[Any]") -> None:
        self._awake.clear()
        rows = await self._lease() if len(self._busy) < SIDE_BY_SIDE else []
        for row in rows:
            task = asyncio.create_task(self._handle(row))
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)
        if not rows:
            waking = asyncio.create_task(self._awake.wait())
            await asyncio.wait({waking, stopping}, timeout=self._slow_poll, return_when=asyncio.FIRST_COMPLETED)
            waking.cancel()

    async def _lease(self) -> list[InboxRow]:
        try:
            return list(await self._run(lease_updates, by=self._name, lease=LEASE))
        except Exception:
            log.exception("the inbox could not be read; again in a moment")
            return []

    async def _handle(self, row: InboxRow) -> None:
        door = Door(self._run, row.update_id)
        try:
            raw = json.loads(row.raw)
            if any(raw.get(kind) is not None for kind in ALLOWED_UPDATES):
                update = Update.model_validate(raw, context={"bot": self._bot})
                refuse_returned(await self._dispatcher.feed_update(self._bot, update, door=door))
            else:  # aiogram would print the whole of a kind that it does not know
                log.info("update %s is of no kind that the desk knows; it is kept and passed over", row.update_id)
            await door.finish()
        except Exception as error:  # noqa: BLE001  # whatever it was, it is written to the inbox row
            await self._failed(row, error)
        self.wake()

    async def _failed(self, row: InboxRow, error: Exception) -> None:
        """What was said stays out of the log: the traceback goes to the inbox row, where an operator finds it."""
        is_hopeless = isinstance(error, ValidationError)
        text = "".join(traceback.format_exception(error))
        log.error("update %s failed (%s), try %s", row.update_id, type(error).__name__, row.attempts + 1)
        try:
            await self._run(fail_update, row=row, error=text[-4000:], is_hopeless=is_hopeless)
        except Exception:
            log.exception("update %s: the failure could not be written down; its lease runs out", row.update_id)
