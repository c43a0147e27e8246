"""质检: a draw, a card with a fatal item, an appeal, and another inspector who decides it."""

from tests.cast import CHEN, LIN, SOUTHWEST, SUPERVISORS, WANG, ZHAO
from tests.stories.theatre import Theatre

CARD = "质检 · 工单 #1（小陈，CD001 春熙路店），订货物流，林晓承办，新人抽查 / 系统记录：三要有欠缺 / · 问声 10："


async def test_a_case_is_drawn_scored_with_a_fatal_item_appealed_and_decided_by_another(stage: Theatre) -> None:
    world = stage.world
    world.user_starts(ZHAO)
    world.user_starts(CHEN, "chunxi-code-01")
    world.user_writes(CHEN, CHEN, "请问这周的鲜奶几号到？")
    await stage.quiet()
    topic = stage.topic(SOUTHWEST, "小陈")
    world.user_writes(LIN, SOUTHWEST, "小陈您好，请您放心，鲜奶周三上午到店。", thread_id=topic)
    await stage.quiet()
    world.user_writes(LIN, SOUTHWEST, "/close", thread_id=topic)
    await stage.seen()

    await stage.later(hours=22.8)
    assert await stage.seen() == [
        "主管群 | 首问: 质检抽样 · 11月24日：从 1 件已结束的工单中抽中 1 件（新人抽查 1）。 / "
        "请您点编号评分，或发送 /inspect 查看全部；/inspect 抽样 看抽样经过。 [#1 新人抽查]"
    ]
    world.user_writes(LIN, LIN, "/inspect 1")
    assert (await stage.seen())[1:] == ["林晓 | 首问: ↩/inspe 工单 #1 没有可查看的质检。请您用 /inspect 看清单。"]
    stage.press(WANG, stage.last(SUPERVISORS, "质检抽样"), "#1 新人抽查")
    (line,) = await stage.seen()
    assert line.startswith(f"主管群 | 首问: {CARD}"), line

    card = stage.last(SUPERVISORS, "质检 · 工单")
    for label in ("问声 10：满分", "红线 泄露信息：无"):
        stage.press(WANG, card, label)
    await stage.seen()
    card = stage.last(SUPERVISORS, "质检 · 工单")
    labels = [button["text"] for row in card["reply_markup"]["inline_keyboard"] for button in row]
    assert labels[0] == "问声 10：减半", "two presses one right after the other are both kept"
    assert labels[-2:] == ["提交 0 分", "查看工单"]
    stage.press(ZHAO, card, "提交 0 分")
    assert await stage.seen() == [], "the card is in another's hands"
    stage.press(WANG, card, "提交 0 分")
    told = "#1 林晓 0 分（王芳评，11月24日 08:48），已评分 / · 红线：泄露信息，整件 0 分 / · 问声 10：减半 / · 三要 10：减半"
    assert sorted(await stage.seen()) == [
        f"主管群 | 改为 首问: {told} / 请您用 /case 编号 查看工单全文。",
        f"林晓 | 首问: 您的工单质检已评分： / {told} / 如有不同意见，请您在 11月27日 08:48 前点“申诉”，"
        "或发送 /inspect 1 申诉 理由。 / 请您用 /inspect 1 随时查看。 [申诉|查看工单]",
    ]  # fmt: skip

    world.user_writes(LIN, LIN, "/inspect 1 申诉 那是公开的到货时间，不是别店的资料")
    appeal = next(line for line in await stage.seen() if "质检申诉" in line)
    assert "质检申诉 · 工单 #1，林晓提出，原评分人 王芳 / #1 林晓 0 分（王芳评" in appeal
    assert appeal.endswith("请您以工单全文为准。 [维持原分|重新评分|查看工单]")
    for label in ("维持原分", "重新评分"):
        stage.press(WANG, stage.last(SUPERVISORS, "质检申诉"), label)
    assert await stage.seen() == [], "never by the first"
    stage.press(ZHAO, stage.last(SUPERVISORS, "质检申诉"), "重新评分")
    await stage.seen()
    stage.press(ZHAO, stage.last(SUPERVISORS, "质检 · 工单"), "红线 泄露信息：有")
    await stage.seen()
    stage.press(ZHAO, stage.last(SUPERVISORS, "质检 · 工单"), "提交 90 分")
    lines = await stage.seen()
    assert any(line.startswith("林晓 | 首问: 您的申诉已由另一位质检人复核： / #1 林晓 90 分") for line in lines), lines
    assert any(line.startswith("王芳 | 首问: 您评分的工单 #1 申诉已复核") for line in lines), lines
    assert all("复核（赵磊）：由 0 分改为 90 分" in line for line in lines), lines

    world.user_writes(WANG, SUPERVISORS, "/inspect 抽样")
    lines = await stage.seen()
    assert "#1 林晓，新人抽查，已复核 / 按种子复算，结果一致" in lines[-1], lines
