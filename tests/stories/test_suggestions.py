"""A suggestion from a franchisee to its end, and the month's sales, as everybody sees them."""

from datetime import date

from bot.desk.sales_rows import Sale, SaleRow
from bot.usecases.enrol import enrol_stores
from bot.usecases.import_sales import import_sales
from tests.cast import CHEN, SOUTHWEST, STORES, SUPERVISORS, WANG, ZHOU
from tests.stories.theatre import Theatre


async def test_a_suggestion_and_its_end_and_the_sales_of_a_month(stage: Theatre) -> None:
    write = stage.world.user_writes
    stage.world.user_starts(CHEN, "chunxi-code-01")
    await stage.quiet()
    await stage.seen()
    write(CHEN, CHEN, "/suggest 杯盖请换成卡扣的")
    await stage.shows("""
    小陈 | 小陈: /suggest 杯盖请换成卡扣的
    小陈 | 首问: 感谢您的建议，已记为 1 号并转给主管。有了结果会告诉您，请您留意消息。
    主管群 | 首问: 改进项 1（加盟商建议，小陈） / 杯盖请换成卡扣的 / 负责：王芳，期限 12月7日 / 请您点下方按钮，或发送 /improvements 1 处理、完成、不采纳 原因。 [开始处理|已完成|不采纳]
    """)
    stage.press(WANG, stage.last(SUPERVISORS, "改进项 1"), "不采纳")
    await stage.quiet()
    await stage.seen()
    stage.press(WANG, stage.last(SUPERVISORS, "不采纳，请您选"), "这方面已有安排，我们正在推进")
    await stage.shows("""
    小陈 | 首问: 您的建议（1 号）“杯盖请换成卡扣的”经研究暂不采纳（这方面已有安排，我们正在推进）。感谢您为大家着想，今后有想法请您随时用 /suggest 告诉我们。
    """)
    rows = [SaleRow(Sale(s.number, date(2026, 11, n), 100_000 * n, n, 110_000)) for s in STORES for n in range(1, 23)]
    await stage.desk.run(enrol_stores, stores=STORES)
    await stage.desk.run(import_sales, rows=rows, told_by="王芳", file="十一月.xlsx")
    stage.world.user_starts(ZHOU)
    await stage.quiet()
    await stage.seen()
    write(ZHOU, SOUTHWEST, "/sales")
    write(WANG, SUPERVISORS, "/sales 陕西")
    await stage.quiet()
    seen = "\n".join(await stage.seen())
    assert (
        "周宁 | 首问: 本人负责的门店 · 2026年11月销售 / 数据截至2026年11月22日（22/30 天） / 销售额 50.60万元" in seen
    )
    assert "主管群 | 首问: 陕西 · 2026年11月销售 / 数据截至2026年11月22日（22/30 天） / 销售额 25.30万元" in seen
    for chat in (ZHOU, SUPERVISORS):
        assert "photo" in stage.world.history(chat)[-1]
