"""The inbox and the reminders on both engines: kept once, handled in order, and claimed by one alone."""

from datetime import timedelta

import pytest

from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from tests.storage.made import HUGE, NOON, later


def keep(work: Work, *updates: tuple[int, str], raw: str = "{}") -> int:
    return work.inbox.store([(number, chat, raw) for number, chat in updates], at=NOON)


def lease(work: Work, at: float = 0, by: str = "me") -> list[int]:
    return [r.update_id for r in work.inbox.lease(later(at), by=by, until=later(at + 10))]


def test_an_update_that_comes_again_is_kept_once(storage: Storage) -> None:
    assert storage.run_now(lambda work: keep(work, (7, "1"), (8, "1"))) == 2
    assert storage.run_now(lambda work: keep(work, (8, "1"), (9, "1"))) == 1
    storage.run_now(lambda work: work.inbox.done(7, at=NOON))
    assert storage.run_now(lambda work: keep(work, (7, "1"))) == 0, "not even when it was handled long ago"


def test_numbers_that_begin_anew_lower_are_new_and_come_after(storage: Storage) -> None:
    def told(work: Work) -> None:
        keep(work, (900, "1"))
        assert keep(work, (3, "1")) == 1
        assert lease(work) == [900]
        work.inbox.done(900, at=NOON)
        assert lease(work) == [3]

    storage.run_now(told)


def test_one_of_a_chat_after_the_other_and_chats_side_by_side(storage: Storage) -> None:
    def told(work: Work) -> None:
        keep(work, (1, "a"), (2, "a"), (3, "b"))
        assert lease(work) == [1, 3]
        assert lease(work) == []
        work.inbox.done(1, at=NOON)
        assert lease(work) == [2]

    storage.run_now(told)


def test_what_a_dead_hearer_had_in_hand_is_taken_over_when_its_lease_ran_out(storage: Storage) -> None:
    def told(work: Work) -> None:
        keep(work, (1, "a"), (2, "a"))
        assert lease(work, by="one") == [1]
        assert lease(work, 9, by="two") == []
        assert lease(work, 11, by="two") == [1]
        assert work.inbox.release() == 1
        assert lease(work, 12) == [1]

    storage.run_now(told)


def test_a_failure_waits_and_is_set_aside_in_the_end_and_what_took_effect_stays_so(storage: Storage) -> None:
    def told(work: Work) -> None:
        keep(work, (1, "a"), (2, "a"))
        lease(work)
        work.inbox.failed(1, error="ValueError", not_before=later(4), at=NOON)
        assert lease(work, 3) == [], "nor may the next of the chat go before it"
        assert lease(work, 4) == [1]
        work.inbox.failed(1, error="ValueError", not_before=None, at=NOON)
        assert [(r.update_id, r.attempts, r.error) for r in work.inbox.dead()] == [(1, 2, "ValueError")]
        assert lease(work, 5) == [2]
        work.inbox.done(2, at=NOON)
        work.inbox.failed(2, error="late", not_before=None, at=NOON)
        assert work.inbox.is_done(2)
        assert [work.inbox.revive(1, at=NOON) for _ in range(2)] == [True, False]
        assert work.inbox.waiting() == 1

    storage.run_now(told)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a NUL", '{"text": "a\\u0000b"}'),
        ("half a surrogate pair", '{"text": "\\ud83d"}'),
        ("four megabytes", '{"text": "' + "货" * 1_400_000 + '"}'),
        ("no JSON at all", "<html>502 Bad Gateway</html>"),
        ("quotes and backslashes", "'; DROP TABLE inbox; -- \\"),
    ],
)
def test_raw_updates_come_back_as_they_came(storage: Storage, name: str, raw: str) -> None:
    storage.run_now(lambda work: keep(work, (HUGE, str(-HUGE)), raw=raw))
    (row,) = storage.run_now(lambda work: work.inbox.lease(NOON, by="me", until=later(1)))
    assert (row.update_id, row.chat_key, row.raw, row.received_at) == (HUGE, str(-HUGE), raw, NOON), name


def test_a_reminder_that_is_asked_for_twice_fires_once_the_oldest_first(storage: Storage) -> None:
    def told(work: Work) -> None:
        for minutes in (9, 3, 3):
            due = NOON + timedelta(minutes=minutes)
            work.reminders.add(Reminder(ReminderKind.ACKNOWLEDGE, 1, due))
        assert work.reminders.next_due() == NOON + timedelta(minutes=3)
        assert [r.due_at for r in work.reminders.due(later(600))] == [later(180), later(540)]
        assert work.reminders.due(later(600)) == []
        work.reminders.add(Reminder(ReminderKind.ACKNOWLEDGE, 1, later(180)))
        assert work.reminders.due(later(600)) == [], "asked for again after it fired"

    storage.run_now(told)
