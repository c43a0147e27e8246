"""Time that passes only when everybody waits: a day of an office in the time that its work takes."""

import asyncio
import selectors
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.clock import Clock


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer as soon as nothing can run.

    Everything must run in this one thread: a loop that waits for another thread has nothing to wait for here.
    """

    def __init__(self) -> None:
        self._passed = 0.0
        super().__init__(_Jumping(self))

    def time(self) -> float:
        """Virtual seconds since the loop was made."""
        return self._passed

    def jump(self, seconds: float) -> None:
        """Nothing could run for so long."""
        self._passed += seconds


class _Jumping(selectors.DefaultSelector):
    """Instead of waiting for a timer, moves the loop's clock to it."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        """What is ready at once."""
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            raise RuntimeError("everybody waits, and nobody for a time: the simulation stands still")
        self._loop.jump(timeout)
        return ready


class LoopClock(Clock):
    """The sandbox's clock, moved by the loop."""

    def __init__(self, start: datetime, loop: VirtualLoop) -> None:
        super().__init__(start=start, frozen=True)
        self._start = start
        self._loop = loop

    def now(self) -> datetime:
        """The instant in the simulation, aware UTC."""
        return self._start + timedelta(seconds=self._loop.time())

    def offset_seconds(self) -> float:
        """How far this clock is ahead of its start."""
        return self._loop.time()
