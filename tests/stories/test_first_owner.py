"""首问负责制: a transfer is accepted or comes back, the giver answers until then, the first owner hears of every step."""


from tests.cast import CHEN, LIN, SOUTHWEST, ZHOU
from tests.stories.theatre import Theatre


async def opened(stage: Theatre) -> int:
    """林晓 has answered 小陈, and so is first owner and handler of #1."""
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "昨天订的货少了两箱杯子")
    await stage.quiet()
    topic = stage.topic(SOUTHWEST, "小陈")
    stage.world.user_writes(LIN, SOUTHWEST, "您好，我来查，请您稍等。", thread_id=topic)
    await stage.seen()
    return topic


async def hands(stage: Theatre, case_id: int = 1) -> tuple[str, str | None]:
    """(handler, first owner) of a case, by name."""

    def read(work, office, now):  # type: ignore[no-untyped-def]
        names = {s.id: s.name for s in work.staff.all()}
        case = work.cases.get(case_id)
        return names[case.handler_id], names.get(case.first_owner_id)

    return await stage.desk.run(read)


async def told(stage: Theatre, who: int, words: str, chat: int, thread: int | None = None) -> str:
    """What the bot answers to words."""
    asked = stage.world.user_writes(who, chat, words, thread_id=thread)
    await stage.quiet()
    answers = [m for m in stage.world.history(chat, thread) if m["message_id"] > asked["message_id"] and m["from"]["is_bot"]]
    return "\n".join(m.get("text", "") for m in answers)


async def test_a_transfer_is_offered_sent_back_offered_again_and_accepted(stage: Theatre) -> None:
    topic, world = await opened(stage), stage.world

    world.user_writes(LIN, SOUTHWEST, "/transfer 周宁 班次交接", thread_id=topic)
    await stage.shows("""
        周宁 | 首问: 林晓 请您接手工单 #1（小陈），原因：班次交接。请您在 11月23日 10:30 前接收，或写明原因退回。 [接收|退回|查看工单]
        西南›小陈 · CD001 春熙路店 | 林晓: /transfer 周宁 班次交接
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：林晓 请 周宁 接手，原因：班次交接。请周宁在 11月23日 10:30 前接收或退回；接收之前仍由原承办人负责。 [接收|退回]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：— [转交|协办|升级|备注|待加盟商|结案]
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
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：— [转交|协办|升级|备注|待加盟商|结案]
    """)

    world.user_writes(LIN, SOUTHWEST, "/transfer 周宁 班次交接", thread_id=topic)
    await stage.seen()
    stage.press(ZHOU, stage.last(SOUTHWEST, "接手", topic), "接收")
    await stage.shows("""
        小陈 | 首问: 您的工单 #1 现由专员周宁继续为您跟进，之前的内容无需重复，请您放心。
        林晓 | 首问: 工单 #1：周宁 已从林晓处接收（班次交接），现由周宁承办，请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：周宁 已从林晓处接收（班次交接），现由周宁承办，请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 工单 #1：林晓 请 周宁 接手，原因：班次交接。请周宁在 11月23日 10:30 前接收或退回；接收之前仍由原承办人负责。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案]
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
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案]
    """)
    await stage.later(minutes=29)
    await stage.shows("")
    await stage.later(minutes=1)
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：转交何静未成，仍由周宁承办（逾时无人接收）。请您留意，结果仍由您把关。 [查看工单]
        周宁 | 首问: 工单 #1 转交何静未成（逾时无人接收），仍由 周宁 负责，请周宁继续跟进。
        何静 | 首问: 工单 #1 转交何静未成（逾时无人接收），仍由 周宁 负责，请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 转交何静未成（逾时无人接收），仍由 周宁 负责，请周宁继续跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案]
    """)
    assert await hands(stage) == ("周宁", "林晓")
