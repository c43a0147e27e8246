"""What the digest counts, on both engines, as of now and of an instant that is over; and that it is told once."""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.app.office import make_office
from bot.config import Settings
from bot.desk.case import State
from bot.desk.digest import Figure
from bot.desk.events import Did, Event
from bot.desk.people import Role, Staff
from bot.usecases.digest import plan_digest
from bot.usecases.enrol import enrol_staff
from bot.usecases.ports import Work
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import migrated
from tests.storage.made import GROUP, NOON, MessageRef, case, later, message

HOUR = 3600


def three_cases(work: Work) -> None:
    """East: one answered twice and resolved, one late; one of no region yet, answered and reopened."""
    done = work.cases.add(case(1, region="east", resolve_by=later(9)))
    late = work.cases.add(case(2, region="east", resolve_by=later(HOUR)))
    free = work.cases.add(case(3))
    assert (done.id, late.id, free.id) == (1, 2, 3)
    for each in (done, late, free):
        work.events.add(Event(each.id, Did.CASE_OPENED, NOON))
        work.messages.add(message(each.id, f"杯盖 {each.id}", ref=MessageRef(GROUP, each.id)))
    work.events.add(
        Event(1, Did.SPECIALIST_ANSWERED, later(10), 7),
        Event(1, Did.READY_ANSWER_USED, later(20), 8),
        Event(1, Did.CASE_RESOLVED, later(30), 7),
        Event(1, Did.CASE_REOPENED, later(32)),
        Event(1, Did.CASE_RESOLVED, later(34), 7),
        Event(2, Did.DEADLINE_PASSED, later(HOUR), data={"term": "resolve", "by": later(HOUR).isoformat()}),
        Event(3, Did.SPECIALIST_ANSWERED, later(40), 7),
        Event(3, Did.RATED, later(50), data={"score": "1"}),
    )
    work.cases.save(case_as(done, State.RESOLVED))


def case_as(found: Any, state: State) -> Any:
    return type(found)(**{**vars(found), "state": state})


def test_each_case_counts_once_a_figure_by_region_and_person(storage: Storage) -> None:
    storage.run_now(three_cases)

    def look(work: Work) -> None:
        day = (NOON, later(HOUR))
        assert work.digests.counts(*day) == {
            "east": {Figure.NEW: 2, Figure.ANSWERED: 1, Figure.RESOLVED: 1}, "": {Figure.NEW: 1, Figure.ANSWERED: 1}
        }  # fmt: skip
        assert work.digests.by_person(*day) == {7: {Figure.ANSWERED: 2, Figure.RESOLVED: 1}, 8: {Figure.ANSWERED: 1}}
        assert work.digests.counts(later(1), later(15)) == {"east": {Figure.ANSWERED: 1}}
        assert [(h.event.did, h.region) for h in work.digests.notable(*day)] == [(Did.RATED, "")]
        assert len(work.digests.times(Figure.NEW, *day)) == 3 and work.digests.counts(later(HOUR), later(9e4)) == {}
        assert list(work.digests.times(Figure.RESOLVED, *day)) == [later(30)], "resolved twice is resolved once"
        assert [work.digests.count(figure, *day) for figure in (Figure.NEW, Figure.RESOLVED)] == [3, 1]
        assert list(work.digests.times(Figure.RESOLVED, later(32), later(HOUR))) == [later(34)]
        opened = work.digests.openings(*day, limit=9)
        assert (opened.cases, sorted(opened.texts)) == (3, ["杯盖 1", "杯盖 2", "杯盖 3"])
        assert len(work.digests.openings(*day, limit=1).texts) == 1, "an even sample"
        (ended,) = work.digests.of_ended(*day, (Did.CASE_OPENED, Did.CASE_RESOLVED))
        assert (ended.case_id, ended.region, len(ended.events)) == (1, "east", 3)

    storage.run_now(look)


def test_what_was_open_can_be_read_long_after(storage: Storage) -> None:
    storage.run_now(three_cases)
    before = storage.run_now(lambda work: work.digests.open_at(later(2 * HOUR)))
    assert [(c.case_id, c.is_late) for c in before] == [(2, True), (3, False)]
    assert [c.case_id for c in storage.run_now(lambda work: work.digests.open_at(later(25)))] == [1, 2, 3]

    def end(work: Work) -> None:
        for n in (2, 3):
            work.events.add(Event(n, Did.CASE_CLOSED, later(3 * HOUR)))
            work.cases.save(case_as(work.cases.get(n), State.CLOSED))

    storage.run_now(end)
    assert storage.run_now(lambda work: work.digests.open_at(later(2 * HOUR))) == before
    assert not storage.run_now(lambda work: work.digests.open_at(later(4 * HOUR)))


def test_three_that_tick_on_one_postgresql_tell_it_once_over_restarts(tmp_path: Path) -> None:
    url = migrated("postgresql", tmp_path).url
    office = make_office(Settings())
    begins, due = datetime(2026, 12, 31, 9, 59, tzinfo=UTC), datetime(2026, 12, 31, 10, 0, tzinfo=UTC)
    people = [Staff(0, 50 + n, f"主管{n}", Role.SUPERVISOR) for n in range(2)]
    gate = threading.Barrier(3)

    def one_that_ticks(starts: datetime) -> None:
        storage = Storage(make_engine(url))
        storage.run_now(partial(plan_digest, office=office, now=starts))
        gate.wait()
        for _ in range(3):
            storage.run_now(partial(sweep, office=office, now=starts + timedelta(minutes=2)))
        storage.close()

    first = Storage(make_engine(url))
    first.run_now(partial(enrol_staff, office=office, now=begins, people=people))
    for starts in (begins, due + timedelta(minutes=1), begins + timedelta(days=1), due + timedelta(days=1, minutes=1)):
        threads = [threading.Thread(target=one_that_ticks, args=(starts,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    told = first.run_now(lambda work: sorted(_digests(work)))
    first.close()
    assert told == sorted((chat, day) for chat in (50, 51) for day in ("12月31日", "1月1日"))


def _digests(work: Work) -> list[tuple[int, str]]:
    found, number = [], 1
    while (row := work.outbox.get(number)) is not None or number < 60:
        text = getattr(row.outgoing.act, "text", "") if row else ""
        if row and text.startswith("日报 · "):
            found.append((row.outgoing.to.chat_id, text.split(" ")[2]))
        number += 1
    return found
