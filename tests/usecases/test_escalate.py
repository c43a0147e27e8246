"""Escalation: level by level, with a reason, to whoever is there; the story fits one message whatever is in it."""

from pathlib import Path

import pytest

from bot.desk.buttons import Verb
from bot.desk.case import Level
from bot.desk.split import LIMIT, units
from bot.usecases.escalate import escalate_by_rule
from tests.cast import CHEN, HE, LIN, STAFF, SUPERVISORS, WANG, ZHAO
from tests.usecases.played import Played, played


async def level(desk: Played) -> Level:
    return (await desk.case(1)).level


async def test_specialist_supervisor_manager_and_no_further(desk: Played) -> None:
    await desk.claimed()
    assert "由主管王芳一同跟进" in await desk.says(LIN, "/up #1 超出权限")
    assert await level(desk) is Level.SUPERVISOR
    assert "由经理赵磊一同跟进" in await desk.presses(LIN, Verb.ESCALATE_WHY, 1, "0")
    assert await level(desk) is Level.MANAGER
    assert "已升级至经理" in await desk.says(LIN, "/up #1 再往上")


async def test_a_supervisor_escalates_to_the_manager(desk: Played) -> None:
    await desk.claimed()
    assert "由经理赵磊一同跟进" in await desk.says(WANG, "/up #1 需经理决定")
    assert await level(desk) is Level.MANAGER


async def test_without_a_reason_it_is_told_how(desk: Played) -> None:
    await desk.claimed()
    assert "升级请用：/up 原因" in await desk.says(LIN, "/up #1")
    assert await level(desk) is Level.SPECIALIST


async def test_where_nobody_is_supervisor_the_manager_follows_up(tmp_path: Path) -> None:
    async with played(tmp_path, staff=[s for s in STAFF if s["role"] != "supervisor"]) as desk:
        await desk.claimed()
        assert "由经理赵磊一同跟进" in await desk.says(LIN, "/up #1 超出权限")


async def test_a_rule_escalates_too_and_stops_at_the_top(desk: Played) -> None:
    await desk.claimed()
    for expected in (Level.SUPERVISOR, Level.MANAGER, Level.MANAGER):
        await desk.desk.run(lambda work, office, now: escalate_by_rule(
            work, office, now, case=work.cases.get(1), reason="超过办结时限"))  # fmt: skip
        assert await level(desk) is expected
    told = await desk.news()
    assert len([text for chat, text in told if chat == CHEN]) == 2
    assert any("升级人：时限规则；原因：超过办结时限" in text for chat, text in told if chat == ZHAO)


@pytest.mark.parametrize("words", ["很长的话" * 900, "🧋" * 2000, "<b>&</b>" * 300])
async def test_the_story_fits_one_message_whatever_was_said(desk: Played, words: str) -> None:
    case = await desk.claimed()
    for number in range(30):
        await desk.hears(f"{number} {words}", who=CHEN)
    await desk.news()
    told = await desk.says(LIN, f"/up #{case.id} " + "原因" * 500)
    stories = [text for chat, text in await _all(desk) if chat == SUPERVISORS and "升级至主管" in text]
    assert stories
    assert all(units(text) <= LIMIT for text in stories)
    assert "29 " in stories[0]
    assert told


async def _all(desk: Played) -> list[tuple[int, str]]:
    desk.rewind()
    return await desk.news()


async def test_every_step_is_told_to_the_first_owner_in_one_line(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 何静 设备")
    await desk.says(HE, "/accept #1")
    for words, line in (
        ("/up #1 超出权限", "何静 升级至主管（超出权限）"),
        ("/assist #1 财务 2小时 退款", "何静 请财务协办"),
        ("/receipt #1 财务 已退", "财务已回执"),
        ("/transfer #1 周宁 更近", "何静 拟转交给周宁"),
    ):
        mine = [t for t in (await desk.says(HE, words)).splitlines() if t.startswith(f"{LIN}: ")]
        assert len(mine) == 1, words
        assert line in mine[0]
