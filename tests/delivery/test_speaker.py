"""The speaker over a real storage: strict order within a lane whatever happens, and nothing lost by any of it."""

import asyncio
import logging
import threading
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.pace import Limits
from bot.delivery.request import PATIENT
from bot.delivery.speaker import LEASE, SETTLE_AGAIN, SpeakerHalted
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.outgoing import Group, OpenTopic, Priority, Private, React, SayText, ShowCard, Topic
from bot.desk.rich import BETWEEN
from bot.desk.script import ScriptBook
from bot.desk.verdict import (
    Blocked,
    Delivered,
    Halt,
    Later,
    Moved,
    NotForum,
    NotSent,
    Parcel,
    Refused,
    SendPlain,
    TopicGone,
    Unknown,
    Verdict,
)
from bot.sandbox.world import World
from bot.usecases.doubt import DEATHS
from bot.usecases.people import Sender
from bot.usecases.ports import GroupState, RowState
from bot.usecases.receive import Hint, receive
from bot.usecases.settle import settle_expired
from tests.contract.botapi_clients import CHEN, LIN, G
from tests.delivery.stand import Stand, Told, stand

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]

WANG = 60_000_001
D, Q, L, DEAD = RowState.DELIVERED, RowState.QUEUED, RowState.LEASED, RowState.DEAD
RETRIED = {
    "told to wait": Later(30),
    "surely not sent": NotSent("refused"),
    "unknown": Unknown("reset"),
    "markup not understood": SendPlain(),
}


def never(parcel: Parcel) -> Awaitable[Verdict]:
    return asyncio.get_running_loop().create_future()


# order


@pytest.mark.parametrize("name", RETRIED)
async def test_nothing_overtakes_within_a_lane_and_other_lanes_go_on(name: str):
    courier = Told({"1": [RETRIED[name]]})
    async with stand(courier) as at, at.speaking():
        mine = await at.queue("1", "2", "3")
        others = await at.queue("a", "b", to=Private(WANG))
        await at.until_at_rest()
        assert await at.states(others) == [D, D]
        await at.later(60)
        assert courier.texts(CHEN) == ["1", "1", "2", "3"]
        assert courier.texts(WANG) == ["a", "b"]
        assert await at.states(mine) == [D, D, D]


async def test_lanes_fly_side_by_side_and_a_lane_one_by_one():
    courier = Told({"1": [never], "a": [never]})
    async with stand(courier) as at, at.speaking() as speaking:
        await at.queue("1", "2")
        await at.queue("a", "b", to=Private(WANG))
        await at.queue("x", to=Group(G))
        await at.until(lambda: len(courier.carried) == 3)
        assert sorted(courier.texts()) == ["1", "a", "x"]
        assert at.speaker is not None
        await at.speaker.stop(0)
        await speaking


async def test_the_urgent_goes_first_when_a_chat_has_to_wait():
    courier = Told()
    limits = Limits(overall_per_second=10_000, group_per_minute=2)
    async with stand(courier, limits=limits) as at:
        await at.queue("摘要", to=Group(G), priority=Priority.DIGEST)
        await at.put(SayText("话"), Topic(G, 1), priority=Priority.TALK)
        await at.put(SayText("卡"), Topic(G, 2), priority=Priority.CARD)
        await at.desk.run(lambda work, office, now: work.groups.save(GroupState(G, is_forum=False)))
        async with at.speaking():
            await at.until(lambda: len(courier.carried) == 2)
            assert courier.texts() == ["卡", "话"]
            at.clock.move(60)
            await at.until(lambda: len(courier.carried) == 3)


async def test_a_group_with_hundreds_of_waiting_lanes_hides_nobody():
    courier = Told()
    async with stand(courier, limits=Limits()) as at:
        await at.desk.run(lambda work, office, now: work.groups.save(GroupState(G, is_forum=False)))
        for n in range(300):
            await at.put(SayText("话"), Topic(G, n), priority=Priority.CARD)
        mine = await at.queue("您好", priority=Priority.DIGEST)
        async with at.speaking():
            await at.until(lambda: "您好" in courier.texts())
            await at.until(lambda: len(courier.carried) == 21)
        assert await at.states(mine) == [D]


