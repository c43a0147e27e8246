"""The pace under a fake clock: Telegram's limits hold in every window, whoever waits gets a turn, nothing is wasted.

Telegram sees a call at some instant between its start and its end; the limits must hold for whichever it was.
"""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pace import Limits, Pace
from bot.desk.outgoing import Priority
from bot.usecases.ports import Head

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
GROUP, OTHER, CHEN, WANG = -1001, -1002, 501, 502
LIMITS = Limits()


def seconds(n: float) -> timedelta:
    return timedelta(seconds=n)


def head(row_id: int, chat: int, priority: Priority = Priority.TALK, act: str = "SayText") -> Head:
    return Head(row_id, chat, priority, act)


@dataclass
class Telegram:
    """Drives a pace as the speaker does, and notes when each call arrived."""

    pace: Pace
    now: datetime = NOON
    arrived: list[tuple[datetime, Head]] = field(default_factory=list)
    flying: list[tuple[datetime, int]] = field(default_factory=list)

    def play(self, heads: list[Head], latency: list[float], share: float) -> None:
        """Until everything has gone: `latency` seconds a call in turn, each seen after that `share` of it."""
        waiting = sorted(heads, key=lambda h: (h.priority, h.id))
        for _ in range(100_000):
            for row_id in self.pace.pick(waiting, self.now):
                took = latency[row_id % len(latency)]
                sent = next(h for h in waiting if h.id == row_id)
                waiting.remove(sent)
                self.arrived.append((self.now + seconds(took * share), sent))
                heapq.heappush(self.flying, (self.now + seconds(took), row_id))
            if not waiting and not self.flying:
                return
            self._on_to_the_next(waiting)
        raise AssertionError(f"{len(waiting)} never went")

    def _on_to_the_next(self, waiting: list[Head]) -> None:
        chance = self.pace.next_chance(waiting, self.now)
        times = [t for t in (chance, self.flying[0][0] if self.flying else None) if t is not None]
        assert times, "something waits, nothing flies, and there is no next chance: it would wait for ever"
        self.now = max(self.now, min(times))
        while self.flying and self.flying[0][0] <= self.now:
            at, row_id = heapq.heappop(self.flying)
            self.pace.finished(row_id, at)

    def most_within(self, span: timedelta, chat: int | None = None) -> int:
        times = sorted(t for t, h in self.arrived if h.act != "React" and chat in (None, h.chat_id))
        return max((sum(a <= t < a + span for t in times) for a in times), default=0)


ROWS = st.lists(
    st.tuples(
        st.sampled_from([GROUP, GROUP, GROUP, OTHER, CHEN, WANG, 503, 504]),
        st.sampled_from(Priority),
        st.sampled_from(["SayText", "SayText", "EditText", "OpenTopic", "React"]),
    ),
    max_size=90,
)
LATENCY = st.lists(st.sampled_from([0.0, 0.02, 0.3, 2.5, 29.0]), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, latency=LATENCY, share=st.sampled_from([0.0, 0.5, 1.0]), start=st.integers(0, 25))
def test_in_no_window_does_a_chat_or_the_bot_get_more_than_telegram_allows(
    rows: list[tuple[int, Priority, str]], latency: list[float], share: float, start: int
):
    telegram = Telegram(Pace(LIMITS))
    before = [(NOON - seconds(3 * n), head(1000 + n, GROUP)) for n in range(min(start, 20), 0, -1)]
    telegram.pace.restore([(h.chat_id, at) for at, h in before])
    telegram.arrived += before
    telegram.play([head(n, *row) for n, row in enumerate(rows, 1)], latency, share)
    assert telegram.most_within(seconds(60), GROUP) <= 20
    assert telegram.most_within(seconds(60), OTHER) <= 20
    assert telegram.most_within(seconds(3), CHEN) <= 3
    assert telegram.most_within(seconds(1)) <= 30
    assert Counter(h.id for _, h in telegram.arrived) == Counter([*range(1, len(rows) + 1), *(h.id for _, h in before)])


