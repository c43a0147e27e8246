"""One process that sweeps: at each instant that it is told, as the ticker does on its beats, until it is killed.

Imported by the fork server too (see `bench.processes`), so that each process is spared the seconds of imports.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from bot.usecases.calendar import with_imported
from bot.usecases.office import Office
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from storage.engine import make_engine

Verb = Callable[[Any, Office, datetime], Any]
BEATS = 2
"""Beats at an instant: whoever finds another at it looks again, as it would two seconds later."""


def serve(orders: Connection, url: str, make_office: Callable[[], Office], plans: Sequence[Verb]) -> None:
    """Sweep whenever an instant comes, and tell how much was fired; before the first, ask for what comes by the clock.

    The end of whoever tells is the end of this one.
    """
    storage, office = Storage(make_engine(url)), make_office()
    waiting = list(plans)
    try:
        while True:
            now: datetime = orders.recv()
            while waiting:
                storage.run_now(partial(_in_office, verb=waiting.pop(0), office=office, now=now))
            orders.send(sum(_beat(storage, office, now) for _ in range(BEATS)))
    except EOFError:
        storage.close()


def _beat(storage: Storage, office: Office, now: datetime) -> int:
    """As `bot.schedule.ticker` does: until nothing is due."""
    fired = 0
    while count := storage.run_now(partial(_in_office, verb=sweep, office=office, now=now)):
        fired += count
    return fired


def _in_office(work: Any, *, verb: Verb, office: Office, now: datetime) -> Any:
    return verb(work, with_imported(work, office), now)
