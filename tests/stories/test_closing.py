"""Another than the first owner would end a case: the first owner says yes or no, else a supervisor, else nobody needs to."""

from tests.cast import CHEN, LIN, SOUTHWEST, SUPERVISORS, WANG, ZHOU
from tests.stories.owned import handed
from tests.stories.theatre import Theatre


async def test_the_first_owner_says_no_then_is_silent_and_the_supervisor_says_yes(stage: Theatre) -> None:
    topic, world = await handed(stage), stage.world
    world.user_writes(ZHOU, SOUTHWEST, "您好，已经补发，请您查收。", thread_id=topic)
    await stage.seen()

    query = stage.press(ZHOU, stage.last(SOUTHWEST, "首问人", topic), "结案")
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈），周宁 认为可以结案。 / 最后答复：您好，已经补发，请您查收。 / 请您在 11月23日 14:00 前确认，逾时由主管决定。 [确认结案|还没解决|查看工单]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案]
    """)
    assert "已请林晓确认结案" in str(world.callback_answer(query))

    world.user_writes(LIN, LIN, "/unsolved 还差一箱")
    await stage.shows("""
        林晓 | 林晓: /unsolved 还差一箱
        林晓 | 首问: ↩/unsol 工单 #1 继续处理，已请承办人跟进，感谢您的把关。
        周宁 | 首问: 工单 #1：林晓 未同意结案（还差一箱），请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：林晓 未同意结案（还差一箱），请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案]
    """)

    world.user_writes(ZHOU, SOUTHWEST, "/close", thread_id=topic)
    await stage.seen()
    await stage.later(hours=4)
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：结案逾时未确认，已交主管决定。请您留意，结果仍由您把关。 [查看工单]
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 的结案首问人逾时未确认，已请主管决定，请您稍候。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案]
        主管群 | 首问: 工单 #1（小陈）：周宁 提出结案，首问人未能确认，请您决定。 / 最后答复：您好，已经补发，请您查收。 [确认结案|还没解决|查看工单]
    """)

    stage.press(WANG, stage.last(SUPERVISORS, "请您决定"), "确认结案")
    await stage.shows("""
        小陈 | 首问: 您的工单 #1 已办理完毕，感谢您的耐心与配合。 / 若还有没解决的地方，请您点下方按钮或直接回复，我们接着为您办。祝您生意兴隆，再见！ [已解决，谢谢|还没解决，请继续处理]
        林晓 | 首问: 您首问的工单 #1（小陈）：周宁 已结案。请您留意，结果仍由您把关。 [查看工单]
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：王芳 已确认结案，道别随即送出。加盟商如有异议可一键重开，请您留意。
        西南›小陈 · CD001 春熙路店 | （话题关闭）
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 已解决 首问人：林晓 承办人：周宁 答复时限：—
        主管群 | 改为 首问: 工单 #1（小陈）：周宁 提出结案，首问人未能确认，请您决定。 / 最后答复：您好，已经补发，请您查收。
    """)


async def test_the_franchisee_says_that_it_is_settled_and_nobody_else_is_asked(stage: Theatre) -> None:
    topic, world = await handed(stage), stage.world
    world.user_writes(ZHOU, SOUTHWEST, "您好，已经补发，请您查收。", thread_id=topic)
    world.user_writes(CHEN, CHEN, "收到了，问题解决了")
    world.user_writes(CHEN, CHEN, "谢谢")
    await stage.seen()
    world.user_writes(ZHOU, SOUTHWEST, "/close", thread_id=topic)
    assert (
        "林晓 | 首问: 您首问的工单 #1（小陈）：周宁 已结案。请您留意，结果仍由您把关。 [查看工单]" in await stage.seen()
    )
    assert "再见" in stage.last(CHEN, "办理完毕")["text"]
