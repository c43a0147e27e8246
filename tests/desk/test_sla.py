"""Deadlines by kind and urgency: over lunch, weekends, 国庆, make-up days, pauses and nights; and when to warn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.almanac.china import decreed_days
from bot.config_models.sla import SlaSettings
from bot.desk.calendar import WorkCalendar, by_date
from bot.desk.case import Case, State, Urgency
from bot.desk.events import Did, Event
from bot.desk.hours import Span, WeeklyHours
from bot.desk.sla import TOLD_BY, Deadlines, Sla, SlaPolicy, SlaRow, Stage, Term, with_kind, with_urgency

SHANGHAI = ZoneInfo("Asia/Shanghai")
WITH_LUNCH = (Span(9 * 60, 12 * 60), Span(13 * 60, 18 * 60))
OFFICE_HOURS = WorkCalendar(
    WeeklyHours((WITH_LUNCH,) * 5 + ((),) * 2), decree=by_date(decreed_days()), follows_decree=True
)
"""Monday to Friday, 8 hours a day with lunch from 12 to 13; holidays and make-up days as decreed."""
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SLA = Sla(
    general=SlaPolicy(10 * MINUTE, 30 * MINUTE, 16 * HOUR, manager_after=2 * HOUR),
    rows=(
        SlaRow(kind="complaint", resolve=8 * HOUR),
        SlaRow(kind="complaint", urgency=Urgency.MAJOR, resolve=40 * HOUR),
        SlaRow(kind="complaint", urgency=Urgency.URGENT, first_answer=5 * MINUTE, resolve=24 * HOUR, is_natural=True),
    ),
)
DEADLINES = Deadlines(SLA, OFFICE_HOURS, SHANGHAI)
NORMAL, MAJOR, URGENT = Urgency


def at(text: str) -> datetime:
    """`09-30 17:55` of 2026 on the wall of the desk, as UTC."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def wall(instant: datetime | None) -> str:
    return instant.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if instant else "—"


def opened(when: str, *, kind: str = "order", urgency: Urgency = NORMAL) -> Case:
    """A case that has just been opened by words that nobody answered yet."""
    now = at(when)
    bare = Case(1, 2, State.OPEN, 3, now, -1, kind=kind, urgency=urgency, unanswered_since=now, heard_at=now)
    return DEADLINES.dated(bare, ())


def did(what: Did, when: str, **data: str) -> Event:
    return Event(1, what, at(when), data=data)


@pytest.mark.parametrize(
    ("when", "kind", "urgency", "respond_by", "resolve_by"),
    [
        ("11-23 10:00", "order", NORMAL, "11-23 10:10", "11-25 10:00"),
        ("11-23 11:55", "order", NORMAL, "11-23 13:05", "11-25 11:55"),
        ("11-23 12:30", "order", NORMAL, "11-23 13:10", "11-25 12:00"),
        ("11-27 17:55", "order", NORMAL, "11-30 09:05", "12-01 17:55"),
        ("11-28 22:00", "order", NORMAL, "11-30 09:10", "12-01 18:00"),
        ("09-30 17:55", "order", NORMAL, "10-08 09:05", "10-09 17:55"),
        ("10-03 10:00", "order", NORMAL, "10-08 09:10", "10-09 18:00"),
        ("10-09 17:55", "order", NORMAL, "10-10 09:05", "10-12 17:55"),
        ("10-10 10:00", "order", NORMAL, "10-10 10:10", "10-13 10:00"),
        ("02-14 09:00", "order", NORMAL, "02-14 09:10", "02-24 18:00"),
        ("02-14 17:55", "order", NORMAL, "02-24 09:05", "02-25 17:55"),
        ("11-23 10:00", "complaint", NORMAL, "11-23 10:10", "11-24 10:00"),
        ("11-23 09:00", "complaint", MAJOR, "11-23 09:10", "11-27 18:00"),
        ("10-01 02:00", "complaint", URGENT, "10-01 02:05", "10-02 02:00"),
        ("11-27 23:58", "complaint", URGENT, "11-28 00:03", "11-28 23:58"),
        ("10-01 02:00", "order", URGENT, "10-08 09:10", "10-09 18:00"),
    ],
)
def test_a_case_is_dated_by_its_kind_and_urgency(
    when: str, kind: str, urgency: Urgency, respond_by: str, resolve_by: str
) -> None:
    case = opened(when, kind=kind, urgency=urgency)
    assert (wall(case.respond_by), wall(case.resolve_by)) == (respond_by, resolve_by)


