"""Deadlines and periods as people write them."""

from datetime import date, datetime, timedelta

import pytest

from bot.desk.deadline import read_deadline
from bot.desk.period import parse_period

TEN = datetime.fromisoformat("2026-11-23 10:00")
"""On the desk's own clock."""
WORKED = {"30分钟": 0.5, "30m": 0.5, "2小时": 2, "2 个小时内": 2, "半小时": 0.5, "1.5小时": 1.5, "2h": 2, "90分": 1.5}
AT = {
    "18:00": (23, 18, 0), "18：30前": (23, 18, 30), "9点": (24, 9, 0), "下午3点半": (23, 15, 30), "10:00": (24, 10, 0),
    "今天": (23, 18, 0), "明天": (24, 18, 0), "明天10:30": (24, 10, 30), "后天 上午9点": (25, 9, 0),
    "11-25": (25, 18, 0), "11月25日 15点": (25, 15, 0), "11/25，15:00": (25, 15, 0), "2026-11-25 08:00": (25, 8, 0),
    "1天": (24, 10, 0), "2日": (25, 10, 0), "1个工作日内": (24, 10, 0),
}  # fmt: skip
NONE = ["", "查库存", "12箱货", "25:00", "13-45", "2-30", "周五", "12", "0小时", "半", "9999999小时", "24点", "-2小时"]


@pytest.mark.parametrize(("words", "hours"), WORKED.items())
def test_hours_and_minutes_are_working_time(words: str, hours: float) -> None:
    found = read_deadline(f"{words} 核对出库", TEN)
    assert found is not None
    assert (found.worked, found.rest) == (timedelta(hours=hours), "核对出库")


@pytest.mark.parametrize(("words", "day_and_time"), AT.items())
def test_days_and_times_are_on_the_desks_own_clock(words: str, day_and_time: tuple[int, int, int]) -> None:
    found = read_deadline(f"{words} 12 箱核对", TEN)
    assert found is not None
    day, hour, minute = day_and_time
    assert (found.at, found.rest) == (TEN.replace(day=day, hour=hour, minute=minute), "12 箱核对")


@pytest.mark.parametrize("words", NONE)
def test_what_is_no_deadline_is_none(words: str) -> None:
    assert read_deadline(f"{words} 核对".strip(), TEN) is None


def test_a_date_that_is_over_means_next_year_and_a_full_one_means_itself() -> None:
    assert read_deadline("1-5 x", TEN).at == datetime.fromisoformat("2027-01-05 18:00")  # type: ignore[union-attr]
    assert read_deadline("2026-1-5 x", TEN).at == datetime.fromisoformat("2026-01-05 18:00")  # type: ignore[union-attr]


PERIODS = {
    "今天": ("2026-11-23", "2026-11-23"), "昨天": ("2026-11-22", "2026-11-22"), "本周": ("2026-11-23", "2026-11-29"),
    "上周": ("2026-11-16", "2026-11-22"), "本月": ("2026-11-01", "2026-11-30"), "上月": ("2026-10-01", "2026-10-31"),
    "本季": ("2026-10-01", "2026-12-31"), "上季": ("2026-07-01", "2026-09-30"), "今年": ("2026-01-01", "2026-12-31"),
    "去年": ("2025-01-01", "2025-12-31"), "2026-02": ("2026-02-01", "2026-02-28"),
    "2028年2月": ("2028-02-01", "2028-02-29"), "2026年": ("2026-01-01", "2026-12-31"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "days"), PERIODS.items())
def test_periods(words: str, days: tuple[str, str]) -> None:
    found = parse_period(words, date(2026, 11, 23))
    assert found is not None
    assert (found.first, found.last) == tuple(map(date.fromisoformat, days))


def test_periods_across_the_years_end() -> None:
    first = date(2026, 1, 1)
    assert [parse_period(w, first).first for w in ("上月", "上季", "去年")] == [  # type: ignore[union-attr]
        date(2025, 12, 1), date(2025, 10, 1), date(2025, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["", "前天", "2026-13", "12", "本周三"])
def test_what_is_no_period(words: str) -> None:
    assert parse_period(words, date(2026, 11, 23)) is None
