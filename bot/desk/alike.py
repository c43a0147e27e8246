"""四个一样, measured: is everybody served alike? Ratios with samples and intervals; called a difference by a test only.

Never a score of a person: it says where to look, and of too small a sample it says only that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import geometric_mean
from typing import Any

from bot.desk.chance import (
    clopper_pearson,
    fisher_both,
    holm,
    kruskal_wallis,
    mann_whitney,
    mean_ratio,
    rate_ratio,
    share_ratio,
    two_shares,
)

SHORTEST = 1.0
"""Seconds: an answer in less counts as this, for the logarithm."""


@dataclass(frozen=True)
class CaseFigure:
    """What is compared of a case. Instants are UTC; `wait` (working seconds to the first answer) is filled in later."""

    case_id: int
    opened_at: datetime
    answered_at: datetime | None
    owner_id: int | None
    known_since: datetime
    replies: int
    findings: int
    score: int | None
    wait: float | None = None


class Measure(StrEnum):
    """What is compared."""

    RESPONSE = "response"
    QUALITY = "quality"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True)
class Comparison:
    """One against the other: `ratio` is None when a sample is too small; `chance` is the test's; `is_unlike` says
    whether it stands among all that were looked at.
    """

    what: str
    measure: Measure
    sizes: tuple[int, int]
    ratio: float | None = None
    low: float = 0.0
    high: float = 0.0
    chance: float = 1.0
    is_unlike: bool = False


Pair = tuple[Sequence[CaseFigure], Sequence[CaseFigure]]


def compared(pairs: Mapping[str, Pair], *, least: int, level: float, satisfied: int = 4) -> list[Comparison]:
    """Every pair by every measure. Response: geometric means, Mann-Whitney. Quality: findings a reply, exact binomial.
    Satisfaction: share of scores of `satisfied` or more, Fisher's exact test, two-sided by doubling.
    """
    found = [measure(what, *pair, least=least, level=level) for what, pair in pairs.items()
             for measure in (_response, _quality, _satisfaction(satisfied))]  # fmt: skip
    return judged(found, level=level)


def judged(found: Sequence[Comparison], *, level: float) -> list[Comparison]:
    """Holm's correction over all that have a sample."""
    tested = [each for each in found if each.ratio is not None]
    stands = dict(zip(map(id, tested), holm([each.chance for each in tested], level=level), strict=True))
    return [_with(each, stands.get(id(each), False)) for each in found]


def _with(each: Comparison, is_unlike: bool) -> Comparison:
    return Comparison(each.what, each.measure, each.sizes, each.ratio, each.low, each.high, each.chance, is_unlike)


def _waits(cases: Sequence[CaseFigure]) -> list[float]:
    return [max(each.wait, SHORTEST) for each in cases if each.wait is not None]


def _response(
    what: str, first: Sequence[CaseFigure], other: Sequence[CaseFigure], *, least: int, level: float
) -> Comparison:
    a, b = _waits(first), _waits(other)
    sizes = (len(a), len(b))
    if min(sizes) < least:
        return Comparison(what, Measure.RESPONSE, sizes)
    return Comparison(what, Measure.RESPONSE, sizes, *mean_ratio(a, b, level=level), mann_whitney(a, b))


def _quality(
    what: str, first: Sequence[CaseFigure], other: Sequence[CaseFigure], *, least: int, level: float
) -> Comparison:
    """Findings are counted by replies: given all findings, the first side's are binomial when both are alike."""
    replies = [sum(c.replies for c in side) for side in (first, other)]
    hits = [sum(c.findings for c in side if c.replies) for side in (first, other)]
    sizes = (replies[0], replies[1])
    if min(sizes) < least or not hits[1]:
        return Comparison(what, Measure.QUALITY, sizes)
    low, high = clopper_pearson(hits[0], sum(hits), level=level)
    ratio = hits[0] / replies[0] / (hits[1] / replies[1])
    scale = replies[1] / replies[0]
    top = high / (1 - high) * scale if high < 1 else float("inf")
    chance = two_shares(hits[0], sum(hits), replies[0] / sum(replies))
    return Comparison(what, Measure.QUALITY, sizes, ratio, low / (1 - low) * scale, top, chance)