def test_a_later_answer_has_its_own_time() -> None:
    case = replace(opened("11-23 10:00"), first_answer_at=at("11-23 10:05"))
    assert wall(DEADLINES.respond_by(case, at("11-23 11:50"))) == "11-23 13:20"


def test_the_row_that_says_more_goes_before_the_one_that_says_less() -> None:
    rows = (
        SlaRow(kind="complaint", urgency=URGENT, resolve=HOUR),
        SlaRow(urgency=URGENT, resolve=2 * HOUR, next_answer=2 * MINUTE),
        SlaRow(kind="complaint", resolve=3 * HOUR, first_answer=MINUTE),
    )
    policy = replace(SLA, rows=rows).policy("complaint", URGENT)
    assert (policy.resolve, policy.next_answer, policy.first_answer) == (HOUR, 2 * MINUTE, MINUTE)
    assert replace(SLA, rows=rows).policy("order", URGENT).resolve == 2 * HOUR
    assert replace(SLA, rows=rows).policy("order", NORMAL) == SLA.general


@pytest.mark.parametrize(
    ("urgency", "paused", "resumed", "resolve_by"),
    [
        (NORMAL, "11-27 17:00", "11-30 09:30", "12-01 11:30"),
        (NORMAL, "11-27 20:00", "11-29 12:00", "12-01 10:00"),
        (MAJOR, "11-27 17:00", "11-30 09:30", "12-04 11:30"),
        (URGENT, "11-27 17:00", "11-30 09:30", "12-01 02:30"),
    ],
)
def test_a_pause_over_a_weekend_leaves_what_was_left_to_the_second(
    urgency: Urgency, paused: str, resumed: str, resolve_by: str
) -> None:
    kind = "order" if urgency is NORMAL else "complaint"
    case = opened("11-27 10:00", kind=kind, urgency=urgency)
    waiting = replace(case, state=State.WAITING, paused_at=at(paused), unanswered_since=None, respond_by=None)
    moved = DEADLINES.moved(waiting, at(resumed) + timedelta(seconds=7))
    assert moved is not None
    is_open = DEADLINES.clock(case).between(at(resumed), at(resumed) + timedelta(seconds=7))
    assert wall(moved - is_open) == resolve_by
    events = [did(Did.CASE_PAUSED, paused), Event(1, Did.CASE_RESUMED, at(resumed) + timedelta(seconds=7))]
    again = DEADLINES.dated(replace(case, paused_at=None), events)
    assert again.resolve_by == moved


@pytest.mark.parametrize(
    ("events", "respond_by", "resolve_by"),
    [
        ([], "11-23 10:05", "11-24 10:00"),
        ([did(Did.CASE_PAUSED, "11-23 11:00"), did(Did.CASE_RESUMED, "11-23 15:00")], "11-23 10:05", "11-24 14:00"),
        ([did(Did.CASE_RESOLVED, "11-24 10:00"), did(Did.CASE_REOPENED, "11-26 09:30")], "11-23 10:05", "11-27 09:30"),
    ],
)
def test_a_case_that_becomes_urgent_is_dated_as_if_that_had_been_known(
    events: list[Event], respond_by: str, resolve_by: str
) -> None:
    case = opened("11-23 10:00", kind="complaint")
    after = with_urgency(case, URGENT, deadlines=DEADLINES, events=events)
    assert (after.urgency, wall(after.respond_by), wall(after.resolve_by)) == (URGENT, respond_by, resolve_by)


def test_a_case_of_another_kind_gets_that_kinds_time_and_one_that_is_over_keeps_its_own() -> None:
    case = opened("11-23 10:00")
    assert wall(with_kind(case, "complaint", deadlines=DEADLINES, events=()).resolve_by) == "11-24 10:00"
    done = replace(case, state=State.RESOLVED)
    assert with_kind(done, "complaint", deadlines=DEADLINES, events=()).resolve_by == case.resolve_by


def alarms(case: Case, *events: Event) -> list[str]:
    return [f"{a.term} {a.stage} {wall(a.due_at)}" for a in DEADLINES.untold(case, events)]


