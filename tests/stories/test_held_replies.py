"""A reply that the lint holds back: what each button does, as everybody saw it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import LIN, SOUTHWEST, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.stories.held import WHERE, heard, held_desk, marked, notice, pressed, reopened_desk, says, topic
from tests.stories.theatre import Theatre

BAD = "冰柜不归我管，请您找厂家"
HELD = (
    f"这条答复还没有发给加盟商，请您看一下标出的地方： / {BAD} / · 推卸责任“不归我管”：加盟商问到谁，谁就跟进到底 / "
    "建议改为： / 冰柜这件事我来为您跟进，请您找厂家（设备部门，工单 1） / "
    "草稿 1：请您点下方按钮，或发 /adopt、/modify、/ask、/falsealarm。"
)
HELD_AGAIN = (
    "这条答复还没有发给加盟商，请您看一下标出的地方： / 这随便你，请您看 / · 生硬“随便你”：听起来像赌气 / "
    "建议改为： / 这请您按方便的方式来，请您看（设备部门，工单 1） / "
    "草稿 1：请您点下方按钮，或发 /adopt、/modify、/ask、/falsealarm。"
)
WANTED = (
    f"请您看一下：工单 #1（小陈），林晓 申请放行草稿 1： / {BAD} / · 推卸责任“不归我管”：加盟商问到谁，谁就跟进到底 / "
    "申请理由：无 / 请您点下方按钮，或发 /release 1、/refuse 1 原因。"
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Theatre]:
    async with held_desk(tmp_path) as stage:
        yield stage


async def asked(desk: Theatre) -> None:
    """林晓's bad reply was held and she asked for its release."""
    says(desk, BAD)
    await desk.quiet()
    await pressed(desk, LIN, notice(desk), "申请放行")


async def test_the_suggestion_is_taken(desk: Theatre) -> None:
    says(desk, BAD)
    await desk.shows(f"""
        {WHERE} | 林晓: {BAD}
        {WHERE} | 首问: ↩冰柜不归我管 {HELD} [采用建议并发送|修改|申请放行|误报]
    """)
    desk.press(LIN, notice(desk), "采用建议")
    second = desk.press(LIN, notice(desk), "采用建议")
    await desk.shows(f"""
        小陈 | 首问: 冰柜这件事我来为您跟进，请您找厂家（设备部门，工单 1）
        {WHERE} | 首问: 林晓 已发送给加盟商： / 冰柜这件事我来为您跟进，请您找厂家（设备部门，工单 1）
        {WHERE} | 改为 首问: ↩冰柜不归我管 {HELD}
    """)
    await desk.until(lambda: "已采用建议发出”（经手：林晓）" in str(desk.world.callback_answer(second)))


async def test_an_emoji_before_the_words_does_not_shift_their_marking(desk: Theatre) -> None:
    says(desk, "😀👨‍👩‍👧𠮷冰柜不归我管😀，随便你，请您看")
    await desk.quiet()
    assert marked(notice(desk)) == ["不归我管", "不归我管", "随便你", "随便你"]


async def test_the_words_are_changed_in_the_message_itself(desk: Theatre) -> None:
    written = says(desk, BAD)
    await desk.seen()
    assert "编辑原消息" in await pressed(desk, LIN, notice(desk), "修改")
    desk.world.user_edits(LIN, SOUTHWEST, written["message_id"], "这随便你，请您看")
    await desk.quiet()
    assert "草稿 1" in notice(desk, "“随便你”")["text"]
    old = desk.world.history(SOUTHWEST, topic(desk))
    first = next(m for m in old if "“不归我管”" in m.get("text", ""))
    assert "后来改过" in await pressed(desk, LIN, first, "采用建议")
    await desk.seen()
    desk.world.user_edits(LIN, SOUTHWEST, written["message_id"], "请您放心，我来跟进")
    await desk.shows(f"""
        小陈 | 首问: 请您放心，我来跟进
        {WHERE} | （👌）林晓: 请您放心，我来跟进
        {WHERE} | 改为 林晓: 请您放心，我来跟进
        {WHERE} | 改为 首问: ↩请您放心，我 {HELD}
        {WHERE} | 改为 首问: ↩请您放心，我 {HELD_AGAIN}
    """)
    desk.world.user_edits(LIN, SOUTHWEST, written["message_id"], "请您放心，我来跟进，今天回您")
    await desk.quiet()
    assert heard(desk)[-1] == "请您放心，我来跟进，今天回您"


async def test_other_words_are_sent_instead(desk: Theatre) -> None:
    written = says(desk, BAD)
    await desk.quiet()
    says(desk, "请您稍等，我联系厂家")
    await desk.quiet()
    assert heard(desk)[-1] == "请您稍等，我联系厂家"
    assert "reply_markup" not in notice(desk)
    says(desk, "/adopt 1")
    await desk.quiet()
    assert notice(desk, "已改好发出")
    desk.world.user_edits(LIN, SOUTHWEST, written["message_id"], "请您放心")
    await desk.quiet()
    assert heard(desk)[-1] == "请您稍等，我联系厂家"
    assert notice(desk, "这次修改没有传给加盟商")


