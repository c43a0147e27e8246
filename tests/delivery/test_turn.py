"""One speaks, others stand by: a turn is kept while its holder lives, taken over in time, and never shared."""

import asyncio
import os
import socket
from datetime import datetime

import pytest

from bot.delivery import speaker as speaking
from bot.delivery.turn import SPEAK, TURN, is_surely_dead
from bot.desk.verdict import Delivered, Parcel, Verdict
from bot.usecases.ports import RowState, Work
from bot.usecases.turn import take_turn, whose_turn
from tests.delivery.stand import Stand, Told, stand

OTHER = "another-machine/1/abcd"


async def taken_by_other(at: Stand, over: str = "") -> bool:
    return bool(await at.desk.run(take_turn, name=SPEAK, by=OTHER, span=TURN, over=over))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real seconds are short; the lease itself runs by the desk's clock."""
    monkeypatch.setattr(speaking, "ASK_AGAIN", 0.01)
    monkeypatch.setattr(speaking, "BEAT", 0.01)


async def test_a_second_speaker_stands_by_until_the_first_ones_turn_runs_out(quick: None) -> None:
    courier = Told()
    async with stand(courier) as at:
        assert await taken_by_other(at)
        await at.queue("早")
        async with at.speaking():
            await asyncio.sleep(0.1)
            assert courier.texts() == []
            at.clock.move(TURN.total_seconds() + 0.1)
            await at.until(lambda: courier.texts() == ["早"])


async def test_a_turn_that_is_kept_cannot_be_taken(quick: None) -> None:
    async with stand(Told()) as at, at.speaking():
        await at.queue("早")
        await at.until_at_rest()
        for _ in range(4):
            at.clock.move(TURN.total_seconds() - 1)
            await asyncio.sleep(0.1)
            assert not await taken_by_other(at)


async def test_whoever_lost_the_turn_sends_nothing_more_and_settles_nothing(quick: None) -> None:
    is_sending, may_end = asyncio.Event(), asyncio.Event()

    async def slow(parcel: Parcel) -> Verdict:
        is_sending.set()
        await may_end.wait()
        return Delivered(1)

    courier = Told({"慢": [slow]})
    async with stand(courier) as at, at.speaking():
        rows = await at.queue("慢")
        await is_sending.wait()
        mine = await at.desk.run(whose_turn, name=SPEAK)
        assert await taken_by_other(at, over=mine)
        await at.desk.run(lambda work, office, now: _lease_again(work, rows[0], now))
        await at.queue("后来")
        may_end.set()
        await asyncio.sleep(0.2)
        assert courier.texts() == ["慢"]
        assert (await at.row(rows[0])).state is RowState.LEASED


def _lease_again(work: Work, row_id: int, now: datetime) -> None:
    """The one who took over has the row in hand now."""
    work.outbox.requeue(row_id, not_before=now, counts=True)
    work.outbox.lease([row_id], by=OTHER, until=now + TURN)


async def test_who_stops_gives_the_turn_back() -> None:
    async with stand(Told()) as at:
        async with at.speaking():
            await at.queue("早")
            await at.until_at_rest()
            assert await at.desk.run(whose_turn, name=SPEAK)
        assert await at.desk.run(whose_turn, name=SPEAK) == ""
        assert await taken_by_other(at)


@pytest.mark.parametrize(
    ("holder", "is_dead"),
    [
        ("{here}/{me}/0000", True),  # this process is another: the number came round again
        ("{here}/1/0000", False),
        ("{here}/999999999/0000", True),
        ("another-machine/999999999/0000", False),
        ("", False),
        ("nonsense", False),
    ],
)
def test_only_a_process_of_this_machine_can_be_known_to_be_dead(holder: str, is_dead: bool) -> None:
    assert is_surely_dead(holder.format(here=socket.gethostname(), me=os.getpid())) is is_dead
