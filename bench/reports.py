"""A report over years of cases: how long its reading takes, how much memory, and whether the desk waits meanwhile."""

import asyncio
import json
import random
import resource
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app.desk import Desk, SystemClock
from bot.app.office import make_office
from bot.app.period import matter_in, read_period
from bot.config import Settings
from bot.desk.report import PeriodForm
from bot.reports.printer import print_report
from bot.usecases.office import Office
from storage.desk_thread import Storage
from storage.engine import make_engine
from storage.schema import migrate

BEGAN = datetime(2024, 11, 1, 1, 0, tzinfo=UTC)
DAYS = 730
AS_OF = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
STAFF = 24
KINDS = ("consult", "order", "equipment", "finance", "complaint")
_CASE = ("id", "franchisee_id", "state", "handler_id", "opened_at", "group_id", "first_owner_id", "region", "kind",
         "urgency", "level", "route_reason", "first_answer_at", "resolved_at", "closed_at")  # fmt: skip
_EVENT = ("case_id", "did", "at", "staff_id", "data")


def fill(path: Path, cases: int, office: Office, *, seed: int = 1) -> int:
    """A migrated SQLite file with so many cases over two years, each with its events, promises, ratings; the events."""
    migrate(f"sqlite:///{path}")
    chance = random.Random(seed)
    rows = sqlite3.connect(path)
    rows.execute("pragma synchronous=off")
    regions = [r.code for r in office.regions]
    staff = [
        (n, 5000 + n, f"专员{n}", "specialist", json.dumps([regions[n % len(regions)]])) for n in range(1, STAFF + 1)
    ]
    rows.executemany(
        "insert into staff (id, telegram_id, name, role, regions, provinces, capacity, is_on_duty, is_active) "
        "values (?, ?, ?, ?, ?, '[]', 12, 0, 1)",
        staff,
    )
    events: list[tuple[datetime, int, str, int | None, str]] = []
    _insert(rows, "cases", _CASE, (_case(n, cases, chance, regions, events) for n in range(cases)))
    events.sort(key=lambda e: (e[0], e[1]))
    _insert(rows, "event", _EVENT, ((case, did, _at(at), who, data) for at, case, did, who, data in events))
    rows.commit()
    rows.execute("analyze")
    rows.close()
    return len(events)


def _insert(rows: sqlite3.Connection, table: str, columns: tuple[str, ...], values: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" for _ in columns)
    rows.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", values)


def _at(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def _case(
    number: int, cases: int, chance: random.Random, regions: list[str],
    events: list[tuple[datetime, int, str, int | None, str]],
) -> tuple[Any, ...]:  # fmt: skip
    """Claimed, answered a few times, resolved, closed; one in thirty opened again, one in twenty handed on."""
    opened = BEGAN + timedelta(days=DAYS * number / cases, minutes=chance.randrange(600))
    case, owner = number + 1, chance.randrange(1, STAFF + 1)
    answered = opened + timedelta(minutes=chance.expovariate(1 / 6))
    resolved = answered + timedelta(hours=chance.expovariate(1 / 10))
    closed = resolved + timedelta(hours=24)
    told: list[tuple[datetime, str, int | None, dict[str, str]]] = [
        (opened, "CaseOpened", None, {}),
        (opened, "CaseAssigned", None, {"to": str(owner)}),
        (opened, "Greeted", None, {}),
        (answered, "CaseClaimed", owner, {}),
    ]
    told += [(answered + timedelta(minutes=n), "SpecialistAnswered", owner, {}) for n in range(3)]
    told += [(answered + timedelta(minutes=n), "FranchiseeWrote", None, {}) for n in range(4)]
    if chance.random() < 0.05:
        told.append((answered, "CaseTransferred", owner, {"from": str(owner), "to": str(owner % STAFF + 1)}))
    if chance.random() < 0.1:
        told.append((resolved, "DeadlinePassed", None, {"term": "resolve"}))
    told += [(resolved, "CaseResolved", owner, {})]
    if chance.random() < 0.03:
        again = resolved + timedelta(hours=5)
        resolved, closed = again + timedelta(hours=3), again + timedelta(hours=27)
        told += [(again, "CaseReopened", None, {"handler": str(owner)}), (resolved, "CaseResolved", owner, {})]
    told += [(resolved, "SaidGoodbye", None, {}), (closed, "CaseClosed", None, {"how": "lapse"})]
    events += [(at, case, did, who, json.dumps(data)) for at, did, who, data in told]
    return (case, case % 5000 + 1, "closed", owner, _at(opened), -1, owner, chance.choice(regions), chance.choice(KINDS),
            "normal", "specialist", "", _at(answered), _at(resolved), _at(closed))  # fmt: skip


def measure(cases: int = 200_000, codes: tuple[str, ...] = ("2026-10", "2026Q3", "2026")) -> dict[str, Any]:
    """Seconds of each report, the longest that the desk's own thread and loop were held up, megabytes on top."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.sqlite3"
        office = make_office(Settings())
        events = fill(path, cases, office)
        storage = Storage(make_engine(f"sqlite:///{path}"))
        desk = Desk(storage, office, SystemClock())
        began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = {code: asyncio.run(_report(desk, code)) for code in codes}
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began) / 1024
        storage.close()
    return {"cases": cases, "events": events, "grown_mb": round(grown), **found}


async def _report(desk: Desk, code: str) -> dict[str, float]:
    """Read and print off the loop, while a unit of work runs every few milliseconds."""
    began, longest = time.perf_counter(), 0.0
    done = threading.Event()

    def make() -> tuple[float, float]:
        office, report = read_period(desk, code, AS_OF)
        read = time.perf_counter() - began
        for form in PeriodForm:
            print_report(matter_in(form, office, report))
        done.set()
        return read, time.perf_counter() - began

    making = asyncio.create_task(asyncio.to_thread(make))
    while not done.is_set() and not making.done():
        at = time.perf_counter()
        await desk.run(lambda work, office, now: work.staff.all())
        longest = max(longest, time.perf_counter() - at)
        await asyncio.sleep(0.01)
    read, whole = await making
    return {"read_s": round(read, 2), "whole_s": round(whole, 2), "longest_wait_ms": round(longest * 1000, 1)}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
