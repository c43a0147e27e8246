"""离岗移交: nobody leaves while cases are theirs; a tap hands them over, and the supervisors confirm in their place."""

from tests.cast import CHEN, HE, LIN, LIU, NORTHWEST, SUPERVISORS, WANG
from tests.stories.owned import hands, opened, told
from tests.stories.theatre import Theatre


async def test_a_colleague_leaves_one_tap_hands_over_and_the_supervisor_confirms_from_then_on(stage: Theatre) -> None:
    world = stage.world
    await opened(stage)
    world.user_writes(WANG, SUPERVISORS, "/staff off 林晓")
    await stage.shows("""
        主管群 | 王芳: /staff off 林晓
        主管群 | 首问: 林晓名下还有 1 个未结工单，要先移交才能停用。请您选择移交方式，点一下即全部移交并停用；也可用 /staff off 林晓 接手人，或 /staff off 林晓 派单。 / #1 处理中 小陈 [按派单规则全部移交|全部交给周宁|全部交给何静|全部交给王芳]
    """)
    assert await hands(stage) == ("林晓", "林晓")

    stage.press(WANG, stage.last(SUPERVISORS, "名下还有"), "全部交给何静")
    lines = await stage.seen()
    assert lines[:2] == [
        "小陈 | 首问: 您的工单 #1 现由专员何静继续为您跟进，之前的内容无需重复，请您放心。",
        "何静 | 首问: 林晓已离岗，1 个未结工单移交给您，请您逐个跟进： / #1 处理中 小陈 [#1]",
    ]
    assert lines[-2:] == [
        "西北 | 首问: 工单 #1：原承办人林晓已离岗，现由 何静 承办，请何静继续跟进。",
        "主管群 | 改为 首问: 林晓的 1 个未结工单已移交（何静 1），账号已停用。请您同时将其移出客服群。",
    ]
    assert await hands(stage) == ("何静", "林晓")
    assert "第一次来信" in await told(stage, LIN, "/help", LIN), "who has left is no staff any more"

    story = stage.last(NORTHWEST, "前情")["message_id"]
    world.user_writes(HE, NORTHWEST, "您好，已补发，请您查收。", reply_to=story)
    await stage.seen()
    world.user_writes(HE, NORTHWEST, "/close", reply_to=story)
    assert (await stage.seen())[-1] == (
        "主管群 | 首问: 工单 #1（小陈）：何静 提出结案，首问人未能确认，请您决定。 / "
        "最后答复：您好，已补发，请您查收。 [确认结案|还没解决|查看工单]"
    )


async def test_by_routing_each_case_goes_to_whoever_is_next(stage: Theatre) -> None:
    await opened(stage)
    stage.world.user_starts(LIU, "jiefang-code2")
    stage.world.user_writes(LIU, LIU, "停电了")
    await stage.quiet()
    assert (await hands(stage, 2))[0] == "周宁"
    assert "已移交（周宁 1）" in await told(stage, WANG, "/staff off 林晓 派单", WANG)
    assert await hands(stage) == ("周宁", "林晓")
    assert [m["text"] for m in stage.world.history(CHEN) if m["from"]["is_bot"]][-1].startswith(
        "您的工单 #1 现由专员周宁"
    )
