"""首问负责制: a transfer is accepted or comes back, the giver answers until then, the first owner hears of every step."""

from tests.cast import CHEN, HE, LIN, LIU, SOUTHWEST, ZHOU
from tests.stories.owned import handed, hands, opened, told
from tests.stories.theatre import Theatre


async def test_a_transfer_is_offered_sent_back_offered_again_and_accepted(stage: Theatre) -> None:
    topic, world = await opened(stage), stage.world

    world.user_writes(LIN, SOUTHWEST, "/transfer 周宁 班次交接", thread_id=topic)
    await stage.shows("""
        周宁 | 首问: 林晓 请您接手工单 #1（小陈），原因：班次交接。请您在 11月23日 10:30 前接收，或写明原因退回。 [接收|退回|查看工单]
        西南›小陈 · CD001 春熙路店 | 林晓: /transfer 周宁 班次交接
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：林晓 请 周宁 接手，原因：班次交接。请周宁在 11月23日 10:30 前接收或退回；接收之前仍由原承办人负责。 [接收|退回]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)
    assert await hands(stage) == ("林晓", "林晓")

    stage.press(ZHOU, stage.last(ZHOU, "请您接手"), "退回")
    await stage.shows("""
        周宁 | 改为 首问: 林晓 请您接手工单 #1（小陈），原因：班次交接。请您在 11月23日 10:30 前接收，或写明原因退回。 [不属本人业务，请原承办人继续|手上工单已满|需先补充情况再转|即将下班，无法及时跟进]
    """)
    stage.press(ZHOU, stage.last(ZHOU, "请您接手"), "手上工单已满")
    await stage.shows("""
        林晓 | 首问: 工单 #1 转交周宁未成（手上工单已满），仍由 林晓 负责，请林晓继续跟进。
        周宁 | 改为 首问: 工单 #1 已退回原承办人，感谢您的说明，请您放心。
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 转交周宁未成（手上工单已满），仍由 林晓 负责，请林晓继续跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)

    world.user_writes(LIN, SOUTHWEST, "/transfer 周宁 班次交接", thread_id=topic)
    await stage.seen()
    stage.press(ZHOU, stage.last(SOUTHWEST, "接手", topic), "接收")
    await stage.shows("""
        小陈 | 首问: 您的工单 #1 现由专员周宁继续为您跟进，之前的内容无需重复，请您放心。
        林晓 | 首问: 工单 #1：周宁 已从林晓处接收（班次交接），现由周宁承办，请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：周宁 已从林晓处接收（班次交接），现由周宁承办，请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 工单 #1：林晓 请 周宁 接手，原因：班次交接。请周宁在 11月23日 10:30 前接收或退回；接收之前仍由原承办人负责。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)
    assert await hands(stage) == ("周宁", "林晓")


async def test_nobody_answers_so_it_comes_back_and_the_first_owner_hears_of_it(stage: Theatre) -> None:
    topic, world = await opened(stage), stage.world
    world.user_writes(LIN, SOUTHWEST, "/transfer 周宁 班次交接", thread_id=topic)
    await stage.quiet()
    world.user_writes(ZHOU, ZHOU, "/accept")
    await stage.seen()

    world.user_writes(ZHOU, SOUTHWEST, "/transfer 西北 设备由西北仓维修", thread_id=topic)
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：周宁 拟转交给何静，等待接收（设备由西北仓维修）。请您留意，结果仍由您把关。 [查看工单]
        何静 | 首问: 周宁 请您接手工单 #1（小陈），原因：设备由西北仓维修。请您在 11月23日 10:30 前接收，或写明原因退回。 [接收|退回|查看工单]
        西南›小陈 · CD001 春熙路店 | 周宁: /transfer 西北 设备由西北仓维修
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：周宁 请 何静 接手，原因：设备由西北仓维修。请何静在 11月23日 10:30 前接收或退回；接收之前仍由原承办人负责。 [接收|退回]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)
    await stage.later(minutes=29)
    await stage.shows("")
    await stage.later(minutes=1)
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：转交何静未成，仍由周宁承办（逾时无人接收）。请您留意，结果仍由您把关。 [查看工单]
        周宁 | 首问: 工单 #1 转交何静未成（逾时无人接收），仍由 周宁 负责，请周宁继续跟进。
        何静 | 首问: 工单 #1 转交何静未成（逾时无人接收），仍由 周宁 负责，请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 转交何静未成（逾时无人接收），仍由 周宁 负责，请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)
    assert await hands(stage) == ("周宁", "林晓")


async def test_a_transfer_to_another_region_moves_the_topic_there_with_its_story(stage: Theatre) -> None:
    topic, world = await handed(stage), stage.world
    world.user_sends(CHEN, CHEN, "photo", data=b"PNG", caption="到货照片")
    world.user_writes(ZHOU, SOUTHWEST, "/transfer 何静 设备在西北仓", thread_id=topic)
    await stage.seen()
    world.user_writes(HE, HE, "/accept")
    await stage.shows("""
        小陈 | 首问: 您的工单 #1 现由专员何静继续为您跟进，之前的内容无需重复，请您放心。
        林晓 | 首问: 您首问的工单 #1（小陈）：已由何静接手承办。请您留意，结果仍由您把关。 [查看工单]
        周宁 | 首问: 工单 #1：何静 已从周宁处接收（设备在西北仓），现由何静承办，请何静继续跟进。
        何静 | 何静: /accept
        何静 | 首问: ↩/accep 工单 #1 现由您承办，请您尽快答复加盟商。
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 已转交何静，话题移到西北群，此处请您不必再回复。
        西南›小陈 · CD001 春熙路店 | （话题关闭）
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：何静 答复时限：11月23日 10:10 [转交|协办|升级|备注|待加盟商|结案|标为投诉]
        西北 | 首问: 卡片 #1 处理中 首问人：林晓 承办人：何静 答复时限：11月23日 10:10 [转交|协办|升级|备注|待加盟商|结案|标为投诉]
        西北 | 首问: 工单 #1 前情 / 首问：林晓；时限：答复 11月23日 10:10，办结 11月25日 10:00 / 经手： / 11月23日 10:00 – 11月23日 10:00 林晓（派单 本大区在岗专员中未结最少、最久未派）工作时间 0 分钟 / 11月23日 10:00 – 11月23日 10:00 周宁（转交 班次交接）工作时间 0 分钟 / 11月23日 10:00 – 至今 何静（转交 设备在西北仓）工作时间 0 分钟 / 往来： / 11月23日 10:00 加盟商：昨天订的货少了两箱杯子 / 11月23日 10:00 答复（林晓）：您好，我来查，请您稍等。 / 11月23日 10:00 加盟商：[图片] 到货照片 / 请您接着跟进，加盟商说过的不用再问。
        西北 | 首问: ↩工单 #1  [photo] 【#1 小陈】 / 到货照片
        西北 | 首问: 工单 #1：何静 已从周宁处接收（设备在西北仓），现由何静承办，请何静继续跟进。
    """)
    assert await hands(stage) == ("何静", "林晓")


async def test_by_button_to_a_region_the_routing_says_who_is_asked(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.press(LIN, stage.last(SOUTHWEST, "首问人", topic), "转交")
    await stage.quiet()
    stage.press(LIN, stage.last(SOUTHWEST, "选择转交对象", topic), "转至西北")
    await stage.quiet()
    stage.press(LIN, stage.last(SOUTHWEST, "选择原因", topic), "由门店所在大区处理")
    await stage.quiet()
    assert "林晓 请您接手工单 #1" in stage.last(HE, "接手")["text"]
    assert await hands(stage) == ("林晓", "林晓")


async def test_mine_shows_what_i_own_and_what_i_handle_the_most_delayed_first(stage: Theatre) -> None:
    await handed(stage)
    await stage.later(minutes=20)
    stage.world.user_starts(LIU, "jiefang-code2")
    stage.world.user_writes(LIU, LIU, "冰柜不制冷")
    await stage.later(minutes=15)
    await stage.seen()
    stage.world.user_writes(LIN, LIN, "/mine")
    await stage.shows("""
        林晓 | 林晓: /mine
        林晓 | 首问: 林晓的工单：首问 1 个，承办 1 个（最紧的在前，请点编号查看） / #2 待接入 刘老板，承办，时限 11月23日 10:30，已超时 5 分钟 / #1 处理中 小陈，首问，周宁承办，时限 11月25日 10:00 [#2|#1]
    """)
    stage.press(LIN, stage.last(LIN, "的工单"), "#1")
    opened_there = "\n".join(await stage.seen())
    assert "林晓 | 首问: 卡片 #1" in opened_there
    assert "昨天订的货少了两箱杯子" in opened_there
    assert "名下现在没有未结工单" in await told(stage, HE, "/mine", HE)
