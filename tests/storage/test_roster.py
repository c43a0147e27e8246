"""The roster and the record of duty on both engines: an import twice changes nothing, and of many who ask one wins."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.duty_request import DutyRequest, Stage, Wish
from bot.desk.roster import DayDuty, Shift, Stretch, WeekDuty
from bot.usecases.ports import Changes, Handover, Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import Database
from tests.storage.made import NOON, later

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
EARLY = Shift("早班", (Stretch(540, 720), Stretch(780, 1080)))
NIGHT = Shift("夜班", (Stretch(1320, 1800),))
LIN, ZHOU = 1, 2


def put(work: Work, *, shifts=(EARLY, NIGHT), weekly=(), dated=(), today: date = MONDAY) -> Changes:
    return work.rosters.put(shifts=shifts, weekly=weekly, dated=dated, today=today)


def week(*days: int, shift: str = "早班", today: date = MONDAY) -> list[WeekDuty]:
    return [WeekDuty(LIN, d, "east", shift, today) for d in days]


def served(work: Work, day: date) -> list[tuple[int, str]]:
    return [(t.staff_id, t.shift.name) for t in work.rosters.roster().watches(day)]


def test_what_is_put_comes_back_and_twice_is_once(storage: Storage) -> None:
    def told(work: Work) -> None:
        dated = [DayDuty(ZHOU, MONDAY, "east", "夜班"), DayDuty(ZHOU, TUESDAY, "", "")]
        assert put(work, weekly=week(0, 1), dated=dated) == Changes(5, 0, 0), "two shifts, a week, two dates"
        assert put(work, weekly=week(1, 0), dated=dated[::-1]) == Changes(0, 0, 5)
        assert work.rosters.roster().shift("早班", MONDAY) == EARLY
        assert served(work, MONDAY) == [(LIN, "早班"), (ZHOU, "夜班")]
        assert served(work, TUESDAY) == [(LIN, "早班")]

    storage.run_now(told)


def test_a_new_week_holds_from_today_and_a_date_is_replaced(storage: Storage) -> None:
    def told(work: Work) -> None:
        put(work, weekly=week(0), dated=[DayDuty(LIN, TUESDAY, "east", "早班")])
        following = MONDAY + timedelta(weeks=1)
        assert put(work, weekly=week(0, shift="夜班"), today=following).changed == 1
        assert put(work, dated=[DayDuty(LIN, TUESDAY, "east", "夜班")]) == Changes(0, 1, 2)
        assert served(work, MONDAY) == [(LIN, "早班")], "what was, was"
        assert served(work, following) == [(LIN, "夜班")]
        assert served(work, TUESDAY) == [(LIN, "夜班")]

    storage.run_now(told)


def test_new_times_of_a_shift_hold_from_today_and_a_slip_of_today_is_mended(storage: Storage) -> None:
    def told(work: Work) -> None:
        put(work, weekly=week(0, 1))
        late, later_still = (Shift("早班", (Stretch(start, 1080),)) for start in (600, 660))
        assert put(work, shifts=[late], today=TUESDAY) == Changes(0, 1, 0)
        assert put(work, shifts=[later_still], today=TUESDAY) == Changes(0, 1, 0)
        assert put(work, shifts=[later_still], today=TUESDAY) == Changes(0, 0, 1)
        roster = work.rosters.roster()
        assert (roster.shift("早班", MONDAY), roster.shift("早班", TUESDAY)) == (EARLY, later_still)

    storage.run_now(told)


def asked(wish: Wish = Wish.LEAVE, **more: object) -> DutyRequest:
    made = DutyRequest(0, wish, LIN, MONDAY, TUESDAY, "回乡", Stage.ASKED, NOON)
    return replace(made, **{"colleague_id": None if wish is Wish.LEAVE else ZHOU, **more})  # type: ignore[arg-type]


def test_a_request_is_decided_once(storage: Storage) -> None:
    def told(work: Work) -> None:
        stored = work.rosters.ask(asked(from_at=later(5)))
        assert work.rosters.request(stored.id) == stored
        yes = replace(stored, stage=Stage.APPROVED, decided_by=9, decided_at=NOON)
        assert work.rosters.decide(yes, was=Stage.ASKED)
        assert not work.rosters.decide(replace(yes, stage=Stage.REFUSED), was=Stage.ASKED)
        assert work.rosters.request(stored.id) == yes
        assert [v.from_at for v in work.rosters.roster().leaves] == [later(5)]

    storage.run_now(told)


def test_requests_are_found_by_person_stage_and_time(storage: Storage) -> None:
    def told(work: Work) -> None:
        leave, swap = work.rosters.ask(asked()), work.rosters.ask(asked(Wish.SWAP, their_day=date(2026, 12, 1)))
        find = work.rosters.requests
        assert [r.id for r in find(staff_id=ZHOU)] == [swap.id]
        assert [r.id for r in find(staff_id=LIN)] == [leave.id, swap.id]
        assert [r.id for r in find(since=date(2026, 11, 25))] == [swap.id]
        assert find(stages=[Stage.APPROVED]) == []

    storage.run_now(told)


def test_a_swap_counts_in_the_order_of_approval(storage: Storage) -> None:
    def told(work: Work) -> None:
        put(work, weekly=week(0))
        for colleague, minutes in ((ZHOU, 2), (3, 1)):
            stored = work.rosters.ask(replace(asked(Wish.STAND_IN, last_day=MONDAY), colleague_id=colleague))
            work.rosters.decide(replace(stored, stage=Stage.APPROVED, decided_at=later(minutes * 60)), was=Stage.ASKED)
        assert [t.staff_id for t in work.rosters.roster().watches(MONDAY)] == [3]

    storage.run_now(told)


def test_a_step_is_done_by_one(storage: Storage) -> None:
    won: list[bool] = []

    def tries() -> None:
        won.append(bool(storage.run_now(lambda work: work.attendance.step("late:1", NOON))))

    threads = [threading.Thread(target=tries) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_a_note_is_taken_by_one_and_the_others_can_see_by_whom(storage: Storage) -> None:
    note = Handover(0, LIN, "east", MONDAY, "早班", NOON, later(900), cases=3)

    def told(work: Work) -> None:
        stored = work.attendance.hand_over(note)
        assert work.attendance.untaken() == [stored] == [replace(note, id=stored.id)]
        assert work.attendance.take_over(stored.id, ZHOU, later(60))
        assert not work.attendance.take_over(stored.id, 3, later(61))
        assert work.attendance.untaken() == []
        assert work.attendance.handover(stored.id) == replace(stored, taken_by=ZHOU, taken_at=later(60))

    storage.run_now(told)


def test_the_record_is_in_order_and_told_by_person_and_time(storage: Storage) -> None:
    def told(work: Work) -> None:
        on, off = DutyEvent(DutyDid.SIGNED_ON, NOON, LIN, LIN), DutyEvent(DutyDid.CLOSED, later(60), LIN)
        desk = DutyEvent(DutyDid.HOLE_TOLD, later(30), data={"region": "east"})
        work.attendance.add(off, on, desk)
        assert work.attendance.events() == [on, desk, off]
        assert work.attendance.events(since=later(1), staff_id=LIN) == [off]

    storage.run_now(told)


@pytest.mark.parametrize("statement", ["UPDATE duty_event SET did = 'x'", "DELETE FROM duty_event"])
def test_the_record_can_be_changed_by_nobody(database: Database, statement: str) -> None:
    kept = Storage(make_engine(database.url))
    kept.run_now(lambda work: work.attendance.add(DutyEvent(DutyDid.SIGNED_ON, NOON, LIN)))
    kept.close()
    engine = make_engine(database.url)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
