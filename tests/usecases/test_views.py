"""What supervisors look at says what it rests on: a year without its decree is named, where deadlines are read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.almanac.china import decreed_days
from bot.desk.calendar import DayKind, SpecialDay, by_date
from bot.usecases import claim
from bot.usecases.calendar import import_days
from tests.usecases.department import HE, LIN, WANG, ZHOU, Department

NOVEMBER = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
MISSING = "2027 年的放假与调休安排还没有全部载入，没有载入的日子先按每周的工作时间计算"
DAYS_OF_2027 = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.mark.parametrize("command", ["overview", "cases"])
def test_a_decree_that_is_missing_is_named_until_it_is_imported(command: str) -> None:
    desk = with_decrees_up_to_2026()
    desk.writes(4002, "浙江")
    assert MISSING not in shown(desk, command), "in September nobody expects it yet"
    desk.now = NOVEMBER
    assert MISSING in shown(desk, command)
    desk.do(import_days, days=[SpecialDay(day, DayKind.HOLIDAY) for day in DAYS_OF_2027])
    assert MISSING not in shown(desk, command)
    desk.close()


def test_the_overview_says_when_decrees_are_not_followed_at_all() -> None:
    desk = with_decrees_up_to_2026()
    assert "工作日历：放假与调休安排已载入" in shown(desk, "overview")
    desk.office = replace(desk.office, calendar=replace(desk.office.calendar, decree={}, follows_decree=False))
    assert "工作日历：不采用国务院的放假安排" in shown(desk, "overview")
    desk.close()


def with_decrees_up_to_2026() -> Department:
    desk = Department()
    known = by_date([d for d in decreed_days() if d.day.year <= 2026])
    desk.office = replace(desk.office, calendar=replace(desk.office.calendar, decree=known))
    return desk


def shown(desk: Department, command: str) -> str:
    desk.says(WANG, command)
    return desk.words(WANG)[-1]


def test_the_card_of_a_case_that_somebody_else_took_up_says_so() -> None:
    desk = Department()
    desk.signs(LIN, is_on=True)
    case_id = desk.writes(4002, "浙江")
    desk.signs(ZHOU, is_on=True)
    desk.do(claim.claim, staff_telegram_id=ZHOU, case_id=case_id)
    assert desk.case(case_id).route_reason == "由其主动接单"
    desk.close()


def test_who_signs_off_without_cases_is_not_asked_to_hand_any_over() -> None:
    desk = Department()
    for command, words in (("on", "您目前没有未结工单"), ("off", "您名下没有未结工单")):
        desk.says(HE, command)
        assert words in desk.words(HE)[-1]
    desk.close()
