"""Reminders of people: set by words or buttons, fired once, put off, handed on; a list after an outage, no flood."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.buttons import Verb
from bot.desk.memo import Memo, MemoState
from tests.cast import HE, LIN, SUPERVISORS, WANG, ZHOU
from tests.usecases.played import Played


async def memo(desk: Played, number: int = 1) -> Memo:
    found = await desk.desk.run(lambda work, office, now: work.memos.get(number))
    assert isinstance(found, Memo)
    return found


async def fired(desk: Played, **kwargs: float) -> list[tuple[int, str]]:
    await desk.news()
    await desk.later(**kwargs)
    return await desk.news()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """On the desk's clock, 2026-11."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


SET = {
    "/remind 2小时 回电": (at(23, 12), "回电"),
    "/remind 明早9点 查发货": (at(24, 9), "查发货"),
    "/remind 周五下午3点 核对": (at(27, 15), "核对"),
    "/remind 查发货 明早9点": (at(24, 9), "查发货"),
    "/remind #1 30分钟后 核对": (at(23, 10, 30), "核对"),
    "/remind 今天下班前 交表": (at(23, 17, 30), "交表"),
}


@pytest.mark.parametrize(("words", "expected"), SET.items())
async def test_a_time_and_words_are_a_reminder(desk: Played, words: str, expected: tuple[datetime, str]) -> None:
    await desk.claimed()
    told = await desk.says(LIN, words, chat=LIN)
    kept = await memo(desk)
    assert (kept.due_at, kept.words, kept.state) == (*expected, MemoState.WAITING)
    assert kept.case_id == (1 if "#1" in words else None)
    assert "提醒您" in told


async def test_without_a_clear_time_the_desk_asks_and_a_button_answers(desk: Played) -> None:
    told = await desk.says(LIN, "/remind 尽快 回电", chat=LIN)
    assert "“尽快”没有说定是什么时候，请您选一个时间" in told
    assert (await memo(desk)).state is MemoState.ASKED
    assert await fired(desk, hours=30) == []
    assert "11月24日 18:00" in await desk.presses(LIN, Verb.MEMO_AT, 1, "1", chat=LIN)
    assert "11月24日 18:00" in await desk.presses(LIN, Verb.MEMO_AT, 1, "1", chat=LIN), "a press works twice"
    (told_then,) = await fired(desk, hours=2)
    assert told_then[0] == LIN
    assert told_then[1].startswith("林晓，请您留意：回电")
    assert "没看到时间" in await desk.says(LIN, "/remind 回电", chat=LIN)
    assert "请您写明时间和内容" in await desk.says(LIN, "/remind", chat=LIN)
    assert "已取消提醒 1" in await desk.says(LIN, "/reminders 取消 1", chat=LIN)


async def test_it_fires_once_is_put_off_and_ticked_off(desk: Played) -> None:
    await desk.says(LIN, "/remind 30分钟后 回电", chat=LIN)
    assert await fired(desk, minutes=29) == []
    ((chat, words),) = await fired(desk, minutes=1)
    assert (chat, words.splitlines()[0]) == (LIN, "林晓，请您留意：回电")
    assert await fired(desk, hours=3) == []
    assert "11月23日 13:40 再提醒您" in await desk.presses(LIN, Verb.MEMO_LATER, 1, "0", chat=LIN)
    assert len(await fired(desk, minutes=10)) == 1
    assert "11月24日 09:00 再提醒您" in await desk.says(LIN, "/reminders 稍后 1 明早9点", chat=LIN)
    assert "是同事的" in await desk.says(ZHOU, "/reminders 完成 1", chat=ZHOU)
    assert "已完成：回电" in await desk.says(LIN, "/reminders 完成 1", chat=LIN)
    assert "已完成：回电" in await desk.presses(LIN, Verb.MEMO_DONE, 1, chat=LIN)
    assert await fired(desk, days=2) == []
    assert "您现在没有提醒" in await desk.says(LIN, "/reminders", chat=LIN)
    assert "请您用 /reminders 查看" in await desk.says(LIN, "/reminders 什么 1", chat=LIN)
    assert "没有提醒 99" in await desk.says(LIN, "/reminders 完成 99", chat=LIN)
    assert "已经结束了" in await desk.says(LIN, "/reminders 稍后 1", chat=LIN)


async def test_it_is_handed_on_without_asking_and_handed_back(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/remind 2小时 另一件", chat=LIN)
    await desk.says(LIN, "/remind #1 2小时 回电", chat=LIN)
    assert "请您选择转交给谁" in await desk.presses(LIN, Verb.MEMO_PASS, 2, chat=LIN)
    told = await desk.says(LIN, "/reminders 转交 2 周宁", chat=LIN)
    assert f"{ZHOU}: 林晓请您接手一件事，11月23日 12:00 到时：回电（工单 #1 小陈）" in told
    assert "是同事的" in await desk.says(LIN, "/reminders 完成 2", chat=LIN)
    assert f"{LIN}: 周宁不便接手，提醒 2 退回给您：回电" in await desk.presses(ZHOU, Verb.MEMO_BACK, 2, chat=ZHOU)
    assert "不是同事转给您的" in await desk.says(LIN, "/reminders 退回 2", chat=LIN)
    he = (await desk.desk.run(lambda work, office, now: work.staff.by_telegram(HE))).id
    await desk.presses(LIN, Verb.MEMO_PASS, 2, str(he), chat=LIN)
    assert [chat for chat, _ in await fired(desk, hours=2)] == [HE, LIN], "what is of a case goes first"


async def test_what_was_missed_comes_as_one_list_each_the_most_urgent_first(desk: Played) -> None:
    await desk.claimed()
    for words in ("3小时 早些的", "4小时 晚些的", "#1 5小时 工单的"):
        await desk.says(LIN, f"/remind {words}", chat=LIN)
    await desk.says(ZHOU, "/remind 1小时 唯一的", chat=ZHOU)
    told = await fired(desk, days=3)
    told = [(chat, text) for chat, text in told if "时限" not in text]
    assert [chat for chat, _ in told if chat in (LIN, ZHOU)] == [LIN, ZHOU]
    words = next(text for chat, text in told if chat == LIN)
    assert "有 3 件事到时了" in words
    assert words.index("工单的") < words.index("早些的") < words.index("晚些的")
    assert "原定 11月23日 11:00" in next(text for chat, text in told if chat == ZHOU)
    assert "早些的" in await desk.presses(LIN, Verb.MEMO_OPEN, 1, chat=LIN)


async def test_a_thank_you_and_the_end_of_a_case_cancel_none(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/remind #1 2小时 回电", chat=LIN)
    await desk.hears("谢谢")
    told = await desk.says(LIN, "/close #1")
    assert "下列事项不受影响" in told
    assert "回电（工单 #1 小陈）" in told
    assert len(await fired(desk, hours=2)) == 1


async def test_who_leaves_leaves_reminders_and_tasks_to_others(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/remind #1 2小时 回电", chat=LIN)
    await desk.says(LIN, "/remind 2小时 私事", chat=LIN)
    await desk.says(WANG, "/task 林晓 明天下班前 整理证照", SUPERVISORS)
    told = await desk.says(WANG, "/staff off 林晓 周宁", SUPERVISORS)
    assert f"{ZHOU}: 林晓已离岗，1 件提醒与交办转给您" in told
    assert f"{WANG}: 林晓已离岗，2 件提醒与交办转给您" in told
    assert [chat for chat, text in await fired(desk, hours=2) if "请您留意" in text] == [ZHOU, WANG]
