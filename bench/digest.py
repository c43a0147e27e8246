"""The digest of a busy day beside years of work: seconds of CPU, and whether any query reads the messages through.

`python -m bench.digest` makes a SQLite file of 200,000 cases and 1,000,000 messages, the last four weeks of them with
2,000 cases and 20,000 messages a day, tells the day's digest as the sweep does, and draws its picture.
"""

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench import figures
from bench.filled import fill
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.outgoing import ReportKind, SendReport
from bot.reports.printer import print_report
from bot.sandbox.company import load
from bot.usecases.digest import digest_daily
from bot.usecases.enrol import enrol_staff
from bot.usecases.office import Office
from bot.usecases.reports import matter_of
from storage.desk_thread import Storage
from storage.engine import make_engine

DAY = date(2026, 11, 25)
DUE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""Six in the evening on the desk's clock."""
MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
DAYS, A_DAY, PER_CASE = 29, 2_000, 10
CASES, MESSAGES = 200_000, 1_000_000
OPEN_SHARE = 0.25
"""Of the day's own cases so many go on; of the days before all have ended."""
_CASE = ("id", "franchisee_id", "state", "handler_id", "opened_at", "group_id", "first_owner_id", "region", "kind",
         "level", "route_reason", "respond_by", "resolve_by", "resolved_at", "closed_at")  # fmt: skip
_MESSAGE = ("case_id", "direction", "kind", "text", "what", "at", "versions")
_EVENT = ("case_id", "did", "at", "staff_id", "data")
Row = tuple[Any, ...]