# verdicts


async def test_a_wait_counts_as_no_attempt_and_holds_only_that_chat():
    courier = Told({"1": [Later(30)] * 7})
    async with stand(courier) as at, at.speaking():
        (row,) = await at.queue("1")
        await at.until_at_rest()
        assert (await at.row(row)).attempts == 0
        await at.queue("2", to=Private(WANG))
        await at.until_at_rest()
        assert courier.texts() == ["1", "2"]
        await at.later(29)
        assert courier.texts() == ["1", "2"]
        for _ in range(7):
            await at.later(31)
        assert courier.texts(CHEN) == ["1"] * 8 and await at.states([row]) == [D]
        assert not (await at.row(row)).maybe_twice


async def test_a_group_that_moved_is_written_to_where_it_is_now():
    new = -1001999
    courier = Told({"1": [Moved(new)], "2": [Moved(new)]})
    async with stand(courier) as at:
        rows = [*await at.queue("1", to=Group(G)), await at.put(SayText("2"), Topic(G, 5))]
        await at.desk.run(lambda work, office, now: work.groups.save(GroupState(G, is_forum=False)))
        async with at.speaking():
            await at.until_at_rest()
        assert sorted((p.chat_id, p.act.text) for p in courier.carried) == sorted(
            (c, t) for c in (G, new) for t in "12"
        )
        assert await at.states(rows) == [D, D]
        assert await at.desk.run(lambda work, office, now: work.groups.current(G)) == new


async def test_a_refused_word_is_dead_and_the_lane_goes_on():
    courier = Told({"1": [Refused("empty")]})
    async with stand(courier) as at, at.speaking():
        rows = await at.queue("1", "2")
        await at.until_at_rest()
        assert await at.states(rows) == [DEAD, D]
        assert (await at.row(rows[0])).reason == "内容为空"


async def test_markup_that_is_not_understood_is_tried_plain_once():
    courier = Told({"1": [SendPlain(), SendPlain()]})
    async with stand(courier) as at, at.speaking():
        rows = await at.queue("1", "2")
        await at.until_at_rest()
        assert [p.is_plain for p in courier.carried] == [False, True, False]
        assert await at.states(rows) == [DEAD, D]


async def test_what_was_surely_not_sent_is_tried_again_with_growing_pauses_and_no_mark():
    courier = Told({"1": [NotSent("refused")] * 4})
    async with stand(courier) as at, at.speaking():
        (row,) = await at.queue("1")
        for pause in (1, 2, 4, 8):
            await at.later(pause - 0.5)
            before = len(courier.carried)
            await at.later(0.5)
            assert len(courier.carried) == before + 1
        assert await at.states([row]) == [D]
        assert not (await at.row(row)).maybe_twice


async def test_an_unknown_outcome_is_said_again_once_marked_and_then_a_person_decides():
    courier = Told({"1": [Unknown("reset"), Unknown("reset")]})
    async with stand(courier) as at, at.speaking():
        rows = await at.queue("1", "2")
        await at.until_at_rest()
        assert (await at.row(rows[0])).maybe_twice
        await at.later(60)
        assert courier.texts() == ["1", "1", "2"]
        assert await at.states(rows) == [DEAD, D]
        assert "不明" in (await at.row(rows[0])).reason


async def test_what_can_be_done_twice_is_done_again_until_it_is_known():
    courier = Told({"React": [Unknown("reset")] * 5})
    async with stand(courier) as at, at.speaking():
        row = await at.put(React(MessageRef(G, 1), "👌"), Group(G))
        for _ in range(5):
            await at.later(60)
        assert await at.states([row]) == [D]
        assert not (await at.row(row)).maybe_twice


