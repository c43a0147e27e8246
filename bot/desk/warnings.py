"""Early warning (预警): rules over counts; each gives the warnings that its numbers call for, or none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.desk.chance import binomial_tail, fisher_greater, predictive_tail

LOOKS_A_DAY = 4
"""The slow rules look every hour, at a span that slides: a day's looks weigh about as so many that know nothing of one
another. `bench/warnings.py` measures that the level holds so.
"""
DAYS = 28
"""Spans that the burst rule compares with: the same hours of so many days before (whole weeks of them)."""
FEWEST_DAYS = 7
"""Days of history without which nothing is usual yet."""
HEAVIEST = 3.0
"""A weekday's weight is at most so many times the average day's, and at least as small a part of it."""
MOST_CASES = 30
"""Cases that a warning carries."""
TOGETHER = 3
"""Topics that one burst names."""
BETWEEN = "、"


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
    FIRST_BURST = "first_burst"
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
    burst_stray: float = 0.25
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


def danger(case_id: int, dangers: Sequence[str], *, said: str, standing: Sequence[EarlyWarning]) -> EarlyWarning | None:
    """Red: food safety, injury, media, law, authorities (codes in `dangers`), unless the case's `standing` red warnings
    (of this window, not closed) tell of all of them already.
    """
    told = {code for each in standing if each.closed_at is None for code in each.numbers["dangers"].split()}
    new = [code for code in dangers if code not in told]
    numbers = {"dangers": " ".join(new), "said": said}
    return EarlyWarning(Level.RED, WarningRule.DANGER, str(case_id), numbers, (case_id,)) if new else None


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


def dissatisfied(now: Shares, before: Shares, *, cases: Sequence[int] = (), terms: WarningTerms) -> EarlyWarning | None:
    """Orange: the share of low ratings is higher than before by Fisher's exact test; `cases` are those rated low."""
    if now.of < terms.low_ratings or before.of < terms.low_ratings:
        return None
    chance = fisher_greater(now.hits, now.of, before.hits, before.of)
    if chance > terms.low_level:
        return None
    numbers = {"low": str(now.hits), "rated": str(now.of), "share": f"{now.hits / now.of:.0%}",
               "usual": f"{before.hits / before.of:.0%}", "chance": _chance(chance)}  # fmt: skip
    return EarlyWarning(Level.ORANGE, WarningRule.DISSATISFIED, "all", numbers, tuple(cases[-MOST_CASES:]))


def bursts(
    now: Sequence[Opened], usual: Sequence[Mapping[str, int]], *, weight: float, topics: int, terms: WarningTerms
) -> list[EarlyWarning]:
    """Yellow: more stores with one topic than the last weeks let expect.

    `usual`: stores by topic of the same hours of the days before, as far as the desk's history goes. The tail of
    `chance.predictive_tail` for a day of this weekday's `weight`, its level divided by the topics looked at and a day's
    looks (Bonferroni); stores are counted, not cases, so that one store's trouble is no burst.
    """
    level, found = terms.burst_level / max(1, topics) / LOOKS_A_DAY, []
    for topic, stores in _stores(now).items():
        counts = [day.get(topic, 0) for day in usual]
        chance = predictive_tail(len(stores), counts, weight=weight, stray=terms.burst_stray)
        if len(stores) >= terms.burst_stores and chance <= level:
            more = {"usual": f"{weight * sum(counts) / len(counts):.1f}", "chance": _chance(chance)}
            found.append(_burst(now, topic, len(stores), WarningRule.BURST, more))
    return found


def first_bursts(now: Sequence[Opened], *, complaining: int, terms: WarningTerms) -> list[EarlyWarning]:
    """Yellow while a desk has no history: `burst_stores` stores, and half of all that complain (`complaining`), share a
    word. A plain convention, for nothing is usual yet.
    """
    return [
        _burst(now, topic, len(stores), WarningRule.FIRST_BURST, {"whole": str(complaining)})
        for topic, stores in _stores(now).items()
        if len(stores) >= max(terms.burst_stores, complaining / 2)
    ]


def _burst(now: Sequence[Opened], topic: str, stores: int, rule: WarningRule, more: Mapping[str, str]) -> EarlyWarning:
    ids = sorted(c.case_id for c in now if c.topic == topic)
    numbers = {"topic": topic, "stores": str(stores), **more}
    return EarlyWarning(Level.YELLOW, rule, topic, numbers, tuple(ids[-MOST_CASES:]))


def merged(found: Sequence[EarlyWarning], *, told: Sequence[EarlyWarning]) -> list[EarlyWarning]:
    """Bursts of the same cases are one: it names up to TOGETHER topics, the most widespread first (a word before a
    kind); what was `told` of the same cases is not told again under another word.
    """
    kept: list[EarlyWarning] = []
    for each in sorted(found, key=lambda w: -int(w.numbers["stores"])):
        if any(_is_same(each, other) for other in told):
            continue
        at = next((n for n, other in enumerate(kept) if _is_same(each, other)), None)
        if at is None:
            kept.append(each)
        else:
            kept[at] = _joined(kept[at], each)
    return kept


def _is_same(one: EarlyWarning, other: EarlyWarning) -> bool:
    both = len(set(one.cases) & set(other.cases))
    return both * 2 >= max(1, min(len(one.cases), len(other.cases)))


def _joined(one: EarlyWarning, other: EarlyWarning) -> EarlyWarning:
    topics = one.numbers["topic"].split(BETWEEN)
    if len(topics) >= TOGETHER:
        return one
    return replace(one, numbers={**one.numbers, "topic": BETWEEN.join((*topics, other.subject))})


def weekday_weight(usual: Sequence[Mapping[str, int]]) -> float:
    """How much more this weekday brings than the average day, by all topics together (1: as much, or not known)."""
    totals = [sum(day.values()) for day in usual]
    alike = totals[6::7]
    whole = totals[: len(alike) * 7]
    if not sum(whole):
        return 1.0
    return min(HEAVIEST, max(1 / HEAVIEST, sum(alike) / len(alike) / (sum(whole) / len(whole))))


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
    now: Mapping[int, int], before: Mapping[int, int], *, names: Mapping[int, str], spans: Mapping[int, int],
    terms: WarningTerms,
) -> list[EarlyWarning]:  # fmt: skip
    """Blue: a person's replies in which something was found grow more. Given both counts, the newer is binomial when
    nothing changed (Przyborowski and Wilenski 1940); `before` covers so many spans of the same length as `spans` says
    of the person: with none there is nothing to compare with. The level is divided by the people looked at.
    """
    found: list[EarlyWarning] = []
    for person, count in now.items():
        usual, of = before.get(person, 0), spans.get(person, 0)
        if person not in names or count < terms.words_count or not of:
            continue
        if (chance := binomial_tail(count, count + usual, 1 / (1 + of))) <= terms.words_level / len(now):
            numbers = {"name": names[person], "count": str(count), "usual": f"{usual / of:.1f}",
                       "chance": _chance(chance)}  # fmt: skip
            found.append(EarlyWarning(Level.BLUE, WarningRule.WORDS, str(person), numbers))
    return found


def with_cases(warning: EarlyWarning, cases: Sequence[int]) -> EarlyWarning:
    """With the cases that set it off."""
    return replace(warning, cases=tuple(cases))


def _chance(chance: float) -> str:
    return f"{chance:.1e}" if chance < 0.001 else f"{chance:.3f}"
