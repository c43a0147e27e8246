"""What a bot in processes of its own needs: a world in real time behind a server, a settings file, people on file."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.delivery.turn import SPEAK
from bot.sandbox.clock import Clock
from bot.sandbox.server import make_app
from bot.sandbox.world import World
from bot.usecases.ports import OutboxRow, Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.cast import CONTACTS, NO_LIMITS, SOUTHWEST, STAFF, STORES, SUPERVISORS, TOKEN, make_world
from tests.databases import copy_migrated
from tests.process import write_config


@dataclass(frozen=True)
class Outfit:
    """A world, the settings file that leads to it, and the URL of the database that the settings name."""

    world: World
    config: Path
    url: str

    def leased(self) -> int:
        """How many words are in a process's hands (or were, when it died)."""
        storage = Storage(make_engine(self.url))
        rows = storage.run_now(lambda work: work.outbox.expired(Clock().now().replace(year=2100)))
        storage.close()
        return sum(1 + len(row.outgoing.also) for row in rows)

    def doubted(self) -> int:
        """How many words were ever sent with an outcome that nobody knows."""
        storage = Storage(make_engine(self.url))
        rows = storage.run_now(_all_rows)
        storage.close()
        return sum(1 + len(row.outgoing.also) for row in rows if row.maybe_twice)

    def holder(self) -> str:
        """Whose turn it is to speak."""
        storage = Storage(make_engine(self.url))
        name = storage.run_now(lambda work: work.leases.holder(SPEAK))
        storage.close()
        return name


def _all_rows(work: Work) -> list[OutboxRow]:
    found = (work.outbox.get(number) for number in itertools.count(1))
    return list(itertools.takewhile(lambda row: row is not None, found))  # type: ignore[arg-type]


@contextlib.asynccontextmanager
async def outfitted(folder: Path, *, prefix: str = "", url: str = "", **telegram: Any) -> AsyncIterator[Outfit]:
    """Serve a world below `prefix`, write the settings, file stores and contacts; `url` is of a migrated database."""
    world, url = make_world(Clock()), url or copy_migrated(folder / "desk.sqlite3")
    async with TestServer(_below(prefix, make_app(world))) as server:
        base = str(server.make_url(prefix)).rstrip("/")
        values = {
            "telegram": {"token": TOKEN, "api_base": base, "limits": NO_LIMITS, **telegram},
            "database": {"url": url},
            "regions": [{"code": "southwest", "name": "西南", "provinces": ["四川", "重庆"], "group_id": SOUTHWEST}],
            "staff": [person for person in STAFF if person.get("regions") != ["northwest"]],
            "supervisors": {"chat_id": SUPERVISORS},
        }
        config = write_config(folder / "config.toml", values)
        _file_people(url)
        yield Outfit(world, config, url)


def _below(prefix: str, app: web.Application) -> web.Application:
    if not prefix:
        return app
    outer = web.Application()
    outer.add_subapp(prefix, app)
    return outer


def _file_people(url: str) -> None:
    storage = Storage(make_engine(url))
    storage.run_now(lambda work: (work.stores.put_all(STORES), work.contacts.put_all(CONTACTS)))
    storage.close()


async def until(is_so: Callable[[], Any], *, seconds: float = 120) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110  # the other program is a process: there is nothing to await
            await asyncio.sleep(0.01)
