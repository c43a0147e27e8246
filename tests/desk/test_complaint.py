"""Grades, findings as they are written, why a complaint is on the patrol, groups: pure tables."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.config_models.complaints import ComplaintSettings
from bot.desk.alarms import Alarm, Danger
from bot.desk.case import Case, State
from bot.desk.complaint import Complaint, Finding, Grade, Measure, grade_for, grade_named, is_graver, with_finding
from bot.desk.complaint_figures import Entry, Group, grouped
from bot.desk.events import Did, Event
from bot.desk.finding_words import Written, read_finding
from bot.desk.patrol import PatrolLine, Why, in_order, last_progress, reasons_of

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TERMS = ComplaintSettings().terms()
CAUSES = {"logistics": "物流配送", "service": "服务态度", "slow": "处理不及时", "other": "其他"}
CASE = Case(1, 1, State.OPEN, 1, NOW - 9 * HOUR, -1, resolve_by=NOW + HOUR)
COMPLAINT = Complaint(1, Grade.NORMAL, NOW - 8 * HOUR, NOW + HOUR, "慢")
FOUND = with_finding(COMPLAINT, Finding("slow", "", "致歉", "复盘"), NOW, by=1)


@pytest.mark.parametrize(
    ("alarm", "earlier", "grade"),
    [(None, 0, Grade.NORMAL), (None, 1, Grade.NORMAL), (None, 2, Grade.MAJOR), (None, 9, Grade.MAJOR),
     (Alarm((Danger.LAW,), ("起诉",)), 0, Grade.URGENT)],
)  # fmt: skip
def test_danger_is_urgent_and_the_third_in_a_week_major(alarm: Alarm | None, earlier: int, grade: Grade) -> None:
    assert grade_for(alarm, earlier=earlier, terms=TERMS) is grade


@pytest.mark.parametrize(
    ("word", "grade"),
    [("普通", Grade.NORMAL), ("重大投诉", Grade.MAJOR), ("紧急级", Grade.URGENT), ("major", Grade.MAJOR),
     ("特大", None), ("", None)],
)  # fmt: skip
def test_a_grade_by_its_name(word: str, grade: Grade | None) -> None:
    assert grade_named(word) is grade


def test_which_is_graver() -> None:
    assert is_graver(Grade.URGENT, Grade.MAJOR) and is_graver(Grade.MAJOR, Grade.NORMAL)
    assert not is_graver(Grade.NORMAL, Grade.NORMAL)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("物流配送 | 补发 | 检查", Written("logistics", "", "补发", "检查")),
        ("物流配送：冷链断电｜补发｜检查", Written("logistics", "冷链断电", "补发", "检查")),
        ("服务态度 语气生硬\n致歉\n复盘", Written("service", "语气生硬", "致歉", "复盘")),
        ("其他 | 补发 | 检查 | 产品：芋圆 | 负责 @林晓 12月20日",
         Written("other", "", "补发", "检查", "芋圆", "林晓", "12月20日")),
        ("其他 | 补发 | 检查 | 负责人 林晓", Written("other", "", "补发", "检查", "", "林晓", "")),
        ("补发 | 检查", Written("", "", "补发", "检查")),
        ("物流配送", None), ("物流配送 | 补发", None), ("天气 | 补发 | 检查", None), ("物流配送 | 补发 | ", None),
        ("", None),
        ("物流配送员 | 补发 | 检查", None), ("产品 | 补发 | 检查", None),
    ],
)  # fmt: skip
def test_findings_as_they_are_written(text: str, written: Written | None) -> None:
    assert read_finding(text, CAUSES) == written


def reasons(complaint: Complaint = COMPLAINT, case: Case = CASE, now: datetime = NOW, **more: Any) -> tuple[Why, ...]:
    given = {"idle": HOUR, "stale_after": 18 * HOUR, "was_unseen": False, **more}
    return reasons_of(complaint, case, now, **given)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (reasons(), (Why.OPEN,)),
        (reasons(now=NOW + 2 * HOUR), (Why.OPEN, Why.CONTACT_LATE, Why.LATE)),
        (reasons(case=replace(CASE, last_answer_at=NOW), now=NOW + 2 * HOUR), (Why.OPEN, Why.LATE)),
        (reasons(case=replace(CASE, last_answer_at=NOW - 9 * HOUR), now=NOW + 2 * HOUR),
         (Why.OPEN, Why.CONTACT_LATE, Why.LATE)),
        (reasons(case=replace(CASE, state=State.WAITING, last_answer_at=NOW), now=NOW + 2 * HOUR), (Why.OPEN,)),
        (reasons(idle=18 * HOUR, was_unseen=True), (Why.OPEN, Why.STALE, Why.UNSEEN)),
        (reasons(case=replace(CASE, state=State.CLOSED)), (Why.NO_FINDING, Why.NO_CALL_BACK)),
        (reasons(FOUND, replace(CASE, state=State.RESOLVED)), (Why.NO_CALL_BACK,)),
        (reasons(replace(FOUND, called_back_at=NOW), replace(CASE, state=State.RESOLVED), was_unseen=True), ()),
    ],
)  # fmt: skip
def test_why_a_complaint_is_on_the_list(found: tuple[Why, ...], expected: tuple[Why, ...]) -> None:
    assert found == expected


def test_the_gravest_and_the_late_come_first() -> None:
    day = date(2026, 11, 23)
    cases = [(1, Grade.NORMAL, (Why.OPEN,)), (2, Grade.NORMAL, (Why.OPEN, Why.LATE)), (3, Grade.URGENT, (Why.OPEN,))]
    lines = [(PatrolLine(day, n, why, NOW), replace(COMPLAINT, case_id=n, grade=g)) for n, g, why in cases]
    assert [line.case_id for line, _ in in_order(lines)] == [3, 2, 1]


def test_progress_is_what_somebody_did_since_it_became_a_complaint() -> None:
    events = [Event(1, Did.NOTE_ADDED, NOW - 9 * HOUR), Event(1, Did.SPECIALIST_ANSWERED, NOW - HOUR),
              Event(1, Did.FRANCHISEE_WROTE, NOW), Event(1, Did.COMPLAINT_CHASED, NOW)]  # fmt: skip
    assert last_progress(events, NOW - 8 * HOUR) == NOW - HOUR
    assert last_progress(events[:1], NOW - 8 * HOUR) == NOW - 8 * HOUR


def test_groups_the_largest_first_with_what_was_late() -> None:
    late = Entry(replace(COMPLAINT, cause="slow", grade=Grade.URGENT), replace(CASE, resolve_by=NOW - HOUR))
    ended = Entry(COMPLAINT, replace(CASE, state=State.CLOSED, resolved_at=NOW, closed_at=NOW + 9 * HOUR))
    found = grouped([ended, late, late], lambda e: e.complaint.cause, NOW)
    assert found == [Group("slow", 2, 2, 0, 2), Group("", 1, 0, 1, 0)]


def test_a_measure_is_late_from_its_deadline_until_it_is_done() -> None:
    measure = Measure(1, 1, "检查", 1, NOW, NOW + HOUR)
    assert not measure.is_late(NOW)
    assert measure.is_late(NOW + HOUR)
    assert not replace(measure, done_at=NOW).is_late(NOW + HOUR)
