"""Early warning (预警): rules over counts; each gives the warnings that its numbers call for, or none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.desk.chance import binomial_tail, fisher_greater, predictive_tail

LOOKS_A_DAY = 24
"""The slow rules look every hour; the burst rule's level is shared out among a day's looks."""
WEEKS = 4
"""Spans that the burst rule compares with: the same hours of the same weekday, of so many weeks before."""
MOST_CASES = 10
"""Cases that a warning carries."""


class Level(StrEnum):
    """How pressing, the most pressing first."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"


class WarningRule(StrEnum):
    """What set it off."""

    DANGER = "danger"
    REPEATED = "repeated"
    DISSATISFIED = "dissatisfied"
    BURST = "burst"
    DEADLINES = "deadlines"
    LOW_RATING = "low_rating"
    WORDS = "words"


@dataclass(frozen=True)
class WarningTerms:
    """Every threshold; the manual names none."""

    look_every: timedelta = timedelta(minutes=1)
    window: timedelta = timedelta(days=1)
    repeat_cases: int = 3
    repeat_within: timedelta = timedelta(days=7)
    burst_window: timedelta = timedelta(days=1)
    burst_stores: int = 5
    burst_level: float = 0.01
    burst_dispersion: float = 1.5
    deadline_cases: int = 10
    deadline_ahead: timedelta = timedelta(hours=2)
    deadline_share: float = 0.3
    low_within: timedelta = timedelta(days=7)
    low_ratings: int = 20
    low_level: float = 0.01
    words_within: timedelta = timedelta(days=7)
    words_count: int = 5
    words_level: float = 0.01
    alike_sample: int = 30
    alike_level: float = 0.05


@dataclass(frozen=True)
class EarlyWarning:
    """A warning, raised once a window for a rule and subject. Instants are UTC; `id` 0: not stored yet."""

    level: Level
    rule: WarningRule
    subject: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[int, ...] = ()
    window_key: str = ""
    raised_at: datetime | None = None
    taken_at: datetime | None = None
    taken_by: int | None = None
    closed_at: datetime | None = None
    closed_by: int | None = None
    reason: str = ""
    id: int = 0


@dataclass(frozen=True)
class Opened:
    """A case as the rules see it."""

    case_id: int
    store: str
    topic: str


@dataclass(frozen=True)
class Shares:
    """So many of so many."""

    hits: int
    of: int


def danger(case_id: int, dangers: str) -> EarlyWarning:
    """Red: food safety, injury, media, law, authorities; `dangers` are their names."""
    return EarlyWarning(Level.RED, WarningRule.DANGER, str(case_id), {"dangers": dangers}, (case_id,))


def repeated(cases: Iterable[Opened], *, terms: WarningTerms) -> list[EarlyWarning]:
    """Orange: a store's third case of a kind within the span that `cases` cover."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in cases:
        if each.store:
            alike[each.store, each.topic].append(each.case_id)
    return [
        EarlyWarning(Level.ORANGE, WarningRule.REPEATED, f"{store}/{topic}",
                     {"store": store, "topic": topic, "count": str(len(ids))}, tuple(sorted(ids)[-MOST_CASES:]))
        for (store, topic), ids in alike.items() if len(ids) >= terms.repeat_cases
    ]  # fmt: skip


def dissatisfied(now: Shares, before: Shares, *, terms: WarningTerms) -> EarlyWarning | None:
    """Orange: the share of low ratings is higher than before by Fisher's exact test."""
    if now.of < terms.low_ratings or before.of < terms.low_ratings:
        return None
    chance = fisher_greater(now.hits, now.of, before.hits, before.of)
    if chance > terms.low_level:
        return None
    numbers = {"low": str(now.hits), "rated": str(now.of), "share": f"{now.hits / now.of:.0%}",
               "usual": f"{before.hits / before.of:.0%}", "chance": _chance(chance)}  # fmt: skip
    return EarlyWarning(Level.ORANGE, WarningRule.DISSATISFIED, "all", numbers)


def bursts(
    now: Sequence[Opened], earlier: Sequence[Sequence[Opened]], *, topics: int, terms: WarningTerms
) -> list[EarlyWarning]:
    """Yellow: more stores with one topic than the same hours of the last weeks let expect.

    The predictive tail of `chance.predictive_tail`, its level divided by the topics looked at and a day's looks
    (Bonferroni); stores are counted, not cases, so that one store's trouble is no burst.
    """
    usual = [_stores(span) for span in earlier]
    level = terms.burst_level / max(1, topics) / LOOKS_A_DAY
    found: list[EarlyWarning] = []
    for topic, stores in _stores(now).items():
        counts = [len(span.get(topic, ())) for span in usual]
        chance = predictive_tail(len(stores), counts, dispersion=terms.burst_dispersion)
        if len(stores) >= terms.burst_stores and chance <= level:
            numbers = {"topic": topic, "stores": str(len(stores)), "chance": _chance(chance),
                       "usual": f"{sum(counts) / len(counts):.1f}"}  # fmt: skip
            ids = sorted(c.case_id for c in now if c.topic == topic)
            found.append(EarlyWarning(Level.YELLOW, WarningRule.BURST, topic, numbers, tuple(ids[-MOST_CASES:])))
    return found


def _stores(cases: Iterable[Opened]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each in cases:
        if each.store:
            found[each.topic].add(each.store)
    return found


def deadlines(region: str, due: Sequence[int], unfinished: int, *, terms: WarningTerms) -> EarlyWarning | None:
    """Yellow: of a region's unfinished cases, too many are due soon or late already."""
    if len(due) < terms.deadline_cases or len(due) < terms.deadline_share * unfinished:
        return None
    numbers = {"region": region, "due": str(len(due)), "unfinished": str(unfinished)}
    return EarlyWarning(Level.YELLOW, WarningRule.DEADLINES, region, numbers, tuple(due[:MOST_CASES]))


def low_rating(rating_id: int, case_id: int, score: int) -> EarlyWarning:
    """Blue: a single low rating."""
    return EarlyWarning(Level.BLUE, WarningRule.LOW_RATING, str(rating_id), {"score": str(score)}, (case_id,))


def words_rising(
    now: Mapping[int, int], before: Mapping[int, int], *, names: Mapping[int, str], spans: int, terms: WarningTerms
) -> list[EarlyWarning]:
    """Blue: a person's findings rise. Given both counts, the newer is binomial when nothing changed (Przyborowski and
    Wilenski 1940); `before` covers `spans` spans of the same length; the level is divided by the people looked at.
    """
    found: list[EarlyWarning] = []
    for person, count in now.items():
        usual = before.get(person, 0)
        chance = binomial_tail(count, count + usual, 1 / (1 + spans))
        if person in names and count >= terms.words_count and chance <= terms.words_level / len(now):
            numbers = {"name": names[person], "count": str(count), "usual": f"{usual / spans:.1f}",
                       "chance": _chance(chance)}  # fmt: skip
            found.append(EarlyWarning(Level.BLUE, WarningRule.WORDS, str(person), numbers))
    return found


def _chance(chance: float) -> str:
    return f"{chance:.1e}" if chance < 0.001 else f"{chance:.3f}"
