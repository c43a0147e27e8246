"""A quarter of an office on a clock of its own: what must be told is told once, on its day, whatever befalls the desk.

python -m bench.quarter --seed 7 --engine sqlite
python -m bench.quarter --seed 7 --engine postgresql --processes 3 --keep

The seed chooses the quarter of 2026, what people do, and when processes end. On SQLite they end at a commit, between
two, all of them for hours; several on PostgreSQL are real ones, that sweep the same instants side by side and are
killed (`kill -9`) in the middle of it, one or all. What must be told is foreseen by `bench.foreseen`, which shares
nothing with the desk: not its calendar, not its figures, not its rows.
"""

import argparse
import heapq
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench import figures
from bench.acts import Acts
from bench.decree import SHANGHAI
from bench.desks import Desks
from bench.foreseen import DAY, HOUR, MINUTE, Foreseen, Story, Told
from bench.processes import KILLED, Processes
from bench.told import heard, settings
from storage.engine import make_engine
from tests.databases import ENGINES, migrated

QUARTERS = tuple((date(2026, month, 1), date(2026, month, 1) + timedelta(days=90)) for month in (1, 4, 7, 10))
SHOWN = 12
DEADLY = 0.05
"""The chance that one of several real processes is killed in a sweep, if that takes long enough."""
Act = Callable[[datetime], None]


@dataclass(frozen=True)
class Plan:
    """Which days are played, and how much of what happens on each; `peril`: the chance of an end at each step."""

    first: date
    last: date
    cases: float = 2
    memos: float = 1.5
    tasks: float = 0.5
    surveys: bool = True
    peril: float = 0.03
    outages: float = 0.15
    """Power cuts a day."""


@dataclass(frozen=True)
class Report:
    """What a quarter was like."""

    seed: int
    engine: str
    processes: int
    days: int
    acts: int
    told: int
    sweeps: int
    mishaps: Counter[str]
    wrong: tuple[str, ...]
    """What was told twice, not at all, or not when it had to be."""
    seconds: float

    def __str__(self) -> str:
        befell = ", ".join(f"{count} {what}" for what, count in sorted(self.mishaps.items()))
        return (
            f"seed {self.seed}, {self.engine}, {self.processes} processes: {self.days} days, {self.acts} acts, "
            f"{self.told} to be told, {len(self.wrong) or 'none'} wrong, {self.sweeps} sweeps; {befell}; "
            f"{self.seconds:.0f} s" + "".join(f"\n  {line}" for line in self.wrong[:SHOWN])
        )


def quarter_of(seed: int) -> Plan:
    """Every seed its quarter of 2026, in turn."""
    first, last = QUARTERS[seed % len(QUARTERS)]
    return Plan(first, last)


def play(
    url: str, engine: str, *, seed: int, processes: int, plan: Plan, kind: type[Desks] | type[Processes] = Desks
) -> Report:
    """Play, then compare what was told with what had to be; `kind`: so many processes, so to speak or really."""
    began, chance = time.monotonic(), random.Random(seed)
    desks = kind(url, processes, random.Random(seed + 1), peril=plan.peril)  # who is quicker changes no act
    try:
        game = Quarter(desks, chance, plan)
        game.play()
    finally:
        desks.close()
    expected = game.foreseen.told
    return Report(seed, engine, processes, (plan.last - plan.first).days, game.acts.done, len(expected), desks.sweeps,
                  desks.mishaps, tuple(differences(_heard_in(url), expected)), time.monotonic() - began)  # fmt: skip


def _heard_in(url: str) -> list[Told]:
    engine = make_engine(url)
    try:
        return list(heard(engine))
    finally:
        engine.dispose()


def differences(found: Iterable[Told], expected: Iterable[Told]) -> Iterator[str]:
    """Everything that was not told as often as it must be, or not then."""
    told, wanted = Counter(found), Counter(expected)
    yield from (f"missing: {one}" for one in sorted((wanted - told).elements()))
    yield from (f"unforeseen: {one}" for one in sorted((told - wanted).elements()))


