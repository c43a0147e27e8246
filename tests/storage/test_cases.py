"""Cases, messages, places and events on both engines."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.desk.case import State, Urgency
from bot.desk.events import Did, Event
from bot.desk.message import Content, ContentKind, MessageRef
from bot.usecases.ports import GroupState, Mapped, TopicState, Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import Database
from tests.storage.made import GROUP, HUGE, NOON, case, heads, later, message, put, to_topic

NEW_GROUP = -1009000000000
WORDS = "货少了\u202e<b>&'\"\\ 👨‍👩‍👧 \u0301"


@pytest.mark.parametrize("claimants", [20])
def test_of_twenty_who_claim_at_once_one_wins(database: Database, claimants: int) -> None:
    desks = [Storage(make_engine(database.url)) for _ in range(4)]
    case_id = desks[0].run_now(lambda work: work.cases.add(case())).id
    won: list[int] = []
    begin = threading.Barrier(claimants)

    def claim(staff_id: int) -> None:
        begin.wait()
        if desks[staff_id % 4].run_now(lambda work: work.cases.take(case_id, staff_id)):
            won.append(staff_id)

    threads = [threading.Thread(target=claim, args=(n,)) for n in range(1, claimants + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = desks[0].run_now(lambda work: work.cases.get(case_id))
    for desk in desks:
        desk.close()
    assert kept is not None
    assert won == [kept.first_owner_id] == [kept.handler_id]


def test_a_case_is_handed_on_by_whoever_has_it_and_only_while_it_is_unfinished(storage: Storage) -> None:
    open_case = storage.run_now(lambda work: work.cases.add(case(1)))
    over = storage.run_now(lambda work: work.cases.add(case(2, closed_at=NOON)))
    storage.run_now(lambda work: work.cases.save(replace(over, state=State.CLOSED)))
    assert storage.run_now(lambda work: work.cases.hand(open_case.id, giver=1, taker=2))
    assert not storage.run_now(lambda work: work.cases.hand(open_case.id, giver=1, taker=3))
    assert not storage.run_now(lambda work: work.cases.hand(over.id, giver=1, taker=2))
    assert storage.run_now(lambda work: [(c.id, c.handler_id) for c in work.cases.unfinished()]) == [(open_case.id, 2)]


def test_a_case_comes_back_as_it_was_stored(storage: Storage) -> None:
    full = case(
        first_owner_id=3, region="southwest", province="四川", store_number="CD001", route_reason="provincial",
        previous_case_id=9, respond_by=later(600), resolve_by=later(9000), unanswered_since=NOON,
        urgency=Urgency.URGENT,
    )  # fmt: skip
    kept = storage.run_now(lambda work: work.cases.add(full))
    assert kept == replace(full, id=kept.id)
    changed = replace(kept, state=State.CLOSED, closed_at=later(7), respond_by=None)
    storage.run_now(lambda work: work.cases.save(changed))
    assert storage.run_now(lambda work: work.cases.get(kept.id)) == changed


def test_what_is_overdue_is_told_by_what_passed_first_and_what_waits_is_not(storage: Storage) -> None:
    def some(work: Work) -> list[int]:
        given = [(-60, -30), (-90, None), (None, -99), (60, 90), (None, None), (-10, -20)]
        for n, (respond, resolve) in enumerate(given, start=1):
            state = State.WAITING if n == 6 else State.OPEN
            by = (None if s is None else later(s) for s in (respond, resolve))
            work.cases.add(replace(case(n), state=state, respond_by=next(by), resolve_by=next(by)))
        return [c.franchisee_id for c in work.cases.overdue(NOON)]

    assert storage.run_now(some) == [3, 2, 1]


def test_one_franchisee_has_one_unfinished_case(storage: Storage) -> None:
    first = storage.run_now(lambda work: work.cases.add(case()))
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: work.cases.add(case()))
    storage.run_now(lambda work: work.cases.save(replace(first, state=State.CLOSED, closed_at=NOON)))
    second = storage.run_now(lambda work: work.cases.add(case()))
    assert storage.run_now(lambda work: (work.cases.unfinished_of(1), work.cases.last_of(1))) == (second, second)


def test_a_case_that_is_not_there_cannot_be_written_back(storage: Storage) -> None:
    with pytest.raises(LookupError, match="77"):
        storage.run_now(lambda work: work.cases.save(replace(case(), id=77)))


def test_lists_begin_with_the_longest_unanswered_and_counts_with_what_is_late(storage: Storage) -> None:
    def told(work: Work) -> None:
        calm = work.cases.add(case(1, region="a"))
        waits = work.cases.add(case(2, region="a", unanswered_since=later(60), respond_by=later(90)))
        longest = work.cases.add(case(3, region="b", unanswered_since=NOON, respond_by=later(60)))
        assert [c.id for c in work.cases.listed()] == [longest.id, waits.id, calm.id]
        assert [c.id for c in work.cases.listed(region="a", limit=1)] == [waits.id]
        counts = {c.region: (dict(c.by_state), c.overdue) for c in work.cases.counts(later(70))}
        assert counts == {"a": ({State.NEW: 2}, 0), "b": ({State.NEW: 1}, 1)}
        assert work.cases.open_counts() == {1: 3}

    storage.run_now(told)


def test_words_come_back_as_they_came_with_what_stood_there_before(storage: Storage) -> None:
    said = message(text=WORDS, ref=MessageRef(HUGE, HUGE), versions=("一", "二"))
    said = replace(said, content=replace(said.content, origin="总部公告", album="77", entities='[{"type": "bold"}]'))
    kept = storage.run_now(lambda work: work.messages.add(said))
    assert kept == replace(said, id=kept.id)
    after = replace(kept, recalled_at=later(3), content=Content(ContentKind.PHOTO, "图"))
    storage.run_now(lambda work: work.messages.save(after))
    assert storage.run_now(lambda work: work.messages.get(kept.id)) == after


def test_every_place_of_a_message_is_found(storage: Storage) -> None:
    def told(work: Work) -> None:
        mine, copy = MessageRef(3001, 5), MessageRef(GROUP, 5)
        kept = work.messages.add(message(ref=mine))
        other = work.messages.add(message(text="还有"))
        work.messages.place(copy, case_id=1, message_id=kept.id)
        work.messages.place(copy, case_id=1, message_id=other.id, part=1)
        work.messages.place(copy, case_id=1, message_id=kept.id)
        assert work.messages.find(copy) == work.messages.find(mine) == Mapped(1, kept.id)
        assert work.messages.find(MessageRef(GROUP, 6)) is None
        assert work.messages.parts_at(copy) == [kept.id, other.id]
        assert work.messages.copies(kept.id) == [copy]
        assert [m.id for m in work.messages.of_case(1, limit=1)] == [other.id]

    storage.run_now(told)


def test_a_group_that_was_upgraded_is_renamed_everywhere_however_often_it_is_told(storage: Storage) -> None:
    def told(work: Work) -> None:
        work.groups.save(GroupState(GROUP, title="西南"))
        work.topics.save(TopicState(GROUP, 1, thread_id=9, card_case_id=1, card_message_id=3))
        kept = work.cases.add(case())
        (row_id,) = put(work, to_topic(1, "还在路上"))
        for _ in range(2):
            work.groups.migrated(GROUP, NEW_GROUP)
        assert work.groups.current(GROUP) == work.groups.current(NEW_GROUP) == NEW_GROUP
        assert [(g.chat_id, g.title) for g in work.groups.all()] == [(NEW_GROUP, "西南")]
        moved = work.cases.get(kept.id)
        assert moved is not None
        assert moved.group_id == NEW_GROUP
        assert work.topics.get(GROUP, 1) is None, "threads do not come along"
        assert [(h.id, h.chat_id) for h in work.outbox.heads(NOON)] == [(row_id, NEW_GROUP)]

    storage.run_now(told)


def test_what_is_queued_for_the_old_id_and_for_the_new_one_is_one_lane(storage: Storage) -> None:
    def told(work: Work) -> None:
        first, _ = put(work, to_topic(1, "a"), to_topic(1, "b"))
        work.groups.migrated(GROUP, NEW_GROUP)
        put(work, to_topic(1, "c", chat=NEW_GROUP))
        assert heads(work) == [first]

    storage.run_now(told)


@pytest.mark.parametrize("statement", ["UPDATE event SET did = 'x'", "DELETE FROM event"])
def test_the_database_itself_refuses_to_change_or_remove_an_event(
    database: Database, storage: Storage, statement: str
) -> None:
    happened = Event(1, Did.CASE_OPENED, NOON, data={"reason": "provincial", "姓名": WORDS})
    storage.run_now(lambda work: work.events.add(happened))
    engine = create_engine(database.url.replace("postgresql://", "postgresql+psycopg://"))
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert storage.run_now(lambda work: work.events.of_case(1)) == [happened]
