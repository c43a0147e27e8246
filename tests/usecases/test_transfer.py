"""Transfers: who may give and take, what is refused, and that a second answer does no harm."""

import pytest

from bot.desk.buttons import Verb
from tests.cast import CHEN, HE, LIN, NORTHWEST, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.usecases.played import Played


async def test_until_it_is_accepted_the_giver_answers_for_the_case(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    assert await desk.hands() == ("林晓", "林晓")
    await desk.says(ZHOU, "/accept #1")
    assert await desk.hands() == ("周宁", "林晓")
    assert "CaseTransferred" in await desk.happened()


async def test_to_accept_what_nobody_took_is_to_take_it(desk: Played) -> None:
    await desk.hears()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    assert await desk.hands() == ("林晓", None)
    await desk.says(ZHOU, "/accept #1")
    assert await desk.hands() == ("周宁", "周宁")


REFUSED = {
    "/transfer #1": "转交请用",
    "/transfer #1 周宁": "转交请用",
    "/transfer #1 没这人 设备": "没有找到在职同事“没这人”",
    "/transfer #1 林晓 设备": "本来就由林晓负责",
    "/transfer #1 赵磊 求助": "赵磊现在不在岗",
    "/transfer #1 周宁 太忙": "周宁名下未结与待接收已有 0 个，上限 0 个",
    "/transfer #1 华北 搬店": "华北现在没有在岗且有余量的专员",
    "/transfer #9 周宁 太忙": "没有找到工单 #9",
}


async def test_what_cannot_be_is_refused_with_the_reason(desk: Played) -> None:
    await desk.claimed()
    await desk.shrinks(ZHOU, 0)
    await desk.says(WANG, "/off")
    told = {words: await desk.says(LIN, words) for words in REFUSED}
    assert {words: why for words, why in REFUSED.items() if why not in told[words]} == {}
    assert "不在您名下" in await desk.says(ZHOU, "/transfer #1 何静 太忙")
    assert await desk.hands() == ("林晓", "林晓")
    assert "TransferOffered" not in await desk.happened()


async def test_whoever_became_full_or_went_off_duty_cannot_accept(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    await desk.says(ZHOU, "/off")
    assert "请您先用 /on 签到" in await desk.says(ZHOU, "/accept #1")
    await desk.says(ZHOU, "/on")
    await desk.shrinks(ZHOU, 0)
    assert "已到上限 0 个" in await desk.says(ZHOU, "/accept #1")
    assert await desk.hands() == ("林晓", "林晓")


async def test_what_is_offered_already_counts_towards_capacity(desk: Played) -> None:
    await desk.claimed()
    await desk.claimed(franchisee=77)
    await desk.shrinks(HE, 1)
    assert "接手" in await desk.says(LIN, "/transfer #1 何静 设备")
    assert "已有 1 个，上限 1 个" in await desk.says(LIN, "/transfer #2 何静 设备")


async def test_only_the_receiver_answers_and_a_second_answer_changes_nothing(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    assert "在等周宁决定" in await desk.presses(HE, Verb.ACCEPT, 1)
    assert "在等周宁决定" in await desk.presses(WANG, Verb.SEND_BACK, 1)
    assert "已在等周宁接收" in await desk.says(LIN, "/transfer #1 何静 设备")
    assert "现由您承办" in await desk.presses(ZHOU, Verb.ACCEPT, 1)
    assert "已经由您（周宁）负责" in await desk.presses(ZHOU, Verb.ACCEPT, 1)
    assert "已经由您（周宁）负责" in await desk.presses(ZHOU, Verb.SEND_BACK_WHY, 1, "0")
    assert (await desk.happened()).count("CaseTransferred") == 1


async def test_who_gave_can_take_it_back(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    assert "未成（转交人收回），仍由 林晓 负责" in await desk.says(LIN, "/return #1")
    assert "没有待您接收的转交" in await desk.says(ZHOU, "/accept #1")


async def test_sent_back_needs_a_reason(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    assert "退回转交请用" in await desk.says(ZHOU, "/return #1")
    assert "未成（先补照片），仍由 林晓 负责" in await desk.says(ZHOU, "/return #1 先补照片")


async def test_who_leads_takes_a_case_over_without_asking(desk: Played) -> None:
    await desk.claimed()
    assert "已由 王芳 主动接手" in await desk.says(WANG, "/transfer #1 王芳 亲自处理")
    assert await desk.hands() == ("王芳", "林晓")


async def test_the_third_hand_over_alerts_the_supervisors_once(desk: Played) -> None:
    await desk.claimed()
    alerts = []
    for giver, receiver, name in ((LIN, ZHOU, "周宁"), (ZHOU, LIN, "林晓"), (LIN, ZHOU, "周宁"), (ZHOU, LIN, "林晓")):
        await desk.says(giver, f"/transfer #1 {name} 反复")
        alerts += [line for line in (await desk.says(receiver, "/accept #1")).splitlines() if "次易手" in line]
    assert alerts == [f"{SUPERVISORS}: 工单 #1（小陈）已第 3 次易手"]


async def test_what_was_on_offer_is_off_when_the_case_ends(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    await desk.says(LIN, "/close #1")
    await desk.says(WANG, "/transfer #1 周宁 班次交接")
    assert "没有待您接收的转交" in await desk.says(ZHOU, "/accept #1")
    await desk.news()
    await desk.later(hours=1)
    assert await desk.news() == []


async def test_a_region_that_has_nobody_is_stood_in_for_by_the_supervisor_on_duty(desk: Played) -> None:
    await desk.claimed()
    assert "请 王芳 接手" in await desk.says(LIN, "/transfer #1 华北 搬店")


async def test_back_in_its_own_region_the_case_is_in_its_own_group(desk: Played) -> None:
    home = (await desk.claimed()).group_id
    for giver, receiver, name in ((LIN, HE, "何静"), (HE, LIN, "林晓")):
        await desk.says(giver, f"/transfer #1 {name} 设备")
        await desk.says(receiver, "/accept #1")
        if receiver == HE:
            assert (await desk.case(1)).group_id == NORTHWEST
    assert (await desk.case(1)).group_id == home


@pytest.mark.parametrize("words", ["/accept", "/return", "/confirm", "/unsolved"])
async def test_with_nothing_waiting_it_is_told_how(desk: Played, words: str) -> None:
    assert f"请用：{words}" in await desk.says(ZHOU, words)


@pytest.mark.parametrize("choice", ["", "9", "x", "-1", "1.0"])
async def test_a_forged_choice_changes_nothing(desk: Played, choice: str) -> None:
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    assert "已经过期" in await desk.presses(ZHOU, Verb.SEND_BACK_WHY, 1, choice)
    assert "已经过期" in await desk.presses(LIN, Verb.ESCALATE_WHY, 1, choice)
    assert "已经过期" in await desk.presses(LIN, Verb.ASSIST_ASK, 1, choice)
    assert "已经过期" in await desk.presses(LIN, Verb.ASSIST_WHOM, 1, choice)
    assert await desk.hands() == ("林晓", "林晓")
    assert ZHAO not in {chat for chat, _ in await desk.news()} | {CHEN}
