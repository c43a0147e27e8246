"""A database that has its moods, wake-ups, a restart: nothing is lost by it, and nobody asks again and again."""

import asyncio

import pytest

from bot.delivery.pace import Limits
from bot.desk.outgoing import Group, OpenTopic, Private, ShowCard, Topic
from bot.desk.rich import BETWEEN
from bot.desk.verdict import (
    Later,
)
from bot.usecases.ports import GroupState
from tests.contract.botapi_clients import CHEN, G
from tests.delivery.stand import DEAD, WANG, D, Stand, Told, never, stand

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]


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
