"""Holidays in the desk's own day: greetings, deadlines, an import while it runs, a decree that is late."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk.calendar import DayKind, SpecialDay
from bot.usecases.calendar import import_days
from tests.cast import SUPERVISORS
from tests.config.opened import opened

AFTER_HOURS = "现在是休息时间"


async def test_on_a_holiday_the_greeting_says_so_and_the_deadline_is_the_next_workdays(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        await desk.until(datetime(2026, 12, 31, 9, 55, tzinfo=UTC))  # Shanghai 17:55, and 2027 is not decreed yet
        await desk.desk.run(import_days, days=[SpecialDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")])
        await desk.later(minutes=1)
        case = await desk.hears()
        assert case.respond_by == datetime(2027, 1, 2, 1, 6, tzinfo=UTC)
        assert AFTER_HOURS not in (await desk.words())[0]
        await desk.later(hours=16)
        await desk.hears(who=4001)
        assert AFTER_HOURS in (await desk.words(4001))[0]


async def test_what_another_process_imports_is_in_force_within_a_minute(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        before = await desk.hears(who=4001)
        assert before.respond_by == desk.clock.now() + timedelta(minutes=10)
        monday = SpecialDay(date(2026, 11, 23), DayKind.HOLIDAY, "停电")
        await desk.desk.storage.run(lambda work: work.special_days.put_all([monday]))
        await desk.later(seconds=60)
        after = await desk.hears(who=4002)
        assert after.respond_by == datetime(2026, 11, 24, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("decree", ["china", "none"])
async def test_supervisors_are_asked_for_a_decree_that_is_late_on_the_first_of_the_month_and_once(
    tmp_path: Path, decree: str
) -> None:
    async with opened(tmp_path, calendar={"decree": decree}) as desk:
        await desk.until(datetime(2026, 12, 1, 0, 59, tzinfo=UTC))
        assert await desk.words(SUPERVISORS) == []
        await desk.later(minutes=1)
        await desk.later(days=20)
        told = await desk.words(SUPERVISORS)
        assert [("2027 年的放假与调休安排还没有全部载入" in words) for words in told] == [True] * (decree == "china")
        statutory = [date(2027, m, d) for m, d in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))]
        await desk.desk.run(import_days, days=[SpecialDay(day, DayKind.HOLIDAY) for day in statutory])
        await desk.until(datetime(2027, 11, 2, tzinfo=UTC))
        told = await desk.words(SUPERVISORS)
        assert ["2028" in words for words in told] == [False, True] * (decree == "china")
