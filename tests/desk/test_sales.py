"""Periods and what they are compared with: quarters' edges, leap years, periods under way, nothing to compare with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.fiscal import MONTHS
from bot.desk.period import Period
from bot.desk.sales import (
    Change,
    Grain,
    SalesPeriod,
    Total,
    add_up,
    change,
    covered,
    length,
    pair,
    sales_period,
    same_stores,
    sticks,
)

TODAY = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("2026-10", "2026-10"), ("2026年1月", "2026-01"), ("10月", "2025-10"), ("本月", "2026-02"), ("上月", "2026-01"),
        ("2026Q3", "2026Q3"), ("2026q1", "2026Q1"), ("２０２６Ｑ３", "2026Q3"), ("2026-Q4", "2026Q4"),
        ("2026年三季度", "2026Q3"),
        ("2026年第2季度", "2026Q2"), ("Q4", "2025Q4"), ("第一季度", "2026Q1"), ("一季度", "2026Q1"), ("本季", "2026Q1"),
        ("上季", "2025Q4"), ("2026", "2026"), ("2026年", "2026"), ("去年", "2025"), ("今年", "2026"),
    ],
)  # fmt: skip
def test_what_names_a_period(words: str, code: str) -> None:
    found = sales_period(words, TODAY)
    assert found is not None
    assert found.code() == code
    assert sales_period(found.code(), TODAY) == found


@pytest.mark.parametrize(
    "words", ["", "2026Q5", "2026-13", "今天", "本周", "2026-10-08", "四川", "0001", "1999", "Q", "9999Q4"]
)
def test_what_names_none(words: str) -> None:
    assert sales_period(words, TODAY) is None


@pytest.mark.parametrize(
    ("code", "before", "year_before", "last"),
    [
        ("2026-01", "2025-12", "2025-01", date(2026, 1, 31)), ("2028-02", "2028-01", "2027-02", date(2028, 2, 29)),
        ("2026Q1", "2025Q4", "2025Q1", date(2026, 3, 31)), ("2026Q4", "2026Q3", "2025Q4", date(2026, 12, 31)),
        ("2028", "2027", "2027", date(2028, 12, 31)),
    ],
)  # fmt: skip
def test_neighbours(code: str, before: str, year_before: str, last: date) -> None:
    period = sales_period(code, TODAY)
    assert period is not None
    assert (period.before.code(), period.year_before.code(), period.days.last) == (before, year_before, last)


@pytest.mark.parametrize(
    ("code", "newest", "of", "now_days", "base"),
    [
        ("2026-10", date(2026, 10, 31), "before", 31, ("2026-09-01", "2026-09-30", False)),
        ("2026-10", date(2026, 10, 25), "before", 25, ("2026-09-01", "2026-09-25", True)),
        ("2026-03", date(2026, 3, 30), "before", 28, ("2026-02-01", "2026-02-28", True)),
        ("2028-02", date(2028, 2, 29), "year", 29, ("2027-02-01", "2027-02-28", False)),
        ("2027-02", date(2027, 2, 28), "year", 28, ("2026-02-01", "2026-02-28", False)),
        ("2029-02", date(2029, 2, 28), "year", 28, ("2028-02-01", "2028-02-29", False)),
        ("2028Q1", date(2028, 3, 1), "year", 61, ("2027-01-01", "2027-03-02", True)),
        ("2028", date(2028, 12, 30), "year", 365, ("2027-01-01", "2027-12-31", True)),
    ],
)  # fmt: skip
def test_equally_many_days_while_the_ledger_has_not_come_to_the_end(
    code: str, newest: date, of: str, now_days: int, base: tuple[str, str, bool]
) -> None:
    period = sales_period(code, TODAY)
    assert period is not None
    other = period.before if of == "before" else period.year_before
    found = pair(period.days, other.days, newest)
    assert length(found.now) == now_days
    assert (found.base.first.isoformat(), found.base.last.isoformat(), found.is_cut) == base


@given(st.dates(date(2002, 1, 1), date(2099, 12, 31)), st.sampled_from([*MONTHS]), st.integers(-5, 370))
def test_what_is_cut_has_equally_many_days_and_stays_within(day: date, grain: Grain, known: int) -> None:
    first = {Grain.MONTH: day.replace(day=1), Grain.QUARTER: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
             Grain.YEAR: date(day.year, 1, 1)}[grain]  # fmt: skip
    period = SalesPeriod(grain, first)
    newest = first + timedelta(days=known)
    for other in (period.before, period.year_before):
        found = pair(period.days, other.days, newest)
        here, there = found.lengths
        assert here == there or not found.is_cut
        assert found.now.end <= period.days.end and found.base.end <= other.days.end
        assert (newest >= period.days.last) is not found.is_cut
    assert period.before.days.end == first


def test_nothing_known_is_no_days() -> None:
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert length(covered(october, None)) == 0
    assert pair(october, Period(date(2025, 10, 1), date(2025, 11, 1)), None).lengths == (0, 0)


@pytest.mark.parametrize(
    ("now", "base", "lengths", "found"),
    [
        (Total(110, days=1), Total(100, days=1), (31, 31), Change(0.1)),
        (Total(58, days=29), Total(56, days=28), (29, 28), Change(58 / 56 - 1, 0.0)),
        (Total(0, days=31), Total(100, days=31), (31, 31), Change(-1.0)),
        (Total(0), Total(100, days=31), (31, 31), Change()),
        (Total(100, days=31), Total(0), (31, 31), Change()),
        (Total(100, days=31), Total(0, days=31), (31, 31), Change()),
        (Total(100, days=31), Total(-5, days=31), (31, 31), Change()),
        (Total(), Total(), (0, 0), Change()),
    ],
)
def test_growth_or_nothing_to_compare_with(now: Total, base: Total, lengths: tuple[int, int], found: Change) -> None:
    told = change(now, base, lengths)
    assert told.share == pytest.approx(found.share) if found.share is not None else told == found
    assert told.daily == pytest.approx(found.daily) if found.daily is not None else told.daily is None


def test_the_target_counts_the_days_that_have_one() -> None:
    assert Total(500, target=400, toward=300).attained == 0.75
    assert Total(500).attained is None


def test_same_stores_are_those_that_sold_in_both() -> None:
    now = {"a": Total(10, days=1), "b": Total(50, days=1), "c": Total(target=9)}
    base = {"a": Total(8, days=1), "c": Total(9, days=1)}
    assert same_stores(now, base, "abc") == (Total(10, days=1), Total(8, days=1))
    assert add_up(now, ["a", "b", "x"]).amount == 60


def test_the_steps_of_a_plot() -> None:
    leap = sticks(
        SalesPeriod(Grain.MONTH, date(2028, 2, 1)), {date(2028, 2, 29): Total(5)}, {date(2027, 2, 28): Total(7)}
    )
    assert (len(leap), leap[28].amount, leap[28].before, leap[27].before) == (29, 5, 0, 7)
    days = {date(2026, 7, 31): Total(1), date(2026, 8, 1): Total(2, target=3), date(2026, 9, 30): Total(4)}
    quarter = sticks(SalesPeriod(Grain.QUARTER, date(2026, 7, 1)), days, {date(2025, 8, 31): Total(9)})
    assert [(s.amount, s.before, s.target) for s in quarter] == [(1, 0, 0), (2, 9, 3), (4, 0, 0)]
    assert len(sticks(SalesPeriod(Grain.YEAR, date(2026, 1, 1)), {}, {})) == 12