def test_a_group_uses_its_whole_minute_and_no_more():
    telegram = Telegram(Pace(LIMITS))
    telegram.play([head(n, GROUP) for n in range(100)], [0.0], 0)
    assert Counter((at - NOON) // seconds(60) for at, _ in telegram.arrived) == dict.fromkeys(range(5), 20)


def test_a_private_chat_gets_a_burst_and_then_one_a_second():
    telegram = Telegram(Pace(LIMITS))
    telegram.play([head(n, CHEN) for n in range(30)], [0.0], 0)
    assert [at for at, _ in telegram.arrived[:3]] == [NOON] * 3
    assert telegram.arrived[-1][0] - NOON == seconds(27)


def test_thirty_a_second_are_used_over_many_chats():
    telegram = Telegram(Pace(Limits(in_flight=64)))
    telegram.play([head(n, 1000 + n) for n in range(300)], [0.0], 0)
    assert telegram.arrived[-1][0] - NOON == seconds(9)


def test_no_more_fly_than_may_be_doubled_by_a_crash():
    pace = Pace(LIMITS)
    assert len(pace.pick([head(n, 1000 + n) for n in range(30)], NOON)) == 8
    assert pace.pick([head(99, 99)], NOON) == []
    assert pace.next_chance([head(99, 99)], NOON) is None, "it would be asked again and again while all are busy"
    pace.finished(3, NOON)
    assert pace.pick([head(99, 99)], NOON) == [99]


def test_what_was_picked_and_never_sent_costs_nothing():
    pace = Pace(LIMITS)
    for n in range(100):
        assert pace.pick([head(n, GROUP)], NOON) == [n]
        pace.finished(n, None)
    assert pace.chats_known() == 0


def test_the_more_urgent_goes_first_in_a_chat_that_has_to_wait():
    telegram = Telegram(Pace(LIMITS))
    order = [Priority.DIGEST, Priority.RECEIPT, Priority.REPLY, Priority.TALK, Priority.CARD]
    telegram.play([head(n, GROUP, order[n % 5]) for n in range(60)], [0.1], 0)
    went = [h.priority for _, h in telegram.arrived]
    assert went == sorted(went)


@settings(max_examples=30, deadline=None)
@given(rows=ROWS)
def test_a_crowded_group_delays_nobody_else(rows: list[tuple[int, Priority, str]]):
    """A private chat's message goes at the same instant whether a group is crowded or not."""
    crowd = [head(n, GROUP, Priority.CARD) for n in range(100, 160)]
    mine = head(1, CHEN, Priority.DIGEST)
    telegram = Telegram(Pace(LIMITS))
    telegram.play([*crowd, mine, *(head(n, OTHER, p, a) for n, (_, p, a) in enumerate(rows, 200))], [0.0], 0)
    went = next(at for at, h in telegram.arrived if h.id == 1)
    assert went - NOON <= seconds(2)


def test_a_reaction_is_free_and_waits_for_nobody():
    pace = Pace(Limits(in_flight=64))
    pace.restore([(GROUP, NOON)] * 20)
    assert pace.pick([head(1, GROUP), head(2, GROUP, act="React")], NOON + seconds(2)) == [2]


def test_a_chat_that_was_told_to_wait_rests_alone():
    pace = Pace(LIMITS)
    pace.rest(GROUP, NOON + seconds(40), NOON)
    heads = [head(1, GROUP), head(2, OTHER), head(3, CHEN)]
    assert pace.pick(heads, NOON) == [2, 3]
    assert pace.next_chance(heads[:1], NOON) == NOON + seconds(40)
    assert pace.pick(heads, NOON + seconds(39.9)) == []
    assert pace.pick(heads, NOON + seconds(40)) == [1]


def test_even_a_reaction_rests_when_its_chat_was_told_to():
    pace = Pace(LIMITS)
    pace.rest(GROUP, NOON + seconds(40), NOON)
    assert pace.pick([head(1, GROUP, act="React")], NOON) == []


def test_a_shorter_wait_never_cuts_a_longer_one():
    pace = Pace(LIMITS)
    pace.rest(GROUP, NOON + seconds(40), NOON)
    pace.rest(GROUP, NOON + seconds(4), NOON)
    assert pace.next_chance([head(1, GROUP)], NOON) == NOON + seconds(40)


@pytest.mark.parametrize(("apart", "everybody"), [(1, True), (4, False)])
def test_when_several_chats_are_told_within_a_moment_everybody_rests(apart: float, everybody: bool):
    pace = Pace(LIMITS)
    for n, chat in enumerate([GROUP, OTHER, CHEN]):
        pace.rest(chat, NOON + seconds(30 + n), NOON + seconds(n * apart))
    told = NOON + seconds(2 * apart)
    assert pace.pick([head(1, WANG)], told) == ([] if everybody else [1])
    assert pace.pick([head(2, 503)], NOON + seconds(30)) == [2]


def test_one_chat_told_three_times_is_one_chat():
    pace = Pace(LIMITS)
    for n in range(3):
        pace.rest(GROUP, NOON + seconds(30), NOON + seconds(n))
    assert pace.pick([head(1, WANG)], NOON + seconds(3)) == [1]


def test_a_restart_remembers_what_was_sent():
    pace = Pace(LIMITS)
    pace.restore([(GROUP, NOON - seconds(50 - n)) for n in range(20)])
    assert pace.next_chance([head(1, GROUP)], NOON) == NOON + seconds(10)
    assert pace.pick([head(1, GROUP)], NOON + seconds(9.9)) == []
    assert pace.pick([head(1, GROUP)], NOON + seconds(10)) == [1]


def test_nothing_is_kept_of_a_chat_that_is_idle():
    telegram = Telegram(Pace(LIMITS))
    telegram.play([head(n, chat) for n, chat in enumerate([GROUP, CHEN, *range(1000, 1100)])], [0.1], 0)
    telegram.pace.rest(WANG, telegram.now + seconds(5), telegram.now)
    assert telegram.pace.chats_known() > 0
    telegram.pace.pick([], telegram.now + seconds(61))
    assert telegram.pace.chats_known() == 0
