"""A day of the office in virtual time: 7 regions, 21 specialists, 2,000 franchisees, and whatever goes wrong.

python -m bench.day --seed 7            one day
python -m bench.day --seeds 20          twenty, as `make soak` does
"""

import argparse
import asyncio
import contextlib
import functools
import logging
import os
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat
from typing import Any

from bench import figures
from bench.inline import InlineDesk
from bench.mischief import Mischief
from bench.players import Players
from bench.program import Program
from bench.rules import RuleBroken, Watch
from bench.town import found_town, open_office
from bench.virtual import LoopClock, VirtualLoop
from bench.wire import Tally
from bot.app.office import make_office
from bot.desk.script import ScriptBook
from bot.language.segmenter import JiebaSegmenter
from bot.language.suggest import Suggester
from bot.language.triage import Triage
from bot.sandbox.world import World
from bot.usecases.office import Office
from bot.usecases.receive import Hint
from bot.usecases.relay import Offer
from tests.words import the_rules, the_scripts

OPENS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Tuesday, nine in the morning in Shanghai."""
HOUR = 3600.0


@dataclass(frozen=True)
class Size:
    """How much of a day is played: conversations begun, hours, and seconds from one mishap to the next."""

    conversations: int = 500
    hours: float = 9
    mishap_every: float = 240


SHORT = Size(conversations=70, hours=0.5, mishap_every=20)
"""Half an hour in which nearly everything goes wrong."""


@dataclass(frozen=True)
class Report:
    """What a day was like."""

    seed: int
    said: int
    arrived: int
    repeats: int
    unread: int
    mishaps: int
    checks: int
    units: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.said} said, {self.arrived} heard ({self.repeats} messages twice, {self.unread} "
            f"answers unread), {self.mishaps} mishaps, {self.checks} checks, "
            f"{self.units} transactions in {self.seconds:.0f} s"
        )


class InlineHints:
    """The language layer without its thread."""

    def __init__(self, office: Office) -> None:
        segmenter = JiebaSegmenter()
        self._suggester = _suggester(office.scripts)
        self._triage = Triage(segmenter, office.regions)

    async def of(self, text: str) -> Hint:
        """Where the store is, the kind of matter, and the ready answers that fit."""
        if not text.strip():
            return Hint()
        said = self._triage.read(text)
        return Hint(said.province, self._best(text, 3), region=said.region, kind=said.kind, reasons=said.reasons)

    async def search(self, query: str) -> Sequence[Offer]:
        """Ready answers for `/a`."""
        return self._best(query, 6)

    def _best(self, text: str, count: int) -> tuple[Offer, ...]:
        return tuple(Offer(s.script_id, s.title) for s in self._suggester.best(text, count))


@functools.lru_cache(maxsize=1)
def _suggester(scripts: ScriptBook) -> Suggester:
    """One for all days that a process plays: to weigh every answer takes longer than some of them."""
    return Suggester(scripts.ready(), JiebaSegmenter())


def play(seed: int, size: Size = Size()) -> Report:
    """One day, the same for the same seed; RuleBroken names the seed that repeats it."""
    loop = VirtualLoop()
    began = time.monotonic()
    try:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(Day(seed, size, loop).play(began))
    except RuleBroken as broken:
        raise RuleBroken(f"{broken} (python -m bench.day --seed {seed})") from broken


class Day:
    """Everybody and everything of one day, which passes on `loop`; `world` is the emulated Telegram."""

    def __init__(self, seed: int, size: Size, loop: VirtualLoop) -> None:
        self.loop = loop
        self._seed = seed
        self._size = size
        self._chance = random.Random(seed)
        self.world = World(LoopClock(OPENS, loop))
        self._town = found_town(self.world, self._chance)
        settings = self._town.settings
        self._office = make_office(settings, scripts=the_scripts(), rules=the_rules(settings.lint))
        self._desk = InlineDesk(self._office, self.world.clock)
        self._hints = InlineHints(self._office)
        self._watch = Watch(self.world, self._desk)
        self._program: Program | None = None
        self._tally = Tally()
        self._checks = 0

    async def play(self, began: float) -> Report:
        """From opening to rest."""
        self.loop.set_exception_handler(self._notice)
        open_office(self._desk, self._town, OPENS)
        await self._begin()
        players = Players(self.world, self._town, self._watch, self._chance)
        for at in self._arrivals():
            players.arrive(self._chance.choice(self._town.people), at)
        mischief = Mischief(self.world, self._town, self._chance, self._crash)
        trouble = asyncio.create_task(mischief.run(self._size.mishap_every))
        await self._watched(self._size.hours * HOUR)
        trouble.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await trouble
        mischief.calm()
        players.go_home()
        await self._come_to_rest(players)
        self._watch.check_end(self._tally.unread)
        if self._program is not None:
            await self._program.stop()
        watch = self._watch
        report = Report(self._seed, len(watch.said), sum(watch.arrived.values()), watch.repeats,
                        self._tally.unread, len(mischief.done), self._checks,
                        self._desk.units, time.monotonic() - began)  # fmt: skip
        self._desk.close()
        return report

    def _arrivals(self) -> list[float]:
        """Seconds after opening: half of them all day long, half about noon."""
        end = self._size.hours * HOUR * 0.9
        return [
            self._chance.uniform(0, end)
            if self._chance.random() < 0.5
            else min(end, max(0.0, self._chance.gauss(end / 3, end / 30)))
            for _ in range(self._size.conversations)
        ]

    async def _begin(self) -> None:
        self._program = Program(self._desk, self.world, self._town.settings, self._hints, self._chance,
                                self._tally)  # fmt: skip
        await self._program.start()

    async def _crash(self, pause: float) -> None:
        """`kill -9`, and started anew after so many seconds."""
        if self._program is not None:
            program, self._program = self._program, None
            await program.kill()
        self._watch.check()
        await asyncio.sleep(pause)
        await self._begin()

    async def _watched(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while loop.time() < until:
            await asyncio.sleep(20)
            self._look()

    def _notice(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What was raised in a timer, where nobody waits for it."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self._tally.broke.append(error)
        else:
            loop.default_exception_handler(context)

    def _look(self) -> None:
        self._checks += 1
        self._watch.check()
        if self._tally.broke:
            raise self._tally.broke[0]
        if self._tally.floods:
            raise RuleBroken(f"a 429 of our own making: {self._tally.floods}")
        if self._program is not None:
            self._program.raise_if_ended()

    async def _come_to_rest(self, players: Players) -> None:
        """Until nobody means to say anything, nothing waits, and what was acknowledged late is through."""
        for _ in range(1000):
            await asyncio.sleep(30)
            self._look()
            if self._program is None:
                await self._begin()
            open_rows = self._desk.rows("select count(*) from outbox where state in ('queued', 'leased')")[0][0]
            unheard = self._desk.rows("select count(*) from inbox where state not in ('done', 'dead')")[0][0]
            if not players.is_anybody_busy and not open_rows and not unheard:
                return
        raise RuleBroken("the desk never came to rest")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.day", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=None, help="play this day only")
    parser.add_argument("--seeds", type=int, default=1, help="play so many days (seeds 1, 2, …)")
    parser.add_argument("--short", action="store_true", help="half an hour instead of a day")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="so many days side by side")
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/performance.md")
    parser.add_argument("--log", action="store_true", help="what the bot logs, on standard error")
    chosen = parser.parse_args()
    seeds = [chosen.seed] if chosen.seed is not None else range(1, chosen.seeds + 1)
    reports, broken = [], 0
    with ProcessPoolExecutor(min(chosen.jobs, len(seeds)), initializer=_hear, initargs=(chosen.log,)) as pool:
        for report in pool.map(_told, seeds, repeat(SHORT if chosen.short else Size())):
            if isinstance(report, Report):
                reports.append(report)
            else:
                broken += 1
            print(report, flush=True)
    if chosen.keep:
        figures.keep("day", days=len(reports) + broken, broken=broken, **_summed(reports))
    return 1 if broken else 0


def _hear(is_wanted: bool) -> None:
    logging.basicConfig(level=logging.INFO if is_wanted else logging.CRITICAL)


def _told(seed: int, size: Size) -> Report | str:
    """A day's report, or what broke."""
    try:
        return play(seed, size)
    except RuleBroken as error:
        return f"BROKEN {error}"


def _summed(reports: Sequence[Report]) -> dict[str, int]:
    return {
        "said": sum(one.said for one in reports),
        "mishaps": sum(one.mishaps for one in reports),
        "checks": sum(one.checks for one in reports),
    }


if __name__ == "__main__":
    sys.exit(main())
