"""预警: raised as it happens, seen by whoever leads, taken by a named supervisor, measured, closed; four ways alike."""

from tests.cast import CHEN, LIN, SOUTHWEST, SUPERVISORS, WANG, ZHAO
from tests.stories.theatre import Theatre


async def test_a_red_warning_is_raised_taken_measured_and_closed(stage: Theatre) -> None:
    world = stage.world
    world.user_starts(ZHAO)
    world.user_starts(CHEN, "chunxi-code-01")
    await stage.seen()
    world.user_writes(CHEN, CHEN, "客人刚喝了两口椰奶就直吐，人在诊所挂水")
    lines = await stage.seen()
    for who in ("王芳", "赵磊", "主管群"):
        (one,) = [line for line in lines if line.startswith(f"{who} |") and "椰奶" in line]
        assert one.startswith(f"{who} | 首问: 紧急投诉 · 工单 #1（食品安全）"), one
        assert one.endswith(
            "红色预警 1，请您认领：/warnings 1 处理；无需处理：/warnings 1 关闭 原因 "
            "[我来处理|关闭预警|查看工单|已阅|催办|批示]"
        ), "the complaint and its warning are one message"
    assert not any("话题已重建" in line for line in lines), "the topic is opened before its card"
    world.user_writes(CHEN, CHEN, "又一个客人喝吐了，你们快来人")
    assert [line for line in await stage.seen() if "红色预警" in line] == [], "the case's warning tells of it already"

    await stage.later(minutes=4)
    stage.press(WANG, stage.last(SUPERVISORS, "红色预警 1"), "我来处理")
    lines = await stage.seen()
    assert any("预警 1（来信涉及食品安全）由王芳处理，4 分钟后认领，请您知悉。" in line for line in lines), "\n".join(
        lines
    )
    await stage.later(minutes=1)
    stage.press(ZHAO, stage.last(ZHAO, "红色预警 1"), "我来处理")
    world.user_writes(WANG, SUPERVISORS, "/warnings 1")
    lines = await stage.seen()
    assert sum("由王芳处理，4 分钟后认领" in line for line in lines) == 1, (
        "who came second takes nothing, and is not told twice"
    )

    topic = stage.topic(SOUTHWEST, "小陈")
    world.user_writes(LIN, SOUTHWEST, "非常抱歉给您添麻烦了，请您先停用，我马上请品控联系您。", thread_id=topic)
    world.user_writes(CHEN, CHEN, "再不来人我就打12315举报你们")
    lines = await stage.seen()
    assert any("红色预警 2 / 来信涉及监管" in line for line in lines if line.startswith("主管群")), "\n".join(lines)
    for words in ("/warnings 2 处理", "/warnings 1 关闭 已召回整批椰奶", "/warnings 今天", "/alike"):
        world.user_writes(WANG, SUPERVISORS, words)
    told = "\n".join(await stage.seen())
    for words in (
        "由王芳关闭：已召回整批椰奶",
        "预警，共 2 条 / 红色：2 条，已认领 2 条，认领用时中位数",
        "四个一样，2026-11-01 至 2026-11-30",
        "数量太少，暂不比较：生人与熟人、有巡查的日子与没有巡查的日子、忙时与闲时",
        "另有 1 人每天的数量太少，不作比较",
    ):
        assert words in told, told
