"""The speaker over a real storage: strict order within a lane whatever happens, and what each verdict leads to."""

import logging

import pytest

from bot.delivery.pace import Limits
from bot.desk.message import MessageRef
from bot.desk.outgoing import Group, Priority, Private, React, SayText, Topic
from bot.desk.verdict import (
    Blocked,
    Later,
    Moved,
    NotSent,
    Parcel,
    Refused,
    SendPlain,
    Unknown,
    Verdict,
)
from bot.usecases.ports import GroupState
from tests.contract.botapi_clients import CHEN, G
from tests.delivery.stand import DEAD, WANG, D, Told, never, stand

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]

RETRIED = {
    "told to wait": Later(30),
    "surely not sent": NotSent("refused"),
    "unknown": Unknown("reset"),
    "markup not understood": SendPlain(),
}


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
