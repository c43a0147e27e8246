"""How long it takes until the second speaker talks after the first has died, on a PostgreSQL of its own."""

import asyncio
import contextlib
import tempfile
import time
from pathlib import Path

from tests.databases import migrated
from tests.process import started
from tests.stories.ledger import PEOPLE, Ledger
from tests.stories.outfit import outfitted, until
from tests.stories.test_replicas import speaker_at_work


async def takeover() -> float:
    """Seconds from `kill -9` of the speaker at work until the other one's first word."""
    with tempfile.TemporaryDirectory() as folder:
        database = migrated("postgresql", Path(folder))
        async with outfitted(Path(folder), url=database.url) as outfit, contextlib.AsyncExitStack() as stack:
            speaking = [
                await stack.enter_async_context(started("run", "--config", outfit.config, "--role", role))
                for role in ("speak", "speak", "hear")
            ][:2]
            ledger = Ledger(outfit.world)
            ledger.begin()
            for person in PEOPLE:
                ledger.tell(person)
            await until(lambda: ledger.arrived() >= len(PEOPLE))
            dead = await speaker_at_work(outfit, speaking)
            await asyncio.sleep(1)
            await dead.kill()
            began, before = time.monotonic(), ledger.arrived()
            for person in PEOPLE:
                ledger.tell(person)
            await until(lambda: ledger.arrived() > before)
            return time.monotonic() - began
