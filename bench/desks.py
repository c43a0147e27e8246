"""Several processes, so to speak, over one database: each with its own connections, each may end at any commit.

All of them are this one; `bench.processes` has real ones.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from sqlalchemy import event

from bench.told import make_readable_office
from bot.usecases.calendar import with_imported
from bot.usecases.office import Office
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from storage.engine import make_engine

AT_ONCE = 0.4
"""How often all sweep at the same moment; else it is one's turn."""


class Crash(Exception):
    """The process ends in the middle of a unit of work: before its commit, so that nothing of it is left."""


class Desk:
    """One process: an office made anew, connections of its own; it may be told at which of its commits to end."""

    def __init__(self, url: str, make_office: Callable[[], Office]) -> None:
        self._make_office = make_office
        self._engine = make_engine(url)
        event.listen(self._engine, "commit", self._commits)
        self._begin()

    def _begin(self) -> None:
        self._left = 0
        self._office = self._make_office()
        self._storage = Storage(self._engine)

    def begin_anew(self) -> None:
        """The process is gone with its connections and all that it knew; another one begins. (What SQLAlchemy has
        compiled is kept: that takes longest, and is no knowledge.)
        """
        self._storage.close()
        self._begin()

    def ends_at(self, commit: int) -> None:
        """The n-th commit from now is not reached (0: go on for ever)."""
        self._left = commit

    def _commits(self, _: object) -> None:
        self._left -= 1
        if self._left == 0:
            raise Crash

    def do(self, verb: Callable[..., Any], now: datetime, **arguments: Any) -> Any:
        """One verb in its unit of work."""
        return self._storage.run_now(lambda work: verb(work, with_imported(work, self._office), now, **arguments))

    def close(self) -> None:
        """Let the connections go; what was not committed is lost."""
        self._storage.close()


class Desks:
    """So many processes; `mishaps` counts what befell them."""

    def __init__(
        self, url: str, count: int, chance: random.Random, *, peril: float,
        make_office: Callable[[], Office] = make_readable_office,
    ) -> None:  # fmt: skip
        self._chance = chance
        self._peril = peril
        self._all = [Desk(url, make_office) for _ in range(count)]
        self.mishaps: Counter[str] = Counter()
        self.sweeps = 0
        self._lock = threading.Lock()

    def close(self) -> None:
        """The end of all."""
        for desk in self._all:
            desk.close()

    def act(self, verb: Callable[..., Any], now: datetime, **arguments: Any) -> Any:
        """Somebody does something; when the process ends beneath it, it is done again by the next."""
        while True:
            n = self._chance.randrange(len(self._all))
            self._all[n].ends_at(self._doom())
            try:
                return self._all[n].do(verb, now, **arguments)
            except Crash:
                self._begin_anew(n, "ended at a commit")

    def sweep(self, now: datetime) -> None:
        """All at once, or one of them alone; then one more looks until nothing is due."""
        if len(self._all) > 1 and self._chance.random() < AT_ONCE:
            self._all_at_once(now)
        self._until_quiet(self._chance.randrange(len(self._all)), now)

    def restart_all(self) -> None:
        """A power cut."""
        for n in range(len(self._all)):
            self._begin_anew(n, "power cut")

    def _doom(self) -> int:
        return self._chance.randint(1, 3) if self._chance.random() < self._peril else 0

    def _until_quiet(self, n: int, now: datetime) -> None:
        self._all[n].ends_at(self._doom())
        is_busy = True
        while is_busy:
            try:
                is_busy = bool(self._sweep(n, now))
            except Crash:
                self._begin_anew(n, "ended at a commit")
            if is_busy and self._chance.random() < self._peril:
                self._begin_anew(n, "ended between two commits")

    def _all_at_once(self, now: datetime) -> None:
        barrier = threading.Barrier(len(self._all))
        for desk in self._all:
            desk.ends_at(self._doom())

        def sweeps(n: int) -> bool:
            barrier.wait()
            try:
                while self._sweep(n, now):
                    pass
            except Crash:
                return False
            return True

        with ThreadPoolExecutor(len(self._all)) as pool:
            survived = list(pool.map(sweeps, range(len(self._all))))
        for n in (n for n, is_well in enumerate(survived) if not is_well):
            self._begin_anew(n, "ended at a commit")

    def _sweep(self, n: int, now: datetime) -> int:
        with self._lock:
            self.sweeps += 1
        return int(self._all[n].do(sweep, now))

    def _begin_anew(self, n: int, why: str) -> None:
        self.mishaps[why] += 1
        self._all[n].begin_anew()