async def test_a_refused_reaction_tells_nobody(caplog: pytest.LogCaptureFixture):
    courier = Told({"React": [Refused("no_such_reaction")]})
    async with stand(courier) as at, at.speaking():
        await at.put(React(MessageRef(G, 1), "👌"), Group(G), priority=Priority.RECEIPT)
        await at.until_at_rest()
        assert courier.texts() == ["React"]
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING and r.name.startswith("bot")]


async def test_a_courier_that_raises_has_an_unknown_outcome():
    def raises(parcel: Parcel) -> Verdict:
        raise RuntimeError("a defect")

    courier = Told({"1": [raises]})
    async with stand(courier) as at, at.speaking():
        rows = await at.queue("1", "2")
        await at.later(60)
        assert courier.texts() == ["1", "1", "2"] and await at.states(rows) == [D, D]


@pytest.mark.parametrize("verdict", [Blocked("blocked"), Refused("x")])
async def test_to_one_who_is_gone_every_row_ends(verdict: Verdict):
    courier = Told({"1": [verdict], "2": [verdict]})
    async with stand(courier) as at, at.speaking():
        rows = await at.queue("1", "2")
        await at.until_at_rest()
        assert await at.states(rows) == [DEAD, DEAD]


# a topic that is gone, through the real courier


def wrote(at: Stand, message_id: int, text: str) -> Incoming:
    return Incoming(MessageRef(CHEN, message_id), at.clock.now(), Content(ContentKind.TEXT, text))


async def case_of_chen(at: Stand, world: World, text: str) -> None:
    message = wrote(at, world.user_writes(CHEN, CHEN, text)["message_id"], text)
    await at.desk.run(receive, sender=Sender(CHEN, "小陈"), message=message, hint=Hint(province="浙江"))


def in_topic(world: World) -> list[str]:
    return [m["text"] for m in world.history(G, world.topics(G)[-1]["message_thread_id"]) if "text" in m]


async def test_a_deleted_topic_is_made_anew_with_its_card_and_the_same_words_come_after(telegram_world: World, courier):
    async with stand(courier) as at, at.speaking():
        await case_of_chen(at, telegram_world, "机器坏了")
        await at.until_at_rest()
        first = telegram_world.topics(G)[-1]["message_thread_id"]
        assert "机器坏了" in in_topic(telegram_world)[-1]
        telegram_world.topic_deleted(G, first)
        await case_of_chen(at, telegram_world, "还没修")
        await case_of_chen(at, telegram_world, "在吗")
        await at.until_at_rest()
        assert telegram_world.topics(G)[-1]["message_thread_id"] != first
        words = in_topic(telegram_world)
        assert words[-2:] == ["还没修", "在吗"] and words.count("还没修") == 1
        assert "机器坏了" in "".join(words[:-2]), "the recap"
        assert [m["message_thread_id"] for m in telegram_world.pinned(G)][:1] != [first]
        assert len(telegram_world.topics(G)) == 2, "General, and one of 小陈"


async def test_a_closed_topic_is_reopened_before_the_words(telegram_world: World, courier):
    told = Told({"在吗": [TopicGone(is_closed=True)]})
    async with stand(told) as at, at.speaking():
        await case_of_chen(at, telegram_world, "机器坏了")
        told.plan["OpenTopic"] = [Delivered(thread_id=77)]
        await at.until_at_rest()
        await case_of_chen(at, telegram_world, "在吗")
        await at.until_at_rest()
        assert [t for t in told.texts(G) if t in ("在吗", "ReopenTopic")] == ["在吗", "ReopenTopic", "在吗"]


async def test_a_group_that_lost_its_topics_gets_the_words_all_the_same(telegram_world: World):
    told = Told({"OpenTopic": [NotForum()]})
    async with stand(told) as at, at.speaking():
        await case_of_chen(at, telegram_world, "机器坏了")
        await at.until_at_rest()
        assert any("机器坏了" in text for text in told.texts(G))
        assert all(p.thread_id is None for p in told.carried)


