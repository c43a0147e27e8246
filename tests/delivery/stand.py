"""A speaker over a real storage in memory, with a courier that does as it is told and a clock that is moved by hand."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app.desk import Desk
from bot.app.office import make_office
from bot.config import Settings
from bot.delivery.pace import Limits, Pace
from bot.delivery.speaker import Speaker
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.outgoing import Act, Address, Outgoing, Private, SayText
from bot.desk.people import Role, Staff
from bot.desk.verdict import Courier, Delivered, Parcel, Verdict
from bot.usecases.deliver import claim
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, RowState
from storage.desk_thread import Storage
from tests.contract.botapi_clients import CHEN, LIN, G

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
UNPACED = Limits(overall_per_second=10_000, private_per_second=1_000, private_burst=1_000, group_per_minute=10_000)
PATIENCE = 10.0
TO_CHEN = Private(CHEN)
WANG = 60_000_001
D, Q, L, DEAD = RowState.DELIVERED, RowState.QUEUED, RowState.LEASED, RowState.DEAD
Answer = Callable[[Parcel], Verdict | Awaitable[Verdict]]


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self._now = NOON

    def now(self) -> datetime:
        return self._now

    def move(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@dataclass
class Told:
    """A courier that does as it is told, text by text (each verdict once, then Delivered), and notes what it did."""

    plan: dict[str, list[Verdict | Answer]] = field(default_factory=dict)
    carried: list[Parcel] = field(default_factory=list)

    async def deliver(self, parcel: Parcel) -> Verdict:
        self.carried.append(parcel)
        planned = self.plan.get(name_of(parcel.act), [])
        step = planned.pop(0) if planned else Delivered(100 + len(self.carried))
        if not callable(step):
            return step
        answer = step(parcel)
        return answer if not isinstance(answer, Awaitable) else await answer

    def texts(self, chat: int | None = None) -> list[str]:
        return [name_of(p.act) for p in self.carried if chat in (None, p.chat_id)]


def name_of(act: Act) -> str:
    return act.text if isinstance(act, SayText) else type(act).__name__


@dataclass
class Stand:
    """Desk, clock and courier; speakers come and go."""

    desk: Desk
    clock: Hands
    courier: Courier
    limits: Limits
    claims: int = 0
    speaker: Speaker | None = None

    async def run(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """As Desk.run; counts claims."""
        self.claims += verb is claim
        return await self.desk.run(verb, **kwargs)

    async def queue(self, *texts: str, to: Address = TO_CHEN, **more: Any) -> list[int]:
        return [await self.put(SayText(text), to, **more) for text in texts]

    async def put(self, act: Act, to: Address = TO_CHEN, **more: Any) -> int:
        return int(await self.desk.run(lambda work, office, now: work.outbox.add(Outgoing(to, act, **more), at=now)))

    async def row(self, row_id: int) -> OutboxRow:
        found = await self.desk.run(lambda work, office, now: work.outbox.get(row_id))
        assert isinstance(found, OutboxRow)
        return found

    async def states(self, rows: list[int]) -> list[RowState]:
        return [(await self.row(r)).state for r in rows]

    async def until(self, true: Callable[[], bool | Awaitable[bool]]) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                answer = true()
                if answer if isinstance(answer, bool) else await answer:
                    return
                await asyncio.sleep(0.005)

    async def until_at_rest(self) -> None:
        """Until every row is finished or waits for its time, and nothing is in hand."""

        async def rests() -> bool:
            heads, leased = await self.desk.run(
                lambda work, office, now: (work.outbox.heads(now), work.outbox.expired(now + timedelta(days=1)))
            )
            return not heads and not leased

        await self.until(rests)

    async def later(self, seconds: float) -> None:
        await self.until_at_rest()
        self.clock.move(seconds)
        if self.speaker is not None:
            self.speaker.wake()
        await self.until_at_rest()

    @contextlib.asynccontextmanager
    async def speaking(self) -> AsyncIterator[asyncio.Task[None]]:
        self.speaker = speaker = Speaker(self.run, self.courier, Pace(self.limits), clock=self.clock)
        self.desk.storage.on_wake("outbox", speaker.wake)
        task = asyncio.create_task(speaker.run())
        try:
            yield task
        finally:
            await speaker.stop(PATIENCE)
            await asyncio.gather(task, return_exceptions=True)


def settings(**more: Any) -> Settings:
    regions = [{"code": "east", "name": "华东大区", "provinces": ["浙江"], "group_id": G}]
    values: Mapping[str, Any] = {"regions": regions, "supervisors": {"chat_id": -1001000000009}, **more}
    return Settings.model_validate(values)


@functools.cache
def office() -> Office:
    return make_office(settings())


@contextlib.asynccontextmanager
async def stand(courier: Courier, *, limits: Limits = UNPACED) -> AsyncIterator[Stand]:
    storage, clock = Storage.in_memory(), Hands()
    try:
        desk = Desk(storage, office(), clock)
        people = [
            Staff(0, LIN, "林", Role.SPECIALIST, regions=("east",), is_on_duty=True),
            Staff(0, 50_000_003, "赵", Role.SUPERVISOR, is_on_duty=True),
        ]
        await desk.run(lambda work, office, now: work.staff.put_all(people))
        yield Stand(desk, clock, courier, limits)
    finally:
        storage.close()


def never(parcel: Parcel) -> Awaitable[Verdict]:
    """An answer that does not come."""
    return asyncio.get_running_loop().create_future()


def wrote(at: Stand, message_id: int, text: str) -> Incoming:
    """What Chen wrote, as it arrives."""
    return Incoming(MessageRef(CHEN, message_id), at.clock.now(), Content(ContentKind.TEXT, text))
