"""Sales at the desk: who sees what, what is compared with what, and every figure counted again by another way."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.message import MessageRef
from bot.desk.money import FEN, short_yuan
from bot.desk.outgoing import ReportKind, SendReport
from bot.desk.people import Store
from bot.desk.pictures import SalesPicture
from bot.desk.sales import sales_period
from bot.desk.sales_rows import Sale, SaleRow
from bot.usecases import goals, sales
from bot.usecases.at_hand import Spot
from bot.usecases.enrol import enrol_stores
from bot.usecases.import_sales import import_sales
from bot.usecases.reports import matter_of
from bot.usecases.sales_report import SalesReport, gather
from bot.usecases.sales_scope import Level, scope_of
from bot.usecases.sales_words import report_lines
from bot.usecases.sales_workbook import sales_workbook
from storage.desk_thread import Storage
from tests.databases import database, storage
from tests.usecases.department import EAST, LIN, MEI, SU, SUPERVISORS, WANG, Department

__all__ = ["database", "storage"]
STORES = (
    Store("NJ001", "新街口店", "江苏", code="a"), Store("NJ002", "夫子庙店", "江苏", code="b"),
    Store("HZ001", "西湖店", "浙江", code="c"), Store("GZ001", "天河店", "广东", code="d"),
    Store("XA001", "钟楼店", "陕西", code="e"),
)  # fmt: skip
ALL = [s.number for s in STORES]


@pytest.fixture
def desk(storage: Storage) -> Department:
    opened = Department(storage)
    opened.do(enrol_stores, stores=STORES)
    return opened


def put(desk: Department, rows: list[Sale], file: str = "一.xlsx") -> None:
    desk.do(import_sales, rows=[SaleRow(s) for s in rows], told_by="王芳", file=file)


def days(
    first: date, count: int, amount: int = 10_000, *, stores: Sequence[str] = ALL, target: int | None = None
) -> list[Sale]:
    return [Sale(s, first + timedelta(n), amount, 2, target) for s in stores for n in range(count)]


def report(desk: Department, period: str, scope: str = "") -> SalesReport:
    def read(work, office, now):
        return gather(work, office, now, period=sales_period(period, office.today(now)),
                      scope=scope_of(work, office, None, scope))  # fmt: skip

    found: SalesReport = desk.do(read)
    return found


def lines(desk: Department, period: str, scope: str = "") -> list[str]:
    return report_lines(desk.office, report(desk, period, scope))


def asks(desk: Department, who: int, query: str, chat: int = SUPERVISORS) -> str:
    """Everything that the command made the desk say to who asked and where they asked."""
    before = {c: len(desk.words(c)) for c in (who, chat)}
    desk.do(sales.show_sales, staff_telegram_id=who, spot=Spot(MessageRef(chat, 5)), query=query)
    return "\n".join("\n".join(desk.words(c)[n:]) for c, n in before.items())


def test_a_period_under_way_is_compared_with_as_many_days_and_says_so(desk: Department) -> None:
    put(
        desk,
        days(date(2026, 9, 1), 25, 12_000, target=15_000)
        + days(date(2026, 8, 1), 31)
        + days(date(2025, 9, 1), 30, 10_000),
    )
    put(desk, [Sale(s, date(2026, 9, 30), target=75_000) for s in ALL])
    told = lines(desk, "2026-09")
    assert told[:9] == [
        "数据截至2026年9月25日（25/30 天）",
        "销售额 1.50万元，单量 250，门店 5 家",
        "同比 +20.0%",
        "环比 +20.0%",
        "目标达成 80.0%",
        "全期目标 2.25万元，已完成 66.7%",
        "同比对比：2025年9月1日至2025年9月25日（本期未完，两边各取前 25 天）",
        "环比对比：2026年8月1日至2026年8月25日（本期未完，两边各取前 25 天）",
        "同期服务：工单 0，投诉 0，首答中位 无，首问办结 无结案",
    ]


def test_whole_months_are_compared_whole_with_a_days_mean_where_they_differ(desk: Department) -> None:
    put(desk, days(date(2026, 2, 1), 28) + days(date(2026, 1, 1), 31))
    told = lines(desk, "2026-02")
    assert told[:2] == ["数据齐至期末", "销售额 1.40万元，单量 280，门店 5 家"]
    assert told[2:4] == ["同比 无可比", "环比 −9.7%（日均 0.0%）"]
    assert "环比对比：2026年1月1日至2026年1月31日（28 天对 31 天）" in told


def test_what_it_is_compared_with_is_told_to_have_gaps_and_new_shops_are_no_growth_of_the_old(desk: Department) -> None:
    put(desk, days(date(2026, 8, 1), 31) + days(date(2025, 8, 1), 10, stores=["NJ001"]))
    told = lines(desk, "2026-08")
    assert told[2:4] == ["同比 +1450.0%", "同店同比 +210.0%（只算两期都有销售的门店）"]
    assert "同比对比期只有 10/31 天有数据，仅供参考" in told


def test_periods_without_data_are_zero_and_nothing_is_divided_by_it(desk: Department) -> None:
    for period in ("2020Q1", "2026-09", "2027"):
        assert lines(desk, period)[0] == "这段时间还没有销售数据，销售额计为 0，同比、环比：无可比"
        assert report(desk, period).whole.total.amount == 0
    put(desk, [Sale("NJ001", date(2026, 9, 1), 0, 0, 0)])
    assert [line for line in lines(desk, "2026-09") if "%" in line] == []


def test_every_sum_again_by_another_way(desk: Department) -> None:
    """A seeded year and more, told several times over, against plain sums over what was told last."""
    chance, last = Random(7), {}
    for version in range(3):
        told = [
            Sale(s, date(2025, 1, 1) + timedelta(chance.randrange(640)), chance.randrange(10**7), chance.randrange(300))
            for s in ALL for _ in range(60)
        ]  # fmt: skip
        told = list({(s.store, s.day): s for s in told}.values())
        last.update({(s.store, s.day): s.amount for s in told})
        put(desk, told, f"{version}.xlsx")

    def summed(stores: list[str], first: date, end: date) -> int:
        return sum(amount or 0 for (s, day), amount in last.items() if s in stores and first <= day < end)

    members = {"江苏": ["NJ001", "NJ002"], "浙江": ["HZ001"], "广东": ["GZ001"], "陕西": ["XA001"]}
    regions = {"华东": ["NJ001", "NJ002", "HZ001"], "华南": ["GZ001"], "待确认": ["XA001"]}
    spans = {"2026-02": (date(2026, 2, 1), date(2026, 3, 1)), "2025Q4": (date(2025, 10, 1), date(2026, 1, 1)),
             "2025": (date(2025, 1, 1), date(2026, 1, 1))}  # fmt: skip
    for period, span in spans.items():
        found = report(desk, period)
        assert found.whole.total.amount == summed(ALL, *span) == sum(s.amount for s in found.sticks)
        for level, groups in ((Level.PROVINCE, members), (Level.REGION, regions)):
            assert {g.name: g.total.amount for g in found.by[level]} == {n: summed(s, *span) for n, s in groups.items()}
    assert report(desk, "2026Q1", "华东").whole.total.amount == summed(
        regions["华东"], date(2026, 1, 1), date(2026, 4, 1)
    )

    year = report(desk, "2025")
    book = desk.do(lambda work, office, now: sales_workbook(work, office, year))
    sheets = {s.name: s for s in book.sheets}
    assert {row[0]: row[2] for row in sheets["门店"].rows} == {
        s.casefold(): summed([s], *spans["2025"]) / FEN for s in ALL
    }
    corrected = sheets["更正记录"].rows
    assert corrected and all(row[-1] in ("0.xlsx", "1.xlsx", "2.xlsx") for row in corrected)


def test_the_service_of_the_same_stores_stands_beside(desk: Department) -> None:
    desk.signs(LIN, is_on=True)
    first = desk.case(desk.writes(701, "江苏"))
    desk.later(minutes=4)
    desk.answers(first)
    second = desk.case(desk.writes(702, "广东"))

    def settle(work, office, now):
        for found, store, kind in ((work.cases.get(first.id), "nj001", "complaint"), (second, "GZ001", "order")):
            work.cases.save(Case(**{**vars(found), "store_number": store, "kind": kind}))

    desk.do(settle)
    put(desk, days(date(2026, 9, 1), 28))
    told = lines(desk, "2026-09")
    assert "同期服务：工单 2，投诉 1，首答中位 4 分钟，首问办结 无结案" in told
    assert any(t.startswith("· 华东") and t.endswith("工单 1，投诉 1，首答中位 4 分钟，首问办结 无结案") for t in told)
    assert report(desk, "2026-09", "西湖店").whole.service.cases == 0


def test_who_may_see_which_stores(desk: Department) -> None:
    put(desk, days(date(2026, 9, 1), 27) + days(date(2026, 9, 1), 27, 90_000, stores=["GZ001"]))
    everything = asks(desk, WANG, "2026-09")
    assert "全部门店 · 2026年9月销售" in everything
    assert "· 华南 2.43万元" in everything and "待确认" in everything
    own = asks(desk, LIN, "", EAST)
    assert "本人负责的门店 · 2026年9月销售" in own
    assert "华南" not in own
    assert "私下发给您" in own, "a group may be shared by regions"
    assert "门店 2 家" in asks(desk, SU, "", EAST), "a provincial specialist's province"
    for word in ("华南", "广东", "GZ001", "天河店"):
        with pytest.raises(DeskError) as refused:
            asks(desk, LIN, f"2026-09 {word}", EAST)
        assert refused.value.notice == "notice/sales_own"
        assert "门店 1 家" in asks(desk, MEI, f"{word} 9月", EAST)
    for nonsense in ("火星", "2026-13", "今天"):
        with pytest.raises(DeskError) as refused:
            asks(desk, WANG, nonsense)
        assert refused.value.notice == "notice/how_sales"


def test_all_versions_of_a_day(desk: Department) -> None:
    put(desk, [Sale("NJ001", date(2026, 9, 1), 123_456, 7)])
    put(desk, [Sale("NJ001", date(2026, 9, 1), 200_000)], "二.xlsx")
    told = asks(desk, WANG, "NJ001 2026-09-01").splitlines()
    assert [line for line in told if "王芳" in line] == [
        "2026-09-28 10:00 王芳 一.xlsx：金额 1,234.56，单量 7，目标 —（已更正）",
        "2026-09-28 10:00 王芳 二.xlsx：金额 2,000.00，单量 7，目标 —（现行）",
    ]
    with pytest.raises(DeskError):
        asks(desk, WANG, "华东 2026-09-01")


def test_the_picture_is_of_what_was_asked_and_by_whom(desk: Department) -> None:
    put(desk, days(date(2026, 9, 1), 27))
    act = SendReport(ReportKind.SALES, f"2026-09||{desk.ids[LIN]}")
    drawn = desk.do(lambda work, office, now: matter_of(work, office, now, act))
    assert isinstance(drawn, SalesPicture)
    assert drawn.title == "本人负责的门店 · 2026年9月销售"
    assert (drawn.tiles[0][1], len(drawn.bars)) == (short_yuan(27 * 3 * 10_000), 30)
    assert [row.cells[0] for row in drawn.rows] == ["华东"]


def test_goals_show_how_far_they_are(desk: Department) -> None:
    from bot.desk.goals import Goal, GoalFigure

    desk.office = type(desk.office)(**{**vars(desk.office), "goals": tuple(
        Goal(name, GoalFigure(name), target)
        for name, target in (("first_answer_on_time", 95), ("closed_by_first_owner", 90), ("open_cases", 1),
                             ("sales_attainment", 100))
    )})  # fmt: skip

    def shown() -> list[str]:
        period = sales_period("2026-09", date(2026, 9, 28))
        found: list[str] = desk.do(lambda work, office, now: goals.goal_lines(work, office, now, period))
        return found

    assert shown() == [
        "· first_answer_on_time：暂无数据（目标 不低于 95%），待有数据再看",
        "· closed_by_first_owner：暂无数据（目标 不低于 90%），待有数据再看",
        "· open_cases：0（目标 不高于 1），已达成",
        "· sales_attainment：暂无数据（目标 不低于 100%），待有数据再看",
    ]
    desk.signs(LIN, is_on=True)
    first, _ = desk.case(desk.writes(701, "江苏")), desk.writes(702, "江苏")
    desk.later(minutes=2)
    desk.answers(first)
    desk.later(minutes=30)
    put(desk, days(date(2026, 9, 1), 27, 9_000, target=8_000))
    assert [line.split("：")[1] for line in shown()] == [
        "50%（目标 不低于 95%），未达成", "暂无数据（目标 不低于 90%），待有数据再看", "2（目标 不高于 1），未达成",
        "112.5%（目标 不低于 100%），已达成",
    ]  # fmt: skip
