"""A speaker that is refused, dies or is stopped: what it had in hand is neither lost nor said unmarked twice."""

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.request import PATIENT
from bot.delivery.speaker import LEASE, SETTLE_AGAIN, SpeakerHalted
from bot.desk.outgoing import Private, SayText
from bot.desk.script import ScriptBook
from bot.desk.verdict import (
    Delivered,
    Halt,
    Parcel,
    Verdict,
)
from bot.usecases.doubt import DEATHS
from bot.usecases.people import Sender
from bot.usecases.ports import RowState
from bot.usecases.receive import Hint, receive
from bot.usecases.settle import settle_expired
from tests.contract.botapi_clients import CHEN
from tests.delivery.stand import DEAD, WANG, D, L, Q, Stand, Told, never, stand, wrote

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]


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
