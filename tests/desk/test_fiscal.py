"""Weeks, months, quarters, years of a fiscal calendar: edges, leap years, daylight saving, when a report is due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.events import Did, Event
from bot.desk.fiscal import FiscalPeriod, Grain, due_at, fiscal_period, holding, window, window_like
from bot.desk.ledger import Span
from bot.desk.turns import turns

SHANGHAI, BERLIN, SAO_PAULO = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo")
TODAY = date(2026, 11, 26)
"""A Thursday of week 48."""


@pytest.mark.parametrize(
    ("words", "begins", "code", "first", "last"),
    [
        ("2026-10", 1, "2026-10", "2026-10-01", "2026-10-31"), ("上月", 4, "2026-10", "2026-10-01", "2026-10-31"),
        ("2024-02", 1, "2024-02", "2024-02-01", "2024-02-29"), ("12月", 1, "2025-12", "2025-12-01", "2025-12-31"),
        ("2026Q3", 1, "2026Q3", "2026-07-01", "2026-09-30"), ("2026Q3", 4, "2026Q3", "2026-10-01", "2026-12-31"),
        ("2026Q4", 4, "2026Q4", "2027-01-01", "2027-03-31"), ("三季度", 4, "2026Q3", "2026-10-01", "2026-12-31"),
        ("Q4", 4, "2025Q4", "2026-01-01", "2026-03-31"), ("上季", 1, "2026Q3", "2026-07-01", "2026-09-30"),
        ("本季", 2, "2026Q4", "2026-11-01", "2027-01-31"), ("2026", 1, "2026", "2026-01-01", "2026-12-31"),
        ("2026", 7, "2026", "2026-07-01", "2027-06-30"), ("2026财年", 12, "2026", "2026-12-01", "2027-11-30"),
        ("今年", 12, "2025", "2025-12-01", "2026-11-30"), ("去年", 1, "2025", "2025-01-01", "2025-12-31"),
        ("上周", 1, "2026W47", "2026-11-16", "2026-11-22"),
        ("２０２６ｗ４１", 1, "2026W41", "2026-10-05", "2026-10-11"),
        ("2026W53", 1, "2026W53", "2026-12-28", "2027-01-03"), ("第50周", 1, "2025W50", "2025-12-08", "2025-12-14"),
        ("2025W01", 1, "2025W01", "2024-12-30", "2025-01-05"),
    ],
)  # fmt: skip
def test_a_period_that_people_name(words: str, begins: int, code: str, first: str, last: str) -> None:
    period = fiscal_period(words, TODAY, begins=begins)
    assert period is not None
    found = (period.code(), period.days.first.isoformat(), period.days.last.isoformat())
    assert found == (code, first, last)


@pytest.mark.parametrize(
    "words", ["", "今天", "2026-10-08", "2026Q5", "2025W53", "第54周", "13月", "火星", "0000", "9999", "2026W00", "Q0"]
)
def test_what_is_no_period(words: str) -> None:
    assert fiscal_period(words, TODAY) is None


@given(st.dates(date(2003, 1, 1), date(2098, 12, 31)), st.sampled_from(Grain), st.integers(1, 12))
def test_periods_tile_the_calendar_and_their_codes_name_them(day: date, grain: Grain, begins: int) -> None:
    period = holding(day, grain, begins=begins)
    assert period.days.first <= day < period.days.end
    assert period.before.days.end == period.days.first
    assert holding(period.days.end, grain, begins=begins).before == period
    assert fiscal_period(period.code(), day, begins=begins) == period
    back = (period.days.first - period.year_before.days.first).days
    assert back == 364 if grain is Grain.WEEK else back in (365, 366)
    assert period.year_before.days.first.weekday() == period.first.weekday() or grain is not Grain.WEEK


@pytest.mark.parametrize(
    ("zone", "code", "since", "hours"),
    [
        (SHANGHAI, "2026-10", datetime(2026, 9, 30, 16, tzinfo=UTC), 31 * 24),
        (SHANGHAI, "2024-02", datetime(2024, 1, 31, 16, tzinfo=UTC), 29 * 24),
        (SHANGHAI, "2026", datetime(2025, 12, 31, 16, tzinfo=UTC), 365 * 24),
        (BERLIN, "2026-03", datetime(2026, 2, 28, 23, tzinfo=UTC), 31 * 24 - 1),
        (BERLIN, "2026-10", datetime(2026, 9, 30, 22, tzinfo=UTC), 31 * 24 + 1),
        (BERLIN, "2026W43", datetime(2026, 10, 18, 22, tzinfo=UTC), 7 * 24 + 1),
        (SAO_PAULO, "2018W44", datetime(2018, 10, 29, 3, tzinfo=UTC), 7 * 24 - 1),
    ],
)
def test_a_window_is_from_midnight_to_midnight_of_the_desk_whatever_its_clock_does(
    zone: ZoneInfo, code: str, since: datetime, hours: int
) -> None:
    """In São Paulo the clock jumped at midnight of Sunday, 4 November 2018; the week's last day has no midnight."""
    period = fiscal_period(code, TODAY)
    assert period is not None
    found = window(period, datetime(2027, 6, 1, tzinfo=UTC), zone)
    assert (found.since, found.until - found.since) == (since, timedelta(hours=hours))
    assert not found.is_cut