async def test_a_card_is_one_message_edited_and_made_anew_when_somebody_deleted_it(telegram_world: World, courier):
    def card(world: World) -> list[int]:
        return [m["message_id"] for m in world.pinned(G)]

    async with stand(courier) as at, at.speaking():
        await case_of_chen(at, telegram_world, "机器坏了")
        await at.until_at_rest()
        (shown,) = card(telegram_world)
        await at.put(ShowCard(1), Topic(G, 1), case_id=1)
        await at.until_at_rest()
        assert card(telegram_world) == [shown], "an edit that changes nothing is done"
        telegram_world.user_deletes(LIN, G, shown)
        await at.put(ShowCard(1), Topic(G, 1), case_id=1)
        await at.until_at_rest()
        assert [m for m in card(telegram_world) if m != shown], "posted and pinned anew"


# a token that is refused


async def test_a_refused_token_stops_the_speaker_which_says_why_and_loses_nothing():
    courier = Told({"1": [Halt("Telegram 不认识这个 telegram.token")]})
    async with stand(courier) as at:
        rows = await at.queue("1", "2")
        async with at.speaking() as speaking:
            with pytest.raises(SpeakerHalted, match=r"telegram\.token"):
                await asyncio.wait_for(speaking, 5)
        assert await at.states(rows) == [Q, Q]
        assert (await at.row(rows[0])).attempts == 0
        async with at.speaking():
            await at.until_at_rest()
        assert courier.texts() == ["1", "1", "2"] and await at.states(rows) == [D, D]


# leases


async def take(at: Stand, row: int, seconds: float) -> None:
    """As a speaker that then dies would."""
    until = at.clock.now() + timedelta(seconds=seconds)
    await at.desk.run(lambda work, office, now: work.outbox.lease([row], by="dead", until=until))


async def test_what_a_dead_speaker_had_in_hand_is_said_again_marked():
    courier = Told()
    async with stand(courier) as at:
        rows = await at.queue("1", "2")
        await take(at, rows[0], LEASE.total_seconds())
        async with at.speaking():
            await at.later(60)
        assert courier.texts() == ["1", "2"] and await at.states(rows) == [D, D]
        assert [(await at.row(r)).maybe_twice for r in rows] == [True, False]


@pytest.mark.parametrize(("deaths", "heard", "first"), [(DEATHS, ["1", "2"], D), (DEATHS + 1, ["2"], DEAD)])
async def test_deaths_over_the_same_words_let_nothing_overtake_them_until_they_are_too_many(
    deaths: int, heard: list[str], first: RowState
):
    courier = Told()
    async with stand(courier) as at:
        rows = await at.queue("1", "2")
        for _ in range(deaths):
            await take(at, rows[0], LEASE.total_seconds())
            at.claims = 0
            async with at.speaking():
                await at.until(lambda: at.claims > 0)
            at.clock.move(60)
        async with at.speaking():
            await at.until_at_rest()
        assert courier.texts() == heard and await at.states(rows) == [first, D]


async def test_a_lease_that_ran_out_is_unknown_unless_its_row_is_in_our_own_hands():
    async with stand(Told()) as at:
        rows = [*await at.queue("1"), *await at.queue("a", to=Private(WANG))]
        for row in rows:
            await take(at, row, 90)
        assert await at.desk.run(settle_expired) == 0
        at.clock.move(91)
        assert await at.desk.run(settle_expired, except_rows=frozenset(rows[:1])) == 1
        assert await at.states(rows) == [L, Q]


async def test_one_row_that_cannot_be_settled_holds_up_no_other_that_ran_out():
    async with stand(Told()) as at:
        await at.desk.run(receive, sender=Sender(CHEN, "小陈"), message=wrote(at, 1, "坏了"), hint=Hint())
        bad = await at.put(SayText("话"), Private(60_000_002), case_id=1, carries=1)
        good = (await at.queue("a", to=Private(WANG)))[0]
        for _ in range(DEATHS):
            await at.desk.run(
                lambda work, office, now: work.outbox.requeue(bad, not_before=now, counts=True, maybe_twice=True)
            )
        for row in (bad, good):
            await take(at, row, -1)
        at.desk.office = replace(at.desk.office, scripts=ScriptBook([]))
        assert await at.desk.run(settle_expired) == 2
        assert await at.states([bad, good]) == [DEAD, Q]


