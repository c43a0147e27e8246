"""Complaints, measures and patrols on both engines."""

from dataclasses import replace
from datetime import date

import pytest

from bot.desk.case import State
from bot.desk.complaint import Complaint, Grade, Measure
from bot.desk.patrol import Looked, PatrolLine, Why
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from tests.storage.made import NOON, case, later

ENTRY = Complaint(1, Grade.URGENT, NOON, later(7200), "慢 ' \" \u202e", matter="order", dangers="food law")
DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)


def test_a_complaint_comes_back_and_is_listed_while_its_case_goes_on(storage: Storage) -> None:
    def told(work: Work) -> None:
        open_, ended, void = (
            work.cases.add(case(1, store_number="CD001")),
            work.cases.add(replace(case(2), state=State.CLOSED, closed_at=NOON, store_number="CD001")),
            work.cases.add(case(3)),
        )
        first = replace(ENTRY, case_id=open_.id)
        for each in (first, replace(ENTRY, case_id=ended.id), replace(ENTRY, case_id=void.id, void_at=NOON)):
            work.complaints.add(each)
        assert work.complaints.get(open_.id) == first
        assert work.complaints.get(99) is None
        assert [e.case.id for e in work.complaints.unfinished()] == [open_.id]
        assert [e.case.id for e in work.complaints.to_settle()] == [ended.id]
        assert [e.case.id for e in work.complaints.opened(NOON, later(1))] == [open_.id, ended.id]
        assert work.complaints.opened(later(1), later(2)) == []
        assert (work.complaints.of_store(open_.id, NOON), work.complaints.of_store(void.id, NOON)) == (1, 0)
        work.complaints.save(replace(ENTRY, case_id=ended.id, called_back_at=NOON))
        assert work.complaints.to_settle() == []

    storage.run_now(told)


def test_measures_come_back_the_soonest_due_first(storage: Storage) -> None:
    def told(work: Work) -> None:
        late, soon = (work.measures.add(Measure(0, 1, "检查", 2, NOON, later(n))) for n in (90, 30))
        assert work.measures.open() == [soon, late]
        assert work.measures.of_case(1) == [late, soon]
        done = replace(soon, done_at=NOON, done_by=3, done_words="好了")
        work.measures.save(done)
        assert (work.measures.get(soon.id), work.measures.open()) == (done, [late])

    storage.run_now(told)


@pytest.mark.parametrize("what", ["complaints", "measures"])
def test_what_is_not_there_cannot_be_written_back(storage: Storage, what: str) -> None:
    item = {"complaints": replace(ENTRY, case_id=77), "measures": Measure(77, 1, "", 1, NOON, NOON)}[what]
    with pytest.raises(LookupError, match="77"):
        storage.run_now(lambda work: getattr(work, what).save(item))


def test_a_day_has_one_patrol_and_a_line_keeps_who_looked_first(storage: Storage) -> None:
    def told(work: Work) -> None:
        assert [work.patrols.begin(DAY, NOON) for _ in range(2)] == [True, False]
        line = PatrolLine(DAY, 5, (Why.OPEN, Why.LATE), NOON)
        work.patrols.put([line, replace(line, case_id=6)])
        work.patrols.put([replace(line, reasons=(Why.OPEN,))])
        assert work.patrols.of_day(DAY)[0] == line
        work.patrols.look(5, day=NEXT, by=3, at=later(5), how=Looked.CHASED)
        work.patrols.look(5, day=NEXT, by=4, at=later(9), how=Looked.SEEN)
        seen = replace(line, looked_at=later(5), looked_by=3, how=Looked.CHASED)
        assert work.patrols.last_before(NEXT) == [seen, replace(line, case_id=6)]
        work.patrols.look(99, day=NEXT, by=3, at=NOON, how=Looked.SEEN)
        assert work.patrols.last_before(DAY) == []

    storage.run_now(told)
