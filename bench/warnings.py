"""How often the burst rule cries wolf in a quiet quarter, and how often it sees a planted burst: docs/warnings.md.

Each topic's stores arrive by the hour: a weekly shape, and a day's own factor (Gamma) that makes like days differ
more than chance does. The rule is the product's own, asked hourly over the last day as the desk asks it.
"""

import argparse
import random
from collections.abc import Sequence
from math import exp
from pathlib import Path

from bot.desk.warnings import LOOKS_A_DAY, WEEKS, Opened, WarningTerms, bursts

PAGE = Path(__file__).resolve().parents[1] / "docs" / "warnings.md"
QUIET_DAYS = 92
TOPICS = 8
SHAPE = (1.2, 1.1, 1.0, 1.0, 1.1, 0.5, 0.4)
"""A weekday's share of an average day; simulated, not measured."""
OPEN = range(9, 21)
"""Hours in which stores write."""
FACTORS = (0.0, 0.15, 0.3)
"""How far a day's level strays by itself (standard deviation over mean)."""
LEVELS = (1.0, 4.0, 12.0)
"""Stores a day that write of a topic, on average."""
BURSTS = (2, 3, 4, 6)
"""A planted burst: so many times a day's usual stores."""

Day = list[list[Opened]]
"""Its hours."""


def drawn(rng: random.Random, mean: float) -> int:
    """A Poisson count (Knuth)."""
    limit, count, product = exp(-mean), 0, rng.random()
    while product > limit:
        count, product = count + 1, product * rng.random()
    return count


def day(rng: random.Random, number: int, *, level: float, stray: float, times: float = 1) -> Day:
    """One day of all topics; the first topic has `times` its usual stores."""
    hours: Day = [[] for _ in range(24)]
    for topic in range(TOPICS):
        factor = rng.gammavariate(1 / stray**2, stray**2) if stray else 1.0
        mean = level * SHAPE[number % 7] * factor * (times if topic == 0 else 1)
        for _ in range(drawn(rng, mean)):
            hours[rng.choice(OPEN)].append(Opened(0, f"S{rng.randrange(10_000)}", str(topic)))
    return hours


def alarms(days: Sequence[Day], first: int, end: int, terms: WarningTerms) -> list[tuple[int, str]]:
    """(day, topic) of each alarm of these days, once a day and topic as the desk tells it."""
    hours = [hour for each in days for hour in each]

    def span(until: int) -> list[Opened]:
        return [case for hour in hours[until - 24 : until] for case in hour]

    found: dict[tuple[int, str], None] = {}
    for now in range(first * 24 + 1, end * 24 + 1):
        spans = [span(now - w * 7 * 24) for w in range(WEEKS + 1)]
        for each in bursts(spans[0], spans[1:], topics=TOPICS, terms=terms):
            found.setdefault(((now - 1) // 24, each.subject))
    return list(found)


def quiet(seed: int, *, level: float, stray: float, terms: WarningTerms) -> int:
    """False alarms of a quarter in which nothing happens."""
    rng, before = random.Random(seed), WEEKS * 7 + 1
    days = [day(rng, n, level=level, stray=stray) for n in range(before + QUIET_DAYS)]
    return len(alarms(days, before, before + QUIET_DAYS, terms))


def power(rounds: int, *, level: float, stray: float, times: float, terms: WarningTerms) -> float:
    """Share of planted bursts that are seen within their day."""
    seen, before = 0, WEEKS * 7 + 1
    for seed in range(rounds):
        rng = random.Random(1000 + seed)
        days = [day(rng, n, level=level, stray=stray) for n in range(before)]
        days.append(day(rng, before, level=level, stray=stray, times=times))
        seen += any(topic == "0" for _, topic in alarms(days, before, before + 1, terms))
    return seen / rounds


def page(quarters: int, rounds: int) -> str:
    """The document, every figure measured here."""
    terms = WarningTerms()
    lines = [
        "# Early warning: the burst rule",
        "",
        "Written by `python -m bench.warnings --write`; no figure here is typed by hand.",
        "",
        "**The rule.** Every hour, for each topic (kind of case, or product named in a finding), the stores that wrote",
        f"of it in the last day are counted and compared with the same hours of the same weekday of the last {WEEKS}",
        "weeks. The chance of so many or more is the tail of the Gamma-Poisson predictive with Jeffreys' prior, its",
        f"variance multiplied by `burst_dispersion` ({terms.burst_dispersion:g}). It is a burst when at least",
        f"`burst_stores` ({terms.burst_stores}) stores wrote and the chance is at most `burst_level`",
        f"({terms.burst_level:g}) / topics / {LOOKS_A_DAY} looks a day (Bonferroni).",
        "",
        f"**False alarms** a quarter, in {quarters} simulated quiet quarters ({QUIET_DAYS} days each, {TOPICS} topics,",
        "seeded). A day's level strays by itself by the given share.",
        "",
        "| stores a day and topic | " + " | ".join(f"strays {s:.0%}" for s in FACTORS) + " |",
        "|---|" + "---|" * len(FACTORS),
    ]
    for level in LEVELS:
        row = [sum(quiet(s, level=level, stray=f, terms=terms) for s in range(quarters)) / quarters for f in FACTORS]
        lines.append(f"| {level:g} | " + " | ".join(f"{n:.2f}" for n in row) + " |")
    lines += ["", f"**Power**: planted bursts seen within their day, of {rounds}, on days that stray {FACTORS[1]:.0%}.",
              "", "| stores a day and topic | " + " | ".join(f"{b}×" for b in BURSTS) + " |",
              "|---|" + "---|" * len(BURSTS)]  # fmt: skip
    for level in LEVELS:
        seen = [power(rounds, level=level, stray=FACTORS[1], times=b, terms=terms) for b in BURSTS]
        lines.append(f"| {level:g} | " + " | ".join(f"{share:.0%}" for share in seen) + " |")
    lines += ["", "The simulated shape of a week is an assumption, no measurement of a real desk."]
    return "\n".join(lines) + "\n"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.warnings", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/warnings.md")
    parser.add_argument("--quarters", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    text = page(given.quarters, given.rounds)
    if given.write:
        PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
