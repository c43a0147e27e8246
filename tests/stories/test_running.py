"""The bot as an operator runs it: any Bot API server, webhooks, halves apart, signals, and nothing secret in the log."""

import contextlib
import re
import socket
import time
from pathlib import Path

from bot.desk.rich import BETWEEN
from bot.sandbox.world import World
from tests.cast import CHEN, LIN, SOUTHWEST, SUPERVISORS, TOKEN
from tests.process import Process, started
from tests.stories.outfit import Outfit, outfitted, until

WORDS = "昨天的货少了两箱"
STOP_WITHIN = 10.0
"""Seconds from SIGTERM to the end that the program promises."""


def hears(world: World) -> bool:
    """The franchisee was greeted, and their words stand in the topic."""
    greeted = any("工单" in m.get("text", "") for m in world.history(CHEN))
    return greeted and any(m.get("text") == WORDS for m in world.history(SOUTHWEST))


def write(world: World) -> None:
    world.user_starts(CHEN, "chunxi-code-01")
    world.user_writes(CHEN, CHEN, WORDS)


async def stopped(bot: Process) -> str:
    """SIGTERM; how the process ended is checked, what it wrote comes back."""
    bot.terminate()
    began = time.monotonic()
    code, _, err = await bot.ended()
    assert code == 0, err
    assert time.monotonic() - began < STOP_WITHIN
    assert "Traceback" not in err
    assert "Unclosed" not in err
    return err


async def test_it_runs_against_whatever_speaks_the_bot_api_at_api_base(tmp_path: Path) -> None:
    async with outfitted(tmp_path, prefix="/a/path/of/its/own") as outfit:
        write(outfit.world)
        async with started("run", "--config", outfit.config) as bot:
            await until(lambda: hears(outfit.world))
            await stopped(bot)


async def test_updates_come_by_webhook_when_the_settings_say_so(tmp_path: Path) -> None:
    port = free_port()
    hook = {"url": f"http://127.0.0.1:{port}/telegram", "listen": "127.0.0.1", "port": port, "secret": "only-we-know"}
    async with (
        outfitted(tmp_path, mode="webhook", webhook=hook) as outfit,
        started("run", "--config", outfit.config) as bot,
    ):
        await until(lambda: outfit.world.realm.bots[TOKEN].webhook.url)
        write(outfit.world)
        await until(lambda: hears(outfit.world))
        await stopped(bot)


async def test_hearing_speaking_and_ticking_may_be_three_processes(outfit: Outfit) -> None:
    write(outfit.world)
    async with contextlib.AsyncExitStack() as stack:
        run = ("run", "--config", outfit.config, "--role")
        roles = [await stack.enter_async_context(started(*run, role)) for role in ("hear", "speak", "tick")]
        await until(lambda: hears(outfit.world))
        for bot in roles:
            await stopped(bot)


async def test_sigterm_finishes_what_is_in_hand_and_the_next_start_goes_on_from_there(outfit: Outfit) -> None:
    world = outfit.world
    world.user_starts(CHEN, "chunxi-code-01")
    words = [f"第{n}句话" for n in range(60)]
    for text in words:
        world.user_writes(CHEN, CHEN, text)
    async with started("run", "--config", outfit.config) as bot:
        await until(lambda: len(relayed(world)) >= 20)
        await stopped(bot)
    assert outfit.leased() == 0
    async with started("run", "--config", outfit.config) as bot:
        await until(lambda: words[-1] in relayed(world))
        await stopped(bot)
    assert relayed(world) == words


def relayed(world: World) -> list[str]:
    """The numbered words in the group; those that travelled together, one by one."""
    said = [m["text"] for m in world.history(SOUTHWEST) if re.search("第.*句话", m.get("text", ""))]
    return [words for text in said for words in text.split(BETWEEN)]


async def test_the_log_holds_no_token_and_above_debug_no_words_and_no_numbers(outfit: Outfit) -> None:
    world = outfit.world
    write(world)
    world.user_sends(CHEN, CHEN, "contact", phone_number="+8619000030001", first_name="小陈", user_id=CHEN)
    world.inject({"message": {"message_id": "x", "chat": {"id": CHEN}, "text": WORDS}})
    world.inject({"hologram": {"from": {"id": CHEN}, "text": WORDS}})
    async with started("run", "--config", outfit.config, env={"SHOUWEN_LOG__LEVEL": "DEBUG"}) as bot:
        # What is told of the unreadable update goes first: the error is meant for the answer.
        await until(lambda: hears(world) and world.history(SUPERVISORS))
        topic = next(t["message_thread_id"] for t in world.topics(SOUTHWEST) if t["name"].startswith("小陈"))
        world.faults.next_error("sendMessage", 400, "Bad Request: message is too long")
        world.user_writes(LIN, SOUTHWEST, f"您好，{WORDS}", thread_id=topic)
        await until(lambda: any("未送达" in m.get("text", "") for m in world.history(SOUTHWEST)))
        err = await stopped(bot)
    secret = TOKEN.partition(":")[2]
    assert secret not in err
    above = "\n".join(above_debug(err))
    assert above, "a log that is empty proves nothing"
    assert WORDS not in above
    assert "19000030001" not in above


def above_debug(log: str) -> list[str]:
    """The records above DEBUG, with the lines (tracebacks) that belong to them."""
    records = re.split(r"\n(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", log)
    return [record for record in records if " DEBUG " not in record.partition("\n")[0]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
