"""What the events of a case say for a review, and whom it counts for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.desk.calendar import WorkCalendar
from bot.desk.case import Case, State, Urgency
from bot.desk.custody import custody
from bot.desk.events import Did, Event
from bot.desk.hours import WeeklyHours, read_spans
from bot.desk.ledger import Span
from bot.desk.review import Evidence
from bot.desk.review_cases import ends, first_answer, owned
from bot.desk.sla import Deadlines, Sla, SlaPolicy, SlaRow

TEN = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
"""Monday, ten in the morning in Shanghai."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIN, ZHOU, WANG = 1, 2, 3
ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(WeeklyHours(tuple(read_spans(["09:00-18:00"]) for _ in range(7))), follows_decree=False)
POLICY = SlaPolicy(10 * MINUTE, 10 * MINUTE, 18 * HOUR, HOUR)
URGENT = SlaRow(urgency=Urgency.URGENT, first_answer=5 * MINUTE, is_natural=True)
DEADLINES = Deadlines(Sla(POLICY, (URGENT,)), CALENDAR, ZONE)
CASE = Case(7, 1, State.OPEN, LIN, TEN, -1)
LATER = TEN + timedelta(days=30)


def happened(*told: tuple[float, Did] | tuple[float, Did, int]) -> list[Event]:
    """Events by minutes after ten; the third is the staff id, for whom a case is assigned to as well."""
    events = []
    for minutes, did, *who in told:
        staff = who[0] if who else None
        data = {"to": str(staff)} if did in (Did.CASE_ASSIGNED, Did.CASE_TRANSFERRED) else {}
        data = {"handler": str(staff)} if did is Did.CASE_REOPENED else data
        events.append(Event(7, did, TEN + minutes * MINUTE, staff, data))
    return events


OPENED = ((0, Did.CASE_OPENED), (0, Did.FRANCHISEE_WROTE), (0, Did.CASE_ASSIGNED, LIN))
FIRST = [
    # what happened, now (minutes), whom it counts for, what it earned, when it was decided (minutes)
    ([(3, Did.SPECIALIST_ANSWERED, LIN)], 60, LIN, 1, 3),
    ([(10, Did.READY_ANSWER_USED, LIN)], 60, LIN, 1, 10),
    ([(11, Did.SPECIALIST_ANSWERED, LIN)], 60, LIN, 0, 10),
    ([(3, Did.SPECIALIST_ANSWERED, WANG)], 60, WANG, 1, 3),
    ([], 5, None, 0, 0),
    ([], 60, LIN, 0, 10),
    ([(6, Did.CASE_CLOSED)], 60, None, 0, 0),
    ([(40, Did.CASE_CLOSED)], 60, LIN, 0, 10),
    ([(30, Did.CASE_ASSIGNED, ZHOU), (31, Did.SPECIALIST_ANSWERED, ZHOU)], 60, LIN, 0, 10),
    ([(5, Did.CASE_TRANSFERRED, ZHOU), (31, Did.SPECIALIST_ANSWERED, ZHOU)], 60, ZHOU, 0, 10),
    ([(5, Did.ACKNOWLEDGED), (31, Did.SPECIALIST_ANSWERED, LIN)], 60, LIN, 0, 10),
]  # fmt: skip


@pytest.mark.parametrize(("told", "now", "who", "earned", "at"), FIRST)
def test_a_first_answer_counts_for_who_gave_it_and_a_missed_one_for_who_had_the_case(
    told: list[tuple[float, Did]], now: int, who: int | None, earned: float, at: int
) -> None:
    found = first_answer(CASE, happened(*OPENED, *told), deadlines=DEADLINES, now=TEN + now * MINUTE)
    why = "in_time" if earned else "answer_late"
    assert found == ((who, Evidence(TEN + at * MINUTE, earned, why, 7)) if who is not None else None)


def test_a_first_answer_is_due_by_the_kind_of_the_case_from_when_the_words_were_sent() -> None:
    night = TEN + 12 * HOUR
    heard = Event(7, Did.FRANCHISEE_WROTE, night + HOUR, data={"sent": night.isoformat()})
    assigned = Event(7, Did.CASE_ASSIGNED, night, None, {"to": "1"})
    answer = Event(7, Did.SPECIALIST_ANSWERED, night + 11 * HOUR + MINUTE, LIN)
    urgent = Case(**{**vars(CASE), "urgency": Urgency.URGENT})
    for case, earned in ((CASE, 1), (urgent, 0)):
        found = first_answer(case, [assigned, heard, answer], deadlines=DEADLINES, now=LATER)
        assert found is not None
        assert found[1].earned == earned
        assert earned or found[1].at == night + 5 * MINUTE


