"""Rows of a sales table: as tables really are, every bad row with its number and reason, months spread to the fen."""

from datetime import date

import pytest

from bot.desk.people import Store
from bot.desk.sales_rows import Sale, SaleRow, day_by_day, read_sale_date, read_sales, spread, told_over

TODAY = date(2026, 11, 26)
STORES = (Store("CD001", "春熙路店", "四川"), Store("CD002", "万达店", "四川"), Store("SH001", "万达店", "上海"))
HEADERS = ("门店编号", "日期", "销售额", "单量", "目标")


def read(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS):
    return read_sales([(n, dict(zip(headers, row, strict=True))) for n, row in enumerate(rows, start=2)], STORES, TODAY)


def test_a_table_in_chinese_and_one_in_english_say_the_same() -> None:
    rows = (("cd001", "2026/10/8", "¥1,234.50", "56单", "0.2万"), ("春熙路店", "46304", "１００", "", ""))
    expected = (
        SaleRow(Sale("CD001", date(2026, 10, 8), 123_450, 56, 200_000)),
        SaleRow(Sale("CD001", date(2026, 10, 9), 10_000)),
    )
    assert read(*rows).records == expected
    assert read(*rows, headers=("store", "Date", "amount (元)", "ORDERS", "target")).records == expected


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("XX9", "2026-10-08", "1", "", ""), "没有“XX9”这家门店"),
        (("万达店", "2026-10-08", "1", "", ""), "有 2 家门店叫“万达店”"),
        (("CD001", "2026-02-29", "1", "", ""), "没有“2026-02-29”这一天"),
        (("CD001", "10/8/2026", "1", "", ""), "须形如"),
        (("CD001", "26/10/8", "1", "", ""), "须形如"),
        (("CD001", "2026-11-27", "1", "", ""), "还没有到"),
        (("CD001", "2026-10-08", "一千", "", ""), "金额：“一千”不是金额"),
        (("CD001", "2026-10-08", "1.005", "", ""), "比分还细"),
        (("CD001", "2026-10-08", "1", "2.5", ""), "单量“2.5”"),
        (("CD001", "2026-10-08", "1", "-2", ""), "单量“-2”"),
        (("CD001", "2026-10-08", "", "3", ""), "有单量而没有金额"),
        (("CD001", "2026-10-08", "—", "", "无"), "都是空的"),
        (("CD001", "2026-10-08", "1", "", "-5"), "目标不能是负数"),
        (("CD001", "2026-10", "1", "", ""), "整月只能写目标"),
        (("", "2026-10-08", "1", "", ""), "缺少“门店编号”"),
    ],
)  # fmt: skip
def test_a_bad_row_says_why(row: tuple[str, ...], reason: str) -> None:
    (problem,) = read(("CD001", "2026-10-07", "5", "", ""), row).problems
    assert problem.row == 3
    assert reason in problem.reason


def test_every_bad_row_is_told_and_the_same_day_twice_is_one() -> None:
    told = read(
        ("CD001", "2026-10-08", "1", "", ""), ("春熙路店", "2026年10月8日", "2", "", ""), ("CD001", "x", "1", "", "")
    )
    assert [str(p) for p in told.problems] == [
        "第 3 行：门店和日期 CD001 2026-10-08 与第 2 行重复",
        "第 4 行：日期“x”须形如 2026-12-31",
    ]
    assert "缺少“门店编号”这一列" in read(("2026-10-08",), headers=("日期",)).problems[0].reason


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("2026-10-08T00:00:00", (date(2026, 10, 8), False)), ("2026-10-08T23:59:59", (date(2026, 10, 8), False)),
        ("20261008", (date(2026, 10, 8), False)), ("2026.10.8", (date(2026, 10, 8), False)),
        ("46303", (date(2026, 10, 8), False)), ("2028-02-29", (date(2028, 2, 29), False)),
        ("２０２６年１０月", (date(2026, 10, 1), True)), ("2026-02", (date(2026, 2, 1), True)),
    ],
)  # fmt: skip
def test_dates(text: str, read_as: tuple[date, bool]) -> None:
    assert read_sale_date(text) == read_as


@pytest.mark.parametrize(("first", "days"), [(date(2028, 2, 1), 29), (date(2027, 2, 1), 28), (date(2026, 12, 1), 31)])
@pytest.mark.parametrize("target", [0, 1, 30, 31, 1_000_001])
def test_a_months_target_is_spread_to_the_fen(first: date, days: int, target: int) -> None:
    parts = [s.target or 0 for s in spread(Sale("CD001", first, target=target))]
    assert (len(parts), sum(parts)) == (days, target)
    assert max(parts) - min(parts) <= 1


def test_a_days_own_target_goes_before_the_months_and_an_empty_cell_leaves_what_stood_there() -> None:
    rows = [SaleRow(Sale("A", date(2026, 10, 2), 5, 1, 99)), SaleRow(Sale("A", date(2026, 10, 1), target=3100), True)]
    first, second, *_ = day_by_day(rows)
    assert (first, second) == (Sale("A", date(2026, 10, 1), target=100), Sale("A", date(2026, 10, 2), 5, 1, 99))
    assert told_over(second, Sale("A", second.day, 7)) == Sale("A", second.day, 7, 1, 99)
