"""升级: with a reason, level by level; whoever leads reads the whole story in one message, the franchisee hears who helps."""

from tests.cast import LIN, SOUTHWEST, SUPERVISORS, ZHAO
from tests.stories.owned import opened, told
from tests.stories.theatre import Theatre


async def test_specialist_to_supervisor_by_button_and_on_to_the_manager_by_command(stage: Theatre) -> None:
    topic, world = await opened(stage), stage.world
    world.user_starts(ZHAO)
    await stage.seen()
    stage.press(LIN, stage.last(SOUTHWEST, "首问人", topic), "升级")
    await stage.shows("""
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 请您选择升级原因，也可用 /up 原因 自己写： [超出权限，需主管决定|加盟商要求上级答复|多部门协调不下|食品安全或舆情风险]
    """)
    stage.press(LIN, stage.last(SOUTHWEST, "升级原因", topic), "超出权限")
    story = (
        "首问: 工单 #1 升级至主管 / 加盟商：小陈（CD001 春熙路店），西南，订货物流 / 首问：林晓；承办：专员林晓 / "
        "升级人：林晓；原因：超出权限，需主管决定 / 时限：答复 —；办结 11月25日 10:00 / 经手： / "
        "11月23日 10:00 – 至今 林晓（派单 本大区在岗专员中未结最少、最久未派）工作时间 0 分钟 / 最近往来： / "
        "11月23日 10:00 加盟商：昨天订的货少了两箱杯子 / 11月23日 10:00 答复（林晓）：您好，我来查，请您稍等。 / "
        "请您查看并批示。 [查看工单]"
    )
    await stage.shows(f"""
        小陈 | 首问: 您的工单 #1 已升级，由主管王芳一同跟进，专员林晓仍会与您保持联系，请您放心。
        王芳 | {story}
        西南›小陈 · CD001 春熙路店 | 首问: 工单 #1 已由 林晓 升级，主管王芳一同跟进，原因：超出权限，需主管决定。请承办人继续跟进直到有结果。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 工单 #1 已升级至主管，请您继续跟进直到有结果。
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
        主管群 | {story}
    """)

    await stage.seen()
    world.user_writes(LIN, SOUTHWEST, "/up 加盟商要求经理答复", thread_id=topic)
    lines = await stage.seen()
    assert lines[0] == "小陈 | 首问: 您的工单 #1 已升级，由经理赵磊一同跟进，专员林晓仍会与您保持联系，请您放心。"
    assert stage.last(ZHAO, "升级至经理")["text"] == stage.last(SUPERVISORS, "升级至经理")["text"]
    assert "已升级至经理，请您等候" in await told(stage, LIN, "/up 再往上", SOUTHWEST, topic)
