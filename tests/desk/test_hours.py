"""Working hours: when the desk is open, when it opens next, and when a span of working time has passed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.hours import NeverOpenError, Span, WeeklyHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_SIX = (Span(9 * 60, 18 * 60),)
WITH_LUNCH = (Span(9 * 60, 12 * 60), Span(13 * 60, 18 * 60))
EVERY_DAY = WeeklyHours((NINE_TO_SIX,) * 7)
WORKDAYS = WeeklyHours((WITH_LUNCH,) * 5 + ((),) * 2)
ROUND_THE_CLOCK = WeeklyHours(((Span(0, 24 * 60),),) * 7)
NEVER = WeeklyHours(((),) * 7)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """`11-23 09:00` of 2026 on the wall (a Monday)."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("hours", "when", "is_open"),
    [
        (EVERY_DAY, "11-23 08:59", False),
        (EVERY_DAY, "11-23 09:00", True),
        (EVERY_DAY, "11-23 17:59", True),
        (EVERY_DAY, "11-23 18:00", False),
        (WORKDAYS, "11-23 12:00", False),
        (WORKDAYS, "11-23 13:00", True),
        (WORKDAYS, "11-28 10:00", False),
        (ROUND_THE_CLOCK, "11-29 23:59", True),
        (ROUND_THE_CLOCK, "11-30 00:00", True),
        (NEVER, "11-23 10:00", False),
    ],
)
def test_the_desk_is_open_from_the_first_minute_until_the_last(hours: WeeklyHours, when: str, is_open: bool) -> None:
    assert hours.is_open(at(when), SHANGHAI) is is_open
    assert hours.is_open(at(when).astimezone(UTC), SHANGHAI) is is_open


@pytest.mark.parametrize(
    ("hours", "when", "opens"),
    [
        (EVERY_DAY, "11-23 10:30", "11-23 10:30"),
        (EVERY_DAY, "11-23 07:00", "11-23 09:00"),
        (EVERY_DAY, "11-23 18:00", "11-24 09:00"),
        (EVERY_DAY, "11-30 22:00", "12-01 09:00"),
        (WORKDAYS, "11-23 12:30", "11-23 13:00"),
        (WORKDAYS, "11-27 18:00", "11-30 09:00"),
    ],
)
def test_the_next_opening(hours: WeeklyHours, when: str, opens: str) -> None:
    assert hours.next_open(at(when), SHANGHAI) == at(opens)


DUE = [
    (EVERY_DAY, "11-23 10:00", "10m", "11-23 10:10"),
    (EVERY_DAY, "11-23 17:55", "10m", "11-24 09:05"),
    (EVERY_DAY, "11-23 17:50", "10m", "11-23 18:00"),
    (EVERY_DAY, "11-23 22:00", "10m", "11-24 09:10"),
    (EVERY_DAY, "11-23 03:00", "10m", "11-23 09:10"),
    (EVERY_DAY, "11-23 10:00", "18h", "11-25 10:00"),
    (WORKDAYS, "11-23 11:55", "10m", "11-23 13:05"),
    (WORKDAYS, "11-27 17:55", "10m", "11-30 09:05"),
    (WORKDAYS, "11-27 09:00", "40h", "12-03 18:00"),
    (ROUND_THE_CLOCK, "11-23 23:00", "2h", "11-24 01:00"),
    (EVERY_DAY, "11-23 22:00", "0m", "11-23 22:00"),
]


@pytest.mark.parametrize(("hours", "start", "span", "due"), DUE)
def test_what_is_due_runs_in_working_time_only(hours: WeeklyHours, start: str, span: str, due: str) -> None:
    duration = timedelta(hours=int(span[:-1])) if span.endswith("h") else timedelta(minutes=int(span[:-1]))
    found = hours.add_working_time(at(start), duration, SHANGHAI)
    assert found == at(due)
    assert found.tzinfo is UTC


def test_an_hour_a_year_is_enough_and_a_table_without_any_is_refused() -> None:
    rare = WeeklyHours(((Span(0, 1),),) + ((),) * 6)
    monday = at("11-23 00:00")
    assert rare.add_working_time(monday, timedelta(minutes=80), SHANGHAI) == monday + timedelta(days=7 * 79, minutes=1)
    with pytest.raises(NeverOpenError):
        NEVER.next_open(at("11-23 10:00"), SHANGHAI)
    with pytest.raises(NeverOpenError):
        NEVER.add_working_time(at("11-23 10:00"), timedelta(minutes=1), SHANGHAI)


def test_daylight_saving_moves_the_day_and_not_the_clock_on_the_wall() -> None:
    saturday = at("03-28 17:00", BERLIN)  # the clocks go ahead in the night that follows
    assert EVERY_DAY.add_working_time(saturday, timedelta(hours=2), BERLIN) == at("03-29 10:00", BERLIN)
    assert at("03-29 10:00", BERLIN).astimezone(UTC).hour == 8
    night = WeeklyHours(((Span(0, 5 * 60),),) * 7)
    short, long = (at(f"{day} 00:00", BERLIN) for day in ("03-29", "10-25"))
    assert night.working_time_between(short, at("03-29 12:00", BERLIN), BERLIN) == timedelta(hours=4)
    assert night.working_time_between(long, at("10-25 12:00", BERLIN), BERLIN) == timedelta(hours=6)


@pytest.mark.parametrize(("first", "last"), [(60, 60), (61, 60), (-1, 60), (0, 1441)])
def test_a_span_runs_forward_within_a_day(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(first, last)


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


weeks = st.tuples(*[days()] * 7).filter(lambda week: sum(s.end - s.start for day in week for s in day) >= 30)
tables = weeks.map(WeeklyHours)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.integers(1, 8 * 60).map(lambda minutes: timedelta(minutes=minutes))
zones = st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/St_Johns")])


@given(tables, instants, spans, zones)
def test_every_due_instant_is_later_in_working_time_and_exactly_so_far(
    hours: WeeklyHours, start: datetime, span: timedelta, zone: ZoneInfo
) -> None:
    due = hours.add_working_time(start, span, zone)
    assert due >= start + span
    assert hours.is_open(due - timedelta(microseconds=1), zone)
    assert hours.working_time_between(start, due, zone) == span


@given(tables, instants, spans, spans, zones)
def test_working_time_adds_up(
    hours: WeeklyHours, start: datetime, one: timedelta, two: timedelta, zone: ZoneInfo
) -> None:
    in_two = hours.add_working_time(hours.add_working_time(start, one, zone), two, zone)
    assert in_two == hours.add_working_time(start, one + two, zone)


@given(tables, instants, zones)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours: WeeklyHours, start: datetime, zone: ZoneInfo) -> None:
    opening = hours.next_open(start, zone)
    assert hours.is_open(opening, zone)
    assert hours.working_time_between(start, opening, zone) == timedelta(0)


def test_no_working_time_runs_backward() -> None:
    assert EVERY_DAY.working_time_between(at("11-24 10:00"), at("11-23 10:00"), SHANGHAI) == timedelta(0)
