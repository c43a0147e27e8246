"""The ledger: who may see what, and the same figures from the events that the case itself shows."""

from tests.cast import HE, LIN, SUPERVISORS, WANG, ZHOU
from tests.usecases.played import Played


async def a_day(desk: Played) -> None:
    """#1 林晓 → 周宁 → 林晓 who ends it; #2 by 周宁 alone; #3 passed on unread, to 何静 who answers."""
    await desk.claimed()
    await desk.claimed(ZHOU, franchisee=77)
    await desk.hears(who=78)
    await desk.says(LIN, "/transfer #3 何静 不熟")
    await desk.says(HE, "/accept #3")
    await desk.answers(HE, 3)
    await desk.later(hours=1)
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    await desk.says(ZHOU, "/accept #1")
    await desk.later(hours=2)
    await desk.says(ZHOU, "/transfer #1 林晓 班次交接")
    await desk.says(LIN, "/accept #1")
    await desk.says(LIN, "/close #1")
    await desk.says(ZHOU, "/close #2")
    await desk.news()


async def test_the_figures_of_everybody_and_of_one(desk: Played) -> None:
    await a_day(desk)
    told = await desk.says(WANG, "/ledger 今天", SUPERVISORS)
    lines = [line for line in told.splitlines() if "结案 " in line]
    assert lines == [
        "全部：结案 2，首问人办结 2（100%）；转出 3，其中未答复即转出 2；转交被退 0；经手 4 单，在手 2 小时 15 分",
        "林晓：结案 1，首问人办结 1（100%）；转出 2，其中未答复即转出 1；转交被退 0；经手 1 单，在手 60 分钟",
        "周宁：结案 1，首问人办结 1（100%）；转出 1，其中未答复即转出 1；转交被退 0；经手 2 单，在手 2 小时 30 分",
        "何静：结案 0，首问人办结 0（无结案）；转出 0，其中未答复即转出 0；转交被退 0；经手 1 单，在手 3 小时",
    ]
    own = await desk.says(LIN, "/ledger 今天")
    assert lines[1] in own
    assert "周宁" not in own
    assert lines[2] in await desk.says(WANG, "/ledger 周宁 本月", SUPERVISORS)
    assert "结案 0" in await desk.says(WANG, "/ledger 上月 周宁", SUPERVISORS)


async def test_the_chain_of_one_case_for_who_leads_and_who_had_it(desk: Played) -> None:
    await a_day(desk)
    told = await desk.says(ZHOU, "/ledger #1")
    assert [line for line in told.splitlines() if "工作时间 " in line] == [
        "11月23日 10:00 – 11月23日 11:00 林晓（派单 本大区在岗专员中未结最少、最久未派）工作时间 60 分钟",
        "11月23日 11:00 – 11月23日 13:00 周宁（转交 班次交接）工作时间 2 小时",
        "11月23日 13:00 – 11月23日 13:00 林晓（转交 班次交接）工作时间 0 分钟",
    ]
    assert "易手 2 次" in told
    assert "请由主管或经理进行" in await desk.says(HE, "/ledger 1")
    assert "首问人：林晓" in await desk.says(WANG, "/ledger 1", SUPERVISORS)
