"""Inspections, draws and score cards on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.complaint import Complaint, Grade
from bot.desk.draft import DOUBT_EXCEPTED, Outcome
from bot.desk.draw import Candidate, Draw, DrawShares, Why
from bot.desk.events import Did, Event
from bot.desk.inspection import Inspection, InspectionDid, InspectionState, InspectionStep
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import Database
from tests.storage.made import NOON, case, found, later

DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)
POOL = (Candidate(1, 2, True), Candidate(5, 3, False, True))
DRAW = Draw(DAY, NOON, later(-60), NOON, "种子 ' \"", DrawShares(15, 50), POOL)
ITEM = Inspection(0, 5, 2, DAY, Why.CHANCE, "v1")


def test_a_day_has_one_draw_and_comes_back_as_it_was(storage: Storage) -> None:
    def told(work: Work) -> None:
        assert work.inspections.last_draw() is None
        assert [work.inspections.begin(DRAW), work.inspections.begin(replace(DRAW, seed="x"))] == [True, False]
        work.inspections.begin(replace(DRAW, day=NEXT, pool=()))
        assert work.inspections.draw(DAY) == DRAW
        assert work.inspections.draw(date(2026, 1, 1)) is None
        assert work.inspections.last_draw() == replace(DRAW, day=NEXT, pool=())
        for source in ("一", "二"):
            work.inspections.keep_card("v1", source)
        assert (work.inspections.card("v1"), work.inspections.card("v2")) == ("一", None)

    storage.run_now(told)


def test_a_case_is_inspected_once_and_listed_where_it_stands(storage: Storage) -> None:
    def told(work: Work) -> None:
        drawn = work.inspections.add(ITEM)
        assert drawn is not None
        assert work.inspections.add(replace(ITEM, staff_id=9)) is None
        older = work.inspections.add(replace(ITEM, case_id=9, day=date(2026, 11, 20)))
        third = work.inspections.add(replace(ITEM, case_id=4, day=NEXT))
        assert older is not None and third is not None
        assert [i.case_id for i in work.inspections.waiting()] == [9, 5, 4]
        scored = replace(drawn, state=InspectionState.SCORED, marks="fh.0", score=92.5, first_score=92.5, words="好",
                         inspector_id=3, scored_at=later(60))  # fmt: skip
        work.inspections.save(scored)
        assert work.inspections.of_case(5) == scored
        assert work.inspections.of_staff(2) == [scored]
        assert [i.case_id for i in work.inspections.of_day(DAY)] == [5]
        assert work.inspections.scored(NOON, later(60)) == []
        assert work.inspections.scored(later(60), later(61)) == [scored]
        work.inspections.save(replace(third, state=InspectionState.APPEALED, appeal="不对", appealed_at=NOON))
        assert [i.case_id for i in work.inspections.waiting()] == [4, 9], "an appeal goes first"
        step = InspectionStep(drawn.id, InspectionDid.SCORED, NOON, 3, {"score": "92.5"})
        work.inspections.note(step, replace(step, did=InspectionDid.APPEALED))
        assert work.inspections.steps(drawn.id) == [step, replace(step, did=InspectionDid.APPEALED)]
        with pytest.raises(LookupError, match="77"):
            work.inspections.save(replace(ITEM, id=77, case_id=77))

    storage.run_now(told)


@pytest.mark.parametrize("table", ["inspection_draw", "inspection_step"])
def test_draws_and_history_are_append_only(database: Database, storage: Storage, table: str) -> None:
    def put(work: Work) -> None:
        work.inspections.begin(DRAW)
        work.inspections.note(InspectionStep(1, InspectionDid.DRAWN, NOON))

    storage.run_now(put)
    engine = make_engine(database.url)
    for statement in (f"UPDATE {table} SET at = at", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()


def test_what_a_draw_and_a_review_read_beside(storage: Storage) -> None:
    def told(work: Work) -> None:
        one, two, three = (work.cases.add(case(n)).id for n in (1, 2, 3))
        for case_id, did, at in ((one, Did.CASE_RESOLVED, 0), (two, Did.CASE_CLOSED, 60), (three, Did.CASE_OPENED, 9),
                                 (one, Did.CASE_CLOSED, 30)):  # fmt: skip
            work.events.add(Event(case_id, did, later(at)))
        assert work.inspections.ended(later(-1), later(60)) == [one, two]
        assert work.inspections.ended(NOON, later(59)) == [one], "what ended at the last draw was drawn from then"
        assert work.inspections.ended(later(30), later(60)) == [two]
        work.inspections.add(replace(ITEM, case_id=one))
        assert work.inspections.ended(later(-1), later(60)) == [two]
        assert set(work.inspections.cases([one, three, 99])) == {one, three}
        for case_id, void in ((one, None), (two, NOON)):
            work.complaints.add(Complaint(case_id, Grade.NORMAL, NOON, NOON, "慢", void_at=void))
        assert work.inspections.complaints([one, two, three]) == {one}
        for at, did in ((5, DutyDid.SIGNED_OFF), (9, DutyDid.SIGNED_ON), (99, DutyDid.SIGNED_ON)):
            work.attendance.add(DutyEvent(did, later(at), staff_id=2))
        assert work.inspections.first_on() == {2: later(9)}
        work.findings.add([found(one, "qing", outcome=Outcome.SENT), found(one, staff_id=8)])
        (doubted,) = work.findings.add([found(one, "blame")])
        work.findings.doubt(doubted.id, DOUBT_EXCEPTED, at=NOON)
        assert work.inspections.found_in(one, 1) == [("qing", "sent")]

    storage.run_now(told)
