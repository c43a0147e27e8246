"""Spans of the digest on the desk's clock, how a case stood, what of a day is counted, what people write about."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.desk.digest import (
    Figure,
    Happened,
    change,
    count_by_region,
    day_span,
    is_empty,
    like,
    merged,
    noted,
    span_until,
    stood_at,
    whole,
)
from bot.desk.events import Did, Event
from bot.desk.topics import Topic, topics

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 25)


def at(hour: int, minute: int = 0, day: int = 25) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "days", "length", "before"),
    [
        (SHANGHAI, date(2027, 1, 1), 1, 18, (date(2026, 12, 31), 18)),
        (SHANGHAI, date(2027, 1, 3), 7, 18, (date(2026, 12, 27), 18)),
        (BERLIN, date(2026, 3, 29), 1, 17, (date(2026, 3, 28), 18)),
        (BERLIN, date(2026, 3, 30), 1, 18, (date(2026, 3, 29), 17)),
        (BERLIN, date(2026, 10, 25), 1, 19, (date(2026, 10, 24), 18)),
    ],
)
def test_like_is_held_against_like_over_the_years_end_and_daylight_saving(
    zone: ZoneInfo, day: date, days: int, length: int, before: tuple[date, int]
) -> None:
    span = day_span(day, zone, until=datetime.combine(day, time(18), zone))
    earlier = like(span, zone, days=days)
    hours = [(s.until - s.since).total_seconds() / 3600 for s in (span, earlier)]
    assert hours == [length, before[1]]
    assert earlier.day == before[0] and earlier.until.astimezone(zone).time() == time(18)


def test_a_whole_day_is_held_against_whole_days() -> None:
    span = day_span(DAY, SHANGHAI)
    assert span.is_whole and span == span_until(span.until, SHANGHAI) and like(span, SHANGHAI, days=7).is_whole
    part = span_until(at(10), SHANGHAI)
    assert (part.day, part.is_whole, part.until) == (DAY, False, at(10))


PASSED = {"term": "answer", "by": at(2).isoformat()}
LATE_END = {"term": "resolve", "by": at(3).isoformat()}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], (False, False, None)),
        ([Did.CASE_OPENED], (True, False, None)),
        ([Did.CASE_OPENED, Did.CASE_RESOLVED], (False, False, None)),
        ([Did.CASE_OPENED, Did.CASE_RESOLVED, Did.CASE_REOPENED], (True, False, None)),
        ([Did.CASE_OPENED, (Did.DEADLINE_PASSED, PASSED)], (True, False, at(2))),
        ([Did.CASE_OPENED, (Did.DEADLINE_PASSED, PASSED), Did.SPECIALIST_ANSWERED], (True, False, None)),
        ([Did.CASE_OPENED, (Did.DEADLINE_PASSED, LATE_END), (Did.DEADLINE_PASSED, PASSED)], (True, False, at(2))),
        ([Did.CASE_OPENED, (Did.DEADLINE_PASSED, LATE_END), Did.READY_ANSWER_USED], (True, False, at(3))),
        ([Did.CASE_OPENED, (Did.DEADLINE_PASSED, LATE_END), Did.CASE_PAUSED], (True, True, at(3))),
        ([Did.CASE_OPENED, Did.CASE_PAUSED, Did.CASE_RESUMED], (True, False, None)),
        ([Did.CASE_OPENED, (Did.DEADLINE_PASSED, LATE_END), Did.CASE_CLOSED, Did.CASE_REOPENED], (True, False, None)),
    ],
)
def test_how_a_case_stood(told: list[Did | tuple[Did, dict[str, str]]], expected: tuple[bool, bool, object]) -> None:
    pairs = [each if isinstance(each, tuple) else (each, {}) for each in told]
    events = [Event(1, did, at(5, n), data=data) for n, (did, data) in enumerate(pairs)]
    stood = stood_at([*events, Event(1, Did.CASE_CLOSED, at(9))], at(8))
    assert (stood.is_open, stood.is_waiting, stood.late_since) == expected


def test_what_is_notable_counts_once_and_not_when_it_was_taken_back() -> None:
    def of(case: int, did: Did, **data: str) -> Happened:
        return Happened(Event(case, did, at(1), staff_id=7, data=data), "east" if case < 3 else "", 7)

    found = noted(
        [
            of(1, Did.COMPLAINT_MARKED), of(2, Did.COMPLAINT_MARKED), of(2, Did.COMPLAINT_UNMARKED),
            of(1, Did.RATED, score="1"), of(1, Did.RATED, score="4"), of(3, Did.RATED, score="2"),
            of(1, Did.REPLY_HELD, draft="5"), of(1, Did.REPLY_HELD, draft="5"), of(1, Did.EDIT_HELD, draft="6"),
        ],
        low=2,
    )  # fmt: skip
    counts = count_by_region(found)
    assert counts == {"east": {Figure.COMPLAINTS: 1, Figure.FORBIDDEN: 2}, "": {Figure.LOW_RATINGS: 1}}
    sums = whole(merged(counts, {"east": {Figure.NEW: 4}}))
    assert (sums[Figure.NEW], sums[Figure.LOW_RATINGS], change(sums, {Figure.NEW: 6}, Figure.NEW)) == (4, 1, -2)
    assert is_empty(whole({})) and not is_empty(sums)


def test_what_people_write_about_is_what_is_more_than_usual() -> None:
    today = [("杯盖", "到货"), ("杯盖", "到货"), ("芋泥", "断货"), ("芋泥", "断货"), ("杯盖",), ("运费",)]
    before = [("到货",)] * 30 + [("运费",)] * 20 + [("杯盖",)] + [("加盟",)] * 9
    assert topics(today, before, limit=3) == [Topic("杯盖", 3, 6 / 60), Topic("芋泥·断货", 2, 0.0)]
    assert [t.word for t in topics(today, [], limit=1)] == ["杯盖"]
    assert topics([], before, limit=3) == [] and topics([("单",)], [], limit=3) == []
