"""What comes by the clock (digests, early warnings, reports, shifts): once each, whatever befalls three processes.

python -m bench.regular                      a week, the year's end, both nights on which Berlin's clock is put
python -m bench.regular --only year --seed 3 --keep

Each stretch is played twice: by one process that nothing happens to, and by three real ones over one PostgreSQL that
are killed in the middle of their sweeps. Both must say the same things at the same instants; and the digests, warnings
and reports must be those that `bench.almanac` foresees, which shares nothing with the desk.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from bench import figures
from bench.almanac import FROM_STORE, LONGEST, STRETCHES, Almanac, Stretch, instant
from bench.desks import Desks
from bench.foreseen import HOUR, MINUTE, Told
from bench.processes import KILLED, Processes
from bench.sweeper import Verb
from bench.told import LIN, SAYS, ZHOU, read_marked, readable, settings
from bot.app.run import PLANS
from bot.desk.calendar import DayKind, SpecialDay
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.people import Franchisee
from bot.desk.roster import Shift, WeekDuty
from bot.desk.roster import Stretch as Hours
from bot.usecases import duty, receive
from bot.usecases.at_hand import Spot
from bot.usecases.calendar import import_days
from bot.usecases.enrol import enrol_staff
from bot.usecases.office import Office
from bot.usecases.people import Sender
from bot.usecases.roster_sweep import look_ahead
from storage.engine import make_engine
from storage.tables import OutboxRowTable
from tests.databases import migrated

SHOWN = 12
_SAYS: Final = MappingProxyType({
    **SAYS, "notice/digest": "digest {day}", "notice/digest_none": "digest {day}", "notice/digest_own": "own {day}",
    "notice/warning": "early {what}", "notice/shift_begins": "shift {day} {shift}",
    "notice/shift_ended": "shift over {name} {end}",
})  # fmt: skip


@cache
def _office(zone: str, digest_at: str, look_every: timedelta) -> Office:
    chosen = settings(desk={"timezone": zone}, digest={"at": digest_at}, warnings={"look_every": look_every})
    return readable(chosen, _SAYS)


@dataclass(frozen=True)
class Plan:
    """How a stretch is played: the seed of its mishaps, how often they come, the step of its clock."""

    seed: int = 1
    peril: float = 0.1
    outages: float = 0.03
    """The chance of a power cut at a step."""
    step: timedelta = 30 * MINUTE
    writers: int = 15
    """People who write on the first day, the first three of them of one shop."""


@dataclass(frozen=True)
class Report:
    """What a stretch was like."""

    name: str
    told: int
    foreseen: int
    mishaps: Counter[str]
    wrong: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        befell = ", ".join(f"{count} {what}" for what, count in sorted(self.mishaps.items()))
        return (
            f"{self.name}: {self.told} messages, {self.foreseen} of them foreseen, {len(self.wrong) or 'none'} wrong; "
            f"{befell}; {self.seconds:.0f} s" + "".join(f"\n  {line}" for line in self.wrong[:SHOWN])
        )


def play(stretch: Stretch, plan: Plan, *, processes: int = 3) -> Report:
    """Both ways, and all differences."""
    began = monotonic()
    make_office = partial(_office, stretch.zone, f"{stretch.digest_at:%H:%M}", plan.step)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        quiet, rough = (migrated(engine, Path(folder)).url for engine in ("sqlite", "postgresql"))
        foreseen = _played(stretch, plan, Desks(quiet, 1, random.Random(0), peril=0, make_office=make_office), PLANS)
        many = Processes(rough, processes, random.Random(plan.seed), peril=plan.peril, make_office=make_office,
                         plans=PLANS, acts_end=False)  # fmt: skip
        _played(stretch, plan, many)
        alone, together = (list(_said(url)) for url in (quiet, rough))
    wrong = (*_unlike(together, alone), *_unlike(map(str, _marked(together)), map(str, foreseen), of="of the almanac"))
    return Report(stretch.name, len(together), len(foreseen), many.mishaps, wrong, monotonic() - began)


def _unlike(found: Any, wanted: Any, *, of: str = "of one process") -> Iterator[str]:
    """What is said too often or not at all."""
    told, right = Counter(found), Counter(wanted)
    yield from (f"missing {of}: {one}" for one in sorted((right - told).elements()))
    yield from (f"too often, beside those {of}: {one}" for one in sorted((told - right).elements()))


def _played(stretch: Stretch, plan: Plan, desks: Desks | Processes, plans: Sequence[Verb] = ()) -> list[Told]:
    """Time passes in steps; at each the desk sweeps, then people do what they have to. What has to be told."""
    almanac, agenda, chance = Almanac(stretch), _agenda(stretch, plan.writers), random.Random(plan.seed)
    now, dark_until = stretch.begins, stretch.begins
    try:
        for verb, arguments in _opening(stretch):
            desks.act(verb, now, **arguments)
        for verb in plans:
            desks.act(verb, now)
        while now < stretch.ends:
            if chance.random() < plan.outages:
                desks.restart_all()
                dark_until = now + chance.random() * LONGEST
            if now >= dark_until:
                desks.sweep(now)
                almanac.look(now)
                while agenda and agenda[0][0] <= now:
                    _, verb, arguments = agenda.pop(0)
                    desks.act(verb, now, **arguments)
                    if SHOPS.get(arguments.get("person", 0)) == "S1":
                        almanac.opened(now)
            now += plan.step
    finally:
        desks.close()
    return almanac.told


def _opening(stretch: Stretch) -> Iterator[tuple[Callable[..., Any], Mapping[str, Any]]]:
    """The office is made ready: its people, the next year's days off, the roster, the shops of those who will write."""
    yield enrol_staff, {"people": settings().staff_list()}
    yield import_days, {"days": [SpecialDay(day, DayKind.HOLIDAY) for day in stretch.rests]}
    yield _put_up_roster, {"first": stretch.first}
    yield _file_shops, {}