class Years:
    """The file: old cases that have long ended, and four busy weeks."""

    def __init__(
        self, path: Path, office: Office, *, days: int = DAYS, a_day: int = A_DAY, old: int | None = None
    ) -> None:
        self.path, self.office = path, office
        self._days, self._a_day = days, a_day
        self._old = CASES - days * a_day if old is None else old
        self._chance = random.Random(1)
        self._texts = [text for script in office.scripts.ready() for text in script.sayings]

    def make(self, staff: Sequence[tuple[int, str]]) -> None:
        """Write it; `staff`: who serves which region."""
        rows = sqlite3.connect(self.path)
        rows.execute("pragma synchronous=off")
        _insert(rows, "event", _EVENT, self._old_events())
        people = ((self._person(n), 8_000_000_000 + n, f"店主{n}", 1, _at(MORNING)) for n in range(self._a_day))
        _insert(rows, "franchisee", ("id", "telegram_id", "name", "is_reachable", "created_at"), people)
        for back in range(self._days - 1, -1, -1):
            self._day(rows, back, staff)
        rows.commit()
        rows.execute("analyze")
        rows.close()

    def _person(self, number: int) -> int:
        return 5_000_000 + number

    def _old_events(self) -> Iterator[Row]:
        began = datetime(2023, 1, 1, 1, 0, tzinfo=UTC)
        for case in range(1, self._old + 1):
            at = began + timedelta(minutes=case % 1_500_000)
            yield from ((case, did, _at(at), None, "{}") for did in ("CaseOpened", "CaseResolved", "CaseClosed"))

    def _day(self, rows: sqlite3.Connection, back: int, staff: Sequence[tuple[int, str]]) -> None:
        cases: list[Row] = []
        messages: list[Row] = []
        events: list[Row] = []
        first = self._old + (self._days - 1 - back) * self._a_day + 1
        for number in range(self._a_day):
            case = first + number
            who, region = staff[number % len(staff)]
            opened = MORNING - timedelta(days=back) + timedelta(seconds=number * 32_000 / self._a_day)
            is_open = back == 0 and self._chance.random() < OPEN_SHARE
            end = opened + timedelta(minutes=12)
            due = _at(opened + timedelta(hours=self._chance.choice((1, 30))))
            ended = None if is_open else _at(end)
            state = "open" if is_open else "closed"
            cases.append((case, self._person(number), state, who, _at(opened), 0, who, region, "order", "specialist",
                          "region", None, due, ended, ended))  # fmt: skip
            messages += self._messages(case, opened)
            events += self._events(case, who, opened, None if is_open else end)
        _insert(rows, "cases", _CASE, iter(cases))
        _insert(rows, "message", _MESSAGE, iter(messages))
        _insert(rows, "event", _EVENT, iter(events))

    def _messages(self, case: int, opened: datetime) -> Iterator[Row]:
        for n in range(PER_CASE):
            way = "out" if n % 2 else "in"
            text = self._chance.choice(self._texts) if way == "in" else "您好，我这就为您核实，请您稍等。"
            yield case, way, "text", text, "", _at(opened + timedelta(minutes=n)), "[]"

    def _events(self, case: int, who: int, opened: datetime, end: datetime | None) -> Iterator[Row]:
        def told(did: str, minutes: float, by: int | None = None, **data: str) -> Row:
            return case, did, _at(opened + timedelta(minutes=minutes)), by, json.dumps(data)

        yield told("CaseOpened", 0, region="")
        yield told("CaseAssigned", 0, to=str(who), reason="region")
        yield told("CaseClassified", 0, kind="order")
        yield told("Greeted", 0.1)
        for n in range(PER_CASE // 2):
            yield told("FranchiseeWrote", 2 * n)
            if n == 0:
                yield told("CaseClaimed", 1, who)
            yield told("SpecialistAnswered", 2 * n + 1, who)
        if self._chance.random() < 0.05:
            yield told("ComplaintMarked", 2, None, grade="normal")
        if self._chance.random() < 0.03:
            yield told("ReplyHeld", 3, who, draft=str(case), version="1", found="blame")
        if end is not None:
            yield told("CaseResolved", 12, who)
            yield told("SaidGoodbye", 12)
            yield told("CaseClosed", 12, how="confirm")
            yield told("Rated", 12, score=str(self._chance.choice((1, 4, 5, 5))))


def _insert(rows: sqlite3.Connection, table: str, columns: Sequence[str], values: Iterator[Row]) -> None:
    marks = ", ".join("?" for _ in columns)
    rows.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", values)


def _at(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def made(folder: Path) -> tuple[Storage, Office, Path]:
    """The database of the whole size, and the desk over it."""
    path = folder / "digest.sqlite3"
    settings = Settings.model_validate(load().as_config())
    office = make_office(settings)
    fill(path, cases=CASES - DAYS * A_DAY, messages=MESSAGES - DAYS * A_DAY * PER_CASE)
    storage = Storage(make_engine(f"sqlite:///{path}"))
    storage.run_now(partial(enrol_staff, office=office, now=MORNING, people=settings.staff_list()))
    staff = storage.run_now(lambda work: [(s.id, s.regions[0]) for s in work.staff.all() if s.regions])
    Years(path, office).make(staff)
    return storage, office, path


def told(storage: Storage, office: Office) -> None:
    """The evening's digest to all, as the sweep tells it."""
    storage.run_now(partial(digest_daily, office=office, now=DUE, subject=DAY.toordinal()))


def drawn(storage: Storage, office: Office) -> bytes:
    """One receiver's picture."""
    act = SendReport(ReportKind.DIGEST, DUE.isoformat())
    return print_report(storage.run_now(partial(matter_of, office=office, now=DUE, act=act))).data


def cpu_of(work: Callable[[], Any]) -> float:
    """Seconds of CPU of this process, all its threads."""
    began = time.process_time()
    work()
    return time.process_time() - began


def read_through(path: Path, run: Callable[[Storage], Any]) -> list[str]:
    """The steps of query plans that read all of a table of messages or events."""
    engine = make_engine(f"sqlite:///{path}")
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    storage = Storage(engine)
    run(storage)
    selects = [(s, p) for s, p in asked if s.startswith("SELECT")]
    with engine.connect() as connection:
        steps = [
            str(row[-1])
            for statement, values in selects
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    storage.close()
    return [s for s in steps if s.startswith(("SCAN message", "SCAN event", "SCAN cases")) and "INDEX" not in s]


def main() -> int:
    """Measure, tell, and keep the figures with `--keep`."""
    parser = argparse.ArgumentParser(prog="python -m bench.digest", description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        storage, office, path = made(Path(folder))
        office.matter_words("预热")
        telling = cpu_of(lambda: told(storage, office))
        drawing = min(cpu_of(lambda: drawn(storage, office)) for _ in range(3))
        bare = replace(office, digest=replace(office.digest, words=0))
        wordless = min(cpu_of(lambda: drawn(storage, bare)) for _ in range(3))
        bad = read_through(path, lambda fresh: drawn(fresh, office))
        storage.close()
    found = {"told_s": round(telling, 3), "drawn_s": round(drawing, 3), "wordless_s": round(wordless, 3),
             "read_through": bad}  # fmt: skip
    print(json.dumps(found, ensure_ascii=False))
    if chosen.keep:
        figures.keep("digest", **found)
    return 0 if telling < 1 and not bad else 1


if __name__ == "__main__":
    sys.exit(main())