class Quarter:
    """Time, and what is to happen in it."""

    def __init__(self, desks: Desks | Processes, chance: random.Random, plan: Plan) -> None:
        self._desks = desks
        self._chance = chance
        self._plan = plan
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count()
        self._dark_until = datetime.min.replace(tzinfo=UTC)
        self.foreseen = Foreseen()
        self.acts = Acts(desks, self.foreseen, chance)

    def play(self) -> None:
        """From the first day until nothing is left to be told."""
        start = datetime.combine(self._plan.first, datetime.min.time(), SHANGHAI)
        self.acts.open_office(start, settings().staff_list())
        for at, act in self._arrivals(start):
            self._at(at, act)
        now = start
        while (following := self._following()) is not None:
            now = max(now, following, self._dark_until)
            self._step(now)

    def _step(self, now: datetime) -> None:
        self._sweep(now)
        while self._agenda and self._agenda[0][0] <= now:
            heapq.heappop(self._agenda)[2](now)
        due = self.foreseen.next_due()
        if due is not None and due <= now:
            self._sweep(now)

    def _sweep(self, now: datetime) -> None:
        self._desks.sweep(now)
        self.foreseen.look(now)

    def _following(self) -> datetime | None:
        coming = [self._agenda[0][0]] if self._agenda else []
        due = self.foreseen.next_due()
        return min([*coming, due] if due is not None else coming, default=None)

    def _at(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), act))

    def _arrivals(self, start: datetime) -> Iterator[tuple[datetime, Act]]:
        """What begins by itself: people write, set reminders, give tasks; now and then the power fails."""
        plan = self._plan
        days = (plan.last - plan.first).days
        begun: tuple[tuple[float, Act], ...] = (
            (plan.cases, self._case_begins), (plan.memos, self.acts.reminds), (plan.tasks, self._task_begins),
            (plan.outages, self._power_fails), (1, lambda _: None),
        )  # fmt: skip
        for rate, act in begun:
            for _ in range(round(rate * days)):
                yield start + self._chance.randrange(days * 24 * 60) * MINUTE, act
        if plan.surveys:
            for week in range(1, days // 7, 3):
                yield start + week * 7 * DAY + self._chance.randrange(24 * 60) * MINUTE, self._survey_begins

    def _power_fails(self, now: datetime) -> None:
        self._desks.restart_all()
        self._dark_until = now + self._chance.choice((10 * MINUTE, HOUR, 5 * HOUR, 16 * HOUR, 2 * DAY))

    def _survey_begins(self, now: datetime) -> None:
        self.acts.surveys(now)

    def _task_begins(self, now: datetime) -> None:
        task, who, vow = self.acts.gives_task(now)
        if self._chance.random() < 0.5:
            until = (vow.due - now) * self._chance.uniform(0.2, 1.3)
            self._at(_whole(now + until), lambda at: self.acts.finishes_task(at, task, who, vow))

    # what becomes of a case

    def _case_begins(self, now: datetime) -> None:
        story = self.acts.writes_first(now)
        self._at(self._soon(now), lambda at: self._goes_on(at, story))

    def _goes_on(self, now: datetime, story: Story) -> None:
        """The next thing that somebody does about a case that is not over."""
        if story.is_over:
            self._comes_after(now, story)
            return
        if story.unanswered is not None:
            choices: list[tuple[Callable[[datetime, Story], None], int]] = [(self.acts.answers, 8), (_nothing, 2)]
        else:
            choices = [(self.acts.writes_again, 3), (self.acts.answers, 1), (self._ends, 4), (_nothing, 1)]
        act = self._chance.choices([one for one, _ in choices], [weight for _, weight in choices])[0]
        act(now, story)
        self._at(self._soon(now), lambda at: self._goes_on(at, story))

    def _ends(self, now: datetime, story: Story) -> None:
        self.acts.resolves(now, story)

    def _comes_after(self, now: datetime, story: Story) -> None:
        """Closing by the franchisee, their rating, the call back."""
        if story.closed is None and self._chance.random() < 0.6:
            self.acts.confirms(now, story)
            self._at(self._soon(now), lambda at: self._rates(at, story))
        if story.call is not None:
            self._at(_whole(story.call.due + self._chance.uniform(0.1, 50) * HOUR),
                     lambda at: self.acts.calls_back(at, story))  # fmt: skip

    def _rates(self, now: datetime, story: Story) -> None:
        if self._chance.random() < 0.4:
            self.acts.rates(now, story)

    def _soon(self, now: datetime) -> datetime:
        """Minutes, hours or days from now."""
        low, high = self._chance.choice(((6, 30), (60, 300), (300, 3600)))
        return _whole(now + self._chance.randint(low, high) * MINUTE)


def _nothing(now: datetime, story: Story) -> None:
    """Nobody does anything."""


def _whole(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.quarter", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=3, help="which quarter, and all that happens in it")
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument(
        "--processes",
        type=int,
        default=1,
        help="so many over one database; on PostgreSQL real ones",
    )
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/performance.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = migrated(given.engine, Path(folder))
        are_real = given.engine == "postgresql" and given.processes > 1
        plan = quarter_of(given.seed)
        report = play(database.url, given.engine, seed=given.seed, processes=given.processes,
                      plan=replace(plan, peril=DEADLY) if are_real else plan,
                      kind=Processes if are_real else Desks)  # fmt: skip
    print(report)
    if given.keep:
        figures.keep(f"quarter.{given.engine}", processes=given.processes, days=report.days, told=report.told,
                     acts=report.acts, mishaps=sum(report.mishaps.values()), killed=report.mishaps[KILLED],
                     wrong=len(report.wrong))  # fmt: skip
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
