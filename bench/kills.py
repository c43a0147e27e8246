"""`kill -9` at random moments while both sides talk: real processes, real databases.

python -m bench.kills --kills 100                        on SQLite
python -m bench.kills --kills 100 --engine postgresql    on a PostgreSQL of its own
"""

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench import figures
from tests.databases import ENGINES, migrated
from tests.stories.outfit import outfitted
from tests.stories.test_kill import killed_again_and_again


async def _die(engine: str, kills: int, seed: int, *, keep: bool) -> str:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="shouwen-kills-") as folder:
        database = migrated(engine, Path(folder))
        async with outfitted(Path(folder), url=database.url) as outfit:
            toll = await killed_again_and_again(outfit, kills=kills, seed=seed)
    if keep:
        # What is lost or overtaken ends the run with an AssertionError before it comes here.
        figures.keep(f"kills.{engine}", kills=kills, lost=0, **asdict(toll))
    return (
        f"{engine}, seed {seed}: killed {kills} times, {toll.crossed} words crossed, 0 lost, 0 overtaken, "
        f"{toll.twice} stand twice (marked, of {toll.in_the_air} in the air), {time.monotonic() - began:.0f} s"
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/performance.md")
    chosen = parser.parse_args()
    try:
        print(asyncio.run(_die(chosen.engine, chosen.kills, chosen.seed, keep=chosen.keep)))
    except AssertionError as error:
        print(f"BROKEN {chosen.engine}, seed {chosen.seed}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
