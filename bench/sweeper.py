"""One process that sweeps: at each instant that it is told, as the ticker does on its beats, until it is killed.

Imported by the fork server too (see `bench.processes`), so that each process is spared the seconds of imports.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from bot.usecases.calendar import with_imported
from bot.usecases.office import Office
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from storage.engine import make_engine

BEATS = 2
"""Beats at an instant: whoever finds another at it looks again, as it would two seconds later."""


def serve(orders: Connection, url: str, make_office: Callable[[], Office]) -> None:
    """Sweep whenever an instant comes, and tell how much was fired; the end of whoever tells is the end of this one."""
    storage, office = Storage(make_engine(url)), make_office()
    try:
        while True:
            now: datetime = orders.recv()
            orders.send(sum(_beat(storage, office, now) for _ in range(BEATS)))
    except EOFError:
        storage.close()


def _beat(storage: Storage, office: Office, now: datetime) -> int:
    """As `bot.schedule.ticker` does: until nothing is due."""
    fired = 0
    while count := storage.run_now(partial(_look, office=office, now=now)):
        fired += count
    return fired


def _look(work: Any, *, office: Office, now: datetime) -> int:
    return sweep(work, with_imported(work, office), now)
