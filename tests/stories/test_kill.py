"""`kill -9` in the middle of 200 messages: started again, the bot has lost none, and each stands there in order."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.sandbox.clock import Clock
from bot.sandbox.server import make_app
from bot.sandbox.world import World
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.cast import CHEN, CONTACTS, LIU, NO_LIMITS, SOUTHWEST, STAFF, STORES, SUPERVISORS, TOKEN, make_world
from tests.process import Process, run_bot, write_config

PEOPLE = (CHEN, LIU)
EACH = 100
MARK = "【可能重复】\n"


@pytest.fixture
def world() -> World:
    return make_world(Clock())


@pytest.fixture
async def config(world: World, tmp_path: Path) -> AsyncIterator[Path]:
    async with TestServer(make_app(world)) as server:
        values = {
            "telegram": {"token": TOKEN, "api_base": str(server.make_url("")).rstrip("/"), "limits": NO_LIMITS},
            "database": {"url": f"sqlite:///{tmp_path / 'desk.sqlite3'}"},
            "regions": [
                {"code": "southwest", "name": "西南", "provinces": ["四川", "重庆"], "group_id": SOUTHWEST},
            ],
            "staff": [p for p in STAFF if p.get("regions") != ["northwest"]],
            "supervisors": {"chat_id": SUPERVISORS},
        }
        path = write_config(tmp_path / "config.toml", values)
        code, _, err = await run_bot("migrate", "--config", path)
        assert code == 0, err
        _file_people(tmp_path / "desk.sqlite3")
        yield path


def _file_people(database: Path) -> None:
    storage = Storage(make_engine(f"sqlite:///{database}"))
    storage.run_now(lambda work: (work.stores.put_all(STORES), work.contacts.put_all(CONTACTS)))
    storage.close()


def leased(database: Path) -> int:
    """How many calls were in the air when the process died."""
    storage = Storage(make_engine(f"sqlite:///{database}"))
    rows = storage.run_now(lambda work: len(work.outbox.expired(Clock().now().replace(year=2100))))
    storage.close()
    return rows


async def until(is_so: Callable[[], Any], *, seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110  # the other program is a process: there is nothing to await
            await asyncio.sleep(0.01)


def said_in_group(world: World) -> dict[int, list[str]]:
    """The numbered words as they stand in the topics, by the person who wrote them."""
    words: dict[int, list[str]] = {person: [] for person in PEOPLE}
    for message in world.history(SOUTHWEST):
        text = message.get("text", "")
        if message["from"]["is_bot"] and "号来信" in text:
            words[int(text.removeprefix(MARK).split("的")[0])].append(text)
    return words


@pytest.mark.parametrize("moment", [3, 60, 120, 197])
async def test_all_200_stand_in_the_topics_in_order(world: World, config: Path, moment: int) -> None:
    for person, code in zip(PEOPLE, ("chunxi-code-01", "jiefang-code2"), strict=True):
        world.user_starts(person, code)
    for number in range(EACH):
        for person in PEOPLE:
            world.user_writes(person, person, f"{person}的{number:03d}号来信")

    bot = await Process.start("run", "--config", config)
    await until(lambda: sum(map(len, said_in_group(world).values())) >= moment)
    await bot.kill()
    in_the_air = leased(config.parent / "desk.sqlite3")

    bot = await Process.start("run", "--config", config)
    last = f"{EACH - 1:03d}号来信"
    await until(lambda: all(words and words[-1].endswith(last) for words in said_in_group(world).values()))
    bot.terminate()
    code, _, err = await bot.ended()
    assert code == 0, err

    for person, words in said_in_group(world).items():
        plain = [w.removeprefix(MARK) for w in words]
        firsts = list(dict.fromkeys(plain))
        assert firsts == [f"{person}的{n:03d}号来信" for n in range(EACH)], "lost or overtaken"
        repeats = [w for w in words if plain.count(w.removeprefix(MARK)) > 1 and not w.startswith(MARK)]
        assert len(words) - EACH <= in_the_air, "said twice without having been in the air"
        assert len(repeats) == len(words) - EACH, "a repeat carries its mark"
