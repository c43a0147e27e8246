"""The speaker: drains the outbox, lane by lane, as fast as the pace allows; one per token."""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.delivery.pace import MINUTE, Pace
from bot.desk.verdict import Courier, Halt, Later, Parcel, Unknown, Verdict
from bot.usecases.deliver import claim
from bot.usecases.ports import Head
from bot.usecases.settle import sent_lately, settle, settle_expired

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
"""Longer than a call can take (10 s to connect, 30 s to read), so that a lease runs out only when a speaker died."""
SLOW_POLL = 1.0
"""Seconds between looks when nothing woke the speaker: the safety net."""
SWEEP = 15.0
"""Seconds between looks for leases that ran out."""


class SpeakerHalted(RuntimeError):
    """Nothing can be sent with this token; the message says why. Nothing is lost."""


class RunVerb(Protocol):
    """Runs `verb(work, office, now, **kwargs)` in a transaction of its own."""

    async def __call__(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """The verb's result, after the commit."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Now, UTC."""


class Speaker:
    """Claims what may go, sends it side by side, settles each."""

    def __init__(self, run: RunVerb, courier: Courier, pace: Pace, *, clock: Clock) -> None:
        self._run = run
        self._courier = courier
        self._pace = pace
        self._clock = clock
        self._name = f"speak-{os.getpid()}-{id(self):x}"
        self._awake = asyncio.Event()
        self._is_stopping = False
        self._halted: str | None = None
        self._flying: dict[asyncio.Task[None], int] = {}
        self._heads: Sequence[Head] = ()

    def wake(self) -> None:
        """There is something to send."""
        self._awake.set()

    async def run(self) -> None:
        """Send until stopped; SpeakerHalted when the token is refused."""
        self._pace.restore(await self._run(sent_lately, span=MINUTE))
        await self._run(settle_expired, ahead=LEASE + timedelta(seconds=1))
        sweeping = asyncio.create_task(self._sweep())
        try:
            while not self._is_stopping and self._halted is None:
                await self._round()
            while self._flying:
                await asyncio.wait(self._flying)
        finally:
            sweeping.cancel()
        if self._halted is not None:
            raise SpeakerHalted(self._halted)

    async def stop(self, within: float) -> None:
        """Claim nothing more, and give what is in hand so many seconds."""
        self._is_stopping = True
        self.wake()
        if self._flying:
            await asyncio.wait(self._flying, timeout=within)
        for task in self._flying:
            task.cancel()

    async def _round(self) -> None:
        self._awake.clear()
        try:
            parcels = await self._run(claim, by=self._name, lease=LEASE, pick=self._pick)
        except Exception:
            log.exception("the outbox could not be read; again in a moment")
            await asyncio.sleep(SLOW_POLL)
            return
        for parcel in parcels:
            task = asyncio.create_task(self._carry(parcel))
            self._flying[task] = parcel.row_id
            task.add_done_callback(self._landed)
        if not parcels:
            await self._rest()

    def _pick(self, heads: Sequence[Head]) -> list[int]:
        self._heads = heads
        return self._pace.pick(heads, self._clock.now())

    async def _rest(self) -> None:
        """Until woken, or until the pace has room for somebody who waits."""
        now = self._clock.now()
        chance = self._pace.next_chance(self._heads, now)
        pause = SLOW_POLL if chance is None else min(SLOW_POLL, max(0.005, (chance - now).total_seconds()))
        try:
            await asyncio.wait_for(self._awake.wait(), pause)
        except TimeoutError:
            return

    def _landed(self, task: "asyncio.Task[None]") -> None:
        self._pace.finished(self._flying.pop(task))
        self.wake()

    async def _carry(self, parcel: Parcel) -> None:
        try:
            verdict = await self._courier.deliver(parcel)
        except Exception:
            log.exception("outbox row %s: the courier raised", parcel.row_id)
            verdict = Unknown("courier")
        self._heed(parcel, verdict)
        try:
            await self._run(settle, row_id=parcel.row_id, verdict=verdict)
        except Exception:
            log.exception("outbox row %s could not be settled; its lease runs out", parcel.row_id)

    def _heed(self, parcel: Parcel, verdict: Verdict) -> None:
        """What a verdict means for the sending itself."""
        now = self._clock.now()
        match verdict:
            case Later(seconds):
                log.warning("told to wait %.0f s in chat %s", seconds, parcel.chat_id)
                self._pace.rest(parcel.chat_id, now + timedelta(seconds=seconds), now)
            case Halt(reason):
                self._halted = reason
            case _:
                pass

    async def _sweep(self) -> None:
        """Rows of a speaker that died are settled as unknown; rows in our own hands are not touched."""
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self._run(settle_expired, except_rows=frozenset(self._flying.values()))
            except Exception:
                log.exception("expired leases could not be settled; again later")
