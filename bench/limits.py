"""One group under Telegram's real limits, in virtual time: how soon a specialist can read, and what a case costs."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.inline import InlineDesk
from bench.program import Program
from bench.rig import GROUP, MANAGER, SPECIALIST, SUPERVISORS, TOKEN, person
from bench.virtual import LoopClock, VirtualLoop
from bench.wire import Tally
from bot.app.office import make_office
from bot.app.sandbox import begin_shift
from bot.config import Settings
from bot.desk.people import Store
from bot.desk.rich import BETWEEN
from bot.sandbox.world import World
from bot.usecases.enrol import enrol_staff, enrol_stores
from bot.usecases.receive import Hint

OPENS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
MINUTE = timedelta(seconds=60)


class NoHints:
    """No ready answers: their buttons travel with the message and cost nothing of the limits."""

    async def of(self, text: str) -> Hint:
        """Nothing."""
        return Hint()

    async def search(self, query: str) -> tuple[()]:
        """Nothing."""
        return ()


@dataclass
class Group:
    """One region's desk behind the limits."""

    loop: VirtualLoop
    chance: random.Random
    people: int
    written: dict[str, float] = field(default_factory=dict)
    read: dict[str, float] = field(default_factory=dict)
    spent: list[datetime] = field(default_factory=list)

    async def open(self) -> None:
        """Everybody moves in, the bot starts."""
        self.world = World(LoopClock(OPENS, self.loop))
        self.world.add_bot(TOKEN, username="bench_bot", first_name="首问")
        for number in range(self.people):
            self.world.add_user(person(number), f"店主{number:04d}")
        for staff in (SPECIALIST, MANAGER):
            self.world.add_user(staff, f"同事{staff}")
        self.world.add_group(GROUP, "西南", members={MANAGER: "creator", SPECIALIST: "member"})
        self.world.add_group(SUPERVISORS, "主管群", members={MANAGER: "creator"})
        self.world.faults.apply({"limits": {"enabled": True}})
        self.world.subscribe(self._see)
        settings = _settings()
        self.desk = InlineDesk(make_office(settings), self.world.clock)
        self.desk.run_now(enrol_staff, people=settings.staff_list())
        stores = [Store(f"S{n:04d}", f"{n} 号店", "四川", "成都", "", "", f"code{n:06d}") for n in range(self.people)]
        self.desk.run_now(enrol_stores, stores=stores)
        self.desk.run_now(begin_shift)
        self.tally = Tally(spent=self._spend)
        self.program = Program(self.desk, self.world, settings, NoHints(), self.chance, self.tally)
        await self.program.start()

    def write(self, number: int) -> None:
        """This person writes one line."""
        key = f"第{len(self.written):05d}句"
        self.written[key] = self.loop.time()
        self.world.user_writes(person(number), person(number), f"{key}：货少了两箱")

    def _see(self, event: Mapping[str, Any]) -> None:
        if event["type"] != "message" or int(event["chat_id"]) != GROUP:
            return
        for part in event["message"].get("text", "").split(BETWEEN):
            if part[:7] in self.written:
                self.read.setdefault(part[:7], self.loop.time())

    def _spend(self, chat_id: int, cost: int) -> None:
        if chat_id == GROUP:
            self.spent.extend([self.world.clock.now()] * cost)

    def busiest_minute(self) -> int:
        """The most that any window of 60 s saw."""
        return max((sum(1 for other in self.spent if at <= other < at + MINUTE) for at in self.spent), default=0)

    async def settle(self, seconds: float = 600) -> None:
        """Time for everything that waits."""
        await asyncio.sleep(seconds)
        await self.program.stop()


def _settings() -> Settings:
    return Settings.model_validate(
        {
            "telegram": {"token": TOKEN, "api_base": "http://wire"},
            "regions": [{"code": "southwest", "name": "西南", "provinces": ["四川"], "group_id": GROUP}],
            "staff": [
                {"telegram_id": SPECIALIST, "name": "林晓", "role": "specialist", "regions": ["southwest"]},
                {"telegram_id": MANAGER, "name": "赵磊", "role": "manager"},
            ],
            "supervisors": {"chat_id": SUPERVISORS},
        }
    )


@dataclass(frozen=True)
class Rush:
    """Ten minutes of 60 messages each: seconds until readable, and what the limits saw."""

    people: int
    p50: float
    p99: float
    lost: int
    floods: int
    busiest: int
    used: float


def rush(people: int, seed: int = 1) -> Rush:
    """60 messages a minute for 10 minutes from so many franchisees, whose cases are open."""

    async def play() -> Rush:
        group = Group(loop, random.Random(seed), people)
        await group.open()
        for number in range(people):
            group.world.user_starts(person(number), f"code{number:06d}")
            group.write(number)
        await asyncio.sleep(300)
        group.written.clear()
        group.read.clear()
        began, before = loop.time(), len(group.spent)
        for n in range(600):
            await asyncio.sleep(max(0.0, began + n + group.chance.uniform(0, 1) - loop.time()))
            group.write(group.chance.randrange(people))
        spent = len(group.spent) - before
        await group.settle()
        waits = sorted(group.read[key] - at for key, at in group.written.items() if key in group.read)
        return Rush(
            people, waits[len(waits) // 2], waits[int(len(waits) * 0.99) - 1], len(group.written) - len(waits),
            len(group.tally.floods), group.busiest_minute(), spent / 200,
        )  # fmt: skip

    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(play())


def tokens(pauses: tuple[float, ...], seed: int = 1) -> int:
    """What a case of as many messages (so many seconds apart), two answers and a goodbye costs the group."""

    async def play() -> int:
        group = Group(loop, random.Random(seed), 1)
        await group.open()
        group.world.user_starts(person(0), "code000000")
        for pause in pauses:
            await asyncio.sleep(pause)
            group.write(0)
        await asyncio.sleep(30)
        thread = next(t["message_thread_id"] for t in group.world.topics(GROUP) if t["message_thread_id"] != 1)
        for words in ("您好，已为您登记，请您稍候。", "明天补到，请您放心。", "/close"):
            group.world.user_writes(SPECIALIST, GROUP, words, thread_id=thread)
            await asyncio.sleep(60)
        await group.settle(3 * 3600)
        return len(group.spent)

    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(play())


def first_card(seed: int = 1) -> float:
    """Seconds (p99) that a new case's card waits while the group is used at 80 %: 16 messages a minute."""

    async def play() -> float:
        group = Group(loop, random.Random(seed), 40)
        cards: dict[int, float] = {}
        opened: dict[int, float] = {}

        def see(event: Mapping[str, Any]) -> None:
            text = event.get("message", {}).get("text", "") if event["type"] == "message" else ""
            if int(event.get("chat_id", 0)) == GROUP and text.startswith("工单"):
                name = next(n for n in opened if f"店主{n:04d}" in text)
                cards.setdefault(name, loop.time())

        await group.open()
        group.world.subscribe(see)
        for number in range(6):
            opened[number] = loop.time()
            group.world.user_starts(person(number), f"code{number:06d}")
            group.write(number)
        await asyncio.sleep(300)
        for n in range(30):
            for _ in range(11):
                await asyncio.sleep(group.chance.expovariate(11 / 60))
                group.write(group.chance.randrange(6))
            number = 6 + n
            group.world.user_starts(person(number), f"code{number:06d}")
            opened[number] = loop.time()
            group.write(number)
        await group.settle()
        waits = sorted(cards[n] - opened[n] for n in opened if n >= 6)
        return waits[int(len(waits) * 0.99) - 1]

    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(play())
