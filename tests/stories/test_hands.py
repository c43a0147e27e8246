"""A case changes hands in front of everybody: silence, a claim that comes too late, going home, and `/why`."""

from tests.cast import CHEN, LIN, SOUTHWEST, SUPERVISORS, WANG, ZHOU
from tests.stories.theatre import Theatre


async def opened(stage: Theatre) -> int:
    """小陈 writes; the thread of the topic. 林晓 was asked first."""
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    await stage.seen()
    return stage.topic(SOUTHWEST, "小陈")


async def test_who_says_nothing_loses_the_case_and_everybody_sees_who_has_it_now(stage: Theatre) -> None:
    await opened(stage)
    await stage.later(minutes=4)
    await stage.seen()
    await stage.later(minutes=26)
    await stage.shows("""
        小陈 | 首问: 您的工单 #1 现由专员周宁继续为您跟进，之前的内容无需重复，请您放心。
        周宁 | 首问: 有工单时限已过，请您先处理 / #1 小陈（订货物流）：答复时限 11月23日 10:10，已超时 20 分钟，周宁 自 10:30 起承办 [查看工单|升级]
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 改派：逾时未答复，由 林晓 转至 周宁。请您接手跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 待接入 首问人：待接单 承办人：周宁 答复时限：11月23日 10:10（已超时） [接单|转交|协办|升级|备注|结案|标为投诉]
        主管群 | 首问: 已到时限，请您督促 / #1 小陈（订货物流）：答复时限 11月23日 10:10，已超时 20 分钟，周宁 自 10:30 起承办 [查看工单|升级]
    """)


async def test_why_tells_it_in_the_topic_and_to_a_supervisor_in_private(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.user_writes(ZHOU, SOUTHWEST, "/why", thread_id=topic)
    await stage.quiet()
    told = stage.last(SOUTHWEST, "派单经过", topic)["text"].splitlines()
    assert told[:3] == [
        "工单 #1 的派单经过：",
        "11月23日 10:00 派给林晓：本大区在岗专员中未结最少、最久未派",
        "  林晓（专员，未结 0/12）选中",
    ]
    assert "  何静（专员，未结 0/12）不负责该大区" in told
    assert "  赵磊（经理，未结 0/12）未在岗" in told
    stage.world.user_writes(WANG, WANG, "/why 1")
    await stage.quiet()
    assert "  王芳（主管，未结 0/12）顺位在后" in stage.last(WANG, "派单经过")["text"].splitlines()
    stage.world.user_writes(CHEN, CHEN, "/why 1")
    await stage.quiet()
    assert not [m for m in stage.world.history(CHEN) if "派单经过" in m.get("text", "")]


async def test_going_home_with_a_case_hands_it_to_the_colleague_and_at_night_to_the_supervisor(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.press(LIN, stage.last(SOUTHWEST, "工单 #1", topic), "接单")
    await stage.seen()
    stage.world.user_writes(LIN, SOUTHWEST, "/off", thread_id=topic)
    await stage.quiet()
    assert "承办人：周宁" in stage.last(SOUTHWEST, "首问人：林晓", topic)["text"]
    stage.world.user_writes(WANG, WANG, "/off")
    stage.world.user_writes(ZHOU, ZHOU, "/off")
    await stage.quiet()
    assert "承办人：王芳" in stage.last(SOUTHWEST, "首问人：林晓", topic)["text"]
    assert "周宁：已签退，#1 现由 王芳 负责" in stage.last(SUPERVISORS, "已签退")["text"]
    stage.world.user_writes(LIN, LIN, "/on")
    await stage.quiet()
    assert "承办人：林晓" in stage.last(SOUTHWEST, "首问人：林晓", topic)["text"]
