"""`kill -9` at any moment: started again, the bot has lost nothing, and everything stands there in order."""

import asyncio
import contextlib
import random
from dataclasses import dataclass
from pathlib import Path

from tests.databases import migrated
from tests.process import started
from tests.stories.ledger import PEOPLE, Ledger, check, repeats
from tests.stories.outfit import Outfit, outfitted, until

EACH = 100


async def test_all_200_stand_in_the_topics_in_order(outfit: Outfit) -> None:
    ledger = Ledger(outfit.world)
    ledger.begin()
    for _ in range(EACH):
        for person in PEOPLE:
            ledger.tell(person)
    async with started("run", "--config", outfit.config) as bot:
        await until(lambda: ledger.arrived() >= EACH)
        await bot.kill()
    in_the_air = outfit.leased()
    async with started("run", "--config", outfit.config) as bot:
        await until(ledger.is_whole)
        bot.terminate()
        code, _, err = await bot.ended()
    assert code == 0, err
    check(ledger, in_the_air)


@dataclass(frozen=True)
class Toll:
    """What so many deaths cost: words that crossed, words that were in the air at a death, words that stand twice."""

    crossed: int
    in_the_air: int
    twice: int


async def killed_again_and_again(outfit: Outfit, *, kills: int, seed: int) -> Toll:
    """Both sides talk without a pause while the bot dies at random moments; AssertionError for what is lost, overtaken,
    or said twice without having been in the air and without its mark.
    """
    chance, ledger, in_the_air = random.Random(seed), Ledger(outfit.world), 0
    ledger.begin()
    talking = asyncio.create_task(_talk(ledger, chance))
    try:
        for _ in range(kills):
            before = ledger.arrived()
            async with started("run", "--config", outfit.config) as bot:
                goal = before + chance.randrange(1, 40)
                await until(lambda goal=goal: ledger.arrived() >= goal)
                await asyncio.sleep(chance.random() * 0.05)
                await bot.kill()
            in_the_air += outfit.leased()
    finally:
        talking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await talking
    async with started("run", "--config", outfit.config) as bot:
        await _all_arrived(ledger)
        bot.terminate()
        assert (await bot.ended())[0] == 0
    check(ledger, in_the_air)
    sides = [*ledger.in_group().values(), *ledger.in_private().values()]
    return Toll(ledger.arrived(), in_the_air, sum(map(repeats, sides)))


async def _all_arrived(ledger: Ledger) -> None:
    """However much has piled up while the bot was dead, so long as it goes on: only standing still is given up on."""
    while not ledger.is_whole():
        before = ledger.arrived()
        await until(lambda before=before: ledger.retry() or ledger.is_whole() or ledger.arrived() > before)


async def _talk(ledger: Ledger, chance: random.Random) -> None:
    while True:
        person = chance.choice(list(PEOPLE))
        (ledger.tell if chance.random() < 0.6 else ledger.answer)(person)
        await asyncio.sleep(chance.random() * 0.06)


async def test_both_sides_talk_on_while_the_bot_dies(tmp_path: Path) -> None:
    """Once, on PostgreSQL (the story above is SQLite's); `make soak` kills a hundred times on each."""
    async with outfitted(tmp_path, url=migrated("postgresql", tmp_path).url) as outfit:
        toll = await killed_again_and_again(outfit, kills=1, seed=11)
    assert toll.crossed > 0