async def test_words_that_are_held_may_become_a_note(desk: Theatre) -> None:
    written, before = says(desk, BAD), heard(desk)
    await desk.quiet()
    desk.world.user_edits(LIN, SOUTHWEST, written["message_id"], "// 冰柜不归我管，转设备")
    await desk.quiet()
    assert heard(desk) == before
    assert "reply_markup" not in notice(desk)
    says(desk, "/ask 1")
    await desk.quiet()
    assert "已作废" in notice(desk, "“已作废")["text"]


async def test_a_supervisor_lets_it_out_and_pressing_twice_sends_once(desk: Theatre) -> None:
    says(desk, BAD)
    await desk.seen()
    desk.press(LIN, notice(desk), "申请放行")
    await desk.shows(f"""
        主管群 | 首问: {WANTED} [放行|不放行|查看工单]
    """)
    wanted = desk.last(SUPERVISORS, "申请放行草稿 1")
    assert marked(wanted) == ["不归我管", "不归我管"]
    desk.press(WANG, wanted, "放行")
    second = desk.press(ZHAO, wanted, "不放行")
    await desk.shows(f"""
        小陈 | 首问: {BAD}
        {WHERE} | 首问: ↩冰柜不归我管 草稿 1 已由主管王芳放行，原文已发给加盟商。请您继续跟进。
        {WHERE} | （👌）林晓: {BAD}
        {WHERE} | 改为 首问: ↩冰柜不归我管 {HELD}
        主管群 | 改为 首问: {WANTED}
    """)
    await desk.until(lambda: "已放行发出”（经手：王芳）" in str(desk.world.callback_answer(second)))
    desk.world.user_writes(WANG, SUPERVISORS, "/case 1")
    await desk.quiet()
    record = desk.last(SUPERVISORS, "答复被拦下")["text"]
    assert f"答复（林晓）：{BAD}（经放行）" in record
    assert "答复被拦下 林晓 推卸责任" in record
    assert f"草稿 1（林晓，已放行发出）：{BAD}" in record


async def test_a_supervisor_does_not_let_it_out_and_the_specialist_is_told_kindly(desk: Theatre) -> None:
    await asked(desk)
    await desk.seen()
    before = heard(desk)
    desk.world.user_writes(WANG, SUPERVISORS, "/refuse 1 请说清谁来跟进")
    await desk.shows(f"""
        {WHERE} | 首问: ↩冰柜不归我管 草稿 1 请先不要发（主管王芳）。理由：请说清谁来跟进 / 请您换一种说法：直接编辑原消息，或另发一条，通过检查就会发出。 [采用建议并发送|修改|误报]
        主管群 | 王芳: /refuse 1 请说清谁来跟进
        主管群 | 首问: ↩/refus 草稿 1 没有放行，已请专员修改。
    """)
    assert heard(desk) == before
    assert "未放行”（经手：王芳）" in await pressed(desk, ZHAO, desk.last(SUPERVISORS, "申请放行草稿 1"), "放行")
    await pressed(desk, LIN, notice(desk, "请先不要发"), "采用建议")
    assert heard(desk)[-1].startswith("冰柜这件事我来为您跟进")


async def test_only_those_who_lead_decide_and_nobody_on_their_own_words(desk: Theatre) -> None:
    await asked(desk)
    wanted = desk.last(SUPERVISORS, "申请放行草稿 1")
    before = heard(desk)
    says(desk, "/release 1")
    says(desk, "/release 1", who=ZHOU)
    says(desk, BAD, who=WANG)
    await desk.quiet()
    says(desk, "/ask 2 已与厂家谈好", who=WANG)
    says(desk, "/release 2", who=WANG)
    await desk.quiet()
    answers = [m["text"] for m in desk.world.history(SOUTHWEST, topic(desk)) if m["from"]["is_bot"] and "text" in m]
    assert sum("请由主管或经理进行" in a for a in answers) == 2
    assert "另一位主管或经理" in answers[-1]
    assert "申请理由：已与厂家谈好" in desk.last(SUPERVISORS, "申请放行草稿 2")["text"]
    assert heard(desk) == before
    desk.world.user_writes(ZHAO, ZHAO, "/release 2")
    await desk.quiet()
    assert heard(desk)[len(before) :] == [BAD]
    assert "没有申请放行" not in await pressed(desk, WANG, wanted, "放行")


async def test_what_is_asked_for_and_then_changed_or_closed_says_so(desk: Theatre) -> None:
    await asked(desk)
    wanted = desk.last(SUPERVISORS, "申请放行草稿 1")
    written = desk.last(SOUTHWEST, BAD, topic(desk))
    original = next(m for m in desk.world.history(SOUTHWEST, topic(desk)) if m.get("text") == BAD)
    desk.world.user_edits(LIN, SOUTHWEST, original["message_id"], "那随便你，请您看")
    await desk.quiet()
    assert "后来改过" in await pressed(desk, WANG, wanted, "放行")
    assert written is not original
    await pressed(desk, LIN, notice(desk, "“随便你”"), "申请放行")
    says(desk, "/close")
    await desk.quiet()
    before = heard(desk)
    assert "reply_markup" not in desk.last(SUPERVISORS, "那随便你")
    desk.world.user_writes(WANG, SUPERVISORS, "/release 1")
    await desk.quiet()
    assert "已作废" in desk.last(SUPERVISORS, "已作废")["text"]
    assert heard(desk) == before


