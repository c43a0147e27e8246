"""三声 at every hour, and the way back: what a goodbye ends, what opens a case again, and what opens a new one."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.clock import Clock
from tests.cast import CHEN, LIN, MONDAY_10, SOUTHWEST, make_world
from tests.stories.theatre import Json, Theatre, theatre

SUNDAY_20 = timedelta(days=6, hours=10)


@pytest.mark.parametrize(
    ("later", "greeting", "by"),
    [
        (timedelta(minutes=-59), "上午好", "11月23日 09:11 前"),
        (timedelta(0), "上午好", "11月23日 10:10 前"),
        (timedelta(hours=2, minutes=30), "中午好", "11月23日"),
        (timedelta(hours=5), "下午好", "11月23日 15:10 前"),
        (timedelta(hours=11), "现在是休息时间", "11月24日 09:10 前"),
        (SUNDAY_20, "现在是休息时间", "11月30日 09:10 前"),
    ],
)
async def test_the_greeting_fits_the_hour_and_promises_an_hour_when_somebody_works(
    tmp_path: Path, later: timedelta, greeting: str, by: str
) -> None:
    world = make_world(Clock(start=MONDAY_10 + later, frozen=True))
    async with theatre(tmp_path, world=world) as stage:
        world.user_starts(LIN)
        world.user_writes(LIN, LIN, "/on")
        world.user_starts(CHEN, "chunxi-code-01")
        world.user_writes(CHEN, CHEN, "杯子少了两箱")
        await stage.quiet()
        said = stage.last(CHEN, "#1")["text"]
        assert greeting in said
        assert by in said


async def test_who_waits_is_told_once_that_they_are_not_forgotten(stage: Theatre) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    for _ in range(6):
        await stage.later(minutes=2)
        stage.world.user_writes(CHEN, CHEN, "在吗")
    await stage.quiet()
    said = [m.get("text", "") for m in stage.world.history(CHEN) if m["from"]["is_bot"]]
    assert sum("正在为您核实" in words for words in said) == 1
    assert sum("工单号 #1" in words for words in said) == 1, "one greeting a case"


async def closed(stage: Theatre) -> int:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    await stage.quiet()
    topic = stage.topic(SOUTHWEST, "小陈")
    stage.world.user_writes(LIN, SOUTHWEST, "已为您补发，请您查收", thread_id=topic)
    await stage.quiet()
    stage.world.user_writes(LIN, SOUTHWEST, "/close", thread_id=topic)
    await stage.quiet()
    assert "再见" in stage.last(CHEN, "办理完毕")["text"]
    return topic


@pytest.mark.parametrize(("hours", "number"), [(1, 1), (71, 1), (73, 2)])
async def test_a_word_within_72_hours_opens_the_case_again_later_a_new_one(
    stage: Theatre, hours: int, number: int
) -> None:
    topic = await closed(stage)
    await stage.later(hours=hours)
    stage.world.user_writes(CHEN, CHEN, "还是少一箱")
    await stage.quiet()
    assert stage.last(SOUTHWEST, "还是少一箱", topic)
    case = await stage.desk.run(lambda work, office, now: work.cases.get(number))
    assert case.is_unfinished
    assert (case.previous_case_id, case.handler_id > 0) == (None if number == 1 else 1, True)
    assert f"工单 #{number}" in stage.last(SOUTHWEST, "首问人：", topic)["text"]


async def test_a_thank_you_opens_nothing(stage: Theatre) -> None:
    topic = await closed(stage)
    stage.world.user_writes(CHEN, CHEN, "好的，谢谢")
    await stage.quiet()
    assert stage.last(SOUTHWEST, "好的，谢谢", topic)
    assert not (await stage.desk.run(lambda work, office, now: work.cases.get(1))).is_unfinished


@pytest.mark.parametrize(("button", "is_open"), [("已解决", False), ("还没解决", True)])
async def test_the_buttons_of_the_goodbye_do_what_they_say(stage: Theatre, button: str, is_open: bool) -> None:
    await closed(stage)
    for _ in range(2):
        stage.press(CHEN, stage.last(CHEN, "办理完毕"), button)
    await stage.quiet()
    assert (await stage.desk.run(lambda work, office, now: work.cases.get(1))).is_unfinished is is_open


async def test_a_franchisee_may_end_their_own_case(stage: Theatre) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    stage.world.user_writes(CHEN, CHEN, "/close")
    await stage.quiet()
    assert not (await stage.desk.run(lambda work, office, now: work.cases.get(1))).is_unfinished
    assert "再见" in stage.world.history(CHEN)[-1]["text"]


@pytest.mark.parametrize("is_told", [True, False])
async def test_whoever_blocks_the_bot_is_shown_as_such_until_they_write_again(stage: Theatre, is_told: bool) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    await stage.quiet()
    topic = stage.topic(SOUTHWEST, "小陈")
    if is_told:
        stage.world.user_blocks(CHEN)
    else:
        for _ in range(2):
            stage.world.faults.next_error("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await stage.quiet()
    assert len(told_unreachable(stage, topic)) == is_told, "my_chat_member tells it before anything is sent"
    if is_told:
        assert "未送达：对方" in stage.last(SOUTHWEST, "首问人：", topic)["text"]
    for words in ("请您看一下照片", "请您回复"):
        stage.world.user_writes(LIN, SOUTHWEST, words, thread_id=topic)
    await stage.quiet()
    assert len(told_unreachable(stage, topic)) == 1, "the topic is told once"
    assert "未送达：对方" in stage.last(SOUTHWEST, "首问人：", topic)["text"]
    if is_told:
        stage.world.user_starts(CHEN)
    stage.world.user_writes(CHEN, CHEN, "刚才没信号")
    await stage.quiet()
    assert "未送达：对方" not in stage.last(SOUTHWEST, "首问人：", topic)["text"]


async def test_a_block_that_is_taken_back_is_off_the_card_though_nobody_answered_meanwhile(stage: Theatre) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    await stage.quiet()
    topic = stage.topic(SOUTHWEST, "小陈")
    for begins_anew in (stage.world.user_unblocks, stage.world.user_starts):
        stage.world.user_blocks(CHEN)
        await stage.quiet()
        assert "未送达：对方" in stage.last(SOUTHWEST, "首问人：", topic)["text"]
        begins_anew(CHEN)
        await stage.quiet()
        assert "未送达：对方" not in stage.last(SOUTHWEST, "首问人：", topic)["text"]


def told_unreachable(stage: Theatre, topic: int | None) -> list[Json]:
    return [m for m in stage.world.history(SOUTHWEST, topic) if "必要时改用电话联系" in m.get("text", "")]


async def test_a_case_that_nobody_objects_to_ends_by_itself(stage: Theatre) -> None:
    await closed(stage)
    await stage.later(hours=73)
    await stage.quiet()
    case = await stage.desk.run(lambda work, office, now: work.cases.get(1))
    assert isinstance(case.closed_at, datetime)
