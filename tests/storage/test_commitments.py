"""Reminders of people, promises, tasks and notes of meetings on both engines; nothing that grows is read through."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.desk.meeting import MeetingNote, NoteKind
from bot.desk.memo import About, Memo, MemoState
from bot.desk.promise import Promise, PromiseState
from bot.desk.task import Task, TaskState
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import Database
from tests.storage.made import NOON, case, later

MEMO = Memo(0, 1, 2, "回电 ' \" \u202e", NOON, later(60), case_id=1, quote="货少了", from_id=3)
PROMISE = Promise(0, 1, 7, 1, 1, NOON, later(60), later(60), "今天给您答复", "给您答复", remind_at=later(30))
TASK = Task(0, 1, 2, "整理证照", NOON, later(60), remind_at=later(30))


def test_what_is_due_is_claimed_once_with_all_that_the_same_people_have(storage: Storage) -> None:
    def told(work: Work) -> None:
        kept = [work.memos.add(replace(MEMO, due_at=later(n), staff_id=n % 2 + 1)) for n in range(6)]
        asked = work.memos.add(replace(MEMO, state=MemoState.ASKED, due_at=later(-9)))
        assert work.memos.get(kept[0].id) == kept[0]
        assert work.memos.open_of(1) == [asked, kept[0], kept[2], kept[4]]
        assert len(work.memos.open_of_case(1)) == 7

    storage.run_now(told)
    first = storage.run_now(lambda work: work.memos.claim(later(4), limit=1))
    assert {(m.staff_id, m.state, m.fired_at) for m in first} == {(1, MemoState.FIRED, later(4))}
    assert len(first) == 3
    second = storage.run_now(lambda work: work.memos.claim(later(4), limit=9))
    assert {(m.staff_id, m.due_at) for m in second} == {(2, later(1)), (2, later(3))}
    assert storage.run_now(lambda work: work.memos.claim(later(4), limit=9)) == []


def test_what_a_promise_was_reminded_of_is_void_when_it_is_settled(storage: Storage) -> None:
    def told(work: Work) -> None:
        about = replace(MEMO, about=About.PROMISE, subject=5)
        kept, other = work.memos.add(about), work.memos.add(replace(about, about=About.TASK))
        work.memos.void_about("promise", 5, later(9))
        assert work.memos.open_of(1) == [other]
        assert work.memos.get(kept.id) == replace(kept, state=MemoState.VOID, ended_at=later(9))

    storage.run_now(told)


def test_a_promise_goes_with_its_case_and_a_message_makes_it_once(storage: Storage) -> None:
    def told(work: Work) -> None:
        mine, theirs = work.cases.add(case(1)), work.cases.add(replace(case(2), handler_id=2))
        kept = work.promises.add(replace(PROMISE, case_id=mine.id))
        other = work.promises.add(replace(PROMISE, case_id=theirs.id, message_id=8, due_at=later(9)))
        assert work.promises.of_message(7) == [kept]
        assert work.promises.open_of_case(mine.id) == [kept]
        assert (work.promises.open_of(1), work.promises.open_of(2)) == ([kept], [other])
        done = replace(kept, state=PromiseState.KEPT, settled_at=later(50), remind_at=None)
        work.promises.save(done)
        assert work.promises.open_of(1) == []
        assert work.promises.settled(later(50), later(51)) == [done]
        assert work.promises.settled(later(51), later(99)) == []

    storage.run_now(told)
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: work.promises.add(PROMISE))


def test_tasks_and_notes_come_back_as_they_were_stored(storage: Storage) -> None:
    def told(work: Work) -> None:
        kept, sooner = work.tasks.add(TASK), work.tasks.add(replace(TASK, due_at=later(1)))
        assert work.tasks.open_to(2) == [sooner, kept] == work.tasks.open_from(1) == work.tasks.open(limit=9)
        work.tasks.save(replace(kept, state=TaskState.DONE, ended_at=later(3)))
        assert work.tasks.open_to(2) == [sooner]
        assert (work.tasks.get(99), work.tasks.open_to(1)) == (None, [])
        notes = [work.meeting_notes.add(MeetingNote(0, "周会", kind, 1, NOON, "餐盒")) for kind in NoteKind]
        assert work.meeting_notes.last("周会", NoteKind.MINUTES, limit=1) == notes[1:]
        assert work.meeting_notes.last("月会", NoteKind.POINT, limit=1) == []

    storage.run_now(told)


def test_three_who_claim_at_once_tell_nothing_twice(database: Database) -> None:
    stores = [Storage(make_engine(database.url)) for _ in range(3)]
    stores[0].run_now(lambda work: [work.memos.add(replace(MEMO, staff_id=n % 7)) for n in range(60)] and None)

    def sweep(store: Storage) -> list[int]:
        told: list[int] = []
        while claimed := store.run_now(lambda work: [m.id for m in work.memos.claim(later(60), limit=9)]):
            told += claimed
        return told

    with ThreadPoolExecutor(3) as pool:
        told = [number for several in pool.map(sweep, stores) for number in several]
    for store in stores:
        store.close()
    assert sorted(told) == list(range(1, 61))
