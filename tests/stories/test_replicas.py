"""More than one process on one PostgreSQL: two hear behind a load balancer, two may speak, two tick."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.cast import TOKEN
from tests.databases import migrated
from tests.process import Process, started
from tests.stories.ledger import PEOPLE, Ledger, check
from tests.stories.outfit import Outfit, outfitted, until
from tests.stories.test_running import free_port

EACH = 60
TAKEN_OVER = 15.0
"""Seconds after a speaker's death that the program promises."""
SECRET = "only-we-know"


@contextlib.asynccontextmanager
async def balanced(ports: list[int]) -> AsyncIterator[str]:
    """A load balancer's address: each request goes to the next hearer that answers."""
    turns = itertools.cycle(ports)

    async def passed_on(request: web.Request) -> web.Response:
        body, headers = await request.read(), {k: v for k, v in request.headers.items() if k.startswith("X-")}
        for port in itertools.islice(turns, len(ports) + 1):
            try:
                url = f"http://127.0.0.1:{port}{request.path}"
                async with session.post(url, data=body, headers={**headers, "Content-Type": "application/json"}) as r:
                    return web.Response(status=r.status, body=await r.read())
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)

    app = web.Application()
    app.router.add_post("/{path:.*}", passed_on)
    async with aiohttp.ClientSession() as session, TestServer(app) as server:
        yield str(server.make_url("/telegram"))


def env_of(port: int) -> dict[str, str]:
    return {"SHOUWEN_TELEGRAM__WEBHOOK__PORT": str(port)}


@contextlib.asynccontextmanager
async def replicas(outfit: Outfit, ports: list[int]) -> AsyncIterator[dict[str, list[Process]]]:
    """Two of each role."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(role: str, env: dict[str, str] | None = None) -> Process:
            return await stack.enter_async_context(
                started("run", "--config", outfit.config, "--role", role, env=env or {})
            )

        hearing = [await start("hear", env_of(port)) for port in ports]
        yield {"hear": hearing, "speak": [await start("speak") for _ in range(2)], "tick": [await start("tick")]}


async def speaker_at_work(outfit: Outfit, speaking: list[Process]) -> Process:
    """Whose turn it is, as the database says."""
    holder = await asyncio.to_thread(outfit.holder)
    return next(p for p in speaking if f"/{p.pid}/" in holder)


async def test_a_speaker_and_a_hearer_are_killed_and_nothing_is_lost_or_overtaken(tmp_path: Path) -> None:
    ports = [free_port(), free_port()]
    async with balanced(ports) as url:
        hook: dict[str, Any] = {"url": url, "listen": "127.0.0.1", "secret": SECRET}
        database = migrated("postgresql", tmp_path)
        async with (
            outfitted(tmp_path, url=database.url, mode="webhook", webhook=hook) as outfit,
            replicas(outfit, ports) as processes,
        ):
            ledger = Ledger(outfit.world)
            await until(lambda: outfit.world.realm.bots[TOKEN].webhook.url)
            ledger.begin()
            for _ in range(EACH):
                for person in PEOPLE:
                    ledger.tell(person)
            await until(lambda: ledger.arrived() >= EACH // 2)
            dead = [await speaker_at_work(outfit, processes["speak"]), processes["hear"][0]]
            await dead[0].kill()
            at, before = time.monotonic(), ledger.arrived()
            await until(lambda: ledger.arrived() > before + 20)
            assert time.monotonic() - at < TAKEN_OVER, "another one speaks"
            await dead[1].kill()
            await until(lambda: ledger.retry() or ledger.is_whole())
            check(ledger, outfit.doubted())
            await all_stop(p for group in processes.values() for p in group if p not in dead)


async def all_stop(processes: Iterable[Process]) -> None:
    survivors = list(processes)
    for process in survivors:
        process.terminate()
    for process in survivors:
        code, _, err = await process.ended()
        assert code == 0, err
