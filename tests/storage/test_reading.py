"""To read much beside everybody else: one snapshot, nothing can be written, nobody waits."""

import threading
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from bot.usecases.ports import Work
from storage.desk_thread import Storage
from tests.storage.made import NOON, case, later


def test_a_long_reading_sees_one_moment_and_holds_nobody_up(storage: Storage) -> None:
    storage.run_now(lambda work: work.cases.add(case(1)))
    begun, may_go_on = threading.Event(), threading.Event()
    seen: list[int] = []

    def read(work: Work) -> None:
        seen.append(sum(work.period_figures.open_at(later(1)).values()))
        begun.set()
        assert may_go_on.wait(30)
        seen.append(sum(work.period_figures.open_at(later(1)).values()))

    reader = threading.Thread(target=storage.read_now, args=(read,))
    reader.start()
    assert begun.wait(30)
    storage.run_now(lambda work: work.cases.add(case(2)))
    may_go_on.set()
    reader.join(30)
    assert seen == [1, 1]
    assert storage.read_now(lambda work: sum(work.period_figures.open_at(later(1)).values())) == 2


def test_a_reader_writes_nothing(storage: Storage) -> None:
    def write(work: Work) -> Any:
        return work.cases.add(case(1))

    with pytest.raises(DBAPIError):
        storage.read_now(write)
    assert storage.run_now(lambda work: work.cases.get(1)) is None


def test_everything_that_a_report_reads_can_be_read_on_both_engines(storage: Storage) -> None:
    kept = storage.run_now(lambda work: work.cases.add(case(1, kind="order")))

    def read(work: Work) -> list[Any]:
        f, span = work.period_figures, (later(-60), later(60))
        sums = (f.overdue, f.complaints, f.promises, f.call_backs, f.ratings, f.found, f.surveys, f.events, f.turned)
        work.rosters.roster()
        work.staff.all()
        work.attendance.events(since=NOON)
        work.special_days.all()
        return [f.begun_at(), [c.kind for c in f.opened(*span)], *(list(each(*span)) for each in sums)]

    assert storage.read_now(read) == [kept.opened_at, ["order"], *([] for _ in range(9))]