def test_who_was_written_to_first_waited_for_no_answer() -> None:
    events = happened((0, Did.CASE_CLAIMED, LIN), (1, Did.SPECIALIST_ANSWERED, LIN), (90, Did.FRANCHISEE_WROTE))
    assert first_answer(CASE, events, deadlines=DEADLINES, now=LATER) is None


DAY = 9 * 60.0
NIGHTS = 15 * 60.0
LATE = 8 * 60 + NIGHTS + 9 * 60 + NIGHTS + 60.0
"""Eighteen working hours after ten: eight to the evening, nine the next day, one the day after."""
ENDS = [
    # what happened, [(whom it counts for, earned, decided at)]
    ([(60, Did.CASE_RESOLVED)], [(LIN, 1, 60.0)]),
    ([(60, Did.CASE_CLOSED)], [(LIN, 1, 60.0)]),
    ([(60, Did.CASE_RESOLVED), (90, Did.CASE_CLOSED)], [(LIN, 1, 60.0)]),
    ([(LATE, Did.CASE_RESOLVED)], [(LIN, 1, LATE)]),
    ([(LATE + 1, Did.CASE_RESOLVED)], [(LIN, 0, LATE)]),
    ([], [(LIN, 0, LATE)]),
    ([(LATE + 60, Did.CASE_TRANSFERRED, ZHOU), (LATE + 90, Did.CASE_RESOLVED)], [(LIN, 0, LATE)]),
    ([(60, Did.CASE_TRANSFERRED, ZHOU), (90, Did.CASE_RESOLVED)], [(ZHOU, 1, 90.0)]),
    ([(60, Did.CASE_PAUSED), (60 + 3 * 24 * 60, Did.CASE_RESUMED), (90 + 3 * 24 * 60, Did.CASE_RESOLVED)],
     [(LIN, 1, 90.0 + 3 * 24 * 60)]),
    ([(60, Did.CASE_PAUSED), (9 * 24 * 60, Did.CASE_CLOSED)], [(LIN, 1, 9.0 * 24 * 60)]),
    ([(60, Did.CASE_PAUSED)], []),
    ([(60, Did.CASE_RESOLVED), (90, Did.CASE_REOPENED, ZHOU), (120, Did.CASE_RESOLVED)],
     [(LIN, 1, 60.0), (ZHOU, 1, 120.0)]),
    ([(60, Did.CASE_RESOLVED), (120, Did.CASE_REOPENED, ZHOU)], [(LIN, 1, 60.0), (ZHOU, 0, LATE + 120)]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "wanted"), ENDS)
def test_every_episode_is_judged_once_at_its_end_or_when_its_time_is_over(
    told: list[tuple[float, Did]], wanted: list[tuple[int, float, float]]
) -> None:
    paused = told == [(60, Did.CASE_PAUSED)]
    found = ends(CASE, happened(*OPENED, *told), deadlines=DEADLINES, now=LATER)
    assert not paused or found == []
    assert [(who, e.earned, (e.at - TEN) / MINUTE) for who, e in found] == wanted


OWNED = [
    ([(5, Did.CASE_CLAIMED, LIN), (60, Did.CASE_RESOLVED)], (LIN, 1)),
    ([(5, Did.CASE_CLAIMED, LIN), (9, Did.CASE_TRANSFERRED, ZHOU), (60, Did.CASE_RESOLVED)], (LIN, 0)),
    ([(60, Did.CASE_RESOLVED)], None),
    ([(5, Did.CASE_CLAIMED, LIN), (60, Did.CASE_CLOSED)], None),
]


@pytest.mark.parametrize(("told", "wanted"), OWNED)
def test_an_end_counts_for_the_first_owner(told: list[tuple[float, Did]], wanted: tuple[int, float] | None) -> None:
    found = owned(custody(happened(*OPENED, *told)), 7, Span(TEN, LATER))
    assert (None if found is None else (found[0], found[1].earned)) == wanted
