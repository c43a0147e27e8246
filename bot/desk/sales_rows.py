"""Rows of a sales table into what each store sold on each day; every bad row is named with its reason."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from bot.desk.calendar_rows import read_date
from bot.desk.enrol import numbers_by_name, store_named
from bot.desk.money import read_money
from bot.desk.people import Store
from bot.desk.table_rows import EXAMPLE, BadRow, Column, Enrolment, Row, Rows, plain_text, read_table

SALES_COLUMNS: Final = MappingProxyType({
    "store": Column(("门店编号", "门店号", "店号", "store_number", "store", "number"), is_required=True, also=("门店",),
                    told="门店表里的编号；只有一家叫这个名字时，也可写店名", example=f"{EXAMPLE}SH001"),
    "date": Column(("日期", "营业日期", "销售日期", "月份", "date", "day", "month"), is_required=True,
                   told="2026-10-08；整月的目标只写 2026-10", example="2026-10-08"),
    "amount": Column(("金额", "销售额", "营业额", "实收", "销售金额", "amount", "sales", "revenue"),
                     told="元；¥、千分位、万都认得；没有营业写 0", example="12,345.60"),
    "orders": Column(("单量", "订单数", "订单量", "单数", "orders", "order_count"), told="整数", example="321"),
    "target": Column(("目标", "销售目标", "目标金额", "指标", "target", "goal"),
                     told="元；写在日期上是当日目标，写在月份上按天分摊", example="1.2万"),
})  # fmt: skip
MOST_ORDERS: Final = 10**9
_EMPTY: Final = frozenset(("", "-", "--", "—", "/", "无", "n/a"))
_MONTH: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_CLOCK: Final = re.compile(r"[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
_SERIAL: Final = re.compile(r"\d{5}(?:\.0)?")
_SERIAL_BEGINS: Final = date(1899, 12, 30)
"""Day 0 of a workbook's day numbers, for days after February 1900."""
_ORDERS: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?(?:单|笔|个)?")


@dataclass(frozen=True)
class Sale:
    """What a store sold on a day: fen, orders, and the target of that day in fen. None: not told."""

    store: str
    day: date
    amount: int | None = None
    orders: int | None = None
    target: int | None = None


@dataclass(frozen=True)
class SaleRow:
    """A row of the table: a day, or (with the target alone) the whole month that begins on `sale.day`."""

    sale: Sale
    is_month: bool = False

    def key(self) -> str:
        """What may stand in a table once."""
        when = f"{self.sale.day:%Y-%m}" if self.is_month else self.sale.day.isoformat()
        return f"{self.sale.store} {when}"


def read_sales(rows: Rows, stores: Iterable[Store], today: date) -> Enrolment[SaleRow]:
    """Store (number, or a name that only one store has), date, amount, orders, target."""
    known = numbers_by_name(stores)
    return read_table(rows, SALES_COLUMNS, lambda row: _row(row, known, today), once={"门店和日期": SaleRow.key})


def day_by_day(rows: Sequence[SaleRow]) -> list[Sale]:
    """One for each store and day: a month's target is spread over its days, but a day's own target goes first."""
    found: dict[tuple[str, date], Sale] = {}
    for row in sorted(rows, key=lambda r: not r.is_month):
        for sale in spread(row.sale) if row.is_month else [row.sale]:
            before = found.get((sale.store, sale.day))
            found[sale.store, sale.day] = told_over(before, sale)
    return [found[key] for key in sorted(found)]


def told_over(known: Sale | None, told: Sale) -> Sale:
    """What is known after this was told: an empty cell leaves what stood there."""
    if known is None:
        return told

    def newer(new: int | None, old: int | None) -> int | None:
        return old if new is None else new

    return Sale(told.store, told.day, newer(told.amount, known.amount), newer(told.orders, known.orders),
                newer(told.target, known.target))  # fmt: skip


def spread(month: Sale) -> list[Sale]:
    """A month's target in equal parts; the fen that are left over go to its first days, so that the sum is exact."""
    days = monthrange(month.day.year, month.day.month)[1]
    each, over = divmod(month.target or 0, days)
    return [Sale(month.store, month.day + timedelta(days=n), target=each + (n < over)) for n in range(days)]


def _row(row: Row, known: Mapping[str, Sequence[str]], today: date) -> SaleRow:
    day, is_month = row.read("date", read_sale_date, (today, False))
    sale = Sale(
        row.read("store", lambda text: store_named(text, known), ""),
        day,
        row.read("amount", lambda text: _money(text, "金额"), None),
        row.read("orders", _orders, None),
        row.read("target", lambda text: _money(text, "目标"), None),
    )
    if not row.reasons:
        _check(sale, is_month=is_month, today=today)
    return SaleRow(sale, is_month)


def _check(sale: Sale, *, is_month: bool, today: date) -> None:
    if (sale.amount, sale.orders, sale.target) == (None, None, None):
        raise BadRow("金额、单量、目标都是空的；没有营业请写 0")
    if is_month and (sale.amount is not None or sale.orders is not None):
        raise BadRow("只写了月份：金额和单量须写到哪一天，整月只能写目标")
    if sale.amount is None and sale.orders is not None:
        raise BadRow("有单量而没有金额")
    if sale.amount is not None and sale.day > today:
        raise BadRow(f"日期 {sale.day} 还没有到，不能有金额")
    if sale.target is not None and sale.target < 0:
        raise BadRow("目标不能是负数")


def read_sale_date(text: str) -> tuple[date, bool]:
    """(day, False) or (first of a month, True); a workbook's day number counts as a day. ValueError in words."""
    plain = _CLOCK.sub("", plain_text(text))
    if _SERIAL.fullmatch(plain):
        return _SERIAL_BEGINS + timedelta(days=int(float(plain))), False
    found = _MONTH.fullmatch(plain)
    if found is None:
        return read_date(plain), False
    return read_date(f"{found[1]}-{found[2]}-01"), True


def _money(text: str, what: str) -> int | None:
    if plain_text(text).casefold() in _EMPTY:
        return None
    try:
        return read_money(text)
    except ValueError as error:
        raise ValueError(f"{what}：{error}") from error


def _orders(text: str) -> int | None:
    plain = plain_text(text).casefold()
    if plain in _EMPTY:
        return None
    found = _ORDERS.fullmatch(plain.replace(" ", ""))
    if found is None or int(found[1].replace(",", "")) > MOST_ORDERS:
        raise ValueError(f"单量“{text}”须是不带小数的数")
    return int(found[1].replace(",", ""))
