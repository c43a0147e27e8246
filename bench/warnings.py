"""How often the burst rule cries wolf in a quiet quarter, and how often it sees a planted burst: docs/warnings.md.

Each topic's stores arrive by the hour: a weekly shape, and a day's own factor (Gamma) that makes like days differ
more than chance does. The rule is the product's own, asked hourly over the last day as the desk asks it.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from math import exp
from pathlib import Path
from textwrap import wrap

from bot.desk.warnings import DAYS, FEWEST_DAYS, LOOKS_A_DAY, Opened, WarningTerms, bursts, weekday_weight
from bot.language.alarms import Alarms

PAGE = Path(__file__).resolve().parents[1] / "docs" / "warnings.md"
QUIET_DAYS = 92
TOPICS = 8
SHAPE = (1.2, 1.1, 1.0, 1.0, 1.1, 0.5, 0.4)
"""A weekday's share of an average day; simulated, not measured."""
OPEN = range(9, 21)
"""Hours in which stores write."""
FACTORS = (0.0, 0.15, 0.25, 0.35)
"""How far a day's level strays by itself (standard deviation over mean)."""
LEVELS = (0.1, 1.0, 4.0, 12.0)
"""Stores a day that write of a topic, on average."""
BURSTS = (5, 8, 12, 16, 24)
"""A planted burst: so many stores more than the day has by itself."""

USUAL_STRAY = 0.25
DATA = PAGE.parents[1] / "tests" / "data"
STORES = "stores a day and topic"
LEVELS_TOLD = (
    """**Red**: words of danger in a franchisee's message (food safety, injury, media, law, authorities), told in
    the transaction that stores the message, in one message with the alert of the complaint that it makes; the
    same case again only for another danger, after the window, or once closed.""",
    """**Orange**: a store's `repeat_cases`-th case of a kind within `repeat_within` (a complaint counts for what
    it is about), looked at every `look_every`; the share of low ratings of `low_within` above that of four
    times before (Fisher's exact test, one-sided, `low_ratings` ratings on both sides).""",
    """**Yellow**: a burst (below); of a region's unfinished cases `deadline_cases`, and `deadline_share` of them,
    due within `deadline_ahead` or late. Looked at every hour.""",
    """**Blue**: a single low rating, told with the supervisors' task and closed with it; a person's
    replies with lint findings of `words_within` above those before (up to four such spans, as far back as both the
    desk and the person were at work, and none without one; exact binomial, Przyborowski and Wilenski 1940, the
    level shared out among people; false alarms left out).""",
)
ONCE = """
Each is stored once for its rule, subject and window (a unique index), so that restarts and several
processes tell it once; it is taken by the first supervisor or manager who says so, and the time to that is
kept (`/warnings` tells the middle one by level). The manager reads red ones in private too.
"""
ALIKE = """
四个一样 (`/alike`): new against known franchisees (90 days), days with a patrol of complaints against days
without, hours busier than the middle case's against the others, and each person's worst day against the
best, for first response (geometric means, Mann-Whitney; days: Kruskal-Wallis), quality (findings a reply,
exact binomial) and satisfaction (share of 4 and 5, Fisher). Ratios come with samples and intervals; of
fewer than `alike_sample` nothing is said; a difference is called one only when it stands among all that
were compared (Holm at `alike_level`). It scores nobody.
"""
RULE = """
**The rule.** Every hour, for each topic (a kind of case, or a word that may name a product, a part or a symptom),
the stores that wrote of it in the last day are counted and compared with the same hours of the last {days} days
(fewer while the desk is young, never under {fewest}), weighed for the weekday. The chance of so many or more is the
tail of the Gamma-Poisson predictive with Jeffreys' prior, for a day whose level strays by itself by `burst_stray`
({stray:g}) of its mean. It is a burst when at least `burst_stores` ({stores}) stores wrote and the chance is at
most `burst_level` ({level:g}) / topics / {looks} (Bonferroni; the day's hourly looks at a span that slides weigh
about as {looks} that know nothing of one another). In a desk's first week, when nothing is usual yet, a plain
convention stands in for it: so many stores, and half of all that complain that day, share a word.
"""
QUIET = """
**False alarms** a quarter, in {quarters} simulated quiet quarters ({days} days each, {topics} topics, seeded), all
topics together; by `burst_level` {nominal:.2f} is the nominal figure. A day's level strays by itself by the given
share.
"""
PLANTED = """
**Power**: planted bursts seen within their day, of {rounds}, on days that stray {stray:.0%}, by how many more
stores wrote.
"""
WORDS = """
A red warning needs words that tell of danger: patterns, and classes of words that stand together in a sentence
(`bot/scripts/alarms.toml`), with vetoes for what is denied, supposed, asked or somebody else's threat. Both halves
of the set below were written before the classes were, by the same hand; of the second only the counts were ever
looked at.
"""

Day = list[list[Opened]]
"""Its hours."""


def drawn(rng: random.Random, mean: float) -> int:
    """A Poisson count (Knuth)."""
    limit, count, product = exp(-mean), 0, rng.random()
    while product > limit:
        count, product = count + 1, product * rng.random()
    return count


def day(rng: random.Random, number: int, *, level: float, stray: float, more: int = 0) -> Day:
    """One day of all topics; of the first topic, so many stores `more` than by themselves."""
    hours: Day = [[] for _ in range(24)]
    for topic in range(TOPICS):
        factor = rng.gammavariate(1 / stray**2, stray**2) if stray else 1.0
        mean = level * SHAPE[number % 7] * factor
        for _ in range(drawn(rng, mean) + (more if topic == 0 else 0)):
            hours[rng.choice(OPEN)].append(Opened(0, f"S{rng.randrange(10_000)}", str(topic)))
    return hours


