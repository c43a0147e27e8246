"""A sweep over a million stored reminders with fifty due, on SQLite and on PostgreSQL: the query plan and medians.

python -m bench.reminders [--stored 1000000] [--due 50] [--rounds 15] [--engine postgresql] [--keep]
"""

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, insert, text

from bench import figures
from bot.app.office import make_office
from bot.config import Settings
from bot.usecases.enrol import enrol_staff
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from storage.engine import make_engine
from storage.tables import MemoRow
from tests.cast import STAFF, SUPERVISORS
from tests.databases import ENGINES, migrated

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PEOPLE = 5
CHUNK = 10_000
_SETTLING = {"sqlite": ("ANALYZE",), "postgresql": ("VACUUM ANALYZE", "CHECKPOINT")}


def rows(stored: int) -> Iterator[dict[str, Any]]:
    """Half of them fired long ago, half for later days: none is due."""
    for number in range(stored):
        is_old = number % 2 == 0
        due = NOW + timedelta(minutes=(number % 500_000) + 600) * (-1 if is_old else 1)
        yield _row(number, due, "fired" if is_old and number % 4 else "done" if is_old else "waiting")


def _row(number: int, due: datetime, state: str) -> dict[str, Any]:
    return {
        "staff_id": number % PEOPLE + 1, "made_by": 1, "words": f"第{number}件事", "made_at": NOW, "due_at": due,
        "case_id": None, "quote": "", "about": "own", "subject": 0, "from_id": None, "state": state,
        "fired_at": None, "ended_at": None,
    }  # fmt: skip


def fill(engine: Engine, stored: int) -> None:
    """Write the rows, and let the engine settle as it would in time: what it does of a fresh load by itself (vacuum,
    statistics, a checkpoint) would else fall into the rounds.
    """
    found: list[dict[str, Any]] = []
    with engine.begin() as connection:
        for row in rows(stored):
            found.append(row)
            if len(found) == CHUNK:
                connection.execute(insert(MemoRow), found)
                found = []
        if found:
            connection.execute(insert(MemoRow), found)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in _SETTLING[engine.dialect.name]:
            connection.execute(text(statement))


@dataclass(frozen=True)
class Span:
    """Milliseconds: on the clock, and of this process's CPU (what others do on the machine is not in it)."""

    clock: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} ms on the clock, {self.cpu:.1f} ms of CPU here"


@contextlib.contextmanager
def timed(spans: list[Span]) -> Iterator[None]:
    """Add how long it took."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    spans.append(Span((time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000))


def median(spans: Sequence[Span]) -> Span:
    """Each for itself."""
    return Span(statistics.median(s.clock for s in spans), statistics.median(s.cpu for s in spans))


def measured(engine: Engine, settings: Settings, *, due: int, rounds: int) -> tuple[Span, Span, Sequence[str]]:
    """Medians (claiming alone; the whole sweep, words and commits included), and the claim's plan."""
    storage, office = Storage(engine), make_office(settings)
    storage.run_now(lambda work: enrol_staff(work, office, NOW, people=settings.staff_list()))
    claims: list[Span] = []
    sweeps: list[Span] = []
    for _ in range(rounds):
        _put(engine, due)
        with timed(claims):
            assert len(storage.run_now(lambda work: work.memos.claim(NOW, limit=due + 1))) == due
        _put(engine, due)
        fired = 0
        with timed(sweeps):
            while count := storage.run_now(lambda work: sweep(work, office, NOW)):
                fired += count
        assert fired == due, fired
    plan = _plan(engine, storage)
    storage.close()
    return median(claims), median(sweeps), plan


def _put(engine: Engine, due: int) -> None:
    with engine.begin() as connection:
        connection.execute(insert(MemoRow), [_row(n, NOW - timedelta(seconds=n), "waiting") for n in range(due)])


def _plan(engine: Engine, storage: Storage) -> list[str]:
    """The plans of what a claim asks (the oldest, then what else one of those people has), over these rows."""
    asked: list[tuple[str, Any]] = []

    def keep(_: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", keep)
    _put(engine, 5)
    storage.run_now(lambda work: work.memos.claim(NOW, limit=5))
    event.remove(engine, "before_cursor_execute", keep)
    selects = [pair for pair in asked if "FROM memo" in pair[0]][:2]
    prefix = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS OFF)"
    with engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"{prefix} {statement}", values).all() for statement, values in selects]
    return [str(row[-1]) for plan in plans for row in plan]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.reminders", description=__doc__.splitlines()[0])
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--engine", choices=ENGINES, default=None, help="this one only")
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/performance.md")
    given = parser.parse_args()
    for kind in [given.engine] if given.engine else ENGINES:
        with tempfile.TemporaryDirectory() as folder:
            database = migrated(kind, Path(folder))
            engine = make_engine(database.url)
            fill(engine, given.stored)
            settings = Settings.model_validate({"staff": list(STAFF), "supervisors": {"chat_id": SUPERVISORS},
                                                "regions": _regions()})  # fmt: skip
            claim, whole, plan = measured(engine, settings, due=given.due, rounds=given.rounds)
            print(f"{kind}: {given.stored} stored, {given.due} due, median of {given.rounds}")
            print(f"  claim: {claim}")
            print(f"  whole sweep, words and commits included: {whole}")
            print("\n".join(f"  | {step}" for step in plan))
            if given.keep:
                figures.keep(f"reminders.{kind}", stored=given.stored, due=given.due, claim_ms=round(claim.clock, 1),
                             sweep_ms=round(whole.clock, 1))  # fmt: skip
    return 0


def _regions() -> list[dict[str, Any]]:
    return [
        {"code": "southwest", "name": "西南", "provinces": ["四川"]},
        {"code": "northwest", "name": "西北", "provinces": ["陕西"]},
    ]


if __name__ == "__main__":
    raise SystemExit(main())
