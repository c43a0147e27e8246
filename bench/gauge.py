"""Run a bot's module with a gauge in it: the longest time that its event loop stood still, and its database's commits.

python -m bench.gauge FILE MODULE ARGUMENT …       SIGUSR1 writes FILE, then counts anew
"""

import asyncio
import json
import runpy
import signal
import sys
import time
from pathlib import Path

from sqlalchemy import Engine, event

BEAT = 0.005
"""Seconds between two looks at the clock (perf.md's ticker)."""


class Gauge:
    """What was seen since the last reading."""

    def __init__(self, file: Path) -> None:
        self._file, self._commits, self._stall, self._seen = file, 0, 0.0, 0.0
        event.listen(Engine, "commit", self._commit)

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tick in this loop as long as it runs."""
        loop.add_signal_handler(signal.SIGUSR1, self._read)
        loop.call_soon(self._tick, loop)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        now = time.perf_counter()
        if self._seen:
            self._stall = max(self._stall, now - self._seen - BEAT)
        self._seen = now
        loop.call_later(BEAT, self._tick, loop)

    def _read(self) -> None:
        half = self._file.with_suffix(".half")
        half.write_text(json.dumps({"commits": self._commits, "stall": self._stall * 1000}))
        half.replace(self._file)
        self._commits, self._stall = 0, 0.0

    def _commit(self, connection: object) -> None:
        self._commits += 1


class Gauged(asyncio.DefaultEventLoopPolicy):
    """Every loop that is made ticks."""

    def __init__(self, gauge: Gauge) -> None:
        super().__init__()
        self._gauge = gauge

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """A loop with the gauge in it."""
        loop = super().new_event_loop()
        self._gauge.watch(loop)
        return loop


def main() -> None:
    """The command line."""
    file, module, *arguments = sys.argv[1:]
    asyncio.set_event_loop_policy(Gauged(Gauge(Path(file))))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
