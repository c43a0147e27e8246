"""The outbox on both engines: within a lane nothing overtakes, a row is leased once, and nothing disappears."""

import random
from datetime import timedelta

import pytest

from bot.desk.message import MessageRef
from bot.desk.outgoing import CopyAlbum, Outgoing, Pin, Priority, Private, SayText, ShowCard, Topic
from bot.usecases.ports import RowState, Work
from storage.desk_thread import Storage
from tests.storage.made import GROUP, NOON, heads, later, lease, put, to, to_topic


def test_only_the_first_of_each_lane_may_go_by_priority_then_age(storage: Storage) -> None:
    def told(work: Work) -> None:
        slow, late, urgent, behind = put(
            work, to(1, "a", Priority.DIGEST), to(2, "b"), to(3, "c", Priority.CARD), to(2, "d", Priority.CARD)
        )
        assert heads(work) == [urgent, late, slow]
        assert lease(work, late) == [late]
        assert heads(work) == [urgent, slow], "behind what is in hand nothing of its lane may go"
        work.outbox.delivered(late, at=NOON, message=MessageRef(2, 7))
        assert heads(work) == [urgent, behind, slow]

    storage.run_now(told)


def test_a_row_is_leased_once_and_never_ahead_of_its_lane(storage: Storage) -> None:
    def told(work: Work) -> None:
        first, second, other = put(work, to(1), to(1), to(2))
        assert lease(work, second) == []
        assert lease(work, other, first, second) == [other, first], "in the order asked"
        assert lease(work, first) == []

    storage.run_now(told)


def test_what_waits_for_its_time_holds_up_its_lane_and_no_other(storage: Storage) -> None:
    def told(work: Work) -> None:
        first, second = put(work, to(1), to(2))
        lease(work, first)
        work.outbox.requeue(first, not_before=later(5), counts=True)
        put(work, to(1, "behind"))
        assert heads(work) == [second]
        assert heads(work, later(5)) == [first, second]
        assert work.outbox.next_due() == NOON

    storage.run_now(told)


def test_a_requeued_row_keeps_its_place_and_its_flags_are_only_ever_set(storage: Storage) -> None:
    def told(work: Work) -> None:
        first, _ = put(work, to(1, "a"), to(1, "b"))
        lease(work, first)
        work.outbox.requeue(first, not_before=NOON, counts=True, maybe_twice=True)
        work.outbox.requeue(first, not_before=NOON, counts=False, plain=True)
        row = work.outbox.get(first)
        assert row is not None
        assert (row.state, row.attempts, row.is_plain, row.maybe_twice) == (RowState.QUEUED, 1, True, True)
        assert heads(work) == [first]

    storage.run_now(told)


def test_a_repair_stands_just_ahead_of_the_row_that_needs_it(storage: Storage) -> None:
    def told(work: Work) -> None:
        _, broken, _ = put(work, to_topic(1, "a"), to_topic(1, "b"), to_topic(1, "c"))
        for _ in range(12):
            work.outbox.add_before(broken, [to_topic(1, "x"), to_topic(1, "y")], at=NOON)
        assert lane_of(work) == ["a", *["x", "y"] * 12, "b", "c"]

    storage.run_now(told)


def lane_of(work: Work) -> list[str]:
    """The words of the lane, in the order in which they go out."""
    said = []
    while found := heads(work):
        lease(work, found[0])
        row = work.outbox.get(found[0])
        assert row is not None
        assert isinstance(row.outgoing.act, SayText)
        said.append(row.outgoing.act.text)
        work.outbox.delivered(found[0], at=NOON, message=None)
    return said


def test_a_card_that_waits_is_not_queued_twice_and_one_in_hand_is(storage: Storage) -> None:
    card = Outgoing(Topic(GROUP, 1), ShowCard(4), priority=Priority.CARD, case_id=4)

    def told(work: Work) -> None:
        first, same = put(work, card, card)
        assert first == same
        lease(work, first)
        assert put(work, card) != [first], "what it shows was drawn already"

    storage.run_now(told)


def test_several_become_one_and_are_finished(storage: Storage) -> None:
    def told(work: Work) -> None:
        first, second, third = put(work, to_topic(1, "a"), to_topic(1, "b"), to_topic(1, "c"))
        assert [r.id for r in work.outbox.behind(first, limit=1)] == [second]
        work.outbox.absorb(first, [second], to_topic(1, "a b"), at=NOON)
        merged = work.outbox.get(second)
        assert merged is not None
        assert merged.state is RowState.MERGED
        assert lane_of(work) == ["a b", "c"]
        assert third

    storage.run_now(told)