def test_a_lease_never_ends_before_the_longest_call():
    assert PATIENT.total + sum(SETTLE_AGAIN) < LEASE.total_seconds()


# stopping


async def test_stop_finishes_what_is_in_hand_and_begins_nothing():
    gate = asyncio.Event()

    async def at_the_gate(parcel: Parcel) -> Verdict:
        await gate.wait()
        return Delivered(7)

    courier = Told({"1": [at_the_gate]})
    async with stand(courier) as at:
        rows = await at.queue("1", "2")
        async with at.speaking() as speaking:
            await at.until(lambda: courier.texts() == ["1"])
            assert at.speaker is not None
            stopping = asyncio.create_task(at.speaker.stop(5))
            await asyncio.sleep(0)
            gate.set()
            await stopping
            assert speaking.done()
        assert courier.texts() == ["1"] and await at.states(rows) == [D, Q]


async def test_stop_gives_up_after_its_patience_and_the_next_speaker_finds_what_flew():
    courier = Told({"1": [never]})
    async with stand(courier) as at:
        rows = await at.queue("1", "2")
        async with at.speaking() as speaking:
            await at.until(lambda: courier.texts() == ["1"])
            assert at.speaker is not None
            began = asyncio.get_running_loop().time()
            await at.speaker.stop(0.05)
            await asyncio.wait_for(speaking, 1)
            assert asyncio.get_running_loop().time() - began < 1
        assert await at.states(rows) == [L, Q]
        async with at.speaking():
            await at.later(60)
        assert courier.texts() == ["1", "1", "2"] and await at.states(rows) == [D, D]


async def test_what_is_claimed_while_the_stop_comes_is_given_back_unsent():
    courier = Told()
    async with stand(courier) as at:
        rows = await at.queue("1", "2")
        real = at.run

        async def run_and_stop(verb, /, **kwargs):
            result = await real(verb, **kwargs)
            if verb.__name__ == "claim" and result:
                await at.speaker.stop(0)
            return result

        at.run = run_and_stop
        async with at.speaking() as speaking:
            await asyncio.wait_for(asyncio.shield(speaking), 5)
        assert courier.texts() == [] and await at.states(rows) == [Q, Q]
        assert not (await at.row(rows[0])).maybe_twice
        at.run = real
        async with at.speaking():
            await at.later(5)
        assert courier.texts() == ["1", "2"]


async def test_a_call_that_is_given_up_while_it_is_written_down_leaves_the_storage_at_work():
    gate = threading.Event()
    async with stand(Told()) as at:
        task = asyncio.create_task(at.desk.run(lambda work, office, now: gate.wait(5)))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        gate.set()
        assert await asyncio.wait_for(at.desk.run(lambda work, office, now: 7), 5) == 7


# the database has its moods


async def test_an_outbox_that_cannot_be_read_for_a_moment_delays_and_loses_nothing(caplog: pytest.LogCaptureFixture):
    courier = Told()
    async with stand(courier) as at:
        rows = await at.queue("1", "2")

        def fails(verb, /, **kwargs):
            raise OSError("disk full")

        real, broken = at.run, [2]

        async def run(verb, /, **kwargs):
            if verb.__name__ == "claim" and broken[0]:
                broken[0] -= 1
                await real(lambda work, office, now: kwargs["pick"](work.outbox.heads(now)))
                fails(verb)
            return await real(verb, **kwargs)

        at.run = run
        async with at.speaking():
            for _ in range(2):
                await at.until(lambda: not broken[0] or bool(at.speaker and at.speaker.wake()))
            await at.until_at_rest()
        assert courier.texts() == ["1", "2"] and await at.states(rows) == [D, D]
    assert "the outbox could not be read" in caplog.text


