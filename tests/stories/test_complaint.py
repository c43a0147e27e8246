"""投诉: food safety in the first words, from the alarm to the document in the supervisors' chat."""

import io

from docx import Document

from tests.cast import CHEN, LIN, SOUTHWEST, SUPERVISORS, WANG, ZHAO
from tests.stories.theatre import Theatre


async def test_food_safety_is_urgent_patrolled_closed_with_a_finding_and_documented(stage: Theatre) -> None:
    world = stage.world
    world.user_starts(ZHAO)
    world.user_starts(CHEN, "chunxi-code-01")
    await stage.seen()
    world.user_writes(CHEN, CHEN, "你们送的奶浆都发霉了，客人喝完上吐下泻！")
    lines = await stage.seen()
    alarm = (
        "首问: 紧急投诉 · 工单 #1（食品安全） / 加盟商：小陈（CD001 春熙路店），西南 / 承办：专员林晓；登记：系统识别 / "
        "原话：你们送的奶浆都发霉了，客人喝完上吐下泻！ / 请您关注：11月23日 12:00 前首次联系，11月24日 10:00 前办结。"
    )
    for who in ("王芳", "赵磊", "主管群"):
        assert any(line.startswith(f"{who} | {alarm} / 红色预警 1") for line in lines), "\n".join(lines)
    (own,) = [line for line in lines if line.startswith("林晓 | 首问: 紧急投诉")]
    assert own.endswith("[查看工单]"), "who handles it is no leader"
    topic = stage.topic(SOUTHWEST, "小陈")
    assert any("工单 #1 已登记为紧急投诉（食品安全），登记：系统识别。" in line for line in lines if "西南›" in line)

    world.user_writes(LIN, SOUTHWEST, "非常抱歉给您添麻烦了，请您先停用这批奶浆，我马上请品控联系您。", thread_id=topic)
    await stage.seen()
    world.user_writes(WANG, SUPERVISORS, "/patrol")
    lines = await stage.seen()
    assert lines == [
        "主管群 | 王芳: /patrol",
        "主管群 | 首问: 投诉巡查 · 11月23日，共 1 件，请您逐件查看： / #1 紧急 小陈（CD001 春熙路店），林晓承办：未结 / "
        "也可以用 /instruct 编号 内容 批示，/document 编号 看处理文案。 [#1 催办|#1 批示|#1 已阅]"
    ], lines  # fmt: skip
    stage.press(WANG, stage.last(SUPERVISORS, "投诉巡查"), "催办")
    world.user_writes(WANG, SUPERVISORS, "/instruct 1 今天下班前务必有品控结论")
    lines = await stage.seen()
    assert any("林晓 | 首问: 王芳 催办：工单 #1" in line for line in lines), "\n".join(lines)
    assert any("林晓 | 首问: 工单 #1（紧急投诉，小陈）主管王芳批示：今天下班前" in line for line in lines)

    world.user_writes(LIN, SOUTHWEST, "/close", thread_id=topic)
    lines = await stage.seen()
    assert any("工单 #1 是投诉，结案前请您先填写结论" in line for line in lines), "\n".join(lines)
    world.user_writes(LIN, SOUTHWEST, "/finding", thread_id=topic)
    await stage.quiet()
    stage.press(LIN, stage.last(SOUTHWEST, "请您先选择原因"), "储存加工")
    await stage.quiet()
    world.user_writes(LIN, SOUTHWEST, "已下架整批并赔付", thread_id=topic)
    await stage.quiet()
    world.user_writes(LIN, SOUTHWEST, "冷库加装断电报警 | 产品 奶浆 | 负责 林晓 12月1日", thread_id=topic)
    lines = await stage.seen()
    assert not [line for line in lines if line.startswith("小陈 |")], "what was found is not said to the franchisee"
    world.user_writes(LIN, SOUTHWEST, "/close", thread_id=topic)
    lines = await stage.seen()
    assert any("小陈 | 首问: " in line and "再见" in line for line in lines), "\n".join(lines)

    world.user_writes(WANG, SUPERVISORS, "/document 1")
    await stage.quiet()
    sent = stage.last(SUPERVISORS, "投诉处理文案")
    assert sent["document"]["file_name"] == "投诉处理文案-1.docx"
    text = words_of(world.file_bytes(sent["document"]["file_id"]))
    for words in (
        "首问客服投诉处理文案", "CD001 春熙路店", "食品安全", "客人喝完上吐下泻", "请您先停用这批奶浆",
        "储存加工", "已下架整批并赔付", "冷库加装断电报警", "奶浆", "今天下班前务必有品控结论", "催办", "结案",
        "2026-11-23 10:00（按时）", "2026-12-01 18:00", "决定：____", "客服经理（签字）",
    ):  # fmt: skip
        assert words in text, words


def words_of(data: bytes) -> str:
    """Everything that can be read in a .docx."""
    document = Document(io.BytesIO(data))
    cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])
