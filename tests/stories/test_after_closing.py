"""After closing: the call back and the rating as people see them; a survey that two regions get, and a restart."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import CHEN, LIN, LIU, SOUTHWEST, SUPERVISORS, WANG
from tests.stories.owned import answer, opened
from tests.stories.theatre import Theatre, theatre


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Theatre]:
    """Everything is called back; 林晓 and 王芳 are at work."""
    async with theatre(tmp_path, follow_up={"share": {"order": 1.0}}) as raised:
        for staff_id in (LIN, WANG):
            raised.world.user_starts(staff_id)
            raised.world.user_writes(staff_id, staff_id, "/on")
        await raised.seen()
        yield raised


async def test_a_case_is_rated_low_called_back_and_goes_on(stage: Theatre) -> None:
    topic, world = await opened(stage), stage.world
    world.user_writes(LIN, SOUTHWEST, "/close", thread_id=topic)
    await stage.quiet()
    stage.press(CHEN, stage.last(CHEN, "已办理完毕"), "已解决")
    await stage.seen()
    rate = stage.last(CHEN, "请您给这次服务打个分")
    stage.press(CHEN, rate, "2 分 不满意")
    await stage.quiet()
    stage.press(CHEN, stage.last(CHEN, "让您失望了"), "问题没解决")
    await stage.quiet()
    stage.press(CHEN, stage.last(CHEN, "已选：问题没解决"), "选好了")
    await stage.quiet()
    world.user_writes(CHEN, CHEN, "补的杯子还是旧款")
    lines = await stage.seen()
    assert [line for line in lines if line.startswith("主管群")] == [
        "主管群 | 首问: 低分 1 号：小陈给工单 #1（订货物流）打了 2 分。首问人 林晓，承办人 林晓。请您在 11月24日 10:00 前了解情况，"
        "并用 /lowratings 1 做了什么 登记。 / 蓝色预警 1，登记后一并关闭；认领：/warnings 1 处理 [我来处理|怎样登记|查看工单]"
    ], "one message for the task and its warning"
    assert (
        "小陈 | 首问: 您的留言已记入工单 #1，谢谢您。如果这是新的问题，请您点下面的按钮，我们马上处理。 [这是新问题，请处理]"
        in lines
    )
    assert rate["message_id"] == stage.last(CHEN, "已记下：2 分 不满意，问题没解决")["message_id"], (
        "one message, edited"
    )

    await stage.later(days=1)
    await stage.quiet()
    task = stage.last(LIN, "回访：工单 #1（订货物流）小陈")
    stage.press(LIN, task, "发送回访")
    await stage.quiet()
    pressed = stage.press(CHEN, stage.last(CHEN, "问题都解决了吗"), "不满意")
    await stage.quiet()
    await stage.until(lambda: "给您添麻烦了" in answer(stage, pressed))
    lines = await stage.seen()
    assert any(line.startswith("主管群 | 首问: 工单 #1（小陈）回访不满意") for line in lines)
    assert any("改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓" in line for line in lines)
    world.user_writes(WANG, SUPERVISORS, "/lowratings 1 已致电，改发新款")
    await stage.quiet()
    assert "已登记处理结果" in world.history(SUPERVISORS)[-1]["text"]


async def test_a_survey_reaches_two_regions_counts_the_blocked_and_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with theatre(tmp_path, survey={"batch": 1}) as stage:
        world = stage.world
        for who, code in ((CHEN, "chunxi-code-01"), (LIU, "jiefang-code2"), (3003, "zhonglou-cod3")):
            world.user_starts(who, code)
        world.user_starts(WANG)
        await stage.seen()
        world.user_blocks(3003)
        await stage.quiet()
        world.user_writes(WANG, SUPERVISORS, "/survey start quarterly 西南")
        world.user_writes(WANG, SUPERVISORS, "/survey start training 西北")
        await stage.quiet()
        await stage.meanwhile()
        await stage.quiet()
        assert "季" not in "".join(m.get("text", "") for m in world.history(3003))
    async with theatre(tmp_path, world=world, survey={"batch": 1}) as stage:
        await stage.later(seconds=10)
        await stage.later(seconds=10)
        await stage.quiet()
        for who in (CHEN, LIU):
            assert sum("加盟商满意度普查" in m.get("text", "") for m in world.history(who)) == 1
        stage.press(CHEN, stage.last(CHEN, "加盟商满意度普查"), "开始填写")
        await stage.quiet()
        for label in ("4", "5", "督导", "培训", "下一题", "跳过"):
            stage.press(CHEN, stage.last(CHEN, "加盟商满意度普查"), label)
            await stage.quiet()
        assert "谢谢您的回答" in stage.last(CHEN, "加盟商满意度普查")["text"]
        for words, told in (
            ("/survey 1", "共 2 人：已发 2，待发 0，已屏蔽 0"),
            ("/survey 2", "共 1 人：已发 0，待发 0，已屏蔽 1"),
        ):
            world.user_writes(WANG, SUPERVISORS, words)
            await stage.quiet()
            assert told in world.history(SUPERVISORS)[-1]["text"]
        world.user_writes(WANG, SUPERVISORS, "/survey 1 停止")
        await stage.quiet()
        kinds = [("photo" in m, "document" in m) for m in world.history(SUPERVISORS)]
        assert (True, False) in kinds and (False, True) in kinds
