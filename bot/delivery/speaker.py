"""The speaker: drains the outbox, lane by lane, as fast as the pace allows; one per token, others stand by."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.blame import blame
from bot.delivery.pace import MINUTE, Pace
from bot.delivery.turn import ASK_AGAIN, BEAT, SPEAK, TURN, is_surely_dead, my_name
from bot.desk.verdict import Courier, Halt, Later, NotSent, Parcel, Probe, Unknown, Verdict
from bot.usecases.deliver import claim
from bot.usecases.ports import Head
from bot.usecases.settle import sent_lately, set_aside, settle, settle_expired
from bot.usecases.turn import give_back, take_turn, whose_turn

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
"""Longer than a call can take (`request.Timeouts.total`), so that a lease runs out only when a speaker died."""
SLOW_POLL = 1.0
"""Seconds between looks when nothing woke the speaker: the safety net."""
SWEEP = 15.0
"""Seconds between looks for leases that ran out."""
_PROBE_AGAIN = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between probes in an outage."""
SETTLE_AGAIN = (0.1, 0.5, 2.0, 5.0, 10.0)
"""Seconds between tries to write down what became of a call: to give up means to say it again."""


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

    def __init__(self, run: RunVerb, courier: Courier, pace: Pace, *, clock: Clock, probe: Probe | None = None,
                 slow_poll: float = SLOW_POLL) -> None:  # fmt: skip
        self._run = run
        self._courier = courier
        self._pace = pace
        self._clock = clock
        self._probe = probe
        self._slow_poll = slow_poll
        self._name = my_name()
        self._awake = asyncio.Event()
        self._ended = asyncio.Event()
        self._is_running = False
        self._is_stopping = False
        self._has_turn = False
        self._halted: str | None = None
        self._flying: dict[asyncio.Task[None], int] = {}
        self._heads: Sequence[Head] = ()
        self._picked: Sequence[int] = ()
        self._doubts = 0

    def wake(self) -> None:
        """There is something to send."""
        self._awake.set()

    async def run(self) -> None:
        """Send until stopped; SpeakerHalted when the token is refused."""
        self._is_running = True
        try:
            while not self._is_over():
                if await self._take_turn():
                    await self._speak()
                else:
                    await self._sleep(ASK_AGAIN)
        finally:
            self._is_running = False
            self._ended.set()
        if self._halted is not None:
            raise SpeakerHalted(self._halted)

    async def stop(self, within: float) -> None:
        """Claim nothing more, and give what is in hand so many seconds; what then still flies is found again by its
        lease.
        """
        self._is_stopping = True
        self.wake()
        if not self._is_running:
            return
        try:
            await asyncio.wait_for(self._ended.wait(), within)
        except TimeoutError:
            log.warning("gave up on %d calls in hand; their outcome is unknown", len(self._flying))
            for task in self._flying:
                task.cancel()

    async def _take_turn(self) -> bool:
        """Ours when nobody speaks; at once, when who spoke last was a process here that is gone."""
        try:
            holder = await self._run(whose_turn, name=SPEAK)
            over = holder if is_surely_dead(holder) else ""
            self._has_turn = await self._run(take_turn, name=SPEAK, by=self._name, span=TURN, over=over)
        except Exception as error:  # noqa: BLE001  # told in the log, without its words
            log.error("the turn to speak could not be asked for; again in a moment\n%s", blame(error))
            return False
        if not self._has_turn:
            log.debug("another speaker is at work (%s); standing by", holder)
        return self._has_turn

    async def _speak(self) -> None:
        """As long as it is our turn; what the one before us had in hand is settled first."""
        self._pace.restore(await self._run(sent_lately, span=MINUTE))
        await self._run(settle_expired, ahead=LEASE + timedelta(seconds=1))
        beside = [asyncio.create_task(self._sweep()), asyncio.create_task(self._beat())]
        try:
            while self._has_turn and not self._is_over():
                await self._round()
            while self._flying:
                await asyncio.wait(self._flying)
        finally:
            for task in beside:
                task.cancel()
        await self._give_back_turn()

    async def _give_back_turn(self) -> None:
        """So that the next one need not wait until it runs out."""
        try:
            await self._run(give_back, name=SPEAK, by=self._name)
        except Exception as error:  # noqa: BLE001  # told in the log, without its words
            log.error("the turn to speak could not be given back; it runs out\n%s", blame(error))

    async def _beat(self) -> None:
        """Renew the turn; when another has taken it (we were not heard of for too long), fall silent."""
        while self._has_turn:
            await asyncio.sleep(BEAT)
            try:
                self._has_turn = await self._run(take_turn, name=SPEAK, by=self._name, span=TURN)
            except Exception as error:  # noqa: BLE001  # told in the log, without its words
                log.error("the turn to speak could not be renewed; again in a moment\n%s", blame(error))
        log.warning("another speaker took over; standing by")
        self.wake()

    def _is_over(self) -> bool:
        return self._is_stopping or self._halted is not None

    async def _is_outage(self) -> bool:
        """After a call without a clear answer, one that changes nothing goes first: an outage of a day then costs the
        few rows that were in flight when it began their one resend, and no other row anything.
        """
        if not self._doubts or self._probe is None:
            return False
        if await self._probe.is_reachable():
            self._doubts = 0
            return False
        log.warning("the messenger cannot be reached; what is to be sent waits")
        await self._sleep(_PROBE_AGAIN[min(self._doubts, len(_PROBE_AGAIN)) - 1])
        self._doubts += 1
        return True

    async def _sleep(self, seconds: float) -> None:
        """Whatever is queued meanwhile; only the end cuts it short."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self._is_over() and (left := until - loop.time()) > 0:
            self._awake.clear()
            await self._pause(left)

    async def _round(self) -> None:
        self._awake.clear()
        if await self._is_outage():
            return
        try:
            parcels = await self._run(claim, by=self._name, turn=SPEAK, lease=LEASE, pick=self._pick)
        except Exception as error:  # noqa: BLE001  # told in the log, without its words
            log.error("the outbox could not be read; again in a moment\n%s", blame(error))
            await self._pause(SLOW_POLL)
            return
        picked, self._picked = self._picked, ()
        self._give_back(set(picked) - {p.row_id for p in parcels})
        for parcel in parcels:
            task = asyncio.create_task(self._carry(parcel))
            self._flying[task] = parcel.row_id
            task.add_done_callback(self._landed)
        if not picked:
            await self._rest()

    def _pick(self, heads: Sequence[Head]) -> list[int]:
        """Runs in the storage's thread, and again when the database made it begin anew: only the last pick counts."""
        self._give_back(self._picked)
        self._heads = heads
        self._picked = picked = self._pace.pick(heads, self._clock.now())
        return picked

    def _give_back(self, rows: Iterable[int]) -> None:
        """Picked, and never sent."""
        for row_id in rows:
            self._pace.finished(row_id, None)

    async def _rest(self) -> None:
        """Until woken, or until the pace has room for somebody who waits."""
        now = self._clock.now()
        chance = self._pace.next_chance(self._heads, now)
        slow = self._slow_poll
        await self._pause(slow if chance is None else min(slow, max(0.005, (chance - now).total_seconds())))

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._awake.wait(), seconds)
        except TimeoutError:
            return

    def _landed(self, task: "asyncio.Task[None]") -> None:
        self._flying.pop(task)
        self.wake()

    async def _carry(self, parcel: Parcel) -> None:
        """A row stays in flight until it is settled: so many at most can a crash repeat."""
        ended: datetime | None = self._clock.now()
        try:
            verdict = await self._deliver(parcel)
            ended = _counted(verdict, self._clock.now())
            self._heed(parcel, verdict)
            await self._settle(parcel, verdict)
        finally:
            self._pace.finished(parcel.row_id, ended)

    async def _deliver(self, parcel: Parcel) -> Verdict:
        if self._is_over():
            return NotSent("the speaker stops")
        try:
            return await self._courier.deliver(parcel)
        except Exception as error:  # noqa: BLE001  # told in the log, without its words
            log.error("outbox row %s: the courier raised\n%s", parcel.row_id, blame(error))
            return Unknown("courier")

    async def _settle(self, parcel: Parcel, verdict: Verdict) -> None:
        """Until it is written down: a delivery that nobody remembers is said again when its lease runs out."""
        for pause in SETTLE_AGAIN:
            if await self._written(settle, parcel, verdict, by=self._name):
                return
            await asyncio.sleep(pause)
        await self._written(set_aside, parcel, verdict, by=self._name)

    async def _written(self, verb: Callable[..., Any], parcel: Parcel, verdict: Verdict, **more: Any) -> bool:
        try:
            await self._run(verb, row_id=parcel.row_id, verdict=verdict, **more)
        except Exception as error:  # noqa: BLE001  # told in the log, without its words
            kind = type(verdict).__name__
            log.error("outbox row %s: %s could not be written down\n%s", parcel.row_id, kind, blame(error))
            return False
        return True

    def _heed(self, parcel: Parcel, verdict: Verdict) -> None:
        """What a verdict means for the sending itself."""
        now = self._clock.now()
        match verdict:
            case Later(seconds):
                log.warning("told to wait %.0f s in chat %s", seconds, parcel.chat_id)
                self._pace.rest(parcel.chat_id, now + timedelta(seconds=seconds), now)
            case Halt(reason):
                self._halted = reason
                self.wake()
            case NotSent() | Unknown():
                self._doubts = max(1, self._doubts)
            case _:
                pass

    async def _sweep(self) -> None:
        """Rows of a speaker that died are settled as unknown; rows in our own hands are not touched."""
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self._run(settle_expired, except_rows=frozenset(self._flying.values()))
            except Exception as error:  # noqa: BLE001  # told in the log, without its words
                log.error("expired leases could not be settled; again later\n%s", blame(error))


def _counted(verdict: Verdict, at: datetime) -> datetime | None:
    """When a call ended that Telegram may have counted."""
    return None if isinstance(verdict, NotSent | Later) else at
