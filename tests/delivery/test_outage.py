"""An outage of a day: what was in flight when it began is said again once, marked; everything else waits unharmed."""

import asyncio
from collections import deque

from bot.delivery.pace import Pace
from bot.delivery.speaker import Speaker
from bot.desk.outgoing import Private
from bot.desk.verdict import Delivered, Parcel, Unknown, Verdict
from bot.usecases.ports import RowState
from tests.delivery.stand import UNPACED, Stand, name_of, stand

IN_FLIGHT = UNPACED.in_flight


class Weather:
    """A messenger behind a line that is down for so many probes, and a courier that then knows nothing."""

    def __init__(self, *, probes: int) -> None:
        self.answers = deque([False] * probes)
        self.said: list[str] = []

    async def is_reachable(self) -> bool:
        return self.answers.popleft() if self.answers else True

    async def deliver(self, parcel: Parcel) -> Verdict:
        if self.answers:
            return Unknown("503")
        self.said.append(name_of(parcel.act))
        return Delivered(len(self.said))


async def outlive(stage: Stand, weather: Weather) -> None:
    speaker = Speaker(stage.run, weather, Pace(stage.limits), clock=stage.clock, probe=weather)
    stage.speaker = speaker
    stage.desk.storage.on_wake("outbox", speaker.wake)
    task = asyncio.create_task(speaker.run())
    await stage.until(lambda: not weather.answers)
    for _ in range(5):
        await stage.later(120)
    await speaker.stop(5)
    await task


async def test_only_what_was_in_flight_is_marked_and_nothing_dies() -> None:
    weather = Weather(probes=3)
    async with stand(weather) as stage:
        rows: list[int] = []
        for person in range(40):
            rows += await stage.queue(f"{person} 的第一句", f"{person} 的第二句", to=Private(person + 1))
        await outlive(stage, weather)
        assert set(await stage.states(rows)) == {RowState.DELIVERED}
        marked = [r for r in rows if (await stage.row(r)).maybe_twice]
        assert 0 < len(marked) <= IN_FLIGHT
        assert sorted(weather.said) == sorted(f"{p} 的第{n}句" for p in range(40) for n in "一二")
        for person in range(40):
            assert weather.said.index(f"{person} 的第一句") < weather.said.index(f"{person} 的第二句")
