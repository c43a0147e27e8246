"""协办: a department is asked by a deadline, takes it on, is chased, reports back; the franchisee hears none of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import CHEN, FANG, HE, LIN, LOGISTICS, SOUTHWEST, WANG, ZHOU
from tests.stories.owned import DEPARTMENTS, answer, handed, move_in_logistics
from tests.stories.theatre import Theatre, theatre


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Theatre]:
    """Two departments: one with a chat, one with a person to call."""
    async with theatre(tmp_path, departments=DEPARTMENTS) as opened:
        move_in_logistics(opened)
        for staff_id in (LIN, ZHOU, HE, WANG):
            opened.world.user_starts(staff_id)
            opened.world.user_writes(staff_id, staff_id, "/on")
        await opened.seen()
        yield opened


async def test_a_department_takes_it_on_is_chased_and_reports_back_into_the_topic_only(stage: Theatre) -> None:
    topic, world = await handed(stage), stage.world
    world.user_writes(CHEN, CHEN, "我电话 190-0002 0001，请快点")
    await stage.seen()

    world.user_writes(ZHOU, SOUTHWEST, "/assist 物流 2小时 核对出库记录，可联系 19000020001", thread_id=topic)
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：周宁 请物流协办，期限 11月23日 12:00。请您留意，结果仍由您把关。 [查看工单]
        西南›小陈 · CD001 春熙路店 | 周宁: /assist 物流 2小时 核对出库记录，可联系 19000020001
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 已请物流协办，期限 11月23日 12:00。说明：核对出库记录，可联系 19000020001 / 工单仍由承办人负责，请您继续跟进。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：11月23日 10:10 [转交|协办|升级|备注|待加盟商|结案|标为投诉]
        物流部 | 首问: 协办单 · 工单 #1 · 请物流办理 / 门店：CD001 春熙路店（西南） / 加盟商：小陈 · 类别：订货物流 / 说明：核对出库记录，可联系 （电话已隐去） / 最近来信：我电话 （电话已隐去），请快点 / 经办：专员周宁 / 期限：11月23日 12:00 / 请先点“已受理”，办好后点“回执”或直接回复本条写明结果，我们再转达加盟商。 [已受理|回执]
    """)

    stage.press(FANG, stage.last(LOGISTICS, "协办单"), "已受理")
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：物流已受理协办（物流小方）。请您留意，结果仍由您把关。 [查看工单]
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：物流 物流小方 已受理协办，请您留意回执。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：11月23日 10:10 [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)
    assert (
        "协办：物流，物流小方 11月23日 10:00 已受理，期限 11月23日 12:00"
        in stage.last(SOUTHWEST, "首问人", topic)["text"]
    )

    world.user_writes(ZHOU, SOUTHWEST, "您好，正在核对，请您稍等。", thread_id=topic)
    await stage.seen()
    world.user_writes(ZHOU, SOUTHWEST, "/close", thread_id=topic)
    assert "协办还没有回执（物流）" in "".join(await stage.seen())

    await stage.later(hours=2)
    await stage.shows("""
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1：物流协办已到期限，已催办一次，请您留意。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
        物流部 | 首问: 工单 #1 的协办已到期限（11月23日 12:00），还没有回执。请您尽快回复协办单写明进展或结果。
    """)
    await stage.later(hours=2)
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：物流协办逾期，已报主管。请您留意，结果仍由您把关。 [查看工单]
        主管群 | 首问: 工单 #1（小陈）协办逾期 / 物流，期限 11月23日 12:00，已催办仍无回执，经办 周宁。请您出面协调。 [查看工单]
    """)

    chase = stage.last(LOGISTICS, "还没有回执")["message_id"]
    world.user_writes(FANG, LOGISTICS, "今天车多")
    world.user_writes(FANG, LOGISTICS, "少发两箱，今晚补发", reply_to=chase)
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：物流已回执（物流小方）。请您留意，结果仍由您把关。 [查看工单]
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 物流回执（物流小方）：少发两箱，今晚补发 / 这是内部备注，请您核对后再答复加盟商。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
        物流部 | 物流小方: 今天车多
        物流部 | 物流小方: ↩工单 #1  少发两箱，今晚补发
        物流部 | （✍）物流小方: ↩工单 #1  少发两箱，今晚补发
    """)
    world.user_sends(FANG, LOGISTICS, "photo", data=b"PNG", caption="补发单", reply_to=chase)
    await stage.shows("""
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 物流回执（物流小方）：补发单 / 这是内部备注，请您核对后再答复加盟商。
        西南›小陈 · CD001 春熙路店 | 首问: [photo] 补发单
        物流部 | 物流小方: ↩工单 #1  [photo] 补发单
        物流部 | （✍）物流小方: ↩工单 #1  [photo] 补发单
    """)


async def test_by_button_a_department_without_a_chat_is_called_and_its_answer_written_down(stage: Theatre) -> None:
    topic = await handed(stage)
    stage.press(ZHOU, stage.last(SOUTHWEST, "首问人", topic), "协办")
    await stage.quiet()
    stage.press(ZHOU, stage.last(SOUTHWEST, "选择协办部门", topic), "财务")
    await stage.quiet()
    stage.press(ZHOU, stage.last(SOUTHWEST, "选择期限", topic), "11月23日 14:00 前")
    await stage.seen()
    assert stage.last(SOUTHWEST, "钱会计", topic)["text"] == (
        "工单 #1 请财务协办，期限 11月23日 14:00。该部门没有群，请您联系：钱会计 分机 801，"
        "得到结果后用 /receipt 财务 结果 登记。说明：请按最近来信协助办理"
    )
    stage.world.user_writes(ZHOU, SOUTHWEST, "/receipt 已退款 20 元", thread_id=topic)
    await stage.shows("""
        林晓 | 首问: 您首问的工单 #1（小陈）：财务已回执（周宁）。请您留意，结果仍由您把关。 [查看工单]
        西南›小陈 · CD001 春熙路店 | 周宁: /receipt 已退款 20 元
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 财务回执（周宁）：已退款 20 元 / 这是内部备注，请您核对后再答复加盟商。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：周宁 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)


async def test_in_a_departments_chat_nothing_of_the_desk_can_be_done_but_its_own_business(stage: Theatre) -> None:
    topic, world = await handed(stage), stage.world
    world.user_writes(ZHOU, SOUTHWEST, "/assist 物流 2小时 查出库", thread_id=topic)
    await stage.seen()
    request = stage.last(LOGISTICS, "协办单")
    for words in ("/close", "/case 1", "/mine", "/overview", "大家吃饭"):
        world.user_writes(FANG, LOGISTICS, words)
    assert [line for line in await stage.seen() if "首问:" in line] == []
    for words, told in (("/received", "已登记受理"), ("/receipt", "写一句结果"), ("/help", "这里是协办群"),
                        ("/receipt 今晚补发", "已转给承办人")):  # fmt: skip
        world.user_writes(FANG, LOGISTICS, words)
        await stage.quiet()
        assert told in world.history(LOGISTICS)[-1]["text"], words
    second = stage.press(FANG, request, "已受理")
    await stage.quiet()
    await stage.until(lambda: "已登记受理" in answer(stage, second))
    assert [m["text"] for m in world.history(CHEN) if m["from"]["is_bot"]][-1].startswith("您的工单 #1 现由专员周宁")
