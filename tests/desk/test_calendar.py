"""Holidays and make-up workdays: the decrees of 2025 and 2026 day by day, and a year of which nothing is known."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.almanac.china import decreed_days
from bot.desk.calendar import DayKind, SpecialDay, WorkCalendar, by_date
from bot.desk.calendar_rows import read_day, read_days
from bot.desk.hours import Span, WeeklyHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE_TO_SIX = (Span(9 * 60, 18 * 60),)
SATURDAYS = (Span(10 * 60, 16 * 60),)
WEEK = WeeklyHours((NINE_TO_SIX,) * 5 + ((), ()))
CHINA = WorkCalendar(WEEK, decree=by_date(decreed_days()), follows_decree=True)

OFF = {
    # 国办发明电〔2024〕12号
    2025: "01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 "
    "05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08",
    # 国办发明电〔2025〕7号
    2026: "01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 "
    "05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07",
}
MADE_UP = {
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def days_of(year: int, table: dict[int, str]) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for day in table[year].split()}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_a_decreed_year_is_worked_or_free_as_the_decree_says(year: int) -> None:
    off, made_up = days_of(year, OFF), days_of(year, MADE_UP)
    for day in (date(year, 1, 1) + timedelta(days=n) for n in range(365)):
        worked = day in made_up or (day.weekday() < 5 and day not in off)
        assert CHINA.is_workday(day) is worked, day
    assert CHINA.is_known(year)


def test_the_days_that_are_most_easily_taken_for_others() -> None:
    assert date(2026, 2, 14).weekday() == date(2026, 10, 10).weekday() == 5
    assert CHINA.is_workday(date(2026, 2, 14))
    assert CHINA.is_workday(date(2026, 10, 10))
    assert not CHINA.is_workday(date(2026, 2, 17))


def test_of_a_year_without_a_decree_nothing_is_guessed_weekdays_rule_and_it_is_said() -> None:
    assert not CHINA.is_known(2031)
    assert CHINA.special_days(2031) == []
    for day in (date(2031, 1, 1) + timedelta(days=n) for n in range(365)):
        assert CHINA.is_workday(day) is (day.weekday() < 5), day


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2026-10-31", ()), ("2026-11-01", (2027,)), ("2026-12-31", (2027,)), ("2027-01-01", (2027,)),
     ("2027-11-01", (2027, 2028)), ("2025-12-01", ())],
)  # fmt: skip
def test_a_decree_is_missed_from_november_of_the_year_before(today: str, missing: tuple[int, ...]) -> None:
    only_two = [d for d in decreed_days() if d.day.year in (2025, 2026)]
    calendar = WorkCalendar(WEEK, decree=by_date(only_two), follows_decree=True)
    assert calendar.missing_years(date.fromisoformat(today)) == missing


def test_who_follows_no_decree_misses_none() -> None:
    assert WorkCalendar(WEEK).missing_years(date(2031, 12, 1)) == ()


STATUTORY = ("01-01", "05-01", "10-01", "10-02", "10-03")


@pytest.mark.parametrize("left_out", [None, *STATUTORY])
def test_a_table_with_every_statutory_day_is_the_years_decree_and_one_that_lacks_any_is_not(
    left_out: str | None,
) -> None:
    table = [SpecialDay(date.fromisoformat(f"2031-{d}"), DayKind.HOLIDAY) for d in STATUTORY if d != left_out]
    assert CHINA.with_imported(table).is_known(2031) is (left_out is None)


def test_a_deadline_runs_over_make_up_days_holidays_and_the_end_of_the_year() -> None:
    def add(start: str, hours: float) -> datetime:
        return CHINA.add_working_time(at(start), timedelta(hours=hours), SHANGHAI)

    assert add("2026-02-13T17:00:00", 2) == at("2026-02-14T10:00:00")  # Friday, then the Saturday that is worked
    assert add("2026-02-14T17:59:59", 0.5) == at("2026-02-24T09:29:59")  # over nine days of 春节
    assert add("2026-09-30T17:00:00", 18) == at("2026-10-09T17:00:00")
    assert add("2025-12-31T17:30:00", 1) == at("2026-01-04T09:30:00")  # a Sunday that is worked
    assert add("2026-12-31T17:00:00", 2) == at("2027-01-01T10:00:00")  # no decree yet: a Friday is a Friday
    between = CHINA.working_time_between(at("2026-02-13T17:00:00"), at("2026-02-24T09:00:01"), SHANGHAI)
    assert between == timedelta(hours=10, seconds=1)


def test_a_night_that_begins_on_a_workday_runs_into_the_holiday_and_none_begins_there() -> None:
    nights = WorkCalendar(WeeklyHours(((Span(22 * 60, 30 * 60),),) * 7), decree=by_date(decreed_days()))
    assert nights.is_open(at("2026-10-01T05:59:59"), SHANGHAI)
    assert not nights.is_open(at("2026-10-01T22:00:00"), SHANGHAI)
    assert not nights.is_open(at("2026-10-08T05:00:00"), SHANGHAI)
    assert nights.next_open(at("2026-10-01T06:00:00"), SHANGHAI) == at("2026-10-08T22:00:00")


@pytest.mark.parametrize(
    ("special", "spans"),
    [
        (SpecialDay(date(2026, 10, 1), DayKind.HOLIDAY), (Span(600, 720),)),
        (SpecialDay(date(2026, 10, 1), DayKind.HOLIDAY, spans=(Span(0, 60),)), (Span(0, 60),)),
        (SpecialDay(date(2026, 10, 1), DayKind.HOLIDAY, like=5), SATURDAYS),
        (SpecialDay(date(2026, 10, 1), DayKind.REGULAR), NINE_TO_SIX),
        (SpecialDay(date(2026, 10, 4), DayKind.REGULAR), ()),
        (SpecialDay(date(2026, 10, 4), DayKind.WORKDAY), SATURDAYS),
        (SpecialDay(date(2026, 10, 4), DayKind.WORKDAY, like=2), NINE_TO_SIX),
        (SpecialDay(date(2026, 10, 4), DayKind.WORKDAY, spans=()), ()),
    ],
)
def test_a_special_day_has_its_own_hours_or_a_weekdays_or_those_of_its_kind(
    special: SpecialDay, spans: tuple[Span, ...]
) -> None:
    week = WeeklyHours((NINE_TO_SIX,) * 5 + (SATURDAYS, ()))
    calendar = WorkCalendar(week, decree=by_date([special]), holiday=(Span(600, 720),), make_up_like=5)
    assert calendar.day_spans(special.day) == spans


def test_the_settings_go_before_an_import_and_an_import_before_the_decree() -> None:
    day = date(2026, 10, 1)
    imported = CHINA.with_imported([SpecialDay(day, DayKind.WORKDAY, "导入")])
    assert (CHINA.is_workday(day), imported.is_workday(day)) == (False, True)
    own = by_date([SpecialDay(day, DayKind.HOLIDAY, "设置")])
    both = WorkCalendar(WEEK, decree=CHINA.decree, imported=imported.imported, own=own)
    assert not both.is_workday(day)
    assert [d.name for d in both.special_days(2026) if d.day == day] == ["设置"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", SpecialDay(date(2026, 12, 31), DayKind.HOLIDAY)),
        ("2026/12/3 年终 盘点", SpecialDay(date(2026, 12, 3), DayKind.HOLIDAY, "年终 盘点")),
        ("2026年12月31日 盘点 09:00-12:00、13:00-15:00",
         SpecialDay(date(2026, 12, 31), DayKind.HOLIDAY, "盘点", (Span(540, 720), Span(780, 900)))),
        ("20261231 22:00-06:00", SpecialDay(date(2026, 12, 31), DayKind.HOLIDAY, "", (Span(1320, 1800),))),
        ("２０２６－１２－３１ 周三", SpecialDay(date(2026, 12, 31), DayKind.HOLIDAY, "", None, 2)),
        ("2026-12-31 星期天", SpecialDay(date(2026, 12, 31), DayKind.HOLIDAY, "", None, 6)),
    ],
)  # fmt: skip
def test_a_day_of_the_settings_is_a_date_a_name_and_hours(text: str, day: SpecialDay) -> None:
    assert read_day(text, DayKind.HOLIDAY) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "须形如"), ("明天", "须形如"), ("2026-02-30", "没有“2026-02-30”这一天"), ("2026111", "须形如"),
     ("1926-01-01", "年份"), ("2026-01-01 12:00-12:00", "须从早到晚"),
     ("2026-01-01 12:00-14:00 13:00-15:00", "不重叠")],
)  # fmt: skip
def test_a_day_that_cannot_be_read_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_day(text, DayKind.HOLIDAY)


def test_every_bad_row_of_a_table_is_named() -> None:
    rows = [
        ("2027-01-01", "放假", ""), ("2027-02-30", "放假", ""), ("2027-01-01", "上班", ""), ("2027-01-02", "调休", ""),
        ("2027-01-03", "上班", "9点"), ("46388", "放假", ""), ("2027-01-04T00:00:00", "OFF", ""),
    ]  # fmt: skip
    cells = [(n, dict(zip(("日期", "安排", "时段"), row, strict=True))) for n, row in enumerate(rows, start=2)]
    read = read_days(cells)
    assert [p.row for p in read.problems] == [3, 4, 5, 6, 7]
    assert [d.day for d in read.records if d.day not in (date(2027, 1, 1),)] == [date(2027, 1, 4)]
