"""The sheets of a roster workbook: where the headers stand, and which column is what."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.desk.people import Region
from bot.desk.roster_words import clean

Cells = tuple[str, ...]
TITLES: Final = MappingProxyType({
    "name": ("姓名", "名字", "人员", "员工", "同事", "值班人", "值班人员", "值班", "name", "staff"),
    "region": ("大区", "区域", "所属大区", "负责大区", "region"),
    "date": ("日期", "值班日期", "date", "day"),
    "weekday": ("星期", "周几", "周", "weekday"),
    "shift": ("班次", "班别", "shift"),
    "times": ("时段", "时间", "起止时间", "上下班时间", "工作时间", "值班时间", "times", "time", "hours"),
    "start": ("开始", "上班", "开始时间", "上班时间", "start", "from"),
    "end": ("结束", "下班", "结束时间", "下班时间", "end", "to"),
    "label": ("名称", "班次名称"),
})  # fmt: skip
"""What a column's header may be, in either language."""
HEADER_WITHIN: Final = 10
"""Rows in which the headers must stand: a title and a remark may come before."""


@dataclass(frozen=True)
class Table:
    """One sheet: its name, and its rows that are not empty, each with its number."""

    name: str
    rows: tuple[tuple[int, Cells], ...]


@dataclass(frozen=True)
class Sheet:
    """A table whose headers were found: which column is what, what stands above, and the rows below."""

    name: str
    columns: Mapping[str, int]
    header_row: int
    headers: Cells
    above: tuple[Cells, ...]
    rows: tuple[tuple[int, Cells], ...]

    def cell(self, row: Cells, column: str) -> str:
        """A row's cell by our own name of the column; empty when there is no such column."""
        n = self.columns.get(column)
        return clean(row[n]) if n is not None and n < len(row) else ""


def find_sheet(table: Table, regions: Sequence[Region]) -> Sheet | None:
    """The table with its headers: the first row that has people, regions as columns, or shifts with times."""
    places = {r.name for r in regions}
    for n, (number, cells) in enumerate(table.rows[:HEADER_WITHIN]):
        columns = _columns(cells)
        by_region = ("date" in columns or "weekday" in columns) and any(_folded(c) in places for c in cells)
        times = {"times", "start"} & columns.keys() and {"shift", "label"} & columns.keys()
        if "name" in columns or by_region or times:
            above = tuple(row for _, row in table.rows[:n])
            return Sheet(table.name, columns, number, cells, above, table.rows[n + 1 :])
    return None


def _columns(cells: Iterable[str]) -> dict[str, int]:
    by_title = {title: name for name, titles in TITLES.items() for title in titles}
    found: dict[str, int] = {}
    for n, cell in enumerate(cells):
        name = by_title.get(_folded(cell))
        if name is not None:
            found.setdefault(name, n)
    return found


def _folded(header: str) -> str:
    """Headers are the same whatever their case, spaces, marks and remarks."""
    return re.sub(r"\(.*?\)|[\s_*:]", "", clean(header)).casefold()
