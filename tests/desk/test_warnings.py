"""The rules of early warning, each a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.alike import CaseFigure, by_acquaintance, by_inspection, by_load, compared, judged, swings
from bot.desk.warnings import (
    EarlyWarning,
    Level,
    Opened,
    Shares,
    WarningRule,
    WarningTerms,
    bursts,
    danger,
    deadlines,
    dissatisfied,
    first_bursts,
    merged,
    repeated,
    weekday_weight,
    words_rising,
)

TERMS = WarningTerms()
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def stores(count: int, topic: str = "order", first: int = 1) -> list[Opened]:
    return [Opened(n, f"S{n}", topic) for n in range(first, first + count)]


@pytest.mark.parametrize(("cases", "found"), [
    ([Opened(n, "S1", "order") for n in (1, 2)], []),
    ([Opened(n, "S1", "order") for n in (1, 2, 3)], [(1, 2, 3)]),
    ([Opened(1, "S1", "order"), Opened(2, "S1", "contract"), Opened(3, "S1", "order")], []),
    ([Opened(n, "", "order") for n in (1, 2, 3)], []),
])  # fmt: skip
def test_a_stores_third_case_of_a_kind(cases: list[Opened], found: list[tuple[int, ...]]) -> None:
    assert [each.cases for each in repeated(cases, terms=TERMS)] == found


@pytest.mark.parametrize(("now", "usual", "is_burst"), [
    (stores(20), 3, True),
    (stores(20), 15, False),
    (stores(5), 0, True),  # nobody ever wrote of it: five stores in a day are no chance
    (stores(4), 0, False),  # fewer stores than burst_stores
    ([Opened(n, "S1", "order") for n in range(50)], 0, False),  # one store's trouble
])  # fmt: skip
def test_many_stores_with_one_topic(now: list[Opened], usual: int, is_burst: bool) -> None:
    found = bursts(now, [{"order": usual}] * 28, weight=1.0, topics=9, terms=TERMS)
    assert [each.level for each in found] == ([Level.YELLOW] if is_burst else [])


def test_the_more_topics_are_looked_at_the_stranger_a_burst_must_be() -> None:
    usual = [{"order": 3}] * 28
    found = [len(bursts(stores(12), usual, weight=1.0, topics=t, terms=TERMS)) for t in (1, 10_000)]
    assert found == [1, 0]


@pytest.mark.parametrize(("days", "weight"), [
    ([10] * 28, 1.0), ([5, 5, 5, 5, 5, 5, 20] * 4, 20 / (50 / 7)), ([9, 9, 9, 9, 9, 9, 0] * 4, 1 / 3),
    ([10] * 6, 1.0), ([0] * 28, 1.0), ([], 1.0),
])  # fmt: skip
def test_what_a_weekday_weighs(days: list[int], weight: float) -> None:
    assert weekday_weight([{"order": n} for n in days]) == pytest.approx(weight)


def test_while_nothing_is_usual_half_of_those_who_complain_must_share_a_word() -> None:
    found = [len(first_bursts(stores(5, "芋圆"), complaining=whole, terms=TERMS)) for whole in (5, 10, 11)]
    assert found == [1, 1, 0]
    assert first_bursts(stores(4, "芋圆"), complaining=4, terms=TERMS) == []


def test_bursts_of_the_same_cases_are_one() -> None:
    found = [burst for topic, first in (("芋圆", 1), ("发霉", 2), ("equipment", 50))
             for burst in first_bursts(stores(8, topic, first), complaining=8, terms=TERMS)]  # fmt: skip
    one, other = merged(found, told=[])
    assert (one.subject, one.numbers["topic"], other.subject) == ("芋圆", "芋圆、发霉", "equipment")
    assert merged(found, told=[one]) == [other]


FOOD_TOLD = EarlyWarning(Level.RED, WarningRule.DANGER, "7", {"dangers": "food"}, (7,))


@pytest.mark.parametrize(("standing", "told"), [
    ([], "food media"), ([FOOD_TOLD], "media"), ([replace(FOOD_TOLD, closed_at=NOON)], "food media"),
    ([replace(FOOD_TOLD, numbers={"dangers": "food media"})], ""),
])  # fmt: skip
def test_a_danger_is_told_as_long_as_it_is_news(standing: list[EarlyWarning], told: str) -> None:
    found = danger(7, ["food", "media"], said="喝出虫", standing=standing)
    assert (found.numbers["dangers"] if found else "") == told


@pytest.mark.parametrize(("now", "before", "is_rising"), [
    (Shares(12, 40), Shares(10, 200), True), (Shares(3, 40), Shares(10, 200), False),
    (Shares(9, 10), Shares(1, 99), False),
])  # fmt: skip
def test_dissatisfaction(now: Shares, before: Shares, is_rising: bool) -> None:
    assert (dissatisfied(now, before, terms=TERMS) is not None) is is_rising


@pytest.mark.parametrize(("due", "unfinished", "is_danger"), [(10, 30, True), (9, 10, False), (10, 90, False)])
def test_deadlines(due: int, unfinished: int, is_danger: bool) -> None:
    assert (deadlines("east", range(due), unfinished, terms=TERMS) is not None) is is_danger


def test_a_persons_words() -> None:
    names = {1: "林晓", 2: "周宁"}
    spans = {1: 4, 2: 4, 3: 4}
    (found,) = words_rising({1: 12, 2: 5, 3: 99}, {1: 4, 2: 20}, names=names, spans=spans, terms=TERMS)
    assert (found.subject, found.numbers["usual"], found.level) == ("1", "1.0", Level.BLUE)
    assert words_rising({1: 12}, {}, names=names, spans={1: 0}, terms=TERMS) == []  # nothing to compare with


def figures(count: int, *, wait: float = 60, at: datetime = NOON, score: int = 5, findings: int = 0,
            known: datetime = NOON, first: int = 0) -> list[CaseFigure]:  # fmt: skip
    return [CaseFigure(first + n, at + timedelta(minutes=n), None, 1, known, 1, findings if n % 2 else 0, score,
                       wait + n % 7) for n in range(count)]  # fmt: skip


def test_only_a_difference_that_stands_among_all_is_called_one() -> None:
    pairs = {"a": (figures(60, wait=600, findings=1), figures(60, findings=0)), "b": (figures(60), figures(60)),
             "c": (figures(5), figures(60))}  # fmt: skip
    found = compared(pairs, least=30, level=0.05)
    told = {(each.what, each.measure.value): each for each in found}
    assert told["a", "response"].is_unlike
    assert told["a", "response"].low < told["a", "response"].ratio < told["a", "response"].high  # type: ignore[operator]
    assert told["a", "quality"].ratio is None  # nothing found on the other side: no ratio
    assert not any(told["b", m].is_unlike for m in ("response", "quality", "satisfaction"))
    assert told["c", "response"].ratio is None


def test_how_cases_are_told_apart() -> None:
    old = figures(3, known=NOON - timedelta(days=400), first=10)
    new, known = by_acquaintance([*figures(2), *old], lambda since: since + timedelta(days=90))
    assert (len(new), len(known)) == (2, 3)
    quiet = figures(2, at=NOON + timedelta(hours=5), first=90)
    busy, rest = by_load([*figures(3), *quiet], lambda at: f"{at:%H}")
    assert (len(busy), len(rest)) == (0, 5)  # more than half of all cases fell into the busiest hour
    busy, rest = by_load([*figures(3), *quiet, *figures(2, at=NOON + timedelta(hours=9))], lambda at: f"{at:%H}")
    assert (len(busy), len(rest)) == (3, 4)


def test_a_day_to_day_swing() -> None:
    slow = figures(20, wait=900, at=NOON + timedelta(days=1), score=1, findings=2)
    found = judged(swings("林晓", [*figures(20), *slow], lambda at: at.date(), least=20, level=0.05), level=0.05)
    assert [(each.measure.value, each.is_unlike, each.sizes[1]) for each in found] == [
        ("response", True, 2), ("quality", True, 2), ("satisfaction", True, 2)]  # fmt: skip
    assert all(each.ratio is not None and each.low < each.ratio < each.high for each in found)
    assert found[0].ratio is not None and found[0].ratio > 10
    assert found[2].ratio is not None and found[2].ratio < 0.1
    same = [*figures(20), *figures(20, at=NOON + timedelta(days=1))]
    assert not any(each.is_unlike for each in judged(swings("林晓", same, lambda at: at.date(), least=20, level=0.05),
                                                     level=0.05))  # fmt: skip
    assert {each.ratio for each in swings("林晓", figures(9), lambda at: at.date(), least=20, level=0.05)} == {None}


def test_days_with_and_without_an_inspection() -> None:
    checked, other = by_inspection(
        [*figures(3), *figures(2, at=NOON + timedelta(days=1))], lambda at: at.date() == NOON.date()
    )
    assert (len(checked), len(other)) == (3, 2)
