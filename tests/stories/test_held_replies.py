"""A reply that the lint holds back: what each button does, as everybody saw it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import CHEN, LIN, SOUTHWEST, SUPERVISORS, WANG
from tests.plain_rules import PlainRules
from tests.stories.theatre import Theatre, theatre

WHERE = "西南›小陈 · CD001 春熙路店"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Theatre]:
    """The desk with rules that can be read, and 小陈's case #1, which 林晓 has taken."""
    async with theatre(tmp_path, rules=PlainRules()) as stage:
        for staff_id in (LIN, WANG):
            stage.world.user_starts(staff_id)
            stage.world.user_writes(staff_id, staff_id, "/on")
        stage.world.user_starts(CHEN, "chunxi-code-01")
        stage.world.user_writes(CHEN, CHEN, "冰柜坏了谁管？")
        await stage.quiet()
        stage.world.user_writes(LIN, SOUTHWEST, "您好，请稍等", thread_id=stage.topic(SOUTHWEST, "小陈"))
        await stage.seen()
        yield stage


def heard(stage: Theatre) -> list[str]:
    return [m.get("text") or m.get("caption") or "" for m in stage.world.history(CHEN) if m["from"]["is_bot"]]


async def test_the_suggestion_is_taken(desk: Theatre) -> None:
    topic = desk.topic(SOUTHWEST, "小陈")
    desk.world.user_writes(LIN, SOUTHWEST, "😀冰柜不归我管，请您找厂家", thread_id=topic)
    await desk.shows(f"""
        {WHERE} | 林晓: 😀冰柜不归我管，请您找厂家
        {WHERE} | 首问: ↩😀冰柜不归 这条答复还没有发给加盟商，请您看一下标出的地方： / 😀冰柜不归我管，请您找厂家 / · 推卸责任“不归我管”：加盟商问到谁，谁就跟进到底 / 建议改为： / 😀冰柜这件事我来为您跟进，请您找厂家（相关部门，工单 1） / 草稿 1：请您点下方按钮，或发 /adopt、/modify、/ask、/falsealarm。 [采用建议并发送|修改|申请放行|误报]
    """)
    notice = desk.last(SOUTHWEST, "还没有发给加盟商", topic)
    text16 = notice["text"].encode("utf-16-le")
    marked = {e["type"]: text16[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in notice["entities"]}
    assert marked == {"bold": "不归我管", "underline": "不归我管"}

    desk.press(LIN, notice, "采用建议")
    await desk.shows(f"""
        小陈 | 首问: 😀冰柜这件事我来为您跟进，请您找厂家（相关部门，工单 1）
        {WHERE} | 首问: 林晓 已发送给加盟商： / 😀冰柜这件事我来为您跟进，请您找厂家（相关部门，工单 1）
        {WHERE} | 改为 首问: ↩😀冰柜不归 这条答复还没有发给加盟商，请您看一下标出的地方： / 😀冰柜不归我管，请您找厂家 / · 推卸责任“不归我管”：加盟商问到谁，谁就跟进到底 / 建议改为： / 😀冰柜这件事我来为您跟进，请您找厂家（相关部门，工单 1） / 草稿 1：请您点下方按钮，或发 /adopt、/modify、/ask、/falsealarm。
    """)
    before = heard(desk)
    again = desk.press(LIN, notice, "采用建议")
    await desk.quiet()
    assert "已采用建议发出”（经手：林晓）" in str(desk.world.callback_answer(again))
    assert heard(desk) == before


async def test_a_supervisor_lets_it_out(desk: Theatre) -> None:
    topic = desk.topic(SOUTHWEST, "小陈")
    desk.world.user_writes(LIN, SOUTHWEST, "请您联系物业，冰柜不归我管", thread_id=topic)
    await desk.seen()
    desk.press(LIN, desk.last(SOUTHWEST, "还没有发给加盟商", topic), "申请放行")
    await desk.shows("""
        主管群 | 首问: 请您看一下：工单 #1（小陈），林晓 申请放行草稿 1： / 请您联系物业，冰柜不归我管 / · 推卸责任“不归我管”：加盟商问到谁，谁就跟进到底 / 申请理由：无 / 请您点下方按钮，或发 /release 1、/refuse 1 原因。 [放行|不放行|查看工单]
    """)
    wanted = desk.last(SUPERVISORS, "申请放行草稿 1")
    desk.press(WANG, wanted, "放行")
    await desk.shows(f"""
        小陈 | 首问: 请您联系物业，冰柜不归我管
        {WHERE} | 首问: ↩请您联系物业 草稿 1 已由主管王芳放行，原文已发给加盟商。请您继续跟进。
        {WHERE} | （👌）林晓: 请您联系物业，冰柜不归我管
        主管群 | 改为 首问: 请您看一下：工单 #1（小陈），林晓 申请放行草稿 1： / 请您联系物业，冰柜不归我管 / · 推卸责任“不归我管”：加盟商问到谁，谁就跟进到底 / 申请理由：无 / 请您点下方按钮，或发 /release 1、/refuse 1 原因。
    """)
