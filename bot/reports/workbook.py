"""Workbooks (.xlsx) from tables of values."""

import io
import unicodedata

from openpyxl import Workbook as Book
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bot.desk.report import SheetTable, Workbook

_HEAD = PatternFill("solid", fgColor="1C2733")
WIDEST = 40
FORMULA = ("=", "+", "-", "@")
"""How a text begins that a spreadsheet would take for a formula."""


def write_workbook(workbook: Workbook) -> bytes:
    """The file: headers stay in sight, columns are as wide as what stands in them."""
    book = Book()
    book.remove(book.active)
    for table in workbook.sheets:
        _sheet(book, table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Book, table: SheetTable) -> None:
    sheet = book.create_sheet(table.name)
    sheet.append(list(table.headers))
    for row in table.rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(horizontal="center")
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, str) and cell.value.startswith(FORMULA):
                cell.data_type = "s"  # a person's words are never a formula
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for n, header in enumerate(table.headers, start=1):
        values = [header, *(row[n - 1] for row in table.rows)]
        sheet.column_dimensions[get_column_letter(n)].width = min(WIDEST, max(map(_wide, values)) + 3)


def _wide(value: object) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in str(value))
