"""Tables to fill in and import: the headers, one example row, and a sheet that says of each column what it takes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.desk.enrol import CONTACT_COLUMNS, STAFF_COLUMNS, STORE_COLUMNS
from bot.desk.report import SheetTable, Workbook
from bot.desk.sales_rows import SALES_COLUMNS
from bot.desk.script import Rendered
from bot.desk.table_rows import Column

COLUMNS: Final[Mapping[str, Mapping[str, Column]]] = MappingProxyType({
    "staff": STAFF_COLUMNS, "stores": STORE_COLUMNS, "franchisees": CONTACT_COLUMNS, "sales": SALES_COLUMNS,
})  # fmt: skip
"""What `import` takes beside a roster."""
TITLES: Final = MappingProxyType({"staff": "同事", "stores": "门店", "franchisees": "加盟商", "sales": "销售"})


def import_template(kind: str) -> Workbook:
    """The first sheet is what `import` reads; its example row is refused as long as it stands there."""
    columns = COLUMNS[kind].values()
    filled = SheetTable(TITLES[kind], tuple(c.titles[0] for c in columns), (tuple(c.example for c in columns),))
    told = tuple((c.titles[0], "必填" if c.is_required else "", c.told, "、".join((*c.titles[1:], *c.also)))
                 for c in columns)  # fmt: skip
    explained = SheetTable("说明", ("列", "必填", "怎样填", "表头也可写作"), told)
    return Workbook(name="", sheets=(filled, explained), caption=Rendered("", ""))


def columns_told(kind: str) -> str:
    """A table's columns in a line: `姓名 name*` is one that must be there, headed in either language."""
    return "、".join(f"{c.titles[0]} {c.english}{'*' if c.is_required else ''}" for c in COLUMNS[kind].values())
