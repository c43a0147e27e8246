"""What goes wrong on a simulated day, drawn from its seed; `doubts` counts what nobody can know the outcome of."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bench.town import Town
from bot.sandbox.errors import ActError
from bot.sandbox.faults import Hang, Reset
from bot.sandbox.world import World


@dataclass
class Mischief:
    """Does one thing after the other at random moments until it is told to stop."""

    world: World
    town: Town
    chance: random.Random
    restart: Callable[[float], Awaitable[None]]
    done: list[str] = field(default_factory=list)

    async def run(self, every: float) -> None:
        """One mishap in `every` virtual seconds on average, one at a time."""
        acts = (
            self._flood, self._flood, self._server_error, self._reset, self._reset, self._hang, self._outage,
            self._crash, self._crash, self._delete_topic, self._delete_topic, self._close_topic, self._block,
            self._block, self._repeat, self._poison, self._rob_rights,
        )  # fmt: skip
        while True:
            await asyncio.sleep(self.chance.expovariate(1 / every))
            act = self.chance.choice(acts)
            self.done.append(act.__name__.strip("_"))
            try:
                await act()
            except ActError:
                self.done.pop()

    def calm(self) -> None:
        """Whatever is still planned does not happen."""
        faults = self.world.faults
        faults.errors.clear()
        faults.resets.clear()
        faults.hangs.clear()
        faults.apply({"outage": "", "duplicate": 0, "reorder": 0})

    async def _flood(self) -> None:
        seconds = self.chance.choice((1, 3, 17, 60))
        words = f"Too Many Requests: retry after {seconds}"
        method = self.chance.choice(("sendMessage", "copyMessage", "editMessageText", "createForumTopic"))
        self.world.faults.next_error(method, 429, words, parameters={"retry_after": seconds})

    async def _server_error(self) -> None:
        code, words = self.chance.choice(((500, "Internal Server Error"), (502, "Bad Gateway")))
        self.world.faults.next_error("*", code, words, times=self.chance.randint(1, 4))

    async def _reset(self) -> None:
        method = self.chance.choice(("*", "sendMessage", "copyMessage"))
        when = self.chance.choice(("before", "after"))
        self.world.faults.resets.append(Reset(method, when, self.chance.randint(1, 3)))

    async def _hang(self) -> None:
        self.world.faults.hangs.append(Hang("sendMessage", self.chance.choice((5.0, 45.0, 90.0))))

    async def _outage(self) -> None:
        self.world.faults.apply({"outage": self.chance.choice(("503", "reset"))})
        await asyncio.sleep(self.chance.choice((10, 60, 60, 300)))
        self.world.faults.apply({"outage": ""})

    async def _crash(self) -> None:
        await self.restart(self.chance.choice((0.2, 5, 40)))

    def _some_topic(self) -> tuple[int, int] | None:
        group = self.chance.choice(self.town.groups)
        threads = [t["message_thread_id"] for t in self.world.topics(group) if t["message_thread_id"] != 1]
        return (group, self.chance.choice(threads[-8:])) if threads else None

    async def _delete_topic(self) -> None:
        if found := self._some_topic():
            self.world.topic_deleted(*found)

    async def _close_topic(self) -> None:
        if found := self._some_topic():
            self.world.topic_closed(*found)

    async def _block(self) -> None:
        started = [c["id"] for c in self.world.chats() if c.get("_started") and c["type"] == "private"]
        if not started:
            return
        who = self.chance.choice(started[-30:])
        self.world.user_blocks(who)
        await asyncio.sleep(self.chance.choice((30, 300)))
        self.world.user_unblocks(who)

    async def _repeat(self) -> None:
        self.world.faults.apply({"duplicate": 3, "reorder": 3})

    async def _poison(self) -> None:
        who = {"id": self.chance.choice(self.town.people).telegram_id, "type": "private"}
        self.world.inject({"message": {"message_id": "nonsense", "chat": who}})

    async def _rob_rights(self) -> None:
        group = self.chance.choice(self.town.groups)
        self.world.set_bot_rights(group, can_manage_topics=False)
        await asyncio.sleep(120)
        self.world.set_bot_rights(group, can_manage_topics=True)