def test_a_period_under_way_is_compared_with_as_many_days_and_hours() -> None:
    as_of = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)
    march = FiscalPeriod(Grain.MONTH, date(2026, 3, 1))
    now = window(march, as_of, SHANGHAI)
    assert now.is_cut and now.until == as_of
    february = window_like(now, march.before, SHANGHAI)
    assert february.until == datetime(2026, 2, 28, 16, tzinfo=UTC), "February is over before its 30th"
    last = window_like(now, march.year_before, SHANGHAI)
    assert last.until == datetime(2025, 3, 30, 7, 30, tzinfo=UTC)
    ahead = window(FiscalPeriod(Grain.MONTH, date(2026, 5, 1)), as_of, SHANGHAI)
    assert ahead.since == ahead.until


@pytest.mark.parametrize(
    ("code", "nth", "due"),
    [
        ("2026-09", 1, "2026-10-09 09:00"), ("2026Q3", 2, "2026-10-10 09:00"), ("2026", 1, "2027-01-04 09:00"),
        ("2026W40", 1, "2026-10-09 09:00"),
    ],
)  # fmt: skip
def test_a_report_is_due_on_a_working_day_after_its_end(code: str, nth: int, due: str) -> None:
    """国庆 2026 lasts to the eighth here; 1 to 3 January 2027 are free."""
    off = {date(2026, 10, n) for n in range(1, 9)} | {date(2027, 1, n) for n in (1, 2, 3)}
    period = fiscal_period(code, TODAY)
    assert period is not None
    at = due_at(period, nth, time(9), zone=SHANGHAI, is_workday=lambda day: day not in off)
    assert f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == due


def test_a_desk_that_never_works_still_gets_its_report() -> None:
    period = FiscalPeriod(Grain.MONTH, date(2026, 10, 1))
    at = due_at(period, 3, time(9), zone=SHANGHAI, is_workday=lambda day: False)
    assert at == datetime(2026, 11, 3, 1, tzinfo=UTC)


def test_what_follows_an_end_at_the_same_instant_came_after_it() -> None:
    at = datetime(2026, 10, 5, tzinfo=UTC)
    told = [
        Event(1, Did.CASE_ASSIGNED, at, data={"to": "4"}), Event(1, Did.CASE_CLAIMED, at, 4),
        Event(1, Did.DEADLINE_PASSED, at, data={"term": "resolve"}), Event(1, Did.CASE_RESOLVED, at, 4),
        Event(1, Did.CASE_REOPENED, at, data={"handler": "4"}), Event(1, Did.CASE_CLOSED, at),
    ]  # fmt: skip
    found = turns(told, Span(at, at + timedelta(days=1)))
    assert (found.is_late, found.ended, found.reopened, found.resolver_id) == (True, 2, 1, 4)
