"""Two weeks around 国庆 with processes that end at random: what must be told is told once, on its day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bench.decree import SHANGHAI, WorkingTime, works
from bench.desks import Desks
from bench.foreseen import Told
from bench.processes import KILLED, Processes
from bench.quarter import Plan, differences, play
from tests.databases import migrated

TWO_WEEKS = Plan(date(2026, 9, 30), date(2026, 10, 12), cases=0.6, memos=0.6, tasks=0.3, outages=0.15)


@pytest.mark.parametrize(("engine", "kind", "ends", "peril"), [
    ("sqlite", Desks, "ended at a commit", 0.1), ("postgresql", Processes, KILLED, 0.03),
])  # fmt: skip
def test_around_national_day_all_is_told_once_whatever_befalls_three_processes(
    engine: str, kind: type[Desks] | type[Processes], ends: str, peril: float, tmp_path: Path
) -> None:
    """So to speak on SQLite; on PostgreSQL real ones, killed in the middle of their sweeps."""
    database = migrated(engine, tmp_path)
    report = play(database.url, database.engine, seed=10, processes=3, plan=replace(TWO_WEEKS, peril=peril), kind=kind)
    assert report.wrong == ()
    assert report.told > 70
    assert {"power cut", ends} <= set(report.mishaps)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """On the desk's clock, October 2026."""
    return datetime(2026, 10, day, hour, minute, tzinfo=SHANGHAI)


def test_the_oracle_itself_rests_on_the_days_off_and_works_on_the_day_made_up() -> None:
    time = WorkingTime()
    assert [day for day in range(1, 13) if works(date(2026, 10, day))] == [8, 9, 10, 12]
    assert time.opening(at(1, 10)) == at(8, 9)
    assert time.after(at(9, 17), timedelta(hours=2)) == at(10, 10)
    assert time.after(at(9, 17), timedelta(hours=1)) == at(9, 18)
    assert time.between(at(9, 17), at(12, 9, 30)) == timedelta(hours=9)
    assert time.ahead_of(at(9, 17), at(10, 9, 30), timedelta(minutes=30)) == at(10, 9)
    assert time.next_day(at(9, 23)) == (at(10, 9), at(10, 18))


TOLD, OTHER = Told(at(8, 9), 5001, "memo m1"), Told(at(8, 10), 5001, "memo m1")


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ([TOLD], []),
        ([], ["missing: 10月08日 09:00 to 5001: memo m1"]),
        ([TOLD, TOLD], ["unforeseen: 10月08日 09:00 to 5001: memo m1"]),
        ([OTHER], ["missing: 10月08日 09:00 to 5001: memo m1", "unforeseen: 10月08日 10:00 to 5001: memo m1"]),
    ],
)
def test_what_is_missing_doubled_or_told_at_another_time_is_wrong(found: list[Told], wrong: list[str]) -> None:
    assert list(differences(found, [TOLD])) == wrong
