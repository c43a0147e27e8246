"""A report over years of cases: how long its reading takes, how much memory, and whether the desk waits meanwhile."""

import asyncio
import json
import resource
import sqlite3
import tempfile
import threading
import time
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
SPAN = DAYS * 1440
"""Minutes over which the cases are spread."""
_CASES = """
CREATE TEMP TABLE made AS
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :cases - 1)
SELECT i + 1 AS id, i * 7919 % :staff + 1 AS owner, i * 31 % :regions AS region, i * 104729 % 5 AS kind,
       i * 1.0 * :span / :cases AS opened,
       i * 1.0 * :span / :cases + 1 + i * 6151 % 17 AS answered,
       i * 1.0 * :span / :cases + 60 + i * 3571 % 1400 AS resolved,
       i % 33 = 0 AS again, i % 20 = 0 AS given, i % 10 = 0 AS late
FROM n
"""
_ENDED = "resolved + again * 480"
_ROWS = f"""
INSERT INTO cases (id, franchisee_id, state, handler_id, opened_at, group_id, first_owner_id, region, kind, urgency,
                   level, route_reason, first_answer_at, resolved_at, closed_at)
SELECT id, id % 5000 + 1, 'closed', owner, at(opened), -1, owner, code, word, 'normal', 'specialist', '',
       at(answered), at({_ENDED}), at({_ENDED} + 1440)
FROM made JOIN region_codes USING (region) JOIN kind_words USING (kind)
"""
_TOLD = (
    ("CaseOpened", "opened", "1", "'{}'"),
    ("CaseAssigned", "opened", "1", "json_object('to', '' || owner)"),
    ("CaseClaimed", "answered", "1", "'{}'"),
    *(("SpecialistAnswered", f"answered + {n}", "1", "'{}'") for n in range(3)),
    *(("FranchiseeWrote", f"answered + {n}", "1", "'{}'") for n in range(3)),
    ("CaseTransferred", "answered + 5", "given", "json_object('from', '' || owner, 'to', '' || (owner % 24 + 1))"),
    ("DeadlinePassed", "resolved - 1", "late", "json_object('term', 'resolve')"),
    ("CaseResolved", "resolved", "1", "'{}'"),
    ("CaseReopened", "resolved + 300", "again", "json_object('handler', '' || owner)"),
    ("CaseResolved", "resolved + 480", "again", "'{}'"),
    ("CaseClosed", f"{_ENDED} + 1440", "1", "json_object('how', 'lapse')"),
)
"""What happened to each case: the event, the minute, which cases, its data."""


def fill(path: Path, cases: int, office: Office) -> int:
    """A migrated SQLite file with so many cases over two years, and what happened to each; how many events."""
    migrate(f"sqlite:///{path}")
    rows = sqlite3.connect(path)
    rows.execute("pragma synchronous=off")
    rows.create_function("at", 1, _at, deterministic=True)
    regions = [r.code for r in office.regions]
    _people(rows, regions)
    for table, words in (("region_codes(region, code)", regions), ("kind_words(kind, word)", KINDS)):
        rows.execute(f"CREATE TEMP TABLE {table}")
        rows.executemany(f"insert into {table.partition('(')[0]} values (?, ?)", list(enumerate(words)))
    rows.execute(_CASES, {"cases": cases, "staff": STAFF, "regions": len(regions), "span": SPAN})
    rows.execute(_ROWS)
    told = " UNION ALL ".join(
        f"SELECT id, '{did}' AS did, {minute} AS minute, owner, {data} AS data FROM made WHERE {which}"
        for did, minute, which, data in _TOLD
    )
    rows.execute(f"INSERT INTO event (case_id, did, at, staff_id, data) SELECT id, did, at(minute), owner, data "
                 f"FROM ({told}) ORDER BY minute")  # fmt: skip
    (events,) = rows.execute("select count(*) from event").fetchone()
    rows.commit()
    rows.execute("analyze")
    rows.close()
    return int(events)


def _people(rows: sqlite3.Connection, regions: list[str]) -> None:
    rows.executemany(
        "insert into staff (id, telegram_id, name, role, regions, provinces, capacity, is_on_duty, is_active) "
        "values (?, ?, ?, 'specialist', ?, '[]', 12, 0, 1)",
        [(n, 5000 + n, f"专员{n}", json.dumps([regions[n % len(regions)]])) for n in range(1, STAFF + 1)],
    )


def _at(minute: float) -> str:
    return (BEGAN + timedelta(minutes=minute)).strftime("%Y-%m-%d %H:%M:%S.%f")


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
    began, longest, cpu = time.perf_counter(), 0.0, time.process_time()
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
    spent = time.process_time() - cpu
    return {"read_s": round(read, 2), "whole_s": round(whole, 2), "cpu_s": round(spent, 2),
            "longest_wait_ms": round(longest * 1000, 1)}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
