"""Working time: when the desk is open, when it opens next, and when a span of working time has passed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.calendar import DayKind, NeverOpenError, SpecialDay, WorkCalendar, by_date
from bot.desk.hours import Span, WeeklyHours
from tests.soak import looked_for

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_SIX = (Span(9 * 60, 18 * 60),)
LATE = (Span(13 * 60, 17 * 60), Span(22 * 60, 30 * 60))
WITH_LUNCH = (Span(9 * 60, 12 * 60), Span(13 * 60, 18 * 60))
EVERY_DAY = WorkCalendar(WeeklyHours((NINE_TO_SIX,) * 7))
WORKDAYS = WorkCalendar(WeeklyHours((WITH_LUNCH,) * 5 + ((),) * 2))
ROUND_THE_CLOCK = WorkCalendar(WeeklyHours(((Span(0, 24 * 60),),) * 7))
NIGHTS = WorkCalendar(WeeklyHours((LATE,) * 6 + ((),)))
NEVER = WorkCalendar(WeeklyHours(((),) * 7))


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
        (NIGHTS, "11-23 21:59", False),
        (NIGHTS, "11-23 22:00", True),
        (NIGHTS, "11-24 05:59", True),
        (NIGHTS, "11-24 06:00", False),
        (NIGHTS, "11-23 03:00", False),
        (NIGHTS, "11-29 03:00", True),
        (NEVER, "11-23 10:00", False),
    ],
)
def test_the_desk_is_open_from_the_first_minute_until_the_last(hours: WorkCalendar, when: str, is_open: bool) -> None:
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
        (NIGHTS, "11-24 02:00", "11-24 02:00"),
        (NIGHTS, "11-29 06:00", "11-30 13:00"),
    ],
)
def test_the_next_opening(hours: WorkCalendar, when: str, opens: str) -> None:
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
    (NIGHTS, "11-23 16:00", "2h", "11-23 23:00"),
    (NIGHTS, "11-23 23:00", "8h", "11-24 14:00"),
    (NIGHTS, "11-29 05:00", "2h", "11-30 14:00"),
    (NIGHTS, "11-24 00:30", "30m", "11-24 01:00"),
]


@pytest.mark.parametrize(("hours", "start", "span", "due"), DUE)
def test_what_is_due_runs_in_working_time_only(hours: WorkCalendar, start: str, span: str, due: str) -> None:
    duration = timedelta(hours=int(span[:-1])) if span.endswith("h") else timedelta(minutes=int(span[:-1]))
    found = hours.add_working_time(at(start), duration, SHANGHAI)
    assert found == at(due)
    assert found.tzinfo is UTC


def test_an_hour_a_year_is_enough_and_a_table_without_any_is_refused() -> None:
    rare = WorkCalendar(WeeklyHours(((Span(0, 1),),) + ((),) * 6))
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
    night = WorkCalendar(WeeklyHours(((Span(0, 5 * 60),),) * 7))
    short, long = (at(f"{day} 00:00", BERLIN) for day in ("03-29", "10-25"))
    assert night.working_time_between(short, at("03-29 12:00", BERLIN), BERLIN) == timedelta(hours=4)
    assert night.working_time_between(long, at("10-25 12:00", BERLIN), BERLIN) == timedelta(hours=6)


@pytest.mark.parametrize(("first", "last"), [(60, 60), (61, 60), (-1, 60), (0, 1441), (1440, 1500), (60, 1501)])
def test_a_span_runs_forward_and_no_longer_than_a_day(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(first, last)


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    """Spans of a day, in order; the last may run into the following day."""
    edges = sorted(draw(st.sets(st.integers(0, 1439), max_size=6)))
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    if spans and draw(st.booleans()):
        spans[-1] = Span(spans[-1].start, draw(st.integers(spans[-1].end, spans[-1].start + 1440)))
    return tuple(spans)


instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
dates = st.dates(date(2025, 12, 20), date(2027, 2, 28))
specials = st.builds(
    SpecialDay, dates, st.sampled_from(DayKind), spans=st.none() | days(), like=st.none() | st.integers(0, 6)
)
weeks = st.tuples(*[days()] * 7).filter(lambda week: sum(s.end - s.start for day in week for s in day) >= 30)
tables = st.builds(
    WorkCalendar,
    week=weeks.map(WeeklyHours),
    decree=st.lists(specials, max_size=8).map(by_date),
    imported=st.lists(specials, max_size=3).map(by_date),
    own=st.lists(specials, max_size=3).map(by_date),
    holiday=days(),
    make_up_like=st.integers(0, 6),
)
spans = st.integers(1, 8 * 3600).map(lambda seconds: timedelta(seconds=seconds))
zones = st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/St_Johns")])


@looked_for(30)
@given(tables, instants, spans, zones)
def test_every_due_instant_is_later_in_working_time_and_exactly_so_far(
    hours: WorkCalendar, start: datetime, span: timedelta, zone: ZoneInfo
) -> None:
    due = hours.add_working_time(start, span, zone)
    assert due >= start + span
    assert hours.is_open(due - timedelta(microseconds=1), zone)
    assert hours.working_time_between(start, due, zone) == span


@looked_for(30)
@given(tables, instants, spans, spans, zones)
def test_working_time_adds_up(
    hours: WorkCalendar, start: datetime, one: timedelta, two: timedelta, zone: ZoneInfo
) -> None:
    in_two = hours.add_working_time(hours.add_working_time(start, one, zone), two, zone)
    assert in_two == hours.add_working_time(start, one + two, zone)


@looked_for(30)
@given(tables, instants, instants, instants, zones)
def test_time_between_adds_up_and_never_shrinks(
    hours: WorkCalendar, one: datetime, two: datetime, three: datetime, zone: ZoneInfo
) -> None:
    first, middle, last = sorted((one, two, three))
    parts = hours.working_time_between(first, middle, zone) + hours.working_time_between(middle, last, zone)
    assert parts == hours.working_time_between(first, last, zone) <= last - first


@looked_for(30)
@given(tables, instants, instants, zones)
def test_what_lies_between_brings_from_one_to_the_other(
    hours: WorkCalendar, one: datetime, two: datetime, zone: ZoneInfo
) -> None:
    first, last = sorted((one, two))
    between = hours.working_time_between(first, last, zone)
    due = hours.add_working_time(first, between, zone)
    assert due <= last
    assert hours.working_time_between(due, last, zone) == timedelta(0)


@looked_for(30)
@given(tables, instants, instants, spans, zones)
def test_who_begins_later_is_due_no_earlier(
    hours: WorkCalendar, one: datetime, two: datetime, span: timedelta, zone: ZoneInfo
) -> None:
    first, later = sorted((one, two))
    assert hours.add_working_time(first, span, zone) <= hours.add_working_time(later, span, zone)


@looked_for(30)
@given(tables, instants, zones)
def test_the_next_opening_is_open_and_nothing_before_it_is(
    hours: WorkCalendar, start: datetime, zone: ZoneInfo
) -> None:
    opening = hours.next_open(start, zone)
    assert hours.is_open(opening, zone)
    assert hours.working_time_between(start, opening, zone) == timedelta(0)


def test_no_working_time_runs_backward() -> None:
    assert EVERY_DAY.working_time_between(at("11-24 10:00"), at("11-23 10:00"), SHANGHAI) == timedelta(0)
