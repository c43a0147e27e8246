"""One session of a bot: started, warmed, given a backlog, then a steady stream, then SIGTERM in the middle of work."""

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.rig import TOKEN, Bot, Traffic, make_world, person, prepare, running, served

PEOPLE = 60
BACKLOG = 500
STREAM_SECONDS = 8.0
PER_SECOND = 25


@dataclass(frozen=True)
class Session:
    """What one session measured; milliseconds and MB where nothing else is said."""

    start_s: float
    rss: float
    cpu: float
    wall: float
    p50: float
    p99: float
    stop_s: float


async def echo_session() -> Session:
    """The baseline's."""
    world = make_world(PEOPLE)
    with tempfile.TemporaryDirectory() as folder:
        async with served(world) as base:
            began = time.perf_counter()
            async with running("bench.echo", base, TOKEN, f"{folder}/echo.sqlite3") as bot:
                return await _measure(Traffic(world, is_echo=True), bot, began)


async def desk_session(url: Callable[[Path], str], *, filled: Path | None = None) -> Session:
    """The desk's, on the database that `url` makes in a folder; `filled` is copied there first."""
    world = make_world(PEOPLE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if filled is not None:
            shutil.copy(filled, folder / "desk.sqlite3")
        async with served(world) as base:
            config = await asyncio.to_thread(prepare, folder, base, url(folder), PEOPLE)
            began = time.perf_counter()
            async with running("bot", "run", "--config", str(config)) as bot:
                return await _measure(Traffic(world, is_echo=False), bot, began)


async def gauged_session(url: Callable[[Path], str]) -> tuple[float, float]:
    """Commits a message with the backlog, and the longest stall of the loop (ms) beside the steady stream."""
    world = make_world(PEOPLE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with served(world) as base:
            config = await asyncio.to_thread(prepare, folder, base, url(folder), PEOPLE)
            command = ("bench.gauge", f"{folder}/gauge.json", "bot", "run", "--config", str(config))
            async with running(*command) as bot:
                traffic = Traffic(world, is_echo=False)
                await _warm(traffic)
                await bot.reading(folder / "gauge.json")
                await _backlog(traffic, bot)
                commits = (await bot.reading(folder / "gauge.json"))["commits"] / BACKLOG
                await _stream(traffic)
                return commits, (await bot.reading(folder / "gauge.json"))["stall"]


async def behind_session(url: Callable[[Path], str], lines: int = 1_000) -> float:
    """Seconds from the first answer until a backlog that stood there before the start is through."""
    world = make_world(PEOPLE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with served(world) as base:
            config = await asyncio.to_thread(prepare, folder, base, url(folder), PEOPLE)
            traffic = Traffic(world, is_echo=False)
            for number in range(PEOPLE):
                world.user_starts(person(number), f"code{number:06d}")
            for number in range(lines - PEOPLE):
                traffic.write(number % PEOPLE)
            async with running("bot", "run", "--config", str(config)):
                began = await traffic.first_answer()
                await traffic.through()
                return max(traffic.heard.values()) - began


async def idle_memory(filled: Path) -> float:
    """Resident memory of the desk (MB) that has started on this file and heard one person."""
    world = make_world(PEOPLE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(filled, folder / "desk.sqlite3")
        async with served(world) as base:
            config = await asyncio.to_thread(prepare, folder, base, sqlite(folder), PEOPLE)
            async with running("bot", "run", "--config", str(config)) as bot:
                traffic = Traffic(world, is_echo=False)
                world.user_starts(person(0), "code000000")
                await traffic.first_answer()
                traffic.write(0)
                await traffic.through()
                await asyncio.sleep(1.5)
                return bot.rss()


def sqlite(folder: Path) -> str:
    """The address of the file in this folder."""
    return f"sqlite:///{folder}/desk.sqlite3"


async def _warm(traffic: Traffic) -> None:
    for number in range(PEOPLE):
        traffic.world.user_starts(person(number), f"code{number:06d}")
    await traffic.first_answer()
    for number in range(PEOPLE):
        traffic.write(number)
    await traffic.through()
    await asyncio.sleep(1.5)


async def _measure(traffic: Traffic, bot: Bot, began: float) -> Session:
    for number in range(PEOPLE):
        traffic.world.user_starts(person(number), f"code{number:06d}")
    start = await traffic.first_answer() - began
    for number in range(PEOPLE):
        traffic.write(number)
    await traffic.through()
    await asyncio.sleep(1.5)
    rss = bot.rss()
    cpu, wall = await _backlog(traffic, bot)
    p50, p99 = await _stream(traffic)
    for number in range(PEOPLE):
        traffic.write(number)
    await asyncio.sleep(0.05)
    return Session(start, rss, cpu, wall, p50, p99, await bot.stop())


async def _backlog(traffic: Traffic, bot: Bot) -> tuple[float, float]:
    """CPU and wall of a message, when all stand there at once."""
    before, began = bot.cpu(), time.perf_counter()
    for number in range(BACKLOG):
        traffic.write(number % PEOPLE)
    await traffic.through()
    return (bot.cpu() - before) / BACKLOG * 1000, (time.perf_counter() - began) / BACKLOG * 1000


async def _stream(traffic: Traffic) -> tuple[float, float]:
    """Latency while so many come every second."""
    numbers = []
    for number in range(int(STREAM_SECONDS * PER_SECOND)):
        numbers.append(traffic.write(number % PEOPLE))
        await asyncio.sleep(1 / PER_SECOND)
    await traffic.through()
    found = traffic.latencies(numbers)
    return statistics.median(found), found[int(len(found) * 0.99) - 1]
