"""A whole day's case, as everybody saw it: from the first word to the goodbye, and open again in the evening."""

from tests.cast import CHEN, GUEST, LIN, SOUTHWEST, ZHOU
from tests.stories.theatre import Theatre

PHOTO = b"\x89PNG of a broken cup"


async def test_from_the_first_word_to_the_goodbye_and_open_again(stage: Theatre) -> None:
    world = stage.world

    world.user_starts(CHEN, "chunxi-code-01")
    await stage.shows("""
        小陈 | 小陈: /start chunxi-code-01
        小陈 | 首问: 已为您绑定门店 CD001 春熙路店。以后来信，请您直接说事情，门店资料不用再填。若门店不对，请您告诉我们，我们来更正。
    """)

    world.user_writes(CHEN, CHEN, "昨天订的货少了两箱杯子，怎么补？")
    await stage.shows("""
        小陈 | 小陈: 昨天订的货少了两箱杯子，怎么补？
        小陈 | 首问: 小陈，上午好，这里是首问客服。您的来信已收到，工单号 #1，请专员林晓来接待您，预计 11月23日 10:10 前答复。 / 您的门店资料我们这里都有，请您直接说事情就好，有单号或照片请一并发来。
        西南›小陈 · CD001 春熙路店 | （话题打开）
        西南›小陈 · CD001 春熙路店 | 首问: 卡片 #1 待接入 首问人：待接单 承办人：林晓 答复时限：11月23日 10:10 [接单|转交|升级|备注|结案]
        西南›小陈 · CD001 春熙路店 | 首问: 昨天订的货少了两箱杯子，怎么补？ [▸ 改单与取消|▸ 少货漏发|▸ 发错货]
        西南›小陈 · CD001 春熙路店 | （置顶）
    """)

    topic = stage.topic(SOUTHWEST, "小陈")
    stage.press(LIN, stage.last(SOUTHWEST, "少了两箱", topic), "少货漏发")
    await stage.shows("""
        小陈 | 首问: 小陈，货没到齐，耽误您备料了，很抱歉。请您拍一下送货单和实收货品，注明少的品名和数量。我今天就与仓库核对出库记录和监控，核实后为您安排补发或退回货款，采用哪一种由您来定，结果 11月25日 10:00 前告知您。
        西南›小陈 · CD001 春熙路店 | 首问: 林晓 已发送给加盟商： / 小陈，货没到齐，耽误您备料了，很抱歉。请您拍一下送货单和实收货品，注明少的品名和数量。我今天就与仓库核对出库记录和监控，核实后为您安排补发或退回货款，采用哪一种由您来定，结果 11月25日 10:00 前告知您。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：— [转交|升级|备注|待加盟商|结案]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 昨天订的货少了两箱杯子，怎么补？
    """)

    world.user_sends(CHEN, CHEN, "photo", data=PHOTO, caption="到货时的照片")
    await stage.shows("""
        小陈 | 小陈: [photo] 到货时的照片
        西南›小陈 · CD001 春熙路店 | 首问: [photo] 到货时的照片 [▸ 到货破损变质|▸ 到货延误|▸ 缺货断货]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：11月23日 10:10 [转交|升级|备注|待加盟商|结案]
    """)

    world.user_writes(LIN, SOUTHWEST, "// 仓库说周二还缺货", thread_id=topic)
    world.user_writes(GUEST, SOUTHWEST, "这家店我认识", thread_id=topic)
    world.user_sends(LIN, SOUTHWEST, "photo", data=PHOTO, caption="补货单在这里，请您核对", thread_id=topic)
    await stage.shows("""
        小陈 | 首问: [photo] 补货单在这里，请您核对
        西南›小陈 · CD001 春熙路店 | 林晓: // 仓库说周二还缺货
        西南›小陈 · CD001 春熙路店 | 路过的人: 这家店我认识
        西南›小陈 · CD001 春熙路店 | 林晓: [photo] 补货单在这里，请您核对
        西南›小陈 · CD001 春熙路店 | （✍）林晓: // 仓库说周二还缺货
        西南›小陈 · CD001 春熙路店 | （👌）林晓: [photo] 补货单在这里，请您核对
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：— [转交|升级|备注|待加盟商|结案]
    """)

    await stage.later(hours=3)
    world.user_writes(CHEN, CHEN, "数量对的，什么时候到？")
    await stage.later(minutes=4)
    await stage.shows("""
        小陈 | 小陈: 数量对的，什么时候到？
        小陈 | 首问: 已收到您的来信，工单 #1。专员林晓正在为您核实，会在 11月23日 13:10 前答复您，请您留意这里的消息。
        西南›小陈 · CD001 春熙路店 | 首问: 数量对的，什么时候到？ [▸ 改单与取消|▸ 少货漏发|▸ 活动物料未收到]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：11月23日 13:10 [转交|升级|备注|待加盟商|结案]
    """)

    world.user_writes(LIN, SOUTHWEST, "/transfer 周宁 班次交接", thread_id=topic)
    await stage.shows("""
        小陈 | 首问: 您的工单 #1 现由专员周宁继续为您跟进，之前的内容无需重复，请您放心。
        西南›小陈 · CD001 春熙路店 | 林晓: /transfer 周宁 班次交接
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：林晓 转交给 周宁，原因：班次交接。请您接手跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：11月23日 13:10 [转交|升级|备注|待加盟商|结案]
    """)

    world.user_writes(ZHOU, SOUTHWEST, "您好，明天上午送到，请您放心。", thread_id=topic)
    await stage.shows("""
        小陈 | 首问: 您好，明天上午送到，请您放心。
        西南›小陈 · CD001 春熙路店 | 周宁: 您好，明天上午送到，请您放心。
        西南›小陈 · CD001 春熙路店 | （👌）周宁: 您好，明天上午送到，请您放心。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|升级|备注|待加盟商|结案]
    """)

    world.user_writes(ZHOU, SOUTHWEST, "/close", thread_id=topic)
    await stage.shows("""
        小陈 | 首问: 您的工单 #1 已办理完毕，感谢您的耐心与配合。 / 若还有没解决的地方，请您点下方按钮或直接回复，我们接着为您办。祝您生意兴隆，再见！ [已解决，谢谢|还没解决，请继续处理]
        西南›小陈 · CD001 春熙路店 | 周宁: /close
        西南›小陈 · CD001 春熙路店 | 首问: ↩/close 工单 #1 已结案，道别已送出。加盟商如有异议可一键重开，请您留意。
        西南›小陈 · CD001 春熙路店 | （话题关闭）
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 已解决 首问人：林晓 承办人：周宁 答复时限：—
    """)

    world.user_writes(CHEN, CHEN, "谢谢")
    await stage.shows("""
        小陈 | 小陈: 谢谢
        西南›小陈 · CD001 春熙路店 | 首问: 谢谢
    """)

    await stage.later(hours=20)
    world.user_writes(CHEN, CHEN, "还是少了一箱")
    await stage.shows("""
        小陈 | 小陈: 还是少了一箱
        小陈 | 首问: 已收到。工单 #1 已为您重新打开，由专员林晓继续跟进，会在 11月24日 09:14 前答复您，前面说过的不用再说，请您放心。
        西南›小陈 · CD001 春熙路店 | （话题打开）
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 已重开，请您继续跟进。
        西南›小陈 · CD001 春熙路店 | 首问: 还是少了一箱 [▸ 少货漏发|▸ 改单与取消|▸ 起订量与运费]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：11月24日 09:14 [转交|升级|备注|待加盟商|结案]
    """)
