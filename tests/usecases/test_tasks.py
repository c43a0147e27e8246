"""Tasks with a date, and meetings whose agenda is written from what is open."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk.buttons import Verb
from bot.desk.task import TaskState
from bot.usecases.meeting import plan_meetings
from tests.cast import HE, LIN, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.usecases.played import Played, played


async def told(desk: Played, **kwargs: float) -> list[tuple[int, str]]:
    await desk.news()
    await desk.later(**kwargs)
    return await desk.news()


async def state(desk: Played, number: int = 1) -> TaskState:
    return (await desk.desk.run(lambda work, office, now: work.tasks.get(number))).state


async def test_a_task_is_given_seen_reminded_of_and_done(desk: Played) -> None:
    given = await desk.says(WANG, "/task 林晓 今天下午5点 整理华东证照", SUPERVISORS)
    assert f"{LIN}: 主管王芳请您办理（1 号）：整理华东证照\n请您在 11月23日 17:00 前完成。" in given
    assert "已交办给林晓（1 号）" in given
    assert "知道了" in await desk.presses(LIN, Verb.TASK_SEEN, 1, chat=LIN)
    assert await state(desk) is TaskState.SEEN
    assert await told(desk, hours=2, minutes=59) == []
    ((chat, words),) = await told(desk, minutes=1)
    assert (chat, "【交办】1 号，11月23日 17:00 前：整理华东证照" in words) == (LIN, True)
    assert [chat for chat, _ in await told(desk, hours=4)] == [LIN]
    ((chat, words),) = await told(desk, hours=1)
    assert (chat, "已过 11月23日 17:00，还没有完成" in words) == (WANG, True)
    assert "整理华东证照" in await desk.says(LIN, "/tasks", chat=LIN)
    done = await desk.says(LIN, "/tasks 完成 1", chat=LIN)
    assert f"{WANG}: 林晓已完成交办 1 号" in done
    assert f"{WANG}: " not in await desk.presses(LIN, Verb.TASK_DONE, 1, chat=LIN), "told once"
    assert await told(desk, days=3) == []


async def test_more_time_is_asked_for_with_a_reason_and_the_giver_decides(desk: Played) -> None:
    await desk.says(WANG, "/task 林晓 今天下午5点 整理证照", SUPERVISORS)
    assert "请您选择要延到何时" in await desk.presses(LIN, Verb.TASK_MORE, 1, chat=LIN)
    assert "请您选择原因" in await desk.presses(LIN, Verb.TASK_MORE_WHY, 1, "1", chat=LIN)
    asked = await desk.presses(LIN, Verb.TASK_MORE_ASK, 1, "1.0", chat=LIN)
    assert f"{WANG}: 林晓申请把交办 1 号（整理证照）从 11月23日 17:00 延到 11月24日 18:00，原因：当前工单较多" in asked
    assert "不是您交出的" in await desk.says(ZHOU, "/tasks 同意 1", chat=ZHOU)
    assert f"{LIN}: 交办 1 号（整理证照）未同意延期" in await desk.says(WANG, "/tasks 不同意 1", SUPERVISORS)
    assert "没有待您决定的" in await desk.says(WANG, "/tasks 同意 1", SUPERVISORS)
    await desk.says(LIN, "/tasks 延期 1 明天下午5点 等财务回复", chat=LIN)
    assert "已同意延期，请您在 11月24日 17:00 前完成" in await desk.presses(WANG, Verb.TASK_YES, 1, chat=SUPERVISORS)
    assert await told(desk, hours=9) == [], "the old date is void"
    assert {chat for chat, _ in await told(desk, days=1)} == {LIN, WANG}
    assert "已取消，请您不必再办" in await desk.says(WANG, "/tasks 取消 1", SUPERVISORS)
    assert "已经结束了" in await desk.says(LIN, "/tasks 延期 1 明天下午5点 迟", chat=LIN)


REFUSED = {
    "/task": "请您写明人、时间和内容",
    "/task 林晓": "请您写明人、时间和内容",
    "/task 林晓 明天下午5点": "请您写明人、时间和内容",
    "/task 没这人 明天 整理": "没有找到在职同事“没这人”",
    "/task 林晓 尽快 整理": "“尽快”没有说定是什么时候",
    "/task 赵磊 明天 整理": "赵磊是您的上级",
    "/tasks 完成 9": "没有交办 9 号",
    "/tasks 什么 9": "请您用 /tasks 查看",
}


async def test_what_cannot_be_is_refused_with_the_reason(desk: Played) -> None:
    answers = {words: await desk.says(WANG, words, SUPERVISORS) for words in REFUSED}
    assert {words: why for words, why in REFUSED.items() if why not in answers[words]} == {}
    assert "请由主管或经理进行" in await desk.says(LIN, "/task 周宁 明天 整理", chat=LIN)


WEEKLY = {"name": "周例会", "weekdays": ["monday", "friday"], "at": "11:00", "lead": "30m"}


@pytest.mark.parametrize(
    ("more", "places"),
    [
        ({}, [WANG, ZHAO]),
        ({"roles": ["specialist"], "regions": ["northwest"]}, [HE]),
        ({"chat_id": SUPERVISORS}, [SUPERVISORS]),
    ],
)
async def test_an_agenda_goes_out_ahead_once_and_on_working_days_only(
    tmp_path: Path, more: dict[str, object], places: list[int]
) -> None:
    async with played(tmp_path, meetings=[{**WEEKLY, **more}]) as desk:
        for _ in range(3):
            await desk.desk.run(plan_meetings)
        assert await told(desk, minutes=29) == []
        sent = await told(desk, minutes=1)
        assert [chat for chat, _ in sent] == places
        assert "周例会 · 11月23日 11:00" in sent[0][1]
        assert await told(desk, days=3) == []
        assert [chat for chat, _ in await told(desk, days=1)] == places, "Friday"
        desk.clock.advance(datetime(2027, 1, 1, 1, tzinfo=UTC) - desk.clock.now())
        await told(desk, minutes=1)
        assert await told(desk, hours=9) == [], "New Year is a Friday and no working day"


async def test_the_agenda_is_written_from_what_is_open(tmp_path: Path) -> None:
    async with played(tmp_path, meetings=[WEEKLY]) as desk:
        await desk.claimed()
        await desk.says(WANG, "/task 林晓 今天下午5点 整理证照", SUPERVISORS)
        assert "已列入周例会的议题：换餐盒" in await desk.says(LIN, "/meeting 提议 换餐盒", chat=LIN)
        await desk.hears("还是少货")
        await desk.later(hours=9)
        agenda = await desk.says(WANG, "/meeting", SUPERVISORS)
        assert "超时未结：1\n#1" in agenda
        assert "整理证照（王芳 → 林晓，待确认），已过时" in agenda
        assert "同事提议：1\n· 换餐盒（林晓）" in agenda
        assert "请由主管或经理进行" in await desk.says(LIN, "/meeting", chat=LIN)
        await desk.says(WANG, "/meeting 周例会 记录 餐盒下周换", SUPERVISORS)
        assert "餐盒下周换" in await desk.says(LIN, "/meeting 纪要", chat=LIN)
        assert "换餐盒" not in await desk.says(WANG, "/meeting 周例会", SUPERVISORS), "settled by the minutes"
        assert "例会有：周例会" in await desk.says(WANG, "/meeting 什么", SUPERVISORS)


async def test_without_meetings_the_command_says_so(desk: Played) -> None:
    assert "还没有例会" in await desk.says(WANG, "/meeting", SUPERVISORS)