async def test_a_colleague_cannot_send_ones_draft(desk: Theatre) -> None:
    says(desk, BAD)
    await desk.quiet()
    before = heard(desk)
    assert "请由本人或主管处理" in await pressed(desk, ZHOU, notice(desk), "采用建议")
    assert "请由本人或主管处理" in await pressed(desk, ZHOU, notice(desk), "申请放行")
    assert heard(desk) == before


async def test_an_edit_that_turns_a_good_reply_bad_stays_inside(desk: Theatre) -> None:
    good = "请您放心，冰柜我来跟进"
    written = says(desk, good)
    await desk.seen()
    desk.world.user_edits(LIN, SOUTHWEST, written["message_id"], BAD)
    await desk.shows(f"""
        {WHERE} | 首问: ↩冰柜不归我管 这次修改没有传给加盟商，加盟商看到的仍是原来那条。请您看一下标出的地方： / {HELD.split(" / ", 1)[1]} [采用建议并发送|修改|申请放行|误报]
        {WHERE} | 改为 林晓: {BAD}
    """)
    assert heard(desk)[-1] == good
    await pressed(desk, LIN, notice(desk), "采用建议")
    assert heard(desk)[-1] == "冰柜这件事我来为您跟进，请您找厂家（设备部门，工单 1）"
    assert heard(desk).count(good) == 0


async def test_an_edit_that_is_taken_back_or_released_changes_what_the_franchisee_sees(desk: Theatre) -> None:
    good = "请您放心，冰柜我来跟进"
    written = says(desk, good)["message_id"]
    await desk.quiet()
    desk.world.user_edits(LIN, SOUTHWEST, written, BAD)
    await desk.quiet()
    desk.world.user_edits(LIN, SOUTHWEST, written, good)
    await desk.quiet()
    assert "reply_markup" not in notice(desk)
    desk.world.user_edits(LIN, SOUTHWEST, written, BAD)
    await desk.quiet()
    says(desk, "/ask 厂家已答应上门")
    desk.world.user_writes(ZHAO, SUPERVISORS, "/release 2")
    await desk.quiet()
    assert heard(desk)[-1] == BAD
    assert heard(desk).count(good) == 0


async def test_a_restart_between_block_and_release_loses_nothing(tmp_path: Path) -> None:
    async with held_desk(tmp_path) as desk:
        await asked(desk)
        before = heard(desk)
    async with reopened_desk(tmp_path, desk.world) as again:
        assert heard(again) == before
        await pressed(again, WANG, again.last(SUPERVISORS, "申请放行草稿 1"), "放行")
        assert heard(again)[len(before) :] == [BAD]


async def test_a_restart_before_the_suggestion_is_taken_loses_nothing(tmp_path: Path) -> None:
    async with held_desk(tmp_path) as desk:
        says(desk, BAD)
        await desk.quiet()
    async with reopened_desk(tmp_path, desk.world) as again:
        await pressed(again, LIN, notice(again), "采用建议")
        assert heard(again)[-1].startswith("冰柜这件事我来为您跟进")


async def test_every_button_of_the_specialist_has_its_command(desk: Theatre) -> None:
    says(desk, BAD)
    says(desk, "/modify")
    await desk.quiet()
    assert notice(desk, "编辑原消息")
    for command in ("/adopt", "/adopt", "/adopt 1"):
        says(desk, command)
    await desk.quiet()
    assert sum(words.startswith("冰柜这件事我来") for words in heard(desk)) == 1
    assert notice(desk, "已采用建议发出”（经手：林晓）")


HOW = {
    "/adopt": "没有被拦下的答复",
    "/ask": "没有被拦下的答复",
    "/adopt 99": "没有草稿 99",
    "/release": "/release 草稿号",
    "/release x": "/release 草稿号",
    "/refuse": "/release 草稿号",
    "/release 99": "没有草稿 99",
    "/falsealarm": "没有可以标为误报",
    "/except": "/except 号 说法",
    "/keep 7": "不在待看之列",
    "/unexcept 7": "没有例外 7",
    "/falsealarms": "没有待看的误报",
}


async def test_wrong_use_is_answered_with_how_to_use_it(desk: Theatre) -> None:
    before, written = heard(desk), {words: says(desk, words, who=WANG)["message_id"] for words in HOW}
    await desk.quiet()
    answers = {m["reply_to_message"]["message_id"]: m["text"] for m in desk.world.history(SOUTHWEST, topic(desk))
               if m["from"]["is_bot"] and "reply_to_message" in m}  # fmt: skip
    assert {w: answers[i] for w, i in written.items() if HOW[w] not in answers[i]} == {}
    assert heard(desk) == before