def _satisfaction(satisfied: int) -> Callable[..., Comparison]:
    def measure(
        what: str, first: Sequence[CaseFigure], other: Sequence[CaseFigure], *, least: int, level: float
    ) -> Comparison:
        sides = [[c.score >= satisfied for c in side if c.score is not None] for side in (first, other)]
        sizes = (len(sides[0]), len(sides[1]))
        if min(sizes) < least:
            return Comparison(what, Measure.SATISFACTION, sizes)
        good = [sum(side) for side in sides]
        ratio = share_ratio(good[0], sizes[0], good[1], sizes[1], level=level)
        one = fisher_both(good[0], sizes[0], good[1], sizes[1])
        return Comparison(what, Measure.SATISFACTION, sizes, *ratio, one)

    return measure


def by_acquaintance(cases: Sequence[CaseFigure], new_until: Callable[[datetime], datetime]) -> Pair:
    """生人熟人: cases of people who first wrote lately, and the others'."""
    new = [c for c in cases if c.opened_at < new_until(c.known_since)]
    known = {c.case_id for c in new}
    return new, [c for c in cases if c.case_id not in known]


def by_load(cases: Sequence[CaseFigure], hour_of: Callable[[datetime], str]) -> Pair:
    """忙闲: cases opened in hours busier than the middle case's hour, and the others'."""
    loads: dict[str, int] = {}
    for each in cases:
        loads[hour_of(each.opened_at)] = loads.get(hour_of(each.opened_at), 0) + 1
    order = sorted(loads[hour_of(c.opened_at)] for c in cases)
    middle = order[(len(order) - 1) // 2] if order else 0
    busy = [c for c in cases if loads[hour_of(c.opened_at)] > middle]
    return busy, [c for c in cases if loads[hour_of(c.opened_at)] <= middle]


def by_inspection(cases: Sequence[CaseFigure], was_checked: Callable[[datetime], bool]) -> Pair:
    """有无检查: cases opened on days on which somebody inspected, and on the others."""
    return [c for c in cases if was_checked(c.opened_at)], [c for c in cases if not was_checked(c.opened_at)]


def swings(
    what: str,
    cases: Sequence[CaseFigure],
    day_of: Callable[[datetime], object],
    *,
    least: int,
    level: float,
    satisfied: int = 4,
) -> list[Comparison]:
    """情绪好坏: a person's days, the worst against the best by each measure, of days with FEWEST_A_DAY or more.

    The two were picked, so the interval is as wide as for all pairs of days (Bonferroni), and so is the chance of
    quality (exact binomial) and satisfaction (Fisher); for response Kruskal-Wallis looks at all days at once.
    """
    days: dict[object, list[CaseFigure]] = {}
    for each in cases:
        days.setdefault(day_of(each.opened_at), []).append(each)
    waits = [_waits(day) for day in days.values()]
    found = [(sum(c.findings for c in day if c.replies), sum(c.replies for c in day)) for day in days.values()]
    scores = [[c.score >= satisfied for c in day if c.score is not None] for day in days.values()]
    good = [(sum(day), len(day)) for day in scores]
    return [
        _swung(what, Measure.RESPONSE, [w for w in waits if len(w) >= FEWEST_A_DAY], least=least, level=level),
        _swung(what, Measure.QUALITY, [c for c in found if c[1] >= FEWEST_A_DAY], least=least, level=level),
        _swung(what, Measure.SATISFACTION, [c for c in good if c[1] >= FEWEST_A_DAY], least=least, level=level),
    ]


def _swung(what: str, measure: Measure, days: Sequence[Any], *, least: int, level: float) -> Comparison:
    sizes = (sum(len(d) if measure is Measure.RESPONSE else d[1] for d in days), len(days))
    if sizes[0] < least or len(days) < 2:
        return Comparison(what, measure, sizes)
    pairs = len(days) * (len(days) - 1) / 2
    match measure:
        case Measure.RESPONSE:
            order = sorted(days, key=geometric_mean)
            ratio, chance = mean_ratio(order[-1], order[0], level=level / pairs), kruskal_wallis(days)
        case Measure.QUALITY:
            (best, of), (worst, worst_of) = _ends(days)
            ratio = rate_ratio(worst, worst_of, best, of, level=level / pairs)
            chance = pairs * two_shares(worst, worst + best, worst_of / (worst_of + of))
        case Measure.SATISFACTION:
            (worst, worst_of), (best, of) = _ends(days)
            ratio = share_ratio(worst, worst_of, best, of, level=level / pairs)
            chance = pairs * fisher_both(worst, worst_of, best, of)
    return Comparison(what, measure, sizes, *ratio, min(1.0, chance))


def _ends(days: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The days of the lowest and of the highest share."""
    order = sorted(days, key=lambda day: day[0] / day[1])
    return order[0], order[-1]


FEWEST_A_DAY = 5
"""Answers that a day must have to be compared with others (the chi-square's usual minimum)."""