async def test_a_delivery_that_could_not_be_written_down_at_once_is_not_said_again():
    courier = Told()
    async with stand(courier) as at:
        real, broken = at.run, [2]

        async def run(verb, /, **kwargs):
            if verb.__name__ == "settle" and broken[0]:
                broken[0] -= 1
                raise OSError("disk full")
            return await real(verb, **kwargs)

        at.run = run
        async with at.speaking():
            rows = await at.queue("1", "2")
            await at.until(lambda: len(courier.carried) == 2)
            await at.until_at_rest()
        assert courier.texts() == ["1", "2"] and await at.states(rows) == [D, D]


async def test_a_row_that_contradicts_the_desk_is_set_aside_and_the_others_go(caplog: pytest.LogCaptureFixture):
    courier = Told()
    async with stand(courier) as at, at.speaking():
        await at.desk.run(lambda work, office, now: work.groups.save(GroupState(G, is_forum=False)))
        bad = await at.put(ShowCard(4711), Topic(G, 1), case_id=4711)
        good = await at.queue("1", to=Topic(G, 1))
        mine = await at.queue("2")
        await at.until_at_rest()
        assert await at.states([bad, *good, *mine]) == [DEAD, D, D]
    assert "set aside" in caplog.text


async def test_rows_that_need_no_call_cost_no_place_in_flight():
    courier = Told()
    async with stand(courier) as at, at.speaking():
        await at.desk.run(lambda work, office, now: work.groups.save(GroupState(G, is_forum=False)))
        rows = [await at.put(OpenTopic("x"), Topic(G, n)) for n in range(20)]
        mine = await at.queue("1")
        await at.until_at_rest()
        assert await at.states([*rows, *mine]) == [D] * 21
        assert courier.texts() == ["1"]


# wake-ups


async def test_an_idle_speaker_looks_once_a_second_and_a_new_row_wakes_it_at_once():
    courier = Told()
    async with stand(courier) as at, at.speaking():
        await at.until(lambda: at.claims > 0)
        claims, began = at.claims, asyncio.get_running_loop().time()
        await asyncio.sleep(0.6)
        assert at.claims - claims <= 1
        await at.queue("1")
        await at.until(lambda: courier.texts() == ["1"])
        assert asyncio.get_running_loop().time() - began < 1.0


async def test_while_all_hands_are_busy_nobody_asks_again_and_again():
    courier = Told({"1": [never]})
    async with stand(courier, limits=Limits(in_flight=1)) as at:
        await at.queue("1")
        await at.queue("a", to=Private(WANG))
        async with at.speaking() as speaking:
            await at.until(lambda: courier.texts() == ["1"])
            claims = at.claims
            await asyncio.sleep(0.4)
            assert at.claims - claims <= 2
            assert at.speaker is not None
            await at.speaker.stop(0)
            await speaking


async def test_while_a_chat_rests_nobody_asks_again_and_again():
    courier = Told({"1": [Later(30)]})
    async with stand(courier) as at, at.speaking():
        await at.queue("1", to=Private(CHEN))
        await at.until_at_rest()
        await at.queue("x", to=Private(CHEN))
        claims = at.claims
        await asyncio.sleep(0.4)
        assert at.claims - claims <= 2


# after a restart


async def test_a_restart_does_not_let_a_group_have_more_than_its_minute():
    courier = Told()
    limits = Limits(overall_per_second=10_000, group_per_minute=20)
    async with stand(courier, limits=limits) as at:
        async with at.speaking():
            await at.queue(*(str(n) for n in range(40)), to=Group(G))
            await seconds_pass(at, 30)
        before = len(courier.carried)
        async with at.speaking():
            await seconds_pass(at, 29)
            assert before < len(courier.carried) <= 20
            await seconds_pass(at, 70)
    said = [line for parcel in courier.carried for line in parcel.act.text.split(BETWEEN)]
    assert said == [str(n) for n in range(40)]


async def seconds_pass(at: Stand, seconds: int) -> None:
    """One by one, each with the time that the speaker needs for it."""
    for _ in range(seconds):
        at.clock.move(1)
        at.speaker.wake()
        await asyncio.sleep(0.02)
