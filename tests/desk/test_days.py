"""Dates and times as people write them."""

from datetime import date

import pytest

from bot.desk.clock_face import clock, hours, spans_from
from bot.desk.days import day_from, days_from, weekdays_from

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", "2026-11-25"), ("明天", "2026-11-26"), ("大后天", "2026-11-28"), ("昨天", "2026-11-24"),
        ("周三", "2026-11-25"), ("周二", "2026-12-01"), ("本周一", "2026-11-23"), ("下周一", "2026-11-30"),
        ("下下周日", "2026-12-13"), ("上周五", "2026-11-20"),
        ("星期天", "2026-11-29"), ("25日", "2026-11-25"),
        ("11月26日", "2026-11-26"), ("11-26", "2026-11-26"), ("１１／２６", "2026-11-26"), ("1月3日", "2027-01-03"),
        ("10月30号", "2026-10-30"), ("2024年2月29日", "2024-02-29"),
        ("2027.1.3", "2027-01-03"), ("20261231", "2026-12-31"),
    ],
)  # fmt: skip
def test_a_day_is_meant_as_it_is_said(text: str, day: str) -> None:
    assert day_from(text, WEDNESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["", "后年", "2月30日", "2026-13-01", "31日", "周八", "11", "生病", "0月5日"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_from(text, date(2026, 11, 25)) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("11月25日至27日", 25, 27), ("11-25 ~ 11-27", 25, 27), ("周三到周五", 25, 27), ("明天", 26, 26)],
)  # fmt: skip
def test_a_span_has_both_its_ends(text: str, first: int, last: int) -> None:
    found = days_from(text, WEDNESDAY)
    assert found == (date(2026, 11, first), date(2026, 11, last))


@pytest.mark.parametrize("text", ["27日至25日", "今天至", "至明天", "明天至生病", "2026-01-01至2028-01-01"])
def test_a_span_that_runs_backward_or_for_years_is_none(text: str) -> None:
    assert days_from(text, WEDNESDAY) is None


def test_a_span_over_the_years_end_goes_on_into_the_next() -> None:
    assert days_from("12月30日至1月2日", WEDNESDAY) == (date(2026, 12, 30), date(2027, 1, 2))


@pytest.mark.parametrize("text", ["", "周一至", "每周", "8", "周一至周三至周五"])
def test_what_are_no_weekdays_is_none(text: str) -> None:
    assert weekdays_from(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9:00-12:00、13:00-18:00", "09:00-12:00、13:00-18:00"), ("8：30—17：30", "08:30-17:30"),
        ("22:00-次日06:00", "22:00-次日06:00"), ("22:00-6:00", "22:00-次日06:00"), ("9-18", "09:00-18:00"),
        ("9:00 - 12:00  13:00 - 18:00", "09:00-12:00、13:00-18:00"),
        ("9点-18点", "09:00-18:00"), ("9点30分至18点", "09:30-18:00"), ("00:00-24:00", "00:00-24:00"),
        ("20:00-次日2:00 次日3:00-次日6:00", "20:00-次日02:00、次日03:00-次日06:00"),
        ("09:00:00-18:00:00", "09:00-18:00"),
    ],
)  # fmt: skip
def test_hours_are_read_however_they_are_written(text: str, shown: str) -> None:
    assert hours(spans_from(text)) == shown


@pytest.mark.parametrize(
    "text",
    ["", "早上", "9:00", "25:00-26:00", "9:60-10:00", "13:00-18:00、9:00-12:00", "9:00-12:00、11:00-18:00",
     "次日9:00-10:00", "24:00-25:00", "9:00-9:00-10:00"],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # its words are the text
        spans_from(text)
    assert str(refused.value) == text


def test_a_minute_after_midnight_is_the_next_days() -> None:
    assert (clock(540), clock(1440), clock(1441)) == ("09:00", "24:00", "次日00:01")
