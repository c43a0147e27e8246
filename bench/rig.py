"""A bot in a process of its own before an emulated Telegram, and what it costs: CPU, wall, memory, latency."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer

from bot.desk.people import Store
from bot.desk.rich import BETWEEN
from bot.sandbox.clock import Clock
from bot.sandbox.server import make_app
from bot.sandbox.world import World
from storage.desk_thread import Storage
from storage.engine import make_engine
from storage.schema import migrate
from tests.process import write_config

TOKEN = "1000000009:bench-only-never-a-real-token-00000"
GROUP, SUPERVISORS, SPECIALIST, MANAGER = -1001000000001, -1001000000009, 5001, 5005
UNLIMITED = {"overall_per_second": 100_000, "private_per_second": 10_000, "private_burst": 10_000,
             "group_per_minute": 100_000}  # fmt: skip
PATIENCE = 180.0
_NUMBER = re.compile(r"第(\d+)句")
_TICK = os.sysconf("SC_CLK_TCK")


def person(number: int) -> int:
    """The Telegram id of the franchisee with this number."""
    return 8_100_000_000 + number


def make_world(people: int) -> World:
    """One region with one group, and so many franchisees."""
    world = World(Clock())
    world.add_bot(TOKEN, username="bench_bot", first_name="首问")
    for number in range(people):
        world.add_user(person(number), f"店主{number:05d}")
    for staff, name in ((SPECIALIST, "林晓"), (MANAGER, "赵磊")):
        world.add_user(staff, name)
    world.add_group(GROUP, "西南", members={MANAGER: "creator", SPECIALIST: "member"})
    world.add_group(SUPERVISORS, "主管群", members={MANAGER: "creator"})
    return world


def prepare(folder: Path, base: str, url: str, people: int, **desk: Any) -> Path:
    """Tables, stores and the settings file of the desk."""
    migrate(url)
    storage = Storage(make_engine(url))
    stores = [Store(f"S{n:05d}", f"{n:05d} 号店", "四川", "成都", "", "", f"code{n:06d}") for n in range(people)]
    storage.run_now(lambda work: work.stores.put_all(stores))
    storage.close()
    values = {
        "telegram": {"token": TOKEN, "api_base": base, "limits": UNLIMITED},
        "database": {"url": url},
        "desk": {"name": "客服", **desk},
        "regions": [{"code": "southwest", "name": "西南", "provinces": ["四川"], "group_id": GROUP}],
        "staff": [
            {"telegram_id": SPECIALIST, "name": "林晓", "role": "specialist", "regions": ["southwest"]},
            {"telegram_id": MANAGER, "name": "赵磊", "role": "manager"},
        ],
        "supervisors": {"chat_id": SUPERVISORS},
    }
    return write_config(folder / "config.toml", values)


@dataclass
class Traffic:
    """Numbered lines of franchisees, and when each stood on the other side."""

    world: World
    is_echo: bool
    written: dict[int, float] = field(default_factory=dict)
    heard: dict[int, float] = field(default_factory=dict)
    answered: float = 0.0

    def __post_init__(self) -> None:
        self.world.subscribe(self._see)

    def write(self, who: int) -> int:
        """One more line."""
        number = len(self.written)
        self.written[number] = time.perf_counter()
        self.world.user_writes(person(who), person(who), f"第{number:06d}句：昨天的货少了两箱，请问什么时候能补？")
        return number

    def _see(self, event: Mapping[str, Any]) -> None:
        if event["type"] != "message" or not event["message"].get("from", {}).get("is_bot"):
            return
        now, private = time.perf_counter(), int(event["chat_id"]) > 0
        self.answered = self.answered or (now if private else 0.0)
        if private == self.is_echo:
            for part in event["message"].get("text", "").split(BETWEEN):
                if found := _NUMBER.search(part):
                    self.heard.setdefault(int(found.group(1)), now)

    async def through(self) -> None:
        """Wait until every line stands on the other side."""
        async with asyncio.timeout(PATIENCE):
            while len(self.heard) < len(self.written):  # noqa: ASYNC110  # another process does it
                await asyncio.sleep(0.01)

    async def first_answer(self) -> float:
        """When the first line of the bot came in private."""
        async with asyncio.timeout(PATIENCE):
            while not self.answered:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        return self.answered

    def latencies(self, numbers: Sequence[int]) -> list[float]:
        """Milliseconds of these lines, sorted."""
        return sorted((self.heard[n] - self.written[n]) * 1000 for n in numbers)


class Bot:
    """The process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    def cpu(self) -> float:
        """Seconds of CPU used so far, its children not counted."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def rss(self) -> float:
        """Resident memory, MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024  # type: ignore[union-attr]

    async def reading(self, file: Path) -> dict[str, float]:
        """What its gauge says since the last reading."""
        await asyncio.to_thread(file.unlink, missing_ok=True)
        self._process.send_signal(signal.SIGUSR1)
        async with asyncio.timeout(30):
            while not await asyncio.to_thread(file.exists):  # noqa: ASYNC110  # another process writes it
                await asyncio.sleep(0.01)
        return dict(json.loads(await asyncio.to_thread(file.read_text)))

    async def stop(self) -> float:
        """SIGTERM; seconds until it had ended."""
        began = time.perf_counter()
        self._process.terminate()
        async with asyncio.timeout(30):
            await self._process.wait()
        return time.perf_counter() - began


@contextlib.asynccontextmanager
async def served(world: World) -> AsyncIterator[str]:
    """The emulator's address."""
    async with TestServer(make_app(world)) as server:
        yield str(server.make_url("")).rstrip("/")


@contextlib.asynccontextmanager
async def running(*command: str) -> AsyncIterator[Bot]:
    """`python -m …` as a process that does not outlive the measurement."""
    quiet = asyncio.subprocess.DEVNULL
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SHOUWEN_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *command, stdout=quiet, stderr=quiet, env=environment
    )
    try:
        yield Bot(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
