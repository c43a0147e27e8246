"""Workbooks (.xlsx) from tables of values."""

import io
import unicodedata
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bot.desk.report import Chart, ChartKind, SheetTable, Workbook

_HEAD = PatternFill("solid", fgColor="1C2733")
WIDEST = 40
GAP, CHART_ROWS = 4, 18
"""Rows between the table and its first chart, and from one chart to the next."""
CHART_WIDTH, CHART_HEIGHT = 24, 8
"""Centimetres."""
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
    _format(sheet, table)
    for n, chart in enumerate(table.charts):
        sheet.add_chart(_chart(sheet, chart), f"A{len(table.rows) + GAP + n * CHART_ROWS}")


def _format(sheet: Any, table: SheetTable) -> None:
    """How the numbers of each column, or of each row, are shown."""
    for n, line in enumerate(sheet.iter_rows(min_row=2)):
        formats = table.row_formats[n] if table.row_formats else table.formats
        for cell, shown in zip(line, formats, strict=False):
            if shown and not isinstance(cell.value, str):
                cell.number_format = shown


def _chart(sheet: Any, chart: Chart) -> Any:
    """A native chart of the sheet's own cells: it follows whoever changes a number."""
    drawn = BarChart() if chart.kind is ChartKind.COLUMNS else LineChart()
    drawn.title, drawn.height, drawn.width = chart.title, CHART_HEIGHT, CHART_WIDTH
    drawn.legend.position = "b"
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False  # without this newer programs draw no axis at all
    last = chart.rows + 1
    for column in chart.columns:
        drawn.add_data(Reference(sheet, min_col=column + 1, min_row=1, max_row=last), titles_from_data=True)
    drawn.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    return drawn


def _wide(value: object) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in _shown(value))


def _shown(value: object) -> str:
    """A number is shown in a format: its sixteen digits are no reason for a wide column."""
    return f"{value:.2f}" if isinstance(value, float) else str(value)