def test_an_album_is_found_while_it_is_collected(storage: Storage) -> None:
    def album(*ids: int) -> Outgoing:
        return Outgoing(Private(1), CopyAlbum(tuple(MessageRef(GROUP, i) for i in ids), "777"), carries=1)

    def told(work: Work) -> None:
        row_id = work.outbox.add(album(4), at=NOON, not_before=later(1))
        assert work.outbox.queued_album("p:1", "778") is None
        found = work.outbox.queued_album("p:1", "777")
        assert found is not None
        assert found.id == row_id
        work.outbox.extend(row_id, album(4, 5), not_before=later(2))
        assert heads(work, later(1)) == []
        lease(work, row_id, now=later(2))
        assert work.outbox.queued_album("p:1", "777") is None, "it has left"
        row = work.outbox.get(row_id)
        assert row is not None
        assert row.outgoing == album(4, 5)

    storage.run_now(told)


def test_what_a_dead_speaker_had_in_hand_is_found_when_its_lease_ran_out(storage: Storage) -> None:
    def told(work: Work) -> None:
        rows = put(work, to(1), to(2))
        lease(work, rows[0])
        assert [r.id for r in work.outbox.expired(later(89))] == []
        assert [(r.id, r.leased_by) for r in work.outbox.expired(later(91))] == [(rows[0], "me")]

    storage.run_now(told)


def test_a_dead_letter_is_listed_and_comes_back_once(storage: Storage) -> None:
    def told(work: Work) -> None:
        first, second = put(work, to(1), to(2))
        work.outbox.kill(first, at=NOON, reason="文字太长")
        work.outbox.kill(second, at=later(1), reason="对方已屏蔽本机器人")
        assert [r.reason for r in work.outbox.dead()] == ["对方已屏蔽本机器人", "文字太长"]
        assert [work.outbox.revive(first, at=NOON) for _ in range(2)] == [True, False]
        work.outbox.drop(second, at=NOON)
        assert work.outbox.dead() == []
        assert work.outbox.waiting(NOON) == 1

    storage.run_now(told)


def test_the_pace_is_rebuilt_from_what_was_sent(storage: Storage) -> None:
    def told(work: Work) -> None:
        for n, row_id in enumerate(put(work, to(1), to(2), to(3))):
            work.outbox.delivered(row_id, at=later(n * 30), message=None)
        assert work.outbox.sent_since(later(15)) == [(2, later(30)), (3, later(60))]

    storage.run_now(told)


def test_hundreds_that_wait_in_one_chat_do_not_hide_the_others(storage: Storage) -> None:
    def told(work: Work) -> None:
        for person in range(300):
            put(work, to_topic(person, chat=GROUP))
        (alone,) = put(work, to(9, priority=Priority.DIGEST))
        assert alone in heads(work)

    storage.run_now(told)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_becomes_of_the_calls_no_lane_is_overtaken_and_nothing_is_lost(storage: Storage, seed: int) -> None:
    chance = random.Random(seed)

    def told(work: Work) -> None:
        rows = put(work, *(to(chance.randrange(4), str(n)) for n in range(40)))
        said: dict[int, list[int]] = {}
        now = NOON
        while work.outbox.waiting(now):
            now += timedelta(seconds=1)
            for row_id in lease(work, *chance.sample(rows, 15), now=now):
                match chance.randrange(3):
                    case 0:
                        work.outbox.requeue(row_id, not_before=now + timedelta(seconds=2), counts=True)
                    case 1:
                        work.outbox.add_before(row_id, [Outgoing(lane(work, row_id), Pin(MessageRef(1, 1)))], at=now)
                        work.outbox.requeue(row_id, not_before=now, counts=False)
                    case _:
                        work.outbox.delivered(row_id, at=now, message=None)
                        said.setdefault(lane(work, row_id).telegram_id, []).append(row_id)
            for head in heads(work, now):
                if head not in rows:
                    lease(work, head, now=now)
                    work.outbox.delivered(head, at=now, message=None)
        assert sorted(row_id for lane_rows in said.values() for row_id in lane_rows) == rows
        assert all(lane_rows == sorted(lane_rows) for lane_rows in said.values())

    storage.run_now(told)


def lane(work: Work, row_id: int) -> Private:
    row = work.outbox.get(row_id)
    assert row is not None
    assert isinstance(row.outgoing.to, Private)
    return row.outgoing.to