def test_the_handler_is_warned_at_thirty_percent_left_then_supervisors_then_the_manager() -> None:
    assert alarms(opened("11-23 11:55")) == [
        "answer near 11-23 13:02",
        "answer passed 11-23 13:05",
        "answer escalated 11-23 15:05",
        "resolve near 11-24 16:07",
        "resolve passed 11-25 11:55",
        "resolve escalated 11-25 14:55",
    ]


def test_an_answer_a_pause_and_an_end_call_warnings_off() -> None:
    case = opened("11-23 10:00")
    answered = replace(case, unanswered_since=None, respond_by=None, first_answer_at=at("11-23 10:05"))
    assert alarms(answered) == [
        "resolve near 11-24 14:12",
        "resolve passed 11-25 10:00",
        "resolve escalated 11-25 12:00",
    ]
    for state in (State.WAITING, State.RESOLVED, State.CLOSED):
        assert alarms(replace(answered, state=state)) == []


def test_a_warning_that_was_given_is_not_given_again_when_the_deadline_moves_by_a_pause() -> None:
    told = did(Did.DEADLINE_NEAR, "11-24 14:12", term="resolve")
    pause = (did(Did.CASE_PAUSED, "11-24 16:00"), did(Did.CASE_RESUMED, "11-26 10:00"))
    case = replace(opened("11-23 10:00"), unanswered_since=None, respond_by=None)
    again = DEADLINES.dated(case, pause)
    assert alarms(again, told, *pause) == ["resolve passed 11-26 14:00", "resolve escalated 11-26 16:00"]


def test_a_deadline_that_becomes_later_is_warned_of_anew() -> None:
    told = [did(TOLD_BY[stage], "11-24 10:00", term="resolve") for stage in (Stage.NEAR, Stage.PASSED)]
    case = replace(opened("11-23 10:00", kind="complaint"), unanswered_since=None, respond_by=None)
    later = with_urgency(case, MAJOR, deadlines=DEADLINES, events=told)
    assert alarms(later, *told)[:2] == ["resolve near 11-26 15:00", "resolve passed 11-30 10:00"]
    sooner = with_urgency(case, URGENT, deadlines=DEADLINES, events=told)
    assert alarms(sooner, *told) == ["resolve escalated 11-24 12:00"]


WEEKS = st.datetimes(datetime(2026, 9, 1), datetime(2026, 10, 31), timezones=st.just(UTC))  # noqa: DTZ001
GAPS = st.lists(st.tuples(st.integers(1, 4000), st.integers(1, 4000)), max_size=4)


@given(WEEKS, GAPS, st.sampled_from(Urgency))
def test_pause_by_pause_and_from_the_record_the_deadline_is_the_same(
    start: datetime, gaps: list[tuple[int, int]], urgency: Urgency
) -> None:
    bare = Case(1, 2, State.OPEN, 3, start, -1, kind="complaint", urgency=urgency)
    case, now, events = DEADLINES.dated(bare, ()), start, []
    for works, waits in gaps:
        paused = now + timedelta(minutes=works)
        now = paused + timedelta(minutes=waits)
        case = replace(case, resolve_by=DEADLINES.moved(replace(case, paused_at=paused), now))
        events += [Event(1, Did.CASE_PAUSED, paused), Event(1, Did.CASE_RESUMED, now)]
    clock, told = DEADLINES.clock(case), DEADLINES.dated(case, events).resolve_by
    assert case.resolve_by is not None
    assert told is not None
    assert clock.between(min(told, case.resolve_by), max(told, case.resolve_by)) == timedelta(0)


def test_the_defaults_are_the_customs_of_the_trade() -> None:
    sla = SlaSettings().agreed(answer_within=10 * MINUTE, resolve_within=18 * HOUR)
    assert sla.policy("order", NORMAL) == SlaPolicy(10 * MINUTE, 10 * MINUTE, 18 * HOUR, 2 * HOUR)
    assert sla.policy("complaint", MAJOR).resolve == 45 * HOUR
    urgent = SlaPolicy(5 * MINUTE, 30 * MINUTE, 24 * HOUR, 30 * MINUTE, is_natural=True)
    assert sla.policy("complaint", URGENT) == urgent
    assert Term.ANSWER in {a.term for a in DEADLINES.alarms(opened("11-23 10:00"), ())}
