"""Every key of [ownership] and [[departments]] changes what the desk does."""

from pathlib import Path

import pytest

from bot.config import Settings
from bot.desk.buttons import Verb
from tests.cast import LIN, LOGISTICS, SOUTHWEST, SUPERVISORS, ZHOU
from tests.usecases.played import played

FINANCE = {"code": "finance", "name": "财务", "contact": "钱会计"}


@pytest.mark.parametrize(("within", "until"), [("10m", "10:10"), ("1h", "11:00")])
async def test_a_transfer_is_to_be_accepted_within(tmp_path: Path, within: str, until: str) -> None:
    async with played(tmp_path, ownership={"accept_within": within}) as desk:
        await desk.claimed()
        assert f"请您在 11月23日 {until} 前接收" in await desk.says(LIN, "/transfer #1 周宁 班次交接")


@pytest.mark.parametrize(("times", "is_alerted"), [(1, True), (2, False)])
async def test_the_hand_over_that_alerts(tmp_path: Path, times: int, is_alerted: bool) -> None:
    async with played(tmp_path, ownership={"alert_at_transfer": times}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/transfer #1 周宁 班次交接")
        assert ("已第 1 次易手" in await desk.says(ZHOU, "/accept #1")) is is_alerted


@pytest.mark.parametrize(("hours", "is_passed_up"), [(1, False), (2, True)])
async def test_the_first_owner_confirms_within(tmp_path: Path, hours: int, is_passed_up: bool) -> None:
    async with played(tmp_path, ownership={"confirm_closing_within": "2h"}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/transfer #1 周宁 班次交接")
        await desk.says(ZHOU, "/accept #1")
        await desk.says(ZHOU, "/close #1")
        await desk.later(hours=hours)
        assert any(chat == SUPERVISORS and "请您决定" in text for chat, text in await desk.news()) is is_passed_up


@pytest.mark.parametrize(("after", "is_told"), [("30m", True), ("3h", False)])
async def test_supervisors_hear_of_a_department_that_was_chased_in_vain_after(
    tmp_path: Path, after: str, is_told: bool
) -> None:
    async with played(tmp_path, ownership={"assist_alert_after": after}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/assist #1 财务 1小时 核对")
        await desk.later(hours=1)
        await desk.later(hours=1)
        assert any("协办逾期" in text for _, text in await desk.news()) is is_told


async def test_the_deadlines_that_are_offered(tmp_path: Path) -> None:
    async with played(tmp_path, ownership={"assist_choices": ["1h"]}) as desk:
        await desk.claimed()
        assert "期限 11月23日 11:00" in await desk.presses(LIN, Verb.ASSIST_ASK, 1, "logistics.0")
        assert "已经过期" in await desk.presses(LIN, Verb.ASSIST_ASK, 1, "finance.1")


async def test_a_department_is_named_by_code_or_name_and_asked_in_its_chat(tmp_path: Path) -> None:
    logistics = {"code": "wl", "name": "物流", "chat_id": LOGISTICS}
    async with played(tmp_path, departments=[logistics, FINANCE]) as desk:
        await desk.claimed()
        asked = await desk.says(LIN, "/assist #1 wl 1小时 核对")
        assert f"{LOGISTICS}: 协办单 · 工单 #1 · 请物流办理" in asked
        assert "请您联系：钱会计" in await desk.says(LIN, "/assist #1 财务部 1小时 退款")
        assert "可用的有：物流、财务" in await desk.says(LIN, "/assist #1 设备 1小时 退款")


@pytest.mark.parametrize("chat_id", [SOUTHWEST, SUPERVISORS])
def test_a_departments_chat_is_no_group_of_the_desk(chat_id: int) -> None:
    values = {
        "regions": [{"code": "southwest", "name": "西南", "provinces": ["四川"], "group_id": SOUTHWEST}],
        "supervisors": {"chat_id": SUPERVISORS},
        "departments": [{"code": "logistics", "name": "物流", "chat_id": chat_id}],
    }
    with pytest.raises(ValueError, match="请换成部门自己的群"):
        Settings.model_validate(values)


def test_two_departments_share_no_chat_and_no_name() -> None:
    for twin in ({"chat_id": LOGISTICS, "name": "乙"}, {"name": "甲"}):
        pair = [{"code": "a", "name": "甲", "chat_id": LOGISTICS}, {"code": "b", **twin}]
        with pytest.raises(ValueError, match="两个部门"):
            Settings.model_validate({"departments": pair})