def _put_up_roster(work: Any, office: Office, now: datetime, *, first: date) -> None:
    people = [work.staff.by_telegram(who) for who in (LIN, ZHOU)]
    weekly = [WeekDuty(who.id, day, "east", "早班", first) for who in people for day in range(7)]
    work.rosters.put(shifts=[Shift("早班", (Hours(9 * 60, 18 * 60),))], weekly=weekly, dated=[], today=first)
    look_ahead(work, office, now)


def _file_shops(work: Any, office: Office, now: datetime) -> None:
    for person, shop in SHOPS.items():
        work.franchisees.add(Franchisee(0, person, f"加盟商{person}", None, None, shop, "江苏", True, now))


SHOPS: Final = MappingProxyType({10_000 + n: "S1" if n < FROM_STORE else f"S{n}" for n in range(15)})


def _agenda(stretch: Stretch, writers: int) -> list[tuple[datetime, Callable[..., Any], Mapping[str, Any]]]:
    """What people do: sign on every morning; on the first day three of one shop write, then a dozen of others."""
    first = stretch.begins
    days = (instant(stretch.zone, day, time(9)) for day in stretch.days())
    signs: list[tuple[datetime, Callable[..., Any], Mapping[str, Any]]]
    signs = [(at, duty.set_duty, {"staff_telegram_id": who, "is_on": True, "spot": Spot(MessageRef(who, 1))})
             for at in days for who in (LIN, ZHOU)]  # fmt: skip
    writes = [(first + 2 * HOUR, _writes, {"person": person}) for person in list(SHOPS)[:writers]]
    return sorted([*signs, *writes], key=lambda entry: entry[0])


def _writes(work: Any, office: Office, now: datetime, *, person: int) -> int | None:
    message = Incoming(MessageRef(person, 1), now, Content(ContentKind.TEXT, "货少了"))
    hint = receive.Hint("江苏", kind="equipment")
    return receive.receive(work, office, now, sender=Sender(person, f"加盟商{person}"), message=message, hint=hint)


def _said(url: str) -> Iterator[Told]:
    """Everything that was queued: what, of which case, to whom, when; numbers of rows apart, and cards."""
    row, engine = OutboxRowTable, make_engine(url)
    query = select(col(row.queued_at), col(row.chat_id), col(row.act), col(row.payload)).order_by(col(row.id))
    try:
        with engine.connect() as connection:
            for at, chat, act, payload in connection.execute(query):
                said = payload["act"]
                yield Told(at.astimezone(UTC), chat, f"{act} {said.get('text', '')}{said.get('about', '')}")
    finally:
        engine.dispose()


def _marked(said: Sequence[Told]) -> Iterator[Told]:
    """What the almanac foresees, among all of it."""
    for one in said:
        act, _, text = one.what.partition(" ")
        match act:
            case "SendReport" if "|" in text:
                form, code, _ = text.split("|")
                yield Told(one.at, one.chat, f"report {form} {code}")
            case "SendReport":
                yield Told(one.at, one.chat, f"digest of {text}")
            case _:
                yield from _of_almanac(read_marked(one.at, one.chat, text))


def _of_almanac(told: Iterable[Told]) -> Iterator[Told]:
    for one in told:
        if one.what.startswith(("digest ", "own ")):
            yield one
        elif one.what.startswith("early ") and " S1 " in one.what:
            yield replace(one, what="early")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.regular", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=[stretch.name for stretch in STRETCHES], help="this stretch alone")
    parser.add_argument("--seed", type=int, default=1, help="when processes are killed and the power fails")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/performance.md")
    given = parser.parse_args()
    reports = [play(stretch, Plan(given.seed), processes=given.processes) for stretch in STRETCHES
               if given.only in (None, stretch.name)]  # fmt: skip
    print("\n".join(map(str, reports)))
    wrong = sum(len(report.wrong) for report in reports)
    if given.keep:
        figures.keep("regular", processes=given.processes, stretches=[report.name for report in reports],
                     told=sum(report.told for report in reports), foreseen=sum(report.foreseen for report in reports),
                     killed=sum(report.mishaps[KILLED] for report in reports), wrong=wrong)  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
