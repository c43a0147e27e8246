"""A promise of time, as everybody saw it: warned, overdue, told to the manager; then the franchisee falls silent."""

from tests.cast import CHEN, SOUTHWEST, ZHAO, ZHOU
from tests.stories.theatre import Theatre


async def test_first_nobody_answers_and_then_the_franchisee_says_nothing(stage: Theatre) -> None:
    world = stage.world
    world.user_starts(ZHAO)
    world.user_starts(CHEN, "chunxi-code-01")
    world.user_writes(CHEN, CHEN, "昨天订的货少了两箱杯子，怎么补？")
    await stage.seen()

    await stage.later(minutes=7)
    await stage.shows("""
        小陈 | 首问: 已收到您的来信，工单 #1。专员林晓正在为您核实，会在 11月23日 10:10 前答复您，请您留意这里的消息。
        林晓 | 首问: 时限将到，请您先处理 / #1 小陈（订货物流）：答复时限 11月23日 10:10，还剩 3 分钟，承办 林晓 [查看工单|升级]
    """)
    await stage.later(minutes=3)
    await stage.shows("""
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 待接入 首问人：待接单 承办人：林晓 答复时限：11月23日 10:10（已超时） [接单|转交|协办|升级|备注|结案|标为投诉]
        主管群 | 首问: 已到时限，请您督促 / #1 小陈（订货物流）：答复时限 11月23日 10:10，已到时限，承办 林晓 [查看工单|升级]
    """)
    await stage.later(hours=2)
    await stage.shows("""
        小陈 | 首问: 您的工单 #1 现由专员周宁继续为您跟进，之前的内容无需重复，请您放心。
        赵磊 | 首问: 超时仍未处理，请您过问 / #1 小陈（订货物流）：答复时限 11月23日 10:10，已超时 2 小时，周宁 自 12:10 起承办 [查看工单|升级]
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 改派：逾时未答复，由 林晓 转至 周宁。请您接手跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 待接入 首问人：待接单 承办人：周宁 答复时限：11月23日 10:10（已超时） [接单|转交|协办|升级|备注|结案|标为投诉]
    """)

    topic = stage.topic(SOUTHWEST, "小陈")
    world.user_writes(ZHOU, SOUTHWEST, "让您久等了，请您稍等，我来查。", thread_id=topic)
    world.user_writes(CHEN, CHEN, "好，要我提供什么？")
    await stage.seen()
    await stage.later(minutes=8)
    await stage.shows("""
        小陈 | 首问: 已收到您的来信，工单 #1。专员周宁正在为您核实，会在 11月23日 12:20 前答复您，请您留意这里的消息。
        周宁 | 首问: 时限将到，请您先处理 / #1 小陈（订货物流）：答复时限 11月23日 12:20，还剩 2 分钟，承办 周宁 [查看工单|待加盟商|升级]
    """)
    world.user_writes(ZHOU, SOUTHWEST, "请您拍一张送货单发来。", thread_id=topic)
    await stage.seen()
    stage.press(ZHOU, stage.last(ZHOU, "时限将到"), "待加盟商")
    await stage.shows("""
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 待加盟商 首问人：周宁 承办人：周宁 答复时限：— [转交|协办|升级|备注|继续处理|结案|标为投诉]
    """)

    await stage.later(hours=24)
    await stage.shows("""
        小陈 | 首问: 小陈，您的工单 #1 还在等您的消息，专员周宁准备好了为您接着办。请您得空时回复一句；若事情已经办好，也请您告诉我们。若近日没有您的消息，我们会先为您结案，之后您来信即可重开。
    """)
    await stage.later(hours=48)
    await stage.shows("""
        小陈 | 首问: 小陈，一直没有等到您的消息，工单 #1 先为您结案。事情若还没有办好，请您直接在这里回复，我们会重新打开，前面说过的不用再说。祝您生意兴隆，再见！
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：再问之后加盟商仍未回复，已道别并结案。对方来信会重开，请您留意。
        西南›小陈 · CD001 春熙路店 | （话题关闭）
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 已关闭 首问人：周宁 承办人：周宁 答复时限：—
    """)
    world.user_writes(CHEN, CHEN, "刚看到，单子拍好了")
    await stage.shows("""
        小陈 | 小陈: 刚看到，单子拍好了
        小陈 | 首问: 已收到。工单 #1 已为您重新打开，由专员周宁继续跟进，会在 11月26日 12:28 前答复您，前面说过的不用再说，请您放心。
        西南›小陈 · CD001 春熙路店 | （话题打开）
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 已重开，请您继续跟进。
        西南›小陈 · CD001 春熙路店 | 首问: 刚看到，单子拍好了 [▸ 改单与取消|▸ 少货漏发|▸ 报修进度]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：周宁 承办人：周宁 答复时限：11月26日 12:28 [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)
