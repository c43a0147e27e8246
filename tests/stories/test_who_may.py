"""Who may do what in a group: guests talk to nobody, a press is checked again, and wrong use is told how."""

from tests.cast import CHEN, GUEST, HE, LIN, LIU, SOUTHWEST, SUPERVISORS, WANG, ZHOU
from tests.stories.theatre import Theatre, forged


async def opened(stage: Theatre) -> int:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    await stage.quiet()
    return stage.topic(SOUTHWEST, "小陈")


def heard(stage: Theatre) -> list[str]:
    return [m.get("text", "") for m in stage.world.history(CHEN) if m["from"]["is_bot"]]


async def said(stage: Theatre, who: int, words: str, topic: int | None, chat: int = SOUTHWEST) -> str:
    """What the bot answers to words in a group (empty: nothing)."""
    asked = stage.world.user_writes(who, chat, words, thread_id=topic)
    await stage.quiet()
    answers = [
        m for m in stage.world.history(chat, topic) if m["from"]["is_bot"] and m["message_id"] > asked["message_id"]
    ]
    return "\n".join(m.get("text", "") for m in answers)


async def test_what_a_guest_writes_reaches_nobody_and_their_commands_do_nothing(stage: Theatre) -> None:
    topic, before = await opened(stage), heard(stage)
    for words in ("这家店我认识", "/close", "/transfer 周宁 设备", "/note 记一下"):
        assert await said(stage, GUEST, words, topic) == ""
    assert heard(stage) == before


async def test_a_press_by_a_guest_changes_nothing_and_is_answered(stage: Theatre) -> None:
    topic = await opened(stage)
    query = stage.press(GUEST, stage.last(SOUTHWEST, "工单 #1", topic), "接单")
    await stage.until(lambda: stage.world.callback_answer(query))
    assert "在册同事" in str(stage.world.callback_answer(query))
    assert "首问人：待接单" in stage.last(SOUTHWEST, "工单 #1", topic)["text"]


FORGED = ("do:claim:999:", "do:say:1:answer/none", "do:retry:7:", "do:fly:1:", "nonsense", "do:claim:x:")


async def test_a_forged_press_is_answered_and_changes_nothing(stage: Theatre) -> None:
    topic, before = await opened(stage), heard(stage)
    for data in FORGED:
        stage.world.inject(forged(LIN, stage.last(SOUTHWEST, "工单 #1", topic), data))
        await stage.quiet()
        assert heard(stage) == before, data
        assert "首问人：待接单" in stage.last(SOUTHWEST, "工单 #1", topic)["text"], data
        assert await stage.desk.run(lambda work, office, now: work.inbox.dead()) == [], data


async def test_the_first_to_claim_has_the_case_and_the_second_is_told_kindly(stage: Theatre) -> None:
    topic = await opened(stage)
    card = stage.last(SOUTHWEST, "工单 #1", topic)
    first, second = (stage.press(who, card, "接单") for who in (ZHOU, LIN))
    await stage.until(lambda: stage.world.callback_answer(first) and stage.world.callback_answer(second))
    await stage.quiet()
    assert "已由周宁接单" in str(stage.world.callback_answer(second))
    assert "周宁" not in str(stage.world.callback_answer(first))
    assert "首问人：周宁" in stage.last(SOUTHWEST, "工单 #1", topic)["text"]


HOW = {
    "/note": "写备注请用",
    "/transfer": "转交请用",
    "/transfer 林晓": "转交请用",
    "/transfer 没这人 设备问题": "没这人",
    "/a": "查找现成答复请用",
    "/a 量子纠缠": "量子纠缠",
    "/case": "/case 编号",
    "/case 十二": "/case 编号",
    "/case 99": "99",
    "/recall": "撤回请用",
    "/nothing": "没有 /nothing 这个命令",
}


async def test_wrong_use_is_answered_with_how_to_use_it(stage: Theatre) -> None:
    topic, before = await opened(stage), heard(stage)
    for words, how in HOW.items():
        assert how in await said(stage, WANG, words, topic), words
    assert heard(stage) == before


async def test_a_command_where_no_case_is_tells_where_to_give_it(stage: Theatre) -> None:
    assert "没有找到对应的工单" in await said(stage, LIN, "/close", None)


async def test_a_command_for_another_bot_is_none_of_ours(stage: Theatre) -> None:
    topic = await opened(stage)
    assert await said(stage, LIN, "/close@some_other_bot", topic) == ""
    assert "写备注" in await said(stage, LIN, "/note@Shouwen_Bot", topic)


async def test_what_is_for_supervisors_is_told_so(stage: Theatre) -> None:
    topic = await opened(stage)
    for words in ("/cases", "/case 1", "/staff", "/overview"):
        assert "请由主管或经理进行" in await said(stage, ZHOU, words, topic), words
        answer = await said(stage, WANG, words, None, SUPERVISORS)
        assert answer and "请由主管或经理进行" not in answer, words


async def test_closing_without_an_answer_needs_a_supervisor(stage: Theatre) -> None:
    topic, before = await opened(stage), heard(stage)
    assert "还没有答复过加盟商" in await said(stage, LIN, "/close", topic)
    assert heard(stage) == before
    await said(stage, WANG, "/close", topic)
    assert heard(stage)[-1].rstrip("。！").endswith("再见")


async def test_a_colleague_of_another_region_may_answer_too_and_staff_open_no_case(stage: Theatre) -> None:
    stage.world.user_writes(HE, HE, "我的杯子呢")
    await stage.quiet()
    assert "您的来信已收到" not in "".join(m.get("text", "") for m in stage.world.history(HE))
    assert [t["name"] for t in stage.world.topics(SOUTHWEST)] == ["General"]


async def test_a_case_goes_by_button_to_a_colleague_with_a_reason_and_the_franchisee_is_told(stage: Theatre) -> None:
    topic = await opened(stage)
    await said(stage, LIN, "请您稍等，我来查", topic)
    stage.press(LIN, stage.last(SOUTHWEST, "工单 #1", topic), "转交")
    await stage.quiet()
    stage.press(LIN, stage.world.history(SOUTHWEST, topic)[-1], "周宁")
    await stage.quiet()
    stage.press(LIN, stage.world.history(SOUTHWEST, topic)[-1], "班次交接")
    await stage.quiet()
    assert "承办人：林晓" in stage.last(SOUTHWEST, "首问人：林晓", topic)["text"]
    stage.press(ZHOU, stage.last(SOUTHWEST, "接手", topic), "接收")
    await stage.quiet()
    card = stage.last(SOUTHWEST, "首问人：林晓", topic)["text"]
    assert "承办人：周宁" in card
    assert "周宁" in heard(stage)[-1]


async def test_nobody_on_duty_a_supervisor_answers_for_it(stage: Theatre) -> None:
    for who in (LIN, ZHOU):
        stage.world.user_writes(who, who, "/off")
    await stage.quiet()
    stage.world.user_starts(LIU, "jiefang-code2")
    stage.world.user_writes(LIU, LIU, "停电了")
    await stage.quiet()
    assert "承办人：王芳" in stage.last(SOUTHWEST, "工单 #1")["text"]
