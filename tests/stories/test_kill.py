"""`kill -9` in the middle of 200 messages: started again, the bot has lost none, and each stands there in order."""

from pathlib import Path

import pytest

from bot.desk.rich import BETWEEN
from bot.sandbox.clock import Clock
from bot.sandbox.world import World
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.cast import CHEN, LIU, SOUTHWEST
from tests.process import started
from tests.stories.outfit import Outfit, until

PEOPLE = (CHEN, LIU)
EACH = 100
MARK = "【可能重复】\n"


def leased(database: Path) -> int:
    """How many words were in the air when the process died."""
    storage = Storage(make_engine(f"sqlite:///{database}"))
    rows = storage.run_now(lambda work: work.outbox.expired(Clock().now().replace(year=2100)))
    storage.close()
    return sum(1 + len(row.outgoing.also) for row in rows)


def said_in_group(world: World) -> dict[int, list[str]]:
    """The numbered words as they stand in the topics, by the person who wrote them.

    What waited longer than a moment travels together: each part counts by itself, and has its message's mark.
    """
    words: dict[int, list[str]] = {person: [] for person in PEOPLE}
    for message in world.history(SOUTHWEST):
        text = message.get("text", "")
        if message["from"]["is_bot"] and "号来信" in text:
            mark = MARK if text.startswith(MARK) else ""
            for part in text.removeprefix(MARK).split(BETWEEN):
                words[int(part.split("的")[0])].append(mark + part)
    return words


@pytest.mark.parametrize("moment", [3, 100, 197])
async def test_all_200_stand_in_the_topics_in_order(outfit: Outfit, moment: int) -> None:
    world, config = outfit.world, outfit.config
    for person, code in zip(PEOPLE, ("chunxi-code-01", "jiefang-code2"), strict=True):
        world.user_starts(person, code)
    for number in range(EACH):
        for person in PEOPLE:
            world.user_writes(person, person, f"{person}的{number:03d}号来信")

    async with started("run", "--config", config) as bot:
        await until(lambda: sum(map(len, said_in_group(world).values())) >= moment)
        await bot.kill()
    in_the_air = leased(outfit.database)

    last = f"{EACH - 1:03d}号来信"
    async with started("run", "--config", config) as bot:
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
