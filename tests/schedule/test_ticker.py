"""The metronome beats; sweeps do not overlap, a failing one ends nothing, stopping waits for what is in hand."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.schedule.ticker import Ticker

BEAT = 0.02
PHONE = "19000001234"
Sweep = Callable[[], Awaitable[int]]


@asynccontextmanager
async def ticking(sweep: Sweep) -> AsyncIterator[Ticker]:
    ticker = Ticker(sweep, beat=BEAT)
    ticker.start()
    try:
        yield ticker
    finally:
        await ticker.stop()


class Sweeps:
    """Counts itself; `plan` says what each does (by default: nothing is due)."""

    def __init__(self, *plan: Sweep) -> None:
        self._plan = list(plan)
        self.count = 0
        self._more = asyncio.Event()

    async def __call__(self) -> int:
        self.count += 1
        self._more.set()
        return await self._plan.pop(0)() if self._plan else 0

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while self.count < count:
                self._more.clear()
                await self._more.wait()


async def some() -> int:
    return 20


async def test_it_beats_until_it_is_stopped():
    sweeps = Sweeps()
    async with ticking(sweeps) as ticker:
        await sweeps.until(3)
        await ticker.stop()
        after = sweeps.count
        await asyncio.sleep(5 * BEAT)
        assert sweeps.count == after


async def test_one_beat_sweeps_until_nothing_is_due():
    sweeps = Sweeps(some, some, some)
    await Ticker(sweeps).beat()
    assert sweeps.count == 4


async def test_a_sweep_that_fails_ends_no_beat_and_its_words_stay_out_of_the_log(caplog: pytest.LogCaptureFixture):
    async def fails() -> int:
        raise ValueError(f"Key (phone)=({PHONE}) already exists")

    sweeps = Sweeps(fails)
    with caplog.at_level(logging.INFO):
        async with ticking(sweeps):
            await sweeps.until(2)
    (told,) = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert "in fails" in told.getMessage() and "ValueError" in told.getMessage()
    assert PHONE not in caplog.text


async def test_a_slow_sweep_is_not_run_twice_at_once():
    now, most, gate = [0], [0], asyncio.Event()

    async def slow() -> int:
        now[0] += 1
        most[0] = max(most[0], now[0])
        await gate.wait()
        now[0] -= 1
        return 0

    sweeps = Sweeps(slow, slow)
    async with ticking(sweeps):
        await sweeps.until(1)
        await asyncio.sleep(5 * BEAT)
        assert sweeps.count == 1
        gate.set()
        await sweeps.until(3)
    assert most == [1]


async def test_stopping_waits_for_the_sweep_in_hand_and_asks_for_no_more(caplog: pytest.LogCaptureFixture):
    gate, done = asyncio.Event(), []

    async def slow() -> int:
        await gate.wait()
        done.append(True)
        return 20

    sweeps = Sweeps(slow)
    async with ticking(sweeps) as ticker:
        await sweeps.until(1)
        stopping = asyncio.create_task(ticker.stop())
        await asyncio.sleep(2 * BEAT)
        assert not stopping.done()
        gate.set()
        await asyncio.wait_for(stopping, 5)
    assert done == [True] and sweeps.count == 1
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_stopping_before_it_began_or_twice_is_fine():
    ticker = Ticker(Sweeps())
    await ticker.stop()
    ticker.start()
    await ticker.stop()
    await ticker.stop()
