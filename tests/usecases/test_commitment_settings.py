"""Every key of [promises], [tasks] and [[meetings]] changes what the desk does."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.usecases.meeting import plan_meetings
from tests.cast import HE, LIN, SUPERVISORS, WANG, ZHAO
from tests.usecases.played import Played, played
from tests.usecases.test_promises import SOON, Telling


async def promised(desk: Played, text: str = SOON) -> Telling:
    telling = Telling(desk, await desk.claimed())
    await telling.says(text)
    return telling


@pytest.mark.parametrize(("before", "minutes"), [("30m", 270), ("1h", 240)])
async def test_a_promise_is_reminded_of_before(tmp_path: Path, before: str, minutes: int) -> None:
    async with played(tmp_path, promises={"remind_before": before}) as desk:
        telling = await promised(desk)
        assert not await telling.told(minutes=minutes - 1)
        assert any("【承诺】" in text for _, text in await telling.told(minutes=1))


@pytest.mark.parametrize(("grace", "state"), [("30m", "broken"), ("1h", "open")])
async def test_a_promise_is_broken_after_a_grace(tmp_path: Path, grace: str, state: str) -> None:
    async with played(tmp_path, promises={"grace": grace}) as desk:
        telling = await promised(desk)
        await telling.told(hours=5, minutes=30)
        assert await telling.states() == [state]


@pytest.mark.parametrize(("breath", "state"), [("3m", "kept"), ("10m", "open")])
async def test_what_is_said_in_the_same_breath_keeps_nothing(tmp_path: Path, breath: str, state: str) -> None:
    async with played(tmp_path, promises={"breath": breath}) as desk:
        telling = await promised(desk)
        await desk.later(minutes=5)
        await telling.says("您好，仓库的单子我看到了。")
        assert await telling.states() == [state]


@pytest.mark.parametrize(("untimed", "hours"), [("2h", 2), ("4h", 4)])
async def test_a_promise_without_a_time_falls_due(tmp_path: Path, untimed: str, hours: int) -> None:
    async with played(tmp_path, promises={"untimed": untimed}) as desk:
        telling = await promised(desk, "请您放心，稍后回复您。")
        (made,) = await telling.all()
        assert made.due_at == desk.clock.now() + timedelta(hours=hours)


@pytest.mark.parametrize(("before", "hours"), [("4h", 3), ("1h", 6)])
async def test_a_task_is_reminded_of_before(tmp_path: Path, before: str, hours: int) -> None:
    async with played(tmp_path, tasks={"remind_before": before}) as desk:
        await desk.says(WANG, "/task 林晓 今天下午5点 整理", SUPERVISORS)
        await desk.later(hours=hours, minutes=-1)
        assert await desk.news() == []
        await desk.later(minutes=1)
        assert [chat for chat, _ in await desk.news()] == [LIN]


@pytest.mark.parametrize(("after", "is_told"), [("30m", True), ("1h", False)])
async def test_the_giver_hears_of_an_overdue_task_after(tmp_path: Path, after: str, is_told: bool) -> None:
    async with played(tmp_path, tasks={"overdue_after": after}) as desk:
        await desk.says(WANG, "/task 林晓 今天下午5点 整理", SUPERVISORS)
        await desk.later(hours=7, minutes=30)
        assert (WANG in [chat for chat, _ in await desk.news()]) is is_told


MEETING = {"name": "周例会", "weekdays": ["monday"], "at": "11:00", "lead": "30m"}


@pytest.mark.parametrize(
    ("more", "minutes", "places"),
    [
        ({}, 30, [WANG, ZHAO]),
        ({"lead": "50m"}, 10, [WANG, ZHAO]),
        ({"at": "11:10"}, 40, [WANG, ZHAO]),
        ({"roles": ["manager"]}, 30, [ZHAO]),
        ({"roles": ["specialist"], "regions": ["northwest"]}, 30, [HE]),
        ({"chat_id": SUPERVISORS}, 30, [SUPERVISORS]),
        ({"weekdays": ["tuesday"]}, 30, []),
    ],
)
async def test_an_agenda_goes_out_by_the_settings(
    tmp_path: Path, more: dict[str, object], minutes: int, places: list[int]
) -> None:
    async with played(tmp_path, meetings=[{**MEETING, **more}]) as desk:
        await desk.desk.run(plan_meetings)
        await desk.later(minutes=minutes - 1)
        assert await desk.news() == []
        await desk.later(minutes=1)
        sent = await desk.news()
        assert [chat for chat, _ in sent] == places
        assert all("周例会 · 11月23日 11:" in text for _, text in sent)
