"""What was promised is done: a reminder in a topic, a promise from its words to its end, a task, as people see them."""

from pathlib import Path

from tests.cast import CHEN, LIN, SOUTHWEST, SUPERVISORS, WANG, ZHOU
from tests.stories.theatre import Theatre, theatre


async def test_a_promise_stands_on_the_card_is_reminded_of_and_broken(stage: Theatre) -> None:
    world = stage.world
    world.user_writes(CHEN, CHEN, "/start chunxi-code-01")
    world.user_writes(CHEN, CHEN, "货少了两箱")
    await stage.quiet()
    topic = stage.topic(SOUTHWEST, "小陈")
    world.user_writes(LIN, SOUTHWEST, "您好，我去核实，今天下午三点前给您答复，请您放心。", thread_id=topic)
    await stage.quiet()
    card = stage.last(SOUTHWEST, "首问人", topic)
    assert "承诺 11月23日 15:00 前" in card["text"]
    assert "[改时间|不是承诺]" in str(
        [[b["text"] for b in row] for row in card["reply_markup"]["inline_keyboard"]]
    ).replace("', '", "|").replace("'", "")

    stage.press(LIN, card, "改时间")
    await stage.quiet()
    stage.press(LIN, stage.last(SOUTHWEST, "请您选择新的时间", topic), "1小时内")
    await stage.quiet()
    assert "承诺 11月23日 11:00 前" in stage.last(SOUTHWEST, "首问人", topic)["text"]
    await stage.seen()

    await stage.later(minutes=30)
    seen = await stage.seen()
    assert any(line.startswith("林晓 | 首问: 林晓，请您留意：【承诺】11月23日 11:00 前") for line in seen), seen
    world.user_writes(CHEN, CHEN, "谢谢")
    await stage.later(hours=1)
    seen = await stage.seen()
    assert any(line.startswith("主管群 | 首问: 工单 #1（小陈）：林晓名下的承诺落空") for line in seen), seen
    assert "承诺" not in stage.last(SOUTHWEST, "首问人", topic)["text"]


async def test_a_reminder_is_said_in_the_topic_to_who_never_opened_the_private_chat(tmp_path: Path) -> None:
    async with theatre(tmp_path) as stage:
        world = stage.world
        world.user_writes(CHEN, CHEN, "/start chunxi-code-01")
        world.user_writes(LIN, SOUTHWEST, "/on")
        world.user_writes(CHEN, CHEN, "货少了两箱")
        await stage.quiet()
        topic = stage.topic(SOUTHWEST, "小陈")
        asked = stage.last(SOUTHWEST, "货少了两箱", topic)
        world.user_writes(LIN, SOUTHWEST, "/remind 2小时 回电", thread_id=topic, reply_to=asked["message_id"])
        await stage.quiet()
        assert "11月23日 12:00 提醒您：回电（工单 #1 小陈）" in stage.last(SOUTHWEST, "提醒号", topic)["text"]
        await stage.later(hours=2)
        await stage.quiet()
        told = stage.last(SOUTHWEST, "林晓，请您留意：回电（工单 #1 小陈）\n原话：货少了两箱", topic)
        stage.press(ZHOU, told, "完成")
        await stage.quiet()
        assert "请您留意" in stage.last(SOUTHWEST, "林晓，请您留意", topic)["text"], "it is not Zhou's"
        stage.press(LIN, told, "完成")
        await stage.quiet()
        assert stage.last(SOUTHWEST, "已完成：回电", topic)["message_id"] == told["message_id"]


async def test_a_task_from_giver_to_receiver_and_back(stage: Theatre) -> None:
    world = stage.world
    world.user_writes(WANG, SUPERVISORS, "/task 林晓 周五下午5点 整理华东证照")
    await stage.shows("""
        林晓 | 首问: 主管王芳请您办理（1 号）：整理华东证照 / 请您在 11月27日 17:00 前完成。 [知道了|完成|延期]
        主管群 | 王芳: /task 林晓 周五下午5点 整理华东证照
        主管群 | 首问: ↩/task  已交办给林晓（1 号）：整理华东证照，11月27日 17:00 前完成，到期前会提醒对方，逾期会告诉您。 [取消]
    """)
    stage.press(LIN, stage.last(LIN, "请您办理"), "延期")
    await stage.quiet()
    stage.press(LIN, stage.last(LIN, "请您选择要延到何时"), "下周五下班前")
    await stage.quiet()
    stage.press(LIN, stage.last(LIN, "请您选择原因"), "需要更多资料")
    await stage.quiet()
    stage.press(WANG, stage.last(WANG, "申请把交办 1 号"), "同意")
    await stage.quiet()
    assert "已同意延期，请您在 12月04日 18:00 前完成" in stage.last(LIN, "已同意延期")["text"]
    stage.press(LIN, stage.last(LIN, "已同意延期"), "完成")
    await stage.quiet()
    assert stage.last(WANG, "林晓已完成交办 1 号：整理华东证照")