class Days:
    """A stretch of days by the hour: at every hour, the cases of the last day and the stores of each topic."""

    def __init__(self, days: Sequence[Day]) -> None:
        self._hours = [hour for each in days for hour in each]
        self.stores = [self._stores(until) for until in range(len(self._hours) + 1)]

    def cases(self, until: int) -> list[Opened]:
        """Of the day that ends with this hour."""
        return [case for hour in self._hours[max(0, until - 24) : until] for case in hour]

    def _stores(self, until: int) -> dict[str, int]:
        return Counter(topic for topic, _ in {(case.topic, case.store) for case in self.cases(until)})


def alarms(days: Sequence[Day], first: int, end: int, terms: WarningTerms) -> list[tuple[int, str]]:
    """(day, topic) of each alarm of these days, once a day and topic as the desk tells it."""
    told, found = Days(days), dict[tuple[int, str], None]()
    for now in range(first * 24 + 1, end * 24 + 1):
        usual = [told.stores[now - n * 24] for n in range(1, DAYS + 1)]
        weight = weekday_weight(usual)
        for each in bursts(told.cases(now), usual, weight=weight, topics=TOPICS, terms=terms):
            found.setdefault(((now - 1) // 24, each.subject))
    return list(found)


def quiet(seed: int, *, level: float, stray: float, terms: WarningTerms) -> int:
    """False alarms of a quarter in which nothing happens."""
    rng, before = random.Random(seed), DAYS + 1
    days = [day(rng, n, level=level, stray=stray) for n in range(before + QUIET_DAYS)]
    return len(alarms(days, before, before + QUIET_DAYS, terms))


def power(rounds: int, *, level: float, stray: float, more: int, terms: WarningTerms) -> float:
    """Share of planted bursts that are seen within their day."""
    seen, before = 0, DAYS + 1
    for seed in range(rounds):
        rng = random.Random(1000 + seed)
        days = [day(rng, n, level=level, stray=stray) for n in range(before)]
        days.append(day(rng, before, level=level, stray=stray, more=more))
        seen += any(topic == "0" for _, topic in alarms(days, before, before + 1, terms))
    return seen / rounds


def page(quarters: int, rounds: int) -> str:
    """The document, every figure measured here."""
    terms = WarningTerms()
    rule = RULE.format(days=DAYS, fewest=FEWEST_DAYS, stray=terms.burst_stray, stores=terms.burst_stores,
                       level=terms.burst_level, looks=LOOKS_A_DAY)  # fmt: skip
    quiet_days = QUIET.format(quarters=quarters, days=QUIET_DAYS, topics=TOPICS, nominal=terms.burst_level * QUIET_DAYS)
    planted = PLANTED.format(rounds=rounds, stray=USUAL_STRAY)
    false = [
        [f"{level:g}", *(f"{false_alarms(quarters, level=level, stray=f, terms=terms):.2f}" for f in FACTORS)]
        for level in LEVELS
    ]
    seen = [
        [f"{level:g}", *(f"{power(rounds, level=level, stray=USUAL_STRAY, more=b, terms=terms):.0%}" for b in BURSTS)]
        for level in LEVELS
    ]
    return "\n".join([
        "# Early warning", "", "Written by `python -m bench.warnings --write`; no figure here is typed by hand.", "",
        "## Levels", "", *(f"- {' '.join(each.split())}" for each in LEVELS_TOLD), "", *wrap(ONCE.strip(), 116), "",
        *wrap(ALIKE.strip(), 116), "", "## Bursts", "", *wrap(rule.strip(), 116), "",
        *wrap(quiet_days.strip(), 116), "",
        *table([STORES, *(f"strays {s:.0%}" for s in FACTORS)], false), "", *wrap(planted.strip(), 116), "",
        *table([STORES, *(f"+{b}" for b in BURSTS)], seen), "",
        "The simulated shape of a week is an assumption, no measurement of a real desk.", "",
        "## Words of danger", "", *wrap(WORDS.strip(), 116), "",
        *table(["sentences", "danger heard", "false alarms"], [words_of(name) for name in ("second", "second_scored")]),
    ]) + "\n"  # fmt: skip


def false_alarms(quarters: int, *, level: float, stray: float, terms: WarningTerms) -> float:
    """On average, a quarter."""
    return sum(quiet(seed, level=level, stray=stray, terms=terms) for seed in range(quarters)) / quarters


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table's lines."""
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def words_of(name: str) -> list[str]:
    """How many sentences of a set tell of danger and were heard, and how many that tell of none were not left alone."""
    rows = [line.partition("\t") for line in (DATA / f"alarms_{name}.tsv").read_text(encoding="utf-8").splitlines()]
    reader = Alarms()
    heard = [(label != "-", reader.read(text) is not None) for label, _, text in rows]
    told, silent = (
        [found for is_danger, found in heard if is_danger],
        [found for is_danger, found in heard if not is_danger],
    )
    which = "only scored" if name.endswith("scored") else "used to make the rules"
    return [which, f"{sum(told)} of {len(told)}", f"{sum(silent)} of {len(silent)}"]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.warnings", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/warnings.md")
    parser.add_argument("--quarters", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    text = page(given.quarters, given.rounds)
    if given.write:
        PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
