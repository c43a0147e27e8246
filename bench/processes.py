"""Real processes over one PostgreSQL: all are told the same instant at once, and one or another is killed at its work.

Each is a Python of its own with its own connections; `kill -9` comes at a random moment of a sweep, and another takes
its place. What people do meanwhile is done here, in one more process with connections of its own.
"""

import multiprocessing
import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from multiprocessing.connection import wait
from typing import Any, Final

from sqlalchemy import Engine, make_url, text

from bench.desks import Desks
from bench.sweeper import Verb, serve
from bench.told import make_readable_office
from bot.usecases.office import Office
from storage.engine import make_engine

_SPAWN: Final = multiprocessing.get_context("forkserver")
_SPAWN.set_forkserver_preload(["bench.preload"])
KILLED: Final = "killed in a sweep"
"""What it is called in `mishaps` that a process was killed before it had swept to the end."""
FIRST_GUESS = 0.05
"""Seconds that a sweep with something due takes, until one was measured."""
PATIENCE = 60.0
"""Seconds; far more than a sweep takes, or a database to notice that its client is gone."""


class Sweeper:
    """One of the processes."""

    def __init__(self, url: str, name: str, make_office: Callable[[], Office], plans: Sequence[Verb]) -> None:
        self.name = name
        self.orders, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=serve, args=(theirs, _named(url, name), make_office, plans), daemon=True)
        self._process.start()
        theirs.close()

    def told(self) -> int:
        """What it has fired; RuntimeError when it ended by itself or does not answer."""
        try:
            if self.orders.poll(PATIENCE):
                return int(self.orders.recv())
        except EOFError:
            self._process.join()
        raise RuntimeError(f"{self.name} does not answer (exit code {self._process.exitcode})")

    def kill(self) -> None:
        """`kill -9`."""
        self._process.kill()
        self._process.join()
        self.orders.close()


def _named(url: str, name: str) -> str:
    """PostgreSQL knows its clients by name."""
    return make_url(url).update_query_dict({"application_name": name}).render_as_string(hide_password=False)


class Processes:
    """So many of them; what befell them is counted in `mishaps`."""

    def __init__(
        self, url: str, count: int, chance: random.Random, *, peril: float,
        make_office: Callable[[], Office] = make_readable_office, plans: Sequence[Verb] = (), acts_end: bool = True,
    ) -> None:  # fmt: skip
        """`plans`: what each asks for when it begins; `acts_end`: what people do is cut off now and then, too."""
        self._url, self._chance, self._peril, self._make_office = url, chance, peril, make_office
        self._plans = plans
        self._people = Desks(url, 1, chance, peril=peril if acts_end else 0, make_office=make_office)
        self._look: Engine = make_engine(url)
        self._born = 0
        self._usual = FIRST_GUESS
        self._is_doomed = False
        self.mishaps = self._people.mishaps
        self.sweeps = 0
        self._all = [self._begin() for _ in range(count)]

    def _begin(self) -> Sweeper:
        self._born += 1
        return Sweeper(self._url, f"sweeper-{self._born}", self._make_office, self._plans)

    def close(self) -> None:
        """The end of all."""
        for one in self._all:
            one.kill()
        self._people.close()
        self._look.dispose()

    def act(self, verb: Callable[..., Any], now: datetime, **arguments: Any) -> Any:
        """Somebody does something."""
        return self._people.act(verb, now, **arguments)

    def sweep(self, now: datetime) -> None:
        """All at once, again and again, until one round finds nothing due."""
        while self._round(now):
            pass

    def restart_all(self) -> None:
        """A power cut."""
        self._people.restart_all()
        for n in range(len(self._all)):
            self._replace(n)

    def _round(self, now: datetime) -> int:
        """How much was fired, as far as it is known: who was killed did not say, so that all must look again."""
        began = time.monotonic()
        for one in self._all:
            one.orders.send(now)
        self.sweeps += len(self._all)
        self._is_doomed = self._is_doomed or self._chance.random() < self._peril
        victim = self._kill_one() if self._is_doomed else None
        fired = sum(one.told() for n, one in enumerate(self._all) if n != victim)
        if victim is not None:
            self._replace(victim, is_dead=True)
            return 1
        if fired:
            self._usual += (time.monotonic() - began - self._usual) / 10
        return fired

    def _kill_one(self) -> int | None:
        """At a random moment, one of those that are still at it: which of them has the turn is anybody's guess.

        When all are through by then (None), the next round is to have its victim.
        """
        busy = self._still_at_it(self._chance.random() * self._usual)
        if not busy:
            return None
        victim, self._is_doomed = self._chance.choice(busy), False
        self._all[victim].kill()
        self.mishaps[KILLED] += 1
        return victim

    def _still_at_it(self, seconds: float) -> list[int]:
        """Who has not answered after so long; nobody, as soon as all have."""
        until = time.monotonic() + seconds
        busy = {one.orders: n for n, one in enumerate(self._all)}
        while busy and (left := until - time.monotonic()) > 0:
            for answered in wait(list(busy), left):
                del busy[answered]  # type: ignore[arg-type]  # as we gave it
        return list(busy.values())

    def _replace(self, n: int, *, is_dead: bool = False) -> None:
        if not is_dead:
            self._all[n].kill()
        self._forgotten(self._all[n].name)
        self._all[n] = self._begin()

    def _forgotten(self, name: str) -> None:
        """Until the database has noticed: a statement in hand is finished first, and holds what it holds."""
        asked, until = text("SELECT count(*) FROM pg_stat_activity WHERE application_name = :name"), time.monotonic()
        while time.monotonic() < until + PATIENCE:
            with self._look.connect() as connection:
                if not connection.execute(asked, {"name": name}).scalar_one():
                    return
            time.sleep(0.005)
        raise RuntimeError(f"the database still knows {name}")
