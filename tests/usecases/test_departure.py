"""Leaving: who may let whom go, where the cases go, and what a table or a settings file can and cannot do."""

from dataclasses import replace

import pytest

from bot.desk.buttons import Verb
from bot.usecases.enrol import EnrolmentRefused, enrol_staff
from tests.cast import HE, LIN, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.usecases.played import Played


async def person(desk: Played, telegram_id: int):  # type: ignore[no-untyped-def]
    return await desk.desk.run(lambda work, office, now: work.staff.by_telegram(telegram_id))


async def test_who_has_no_case_is_off_at_once(desk: Played) -> None:
    assert "周宁已停用" in await desk.says(WANG, "/staff off 周宁", SUPERVISORS)
    gone = await person(desk, ZHOU)
    assert (gone.is_active, gone.is_on_duty) == (False, False)
    assert "已经停用了" in await desk.says(WANG, "/staff off 周宁", SUPERVISORS)


async def test_who_has_cases_stays_until_they_are_handed_over(desk: Played) -> None:
    await desk.claimed()
    assert "1 个未结工单" in await desk.says(WANG, "/staff off 林晓", SUPERVISORS)
    assert (await person(desk, LIN)).is_active
    leaver = (await person(desk, LIN)).id
    assert "已移交（周宁 1）" in await desk.presses(WANG, Verb.LEAVE_TO, leaver, chat=SUPERVISORS)
    assert await desk.hands() == ("周宁", "林晓")
    assert "已经停用" in await desk.presses(WANG, Verb.LEAVE_TO, leaver, chat=SUPERVISORS)


REFUSED = {
    "/staff on 林晓": "请您用：/staff",
    "/staff off": "请您用：/staff",
    "/staff off 一 二 三": "请您用：/staff",
    "/staff off 没这人": "没有找到在职同事“没这人”",
    "/staff off 赵磊": "停用赵磊请由上一级来做",
    "/staff off 王芳": "停用王芳请由上一级来做",
    "/staff off 林晓 林晓": "没有找到在职同事“林晓”",
    "/staff off 林晓 赵磊": "赵磊现在不在岗",
    "/staff off 林晓 何静": "何静名下已有 0 个未结工单，再接 1 个就超过上限 0 个",
}


async def test_what_cannot_be_is_refused_with_the_reason(desk: Played) -> None:
    await desk.claimed()
    await desk.shrinks(HE, 0)
    told = {words: await desk.says(WANG, words, SUPERVISORS) for words in REFUSED}
    assert {words: why for words, why in REFUSED.items() if why not in told[words]} == {}
    assert "请由主管或经理进行" in await desk.says(ZHOU, "/staff off 林晓")
    assert await desk.hands() == ("林晓", "林晓")
    assert (await person(desk, LIN)).is_active


async def test_the_manager_lets_a_supervisor_go_and_nobody_themselves(desk: Played) -> None:
    assert "停用赵磊请由上一级来做" in await desk.says(ZHAO, "/staff off 赵磊", SUPERVISORS)
    assert "王芳已停用" in await desk.says(ZHAO, "/staff off 王芳", SUPERVISORS)


async def test_what_waited_for_the_leavers_word_goes_back_and_up(desk: Played) -> None:
    await desk.claimed()
    await desk.claimed(ZHOU, franchisee=77)
    await desk.says(LIN, "/transfer #1 何静 设备")
    await desk.says(HE, "/accept #1")
    await desk.says(HE, "/close #1")
    await desk.says(ZHOU, "/transfer #2 林晓 班次")
    told = await desk.says(WANG, "/staff off 林晓", SUPERVISORS)
    assert "转交林晓未成（对方已离岗），仍由 周宁 负责" in told
    assert f"{SUPERVISORS}: 工单 #1（小陈）：何静 提出结案，首问人未能确认，请您决定。" in told
    assert await desk.hands(2) == ("周宁", "周宁")


async def test_the_first_owner_who_left_is_asked_nothing_and_told_nothing(desk: Played) -> None:
    await desk.claimed()
    await desk.says(WANG, "/staff off 林晓 周宁", SUPERVISORS)
    told = await desk.says(ZHOU, "/close #1")
    assert "首问人未能确认，请您决定" in told
    assert f"{LIN}: " not in told
    assert "再见" in await desk.says(WANG, "/confirm #1", SUPERVISORS)


async def test_an_import_cannot_let_somebody_go_whose_cases_go_on(desk: Played) -> None:
    await desk.claimed()
    await desk.claimed(franchisee=77)
    gone = [replace(await person(desk, who), is_active=False) for who in (LIN, HE)]
    with pytest.raises(EnrolmentRefused, match="林晓 名下还有 2 个未结工单（#1、#2）"):
        await desk.desk.run(enrol_staff, people=gone)
    assert (await person(desk, HE)).is_active, "all of a table or nothing of it"
    await desk.desk.run(enrol_staff, people=gone[1:])
    assert not (await person(desk, HE)).is_active


async def test_a_settings_file_that_still_lists_them_brings_nobody_back_but_a_table_does(desk: Played) -> None:
    listed = replace(await person(desk, HE), is_active=True)
    await desk.says(WANG, "/staff off 何静", SUPERVISORS)
    await desk.desk.run(enrol_staff, people=[listed], revives=False)
    assert not (await person(desk, HE)).is_active
    await desk.desk.run(enrol_staff, people=[listed])
    assert (await person(desk, HE)).is_active
