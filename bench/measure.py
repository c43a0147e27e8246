"""Measure everything that the table of goals holds: sessions interleaved, medians of the rounds, on this machine.

python -m bench.measure                     all of it (half an hour)
python -m bench.measure --only parts limits some of it
python -m bench.measure --table             nothing: only the table anew
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from bench import figures, limits, parts, table
from bench.filled import fill
from bench.session import Session, behind_session, desk_session, echo_session, gauged_session, idle_memory, sqlite
from bench.takeover import takeover
from tests.databases import migrated

MILLION, CASES = 1_000_000, 200_000
FEW, MANY = 1_000, 100_000
RUSH = (3, 6, 12, 20)
BURST, SPREAD = (0, 2, 3, 40, 2, 3), (20, 75, 75, 75, 75, 75)
"""Seconds before each of a case's six messages."""


def sessions(rounds: int) -> None:
    """Echo, desk on SQLite (new, and after a million messages) and on PostgreSQL, taking turns."""
    with tempfile.TemporaryDirectory() as name:
        filled = Path(name) / "filled.sqlite3"
        fill(filled, cases=CASES, messages=MILLION)
        kinds: dict[str, Callable[[], Awaitable[Session]]] = {
            "echo": echo_session,
            "sqlite": partial(desk_session, sqlite),
            "million": partial(desk_session, sqlite, filled=filled),
            "postgresql": partial(desk_session, _postgresql),
        }
        found: dict[str, list[Session]] = {kind: [] for kind in kinds}
        for number in range(rounds):
            for kind, session in kinds.items():
                found[kind].append(asyncio.run(_of(session)))
                _tell(f"round {number + 1} of {rounds}, {kind}: {found[kind][-1]}")
    figures.keep("sessions", rounds=rounds, **{kind: _medians(several) for kind, several in found.items()})


def _medians(several: Sequence[Session]) -> dict[str, float]:
    rows = [asdict(one) for one in several]
    return {key: round(statistics.median(row[key] for row in rows), 3) for key in rows[0]}


def gauged(rounds: int) -> None:
    """What only the process itself knows, and what stood there before the start."""
    seen = [asyncio.run(gauged_session(sqlite)) for _ in range(rounds)]
    behind = [asyncio.run(behind_session(sqlite)) for _ in range(rounds)]
    figures.keep(
        "gauged",
        commits=statistics.median(commits for commits, _ in seen),
        stall_ms=round(statistics.median(stall for _, stall in seen), 1),
        backlog_s=round(statistics.median(behind), 2),
    )


def memory(rounds: int) -> None:
    """The same desk beside few and many open cases, and beside many that are closed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {"few": (FEW, "open"), "many": (MANY, "open"), "closed": (MANY, "closed")}
        for kind, (cases, state) in files.items():
            fill(folder / kind, cases=cases, messages=0, state=state)
        found: dict[str, list[float]] = {kind: [] for kind in files}
        for _ in range(rounds):
            for kind in files:
                found[kind].append(asyncio.run(idle_memory(folder / kind)))
    figures.keep("memory", **{kind: round(statistics.median(several), 1) for kind, several in found.items()})


def in_process(rounds: int) -> None:
    """Routing, reminders, replays, commits: CPU of one process."""
    routing, reminders, growth = parts.routing(), parts.reminders(), parts.tick_growth()
    updates, rows = parts.replays()
    figures.keep(
        "parts",
        routing_us=_rounded(routing),
        reminder_us=_rounded(reminders),
        tick_us=_rounded(growth),
        replays=[updates, rows],
        commits_per_unit=parts.commits(),
    )


def behind_limits(rounds: int) -> None:
    """Telegram's own limits, in virtual time: nothing here depends on the machine."""
    rushes = [asdict(limits.rush(people)) for people in RUSH]
    for rush in rushes:
        _tell(str(rush))
    figures.keep(
        "limits",
        rush=[{key: round(value, 3) for key, value in rush.items()} for rush in rushes],
        tokens_burst=limits.tokens(BURST),
        tokens_spread=limits.tokens(SPREAD),
        card_p99_s=round(limits.first_card(), 1),
    )


def taken_over(rounds: int) -> None:
    """`kill -9` of the speaker at work, the other one's first word."""
    figures.keep("takeover", seconds=round(statistics.median(asyncio.run(takeover()) for _ in range(rounds)), 2))


PARTS: dict[str, Callable[[int], None]] = {
    "parts": in_process,
    "limits": behind_limits,
    "takeover": taken_over,
    "gauged": gauged,
    "memory": memory,
    "sessions": sessions,
}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.measure", description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--table", action="store_true", help="measure nothing, write the table")
    chosen = parser.parse_args()
    for part in () if chosen.table else chosen.only:
        _tell(f"measuring: {part}")
        PARTS[part](chosen.rounds)
    print(table.write())
    return 0


def _postgresql(folder: Path) -> str:
    return migrated("postgresql", folder).url


async def _of(session: Callable[[], Awaitable[Session]]) -> Session:
    return await session()


def _rounded(pair: tuple[float, float]) -> list[float]:
    return [round(one, 1) for one in pair]


def _tell(line: Any) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
